//! When somebody must look at a Job again, and when it is forgotten.

use jiff::Timestamp;

use super::{
    Job, Stage,
    effect::{Effect, Worker},
};
use crate::retention;

impl Job {
    /// The time by which somebody must look at it: its entry in the index of overdue work. None when nothing is owed
    /// and time alone will not move it.
    pub fn due(&self) -> Option<Timestamp> {
        let owed = self.pending.iter().filter(|p| p.effect.worker() != Worker::Checkout).map(|p| self.due_of(p)).min();
        [owed, self.turn()].into_iter().flatten().min()
    }

    /// When its record may be forgotten, as the table's TTL: a day after the purge that [`Job::due`] brings about, or
    /// [`retention::ENDED`] after its end, or after the end of a legal hold.
    pub fn forget_at(&self) -> Timestamp {
        let ended = match self.stage {
            Stage::Delivered(at) | Stage::Purged(at) => at + retention::ENDED,
            _ => self.kept_until().max(self.due().unwrap_or(self.created)) + retention::ENDED,
        };
        self.held_until().map_or(ended, |until| ended.max(until + retention::ENDED))
    }

    /// Whether time has come to wake it.
    pub fn wakes(&self, now: Timestamp) -> bool {
        self.turn().is_some_and(|at| at <= now)
    }

    /// The first effect that this worker may take up now.
    pub fn next_for(&self, worker: Worker, now: Timestamp) -> Option<&Effect> {
        self.pending.iter().find(|p| p.effect.worker() == worker && self.due_of(p) <= now).map(|p| &p.effect)
    }
}
