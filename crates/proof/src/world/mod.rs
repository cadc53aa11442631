//! What really happened: the table, the carrier, the payment provider, the bytes, the mails.
//!
//! The world answers a [`Request`] by doing it. It also keeps the list of what must never have been done
//! ([`World::broken`]): that is judged here, by what the carrier and the provider saw, not by what our table says.

pub mod bytes;
pub mod carrier;
pub(crate) mod mask;
pub mod money;
mod orders;
mod people;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use justfax::{
    ids::JobId,
    job::{Job, Stage},
};

pub use self::orders::{NUMBERS, link_asked, new_job, order};
use self::{bytes::Bytes, carrier::Calls, money::Till, people::People};
use crate::{
    bugs::Bug,
    wire::{Record, Reply, Request},
};

/// Promises that can be broken at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Broken {
    /// Two calls of one Job at the carrier at once.
    TwoCalls,
    /// A call after a delivered one.
    CallAfterDelivery,
    /// Two Jobs on one line at once.
    LineShared,
    /// A capture without delivery.
    CapturedUndelivered,
    /// A call for a Job whose money is not held.
    CallUnpaid,
    /// The pages of a paid fax were gone before it was sent.
    PagesLost,
}

/// The state of everything but the runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// The time.
    pub now: Timestamp,
    /// The table: Jobs with their versions.
    pub jobs: BTreeMap<JobId, Record>,
    /// Line leases: holder and end.
    pub lines: BTreeMap<String, (String, Timestamp)>,
    /// The carrier.
    pub calls: Calls,
    /// The payment provider, by Job and order.
    pub tills: BTreeMap<(JobId, u32), Till>,
    /// Bytes by Job.
    pub bytes: BTreeMap<JobId, Bytes>,
    /// Mails handed over, by name, and how often.
    pub mails: BTreeMap<String, u8>,
    /// Limits, and keys to what is stored about somebody.
    pub people: People,
    /// Promises broken so far.
    pub broken: BTreeSet<Broken>,
    /// A bug seeded into the code under test.
    pub bug: Option<Bug>,
}

/// A version that depends on the content alone, and not on the name: ways that lead to the same record lead to the same state. A write that
/// finds the content it has seen is right to go through, whatever happened in between.
fn record_of(job: Job) -> Record {
    Record { version: mask::nameless(job.id(), &job) | 1, job: Arc::new(job) }
}

impl World {
    /// A world with these Jobs, ready to be ordered.
    pub fn new(jobs: Vec<Job>, now: Timestamp, bug: Option<Bug>) -> Self {
        Self {
            now,
            bytes: jobs.iter().map(|job| (job.id().clone(), Bytes::of(job))).collect(),
            jobs: jobs.into_iter().map(|job| (job.id().clone(), record_of(job))).collect(),
            lines: BTreeMap::new(),
            calls: Calls::default(),
            tills: BTreeMap::new(),
            mails: BTreeMap::new(),
            people: People::default(),
            broken: BTreeSet::new(),
            bug,
        }
    }

    /// Does what is asked and answers.
    pub fn answer(&mut self, request: &Request) -> Reply {
        match request {
            Request::Load(id) => Reply::Loaded(self.jobs.get(id).cloned()),
            Request::Commit(job, seen) => self.commit(job, *seen),
            Request::Overdue(now, most) => Reply::Listed(self.overdue(*now, *most)),
            Request::Take(line, holder, now, until) => self.take(line, holder, *now, *until),
            Request::Free(line, holder) => self.free(line, holder),
            Request::Nudge(..) => Reply::Done,
            Request::Read(..)
            | Request::Render(_)
            | Request::Store(..)
            | Request::Clear(..)
            | Request::Make(..)
            | Request::Picture(..)
            | Request::Erase(..) => self.bytes(request),
            Request::Dial(job, attempt, to) => self.dial(job, *attempt, to),
            Request::Look(job, attempt) => self.calls.look(job, *attempt),
            Request::Forget(reference) => self.calls.forget(reference),
            Request::Send(name) => {
                *self.mails.entry(name.clone()).or_default() += 1;
                Reply::Done
            }
            Request::Open(..)
            | Request::LookPayment(_)
            | Request::Close(_)
            | Request::Capture(_)
            | Request::Release(_)
            | Request::Refund(_) => self.money(request),
            Request::JobsOf(whose) => Reply::Listed(self.jobs_of(whose)),
            Request::TakeOne(..) | Request::Keep(..) | Request::Holder(..) | Request::Spend(..) => {
                self.people.answer(request)
            }
        }
    }

    fn commit(&mut self, job: &Job, seen: u64) -> Reply {
        let version = self.jobs.get(job.id()).map_or(0, |record| record.version);
        if version != seen && self.bug != Some(Bug::VersionsIgnored) {
            return Reply::Committed(false);
        }
        let before = self.jobs.get(job.id()).map(|record| &*record.job);
        match self.bug.map_or_else(|| Some(job.clone()), |bug| bug.change(before, job)) {
            Some(job) => {
                self.show_pages(&job);
                self.jobs.insert(job.id().clone(), record_of(job));
                Reply::Committed(true)
            }
            None => Reply::Committed(true),
        }
    }

    /// Jobs that are due, oldest first.
    fn overdue(&self, now: Timestamp, most: usize) -> Vec<JobId> {
        let due = |record: &Record| record.job.due().filter(|due| *due <= now);
        let mut found: Vec<_> = self.jobs.iter().filter_map(|(id, record)| Some((due(record)?, id))).collect();
        found.sort();
        found.into_iter().take(most).map(|(_, id)| id.clone()).collect()
    }

    fn jobs_of(&self, whose: &str) -> Vec<JobId> {
        let theirs = |job: &Job| job.order().is_some_and(|order| order.email_hash == whose);
        self.jobs.iter().filter(|(_, record)| theirs(&record.job)).map(|(id, _)| id.clone()).collect()
    }

    fn take(&mut self, line: &str, holder: &str, now: Timestamp, until: Timestamp) -> Reply {
        let free = match self.lines.get(line) {
            // The table counts in whole seconds.
            Some((has, end)) => has == holder || end.as_second() < now.as_second(),
            None => true,
        };
        let taken = free || self.bug == Some(Bug::LinesIgnored);
        if taken {
            self.lines.insert(line.to_owned(), (holder.to_owned(), until));
        }
        Reply::Taken(taken)
    }

    fn free(&mut self, line: &str, holder: &str) -> Reply {
        if self.lines.get(line).is_some_and(|(has, _)| has == holder) {
            self.lines.remove(line);
        }
        Reply::Done
    }

    /// Whether the Job's documents should be gone by its record.
    pub fn is_over(job: &Job) -> bool {
        matches!(job.stage(), Stage::Delivered(_) | Stage::Purged(_))
    }
}
