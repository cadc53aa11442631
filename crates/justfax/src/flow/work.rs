//! The effect loop: take up an effect under a lease, perform it, record what came of it, until nothing is left.
//!
//! A lease outlives the longest run of a function, so a second worker meets an effect only when the first is dead.
//! Every effect but a dial may then simply be performed again: providers know it by its name. A dial turns into a
//! question to the carrier ([`Job::apply`] sees to that).

use jiff::SignedDuration;

use super::record::{Recorded, nudge_owed, record};
use crate::{
    fault::Fault,
    ids::JobId,
    job::{
        Job,
        effect::{Effect, Lease, Worker},
        event::{Event, Rules},
    },
    ports::{Answer, Clock, Committed, Entropy, Jobs, Nudges},
};

/// Longer than a worker can live: its function's time-out is 60 s, and clocks may differ by some seconds. Shorter than the 90 s
/// after which its queue hands the message out again, so that the next worker finds the lease lapsed.
pub const LEASE: SignedDuration = SignedDuration::from_secs(75);

/// Effects in one run; the rest waits for the next nudge.
const MOST_EFFECTS: usize = 40;

/// An effect that a person must look at is tried again this late, so that it mends itself once the cause is mended.
const AFTER_BROKEN: SignedDuration = SignedDuration::from_mins(15);

/// Passing trouble that has not passed after so many tries is told to a person: a copy that cannot be deleted, a mail that
/// nobody takes.
const LOUD: u32 = 8;

/// Performs the effects of one worker.
pub trait Perform: Sync {
    /// Whose effects.
    const WORKER: Worker;

    /// Performs one effect and says what happened.
    fn perform(&self, job: &Job, effect: &Effect) -> impl Answer<Vec<Event>>;
}

/// Works off what a Job owes this worker now.
///
/// # Errors
/// A [`Fault`] of the store; what was begun is under a lease and will be taken up again.
pub async fn work<P, W>(port: &P, performer: &W, rules: &Rules, id: &JobId) -> Result<(), Fault>
where
    P: Jobs + Nudges + Clock + Entropy,
    W: Perform,
{
    for _ in 0..MOST_EFFECTS {
        let Some(stored) = port.load(id).await? else { return Ok(()) };
        if stored.job.wakes(port.now()) {
            record(port, rules, id, &Event::Woken).await?;
            continue;
        }
        let Some(effect) = stored.job.next_for(W::WORKER, port.now()).cloned() else { return Ok(()) };
        let Some(job) = claim(port, rules, stored.job, stored.version, &effect).await? else { continue };
        if !job.pending().iter().any(|p| p.effect == effect) {
            continue;
        }
        for event in perform(port, performer, &job, &effect).await {
            if let Recorded::Refused(refused, _) = record(port, rules, id, &event).await? {
                tracing::info!(job.id = %id, reason = %refused, "an effect's news came too late");
            }
        }
    }
    Ok(())
}

async fn claim<P>(port: &P, rules: &Rules, job: Job, seen: u64, effect: &Effect) -> Result<Option<Job>, Fault>
where
    P: Jobs + Nudges + Clock + Entropy,
{
    let now = port.now();
    let lease = Lease { token: u64::from_le_bytes(port.bytes()), until: now + LEASE };
    let Ok((claimed, owed)) = job.apply(Event::Claimed(effect.clone(), lease), rules, now) else { return Ok(None) };
    if port.commit(&claimed, seen).await? == Committed::Conflict {
        return Ok(None);
    }
    nudge_owed(port, &claimed, &owed).await;
    Ok(Some(claimed))
}

async fn perform<P: Clock, W: Perform>(port: &P, performer: &W, job: &Job, effect: &Effect) -> Vec<Event> {
    let tries = job.pending().iter().find(|p| p.effect == *effect).map_or(1, |p| p.tries);
    match performer.perform(job, effect).await {
        Ok(events) => {
            tracing::info!(job.id = %job.id(), effect = %effect, tries, "performed");
            events
        }
        Err(Fault::Retry { wait, cause }) => {
            if tries.is_multiple_of(LOUD) {
                tracing::error!(job.id = %job.id(), effect = %effect, tries, error = %cause, "put off again and again");
            } else {
                tracing::warn!(job.id = %job.id(), effect = %effect, tries, error = %cause, "put off");
            }
            vec![Event::Postponed(effect.clone(), port.now() + back_off(wait, tries))]
        }
        Err(Fault::Broken(cause)) => {
            tracing::error!(job.id = %job.id(), effect = %effect, tries, error = %cause, "a person must look");
            vec![Event::Postponed(effect.clone(), port.now() + AFTER_BROKEN)]
        }
    }
}

/// Doubles the wait with every try, up to an hour.
fn back_off(wait: SignedDuration, tries: u32) -> SignedDuration {
    let doubled = wait.checked_mul(1_i32.checked_shl(tries.saturating_sub(1).min(12)).unwrap_or(1));
    doubled.unwrap_or(AFTER_BROKEN).min(SignedDuration::from_hours(1))
}
