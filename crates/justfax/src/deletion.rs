//! The deletion receipt: what kinds of copies of a fax there are, where, and since when each is gone.
//!
//! "Deleted" is said only of what an adapter has looked for again after deleting and not found ([`Event::Deleted`]); what
//! is owed but not done is "deleting", however often it was tried.
//!
//! [`Event::Deleted`]: crate::job::event::Event::Deleted

use jiff::Timestamp;
use serde::Serialize;

use crate::job::{
    Job, Stage,
    effect::{Copies, Effect, MailKind},
};

/// Kinds of copies as the sender is told of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyKind {
    /// Uploaded files.
    Originals,
    /// Fax pages and their previews.
    Pages,
    /// Files made for the carrier.
    Transmissions,
    /// Reduced first pages for the report.
    Pictures,
    /// What the carrier has of the calls.
    CarrierCopy,
}

/// Where copies are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The service's own storage.
    Storage,
    /// The carrier's.
    Carrier,
}

/// What became of copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// There, and meant to be.
    Kept,
    /// To be deleted, and not yet seen to be gone.
    Deleting,
    /// Deleted, looked for again and not found, at this time.
    Deleted(Timestamp),
}

impl CopyKind {
    /// Where copies of this kind are.
    pub fn place(self) -> Place {
        match self {
            Self::CarrierCopy => Place::Carrier,
            _ => Place::Storage,
        }
    }

    fn is_of(self, copies: &Copies) -> bool {
        match self {
            Self::Originals => *copies == Copies::Originals,
            Self::Pages => *copies == Copies::Pages,
            Self::Transmissions => *copies == Copies::Transmissions,
            Self::Pictures => *copies == Copies::Pictures,
            Self::CarrierCopy => matches!(copies, Copies::CarrierCopy(_)),
        }
    }
}

/// What became of every kind of copy that a Job had or has.
pub fn receipt(job: &Job) -> Vec<(CopyKind, Fate)> {
    let mut kinds = vec![CopyKind::Originals, CopyKind::Pages, CopyKind::Transmissions, CopyKind::Pictures];
    if job.attempts.iter().any(|attempt| attempt.reference.is_some()) {
        kinds.push(CopyKind::CarrierCopy);
    }
    kinds.into_iter().map(|kind| (kind, fate(job, kind))).collect()
}

fn fate(job: &Job, kind: CopyKind) -> Fate {
    // While a fax is on its way its copies are needed, whatever became of those of an earlier order.
    if matches!(job.stage, Stage::AwaitingPayment | Stage::Sending { .. } | Stage::Undelivered { .. }) {
        return Fate::Kept;
    }
    let owed = job.pending.iter().any(|p| matches!(&p.effect, Effect::Delete(copies) if kind.is_of(copies)));
    let mailing = job.pending.iter().any(|p| matches!(p.effect, Effect::Mail(MailKind::Delivered, _)));
    let gone = job.deleted.iter().filter(|(copies, _)| kind.is_of(copies)).map(|(_, at)| *at).max();
    match (owed, gone) {
        (true, _) if kind == CopyKind::Pictures && mailing => Fate::Kept,
        (true, _) => Fate::Deleting,
        (false, Some(at)) => Fate::Deleted(at),
        (false, None) => Fate::Kept,
    }
}
