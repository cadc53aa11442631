//! Legal holds: what the law makes us keep for a while (promise P14).
//!
//! No function places or lifts one, so none can be tricked into it: people do, through the break-glass role, by writing
//! this list into the record (`infra/hold.py`), where it stays as the account of who asked for what. The domain only
//! obeys: while a hold lasts, our own copies are not deleted and the record does not expire. Money, calls and mails go
//! on, and the carrier's copy is deleted as always, because it is one copy more of what we hold. A hold ends by
//! itself, so that a forgotten one does not keep somebody's data for ever.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Job,
    effect::{Copies, Effect, Pending},
};

/// One order of an authority to keep a Job.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hold {
    /// Who placed it: the name of the operator's identity.
    pub by: String,
    /// The order's reference.
    pub why: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when, unless it is lifted before or placed again.
    pub until: Timestamp,
    /// Who lifted it, when and why.
    pub lifted: Option<Lifted>,
}

/// The end of a hold before its time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lifted {
    /// Who.
    pub by: String,
    /// Why.
    pub why: String,
    /// When.
    pub at: Timestamp,
}

impl Job {
    /// Until when it must be kept, if it ever was under a hold that nobody lifted.
    pub fn held_until(&self) -> Option<Timestamp> {
        self.holds.iter().filter(|hold| hold.lifted.is_none()).map(|hold| hold.until).max()
    }

    /// When somebody should look at an effect: the deletion of our own copies waits for the end of a hold.
    pub(crate) fn due_of(&self, pending: &Pending) -> Timestamp {
        let is_ours = matches!(&pending.effect, Effect::Delete(copies) if !matches!(copies, Copies::CarrierCopy(_)));
        match self.held_until() {
            Some(until) if is_ours => pending.due().max(until),
            _ => pending.due(),
        }
    }
}
