//! Simulation: many lives of faxes in a hostile world, each drawn from a seed.
//!
//! A life is one sender's Job from opening to its purge, sometimes with a second sender who wants the same line. Lives
//! share nothing, so that one that ends badly is repeated alone, exactly, by its own seed.

mod chance;
mod judge;
mod life;
mod mishap;
mod providers;
mod report;
mod runs;
mod sender;

use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Instant,
};

use justfax::memory::Dice;

use self::life::Life;
pub use self::report::{Failing, Line, Tally};
use crate::bugs::Bug;

/// What a simulation found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Everything in one line.
    pub line: Line,
    /// The first Job that ended badly.
    pub failing: Option<Failing>,
}

/// The seed of Job number `index`; the first has the seed of the whole, so that a failing one can be named by its own.
pub fn seed_of(seed: u64, index: u64) -> u64 {
    if index == 0 { seed } else { Dice::new(seed ^ index.wrapping_mul(0xd134_2543_de82_ef95)).roll() }
}

/// Simulates so many Jobs on all processors.
pub fn simulate(jobs: u64, seed: u64, bug: Option<Bug>) -> Found {
    let began = Instant::now();
    let next = AtomicU64::new(0);
    let share = || {
        let (mut tally, mut failing) = (Tally::default(), Vec::new());
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= jobs {
                return (tally, failing);
            }
            let seed = seed_of(seed, index);
            let life = Life::new(seed, bug, false).live();
            let broken = life.broken();
            if !broken.is_empty() {
                failing.push((index, Failing { seed, broken }));
            }
            tally.add(&life);
        }
    };
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let shares: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let (mut tally, mut failing) = (Tally::default(), Vec::new());
    for (part, found) in shares {
        tally.add(&part);
        failing.extend(found);
    }
    failing.sort_by_key(|(index, _)| *index);
    let per_second = u128::from(jobs) * 1000 / began.elapsed().as_millis().max(1);
    let jobs_per_second = u64::try_from(per_second).unwrap_or(u64::MAX);
    let line = Line { jobs, seed, tally, jobs_per_second };
    Found { line, failing: failing.into_iter().next().map(|(_, failing)| failing) }
}

/// Tells one life: what happened, step by step.
pub fn tell(seed: u64, bug: Option<Bug>) -> Vec<String> {
    Life::new(seed, bug, true).story()
}
