//! The carrier: what it dialled, and what came of it.

use justfax::{ids::JobId, redial::Outcome};

use super::{Broken, World};
use crate::wire::{Placed, Reply, Word};

/// A call as the carrier knows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CallTruth {
    /// For whom.
    pub job: JobId,
    /// Which attempt.
    pub attempt: u32,
    /// Number dialled.
    pub to: String,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// How often it had been dialled before under the same reference of ours: the carrier takes every call for a new one.
    pub again: usize,
    /// Whether the carrier still has its copy, and lists the call.
    pub kept: bool,
    /// Of a call that turned up when it was given up: whether we were told of it.
    pub told: Option<bool>,
}

impl CallTruth {
    /// The carrier's name of the call.
    pub fn reference(&self) -> String {
        let first = format!("call.{}.{}", self.job, self.attempt);
        if self.again == 0 { first } else { format!("{first}.{}", self.again) }
    }
}

/// All calls, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Calls(pub Vec<CallTruth>);

impl Calls {
    pub(super) fn look(&self, job: &JobId, attempt: u32) -> Reply {
        let found = self.0.iter().rev().find(|call| call.kept && call.job == *job && call.attempt == attempt);
        Reply::Word(match found {
            None => Word::Unlisted,
            Some(call) => match call.outcome {
                None => Word::Progress(call.reference()),
                Some(outcome) => Word::Over(call.reference(), outcome),
            },
        })
    }

    /// Deletes the copy of a call that is over, and says so again when it is gone.
    pub(super) fn forget(&mut self, reference: &str) -> Reply {
        let Some(call) = self.0.iter_mut().find(|call| call.reference() == reference) else { return Reply::Done };
        if call.outcome.is_none() {
            return Reply::Broken;
        }
        call.kept = false;
        Reply::Done
    }

    /// Whether a fax of the Job was delivered.
    pub fn delivered(&self, job: &JobId) -> bool {
        self.0.iter().any(|call| call.job == *job && call.outcome == Some(Outcome::Delivered))
    }
}

impl World {
    /// Dials, and notes what must not be.
    pub(super) fn dial(&mut self, job: &JobId, attempt: u32, to: &str) -> Reply {
        if self.calls.0.iter().any(|call| call.job == *job && call.outcome.is_none()) {
            self.broken.insert(Broken::TwoCalls);
        }
        if self.calls.delivered(job) {
            self.broken.insert(Broken::CallAfterDelivery);
        }
        if self.calls.0.iter().any(|call| call.job != *job && call.to == to && call.outcome.is_none()) {
            self.broken.insert(Broken::LineShared);
        }
        if !self.tills.iter().any(|((of, _), till)| of == job && till.pays()) {
            self.broken.insert(Broken::CallUnpaid);
        }
        let again = self.calls.0.iter().filter(|call| call.job == *job && call.attempt == attempt).count();
        let (job, to) = (job.clone(), to.to_owned());
        let call = CallTruth { job, attempt, to, outcome: None, again, kept: true, told: None };
        let reference = call.reference();
        self.calls.0.push(call);
        Reply::Dialled(Placed::Accepted(reference))
    }

    /// A call that nobody believes in any more reaches the carrier, which takes its copy and never dials.
    pub(crate) fn turn_up(&mut self, job: &JobId, attempt: u32) -> Option<&CallTruth> {
        if self.calls.0.iter().any(|call| call.job == *job && call.attempt == attempt) {
            return None;
        }
        let (job, outcome) = (job.clone(), Some(Outcome::CarrierTrouble));
        self.calls.0.push(CallTruth {
            job,
            attempt,
            to: String::new(),
            outcome,
            again: 0,
            kept: true,
            told: Some(false),
        });
        self.calls.0.last()
    }
}
