//! Records an event: load, apply, write if nobody wrote meanwhile, nudge the workers that now owe something.
//!
//! The nudge comes after the write and may be lost; the index of overdue work finds the Job then.

use jiff::SignedDuration;

use crate::{
    fault::Fault,
    ids::JobId,
    job::{
        Job, Refused, Stage,
        effect::{Effect, Worker},
        event::{Event, Rules},
    },
    ports::{Clock, Committed, Jobs, Nudges},
};

/// A nudge can wait at most this long (the longest delay of an SQS message); later work is the reconciler's.
pub const LONGEST_NUDGE: SignedDuration = SignedDuration::from_mins(15);

/// Tries to write before giving up for now. A lost try means that somebody else's went through, and the most that write
/// at once are the twenty documents of a Job, each of whose pages are recorded by an invocation of its own.
const TRIES: u32 = 40;

/// What came of recording an event.
#[derive(Debug)]
pub enum Recorded {
    /// The Job moved.
    Moved(Box<Job>),
    /// The event changes nothing; the Job stays as it is.
    Refused(Refused, Box<Job>),
    /// There is no such Job.
    Unknown,
}

/// Records an event of a Job.
///
/// # Errors
/// A [`Fault`] of the store, or [`Fault::Retry`] when others kept writing.
pub async fn record<P>(port: &P, rules: &Rules, id: &JobId, event: &Event) -> Result<Recorded, Fault>
where
    P: Jobs + Nudges + Clock,
{
    for _ in 0..TRIES {
        let Some(stored) = port.load(id).await? else { return Ok(Recorded::Unknown) };
        let (job, owed) = match stored.job.clone().apply(event.clone(), rules, port.now()) {
            Ok(moved) => moved,
            Err(refused) => return Ok(Recorded::Refused(refused, Box::new(stored.job))),
        };
        if job == stored.job || port.commit(&job, stored.version).await? == Committed::Done {
            count_end(&stored.job, &job);
            nudge_owed(port, &job, &owed).await;
            return Ok(Recorded::Moved(Box::new(job)));
        }
    }
    Err(Fault::retry(1, "the Job kept changing"))
}

/// Tells the log that a Job has ended, and how: the metric that is counted from this line is all that stays of it for longer
/// than a month, and it knows nobody.
fn count_end(before: &Job, job: &Job) {
    let how = |job: &Job| match job.stage() {
        Stage::Delivered(_) => Some("delivered"),
        Stage::Purged(_) => Some("unsent"),
        _ => None,
    };
    if let (None, Some(outcome)) = (how(before), how(job)) {
        tracing::info!(job.id = %job.id(), outcome, "ended");
    }
}

/// Nudges the workers of newly owed effects. A nudge that fails is only late, so it is logged and not passed on.
pub(super) async fn nudge_owed<P: Nudges + Clock>(port: &P, job: &Job, owed: &[Effect]) {
    for worker in [Worker::Dispatch, Worker::Settle] {
        if owed.iter().any(|effect| effect.worker() == worker) {
            nudge_when_due(port, job, worker).await;
        }
    }
}

/// Nudges a worker for when the Job next owes it something.
pub(super) async fn nudge_when_due<P: Nudges + Clock>(port: &P, job: &Job, worker: Worker) {
    let Some(wait) = job.wait_for(worker, port.now()) else { return };
    if wait > LONGEST_NUDGE {
        return;
    }
    if let Err(fault) = port.nudge(worker, job.id(), wait).await {
        tracing::warn!(job.id = %job.id(), error = %fault, "nudge lost, the reconciler will find the Job");
    }
}
