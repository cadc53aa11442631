//! Which states are one: two Jobs are alike, so it does not matter which of them is where.
//!
//! A state is hashed Job by Job, each without its name, and the Jobs in the order of their hashes. Everything in a state
//! belongs to one Job, except the time, what is left of the bounds and which promises were broken. That also drops what
//! nothing depends on: in which order the calls and runs of different Jobs began.

use std::hash::{Hash, Hasher};

use justfax::ids::JobId;

use super::State;
use crate::world::mask::nameless;

impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let mut jobs: Vec<u64> = self.world.jobs.keys().map(|job| nameless(job, Part { state: self, job })).collect();
        jobs.sort_unstable();
        (jobs, self.world.now, &self.world.broken, &self.left).hash(hasher);
    }
}

/// What belongs to one Job.
struct Part<'a> {
    state: &'a State,
    job: &'a JobId,
}

impl Hash for Part<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let Self { state: State { world, runs, .. }, job } = self;
        let named = |text: &str| text.starts_with(job.as_str());
        (world.jobs.get(job), world.bytes.get(job)).hash(hasher);
        for ((_, order), till) in world.tills.iter().filter(|((of, _), _)| of == *job) {
            (order, till).hash(hasher);
        }
        for call in world.calls.0.iter().filter(|call| call.job == **job) {
            call.hash(hasher);
        }
        for mail in world.mails.iter().filter(|(name, _)| named(name)) {
            mail.hash(hasher);
        }
        for line in world.lines.iter().filter(|(_, (holder, _))| named(holder)) {
            line.hash(hasher);
        }
        for run in runs.iter().filter(|run| run.kind.job() == Some(job)) {
            run.hash(hasher);
        }
    }
}
