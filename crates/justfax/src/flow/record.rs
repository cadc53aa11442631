//! Records an event: load, apply, write if nobody wrote meanwhile, nudge the workers that now owe something.
//!
//! The nudge comes after the write and may be lost; the index of overdue work finds the Job then.

use jiff::{SignedDuration, Timestamp};

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
            tell_trouble(&stored.job, &job);
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

/// Nudges the workers of newly owed effects, once for each time at which something is due. A nudge that fails is only late, so
/// it is logged and not passed on.
pub(super) async fn nudge_owed<P: Nudges + Clock>(port: &P, job: &Job, owed: &[Effect]) {
    for (worker, wait) in waits(job, owed, port.now()) {
        if let Err(fault) = port.nudge(worker, job.id(), wait).await {
            tracing::warn!(job.id = %job.id(), error = %fault, "nudge lost, the reconciler will find the Job");
        }
    }
}

/// Whom to nudge and when, each once.
fn waits(job: &Job, owed: &[Effect], now: Timestamp) -> Vec<(Worker, SignedDuration)> {
    let mut waits = Vec::new();
    for pending in job.pending().iter().filter(|pending| owed.contains(&pending.effect)) {
        let wait = job.due_of(pending).duration_since(now).max(SignedDuration::ZERO);
        let nudge = (pending.effect.worker(), wait);
        if nudge.0 != Worker::Checkout && wait <= LONGEST_NUDGE && !waits.contains(&nudge) {
            waits.push(nudge);
        }
    }
    waits
}

/// A payment that needs the operator is told of here, where every way into that state passes: an alarm counts these lines.
fn tell_trouble(before: &Job, after: &Job) {
    for payment in after.payments().iter().filter(|payment| payment.state.is_trouble()) {
        let old = before.payments().iter().find(|old| old.order == payment.order);
        if old.is_some_and(|old| !old.state.is_trouble()) {
            let reference = payment.state.intent();
            tracing::error!(job.id = %after.id(), payment.reference = reference, "payment trouble, a person must look");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{JobId, Secret},
        job::effect::{Copies, Pending},
        language::Language,
        memory::Dice,
    };

    #[test]
    fn a_worker_is_nudged_once_for_each_time_at_which_something_is_due() {
        let (dice, now) = (Dice::new(1), Timestamp::UNIX_EPOCH);
        let mut job = Job::open(JobId::random(&dice), Secret::random(&dice).hash(), Language::De, now);
        let minutes = SignedDuration::from_mins;
        let due = [
            (Effect::Capture(1), 0),
            (Effect::Delete(Copies::Pages), 0),
            (Effect::FreeLine(1), 0),
            (Effect::Dial(2), 5),
            (Effect::AskPayment(1), 16),
            (Effect::OpenCheckout(1), 0),
        ];
        let owed: Vec<Effect> = due.iter().map(|(effect, _)| effect.clone()).collect();
        job.pending =
            due.map(|(effect, at)| Pending { effect, not_before: now + minutes(at), tries: 0, lease: None }).into();
        let nudged = waits(&job, &owed, now);
        let wanted = [(Worker::Settle, minutes(0)), (Worker::Dispatch, minutes(0)), (Worker::Dispatch, minutes(5))];
        assert_eq!(nudged, wanted);
        assert_eq!(waits(&job, &[], now), []);
    }
}
