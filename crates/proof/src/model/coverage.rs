//! How often each stage was seen, so that a search cannot keep its promises by never going there.

use std::sync::atomic::{AtomicUsize, Ordering};

use justfax::job::{Job, Stage};

use super::State;

/// The stages, in the order of a life.
pub const STAGES: [&str; 7] = ["draft", "awaiting payment", "sending", "undelivered", "failed", "delivered", "purged"];

fn place(job: &Job) -> usize {
    match job.stage() {
        Stage::Draft => 0,
        Stage::AwaitingPayment => 1,
        Stage::Sending { .. } => 2,
        Stage::Undelivered { .. } => 3,
        Stage::Failed(_) => 4,
        Stage::Delivered(_) => 5,
        Stage::Purged(_) => 6,
    }
}

/// Counts of different states.
#[derive(Debug, Default)]
pub struct Coverage {
    any: [AtomicUsize; STAGES.len()],
    all: [AtomicUsize; STAGES.len()],
}

impl Coverage {
    /// Counts a state. Each is looked at once, when its actions are asked for.
    pub(super) fn note(&self, state: &State) {
        let places: Vec<usize> = state.world.jobs.values().map(|record| place(&record.job)).collect();
        for stage in 0..STAGES.len() {
            if places.contains(&stage) {
                self.any[stage].fetch_add(1, Ordering::Relaxed);
            }
            if places.iter().all(|place| *place == stage) {
                self.all[stage].fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// By stage: states in which a Job stood there, and states in which every Job did.
    pub fn counts(&self) -> Vec<(&'static str, usize, usize)> {
        let count = |counts: &[AtomicUsize], stage: usize| counts[stage].load(Ordering::Relaxed);
        (0..STAGES.len()).map(|stage| (STAGES[stage], count(&self.any, stage), count(&self.all, stage))).collect()
    }
}
