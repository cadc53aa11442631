//! The telephone line: a real T.30 call between the carrier's sender and the virtual receiving machine.
//!
//! Both stations are instances of the same fax engine, but everything between them is sound: 20 ms frames of G.711, with
//! noise, speech, silence or a cut where the number dialled asks for it. So speed, retrains, completion codes and the
//! received pages are facts of the protocol and not made up here.

mod audio;
mod call;
mod machine;
pub mod paper;

pub use call::{CallPlan, CallReport, Hearing, Pace, run};
pub use machine::EngineError;
