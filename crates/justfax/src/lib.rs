//! The domain of `JustFax`: what a Job is, what may happen to it, and what must be done next.
//!
//! Nothing here knows AWS, HTTP, an async runtime, the environment or the wall clock. [`job::Job::apply`] is a pure
//! function from an event to a new Job and the effects it owes; [`flow`] drives it through the [`ports`], which the
//! adapter crates implement. The decision a reader might question: effects are stored *inside* the Job, in the same
//! conditional write as the state that demands them, so that a crash can never lose an intention.

pub mod choices;
pub mod cover;
mod delegate;
pub mod deletion;
pub mod document;
pub mod email;
pub mod export;
pub mod fault;
pub mod flow;
pub mod ids;
pub mod job;
pub mod language;
pub mod lookup;
pub mod mail;
pub mod money;
pub mod number;
pub mod operator;
pub mod ports;
pub mod receipt;
pub mod redial;
pub mod report;
pub mod retention;
pub mod tariff;
pub mod view;
pub mod webhook;

#[cfg(any(test, feature = "memory"))]
pub mod memory;

pub use jiff::{SignedDuration, Timestamp};
