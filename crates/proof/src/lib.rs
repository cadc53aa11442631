//! Evidence that no fax is lost, none sent twice, nobody charged wrongly.
//!
//! The real flows of the domain run here against a [`world`] that knows what really happened: what the carrier dialled,
//! what the payment provider holds, which bytes exist. Each call of a port is one step that somebody else decides about:
//! [`model`] tries every decision within bounds, the [`simulation`] draws them from a seed. The flows are not described again:
//! a [`run`] is the very future that a function awaits. The [`contract`] says what world and
//! reality have in common.

pub mod bugs;
pub mod contract;
pub mod model;
pub mod run;
pub mod simulation;
pub mod wire;
pub mod world;
