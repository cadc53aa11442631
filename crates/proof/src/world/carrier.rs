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
    /// Whether the carrier still has its copy.
    pub kept: bool,
}

impl CallTruth {
    /// The carrier's name of the call.
    pub fn reference(&self) -> String {
        format!("call.{}.{}", self.job, self.attempt)
    }
}

/// All calls, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Calls(pub Vec<CallTruth>);

impl Calls {
    pub(super) fn look(&self, job: &JobId, attempt: u32) -> Reply {
        let found = self.0.iter().rev().find(|call| call.job == *job && call.attempt == attempt);
        Reply::Word(match found {
            None => Word::Unlisted,
            Some(call) => match call.outcome {
                None => Word::Progress(call.reference()),
                Some(outcome) => Word::Over(call.reference(), outcome),
            },
        })
    }

    pub(super) fn forget(&mut self, reference: &str) {
        self.0.iter_mut().filter(|call| call.reference() == reference).for_each(|call| call.kept = false);
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
        let call = CallTruth { job: job.clone(), attempt, to: to.to_owned(), outcome: None, kept: true };
        let reference = call.reference();
        self.calls.0.push(call);
        Reply::Dialled(Placed::Accepted(reference))
    }
}
