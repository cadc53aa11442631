//! Kills function processes while they work.
//!
//! A process that waits for its next event can be killed without anybody noticing, so the reaper picks a function, watches
//! the processor time of its processes, and kills the first that wakes up, a few milliseconds into its work. The processes
//! are found as descendants of the emulator, and by no other means.

use std::{
    collections::BTreeMap,
    process::Command,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant, SystemTime},
};

use super::{dice::Dice, processes};

/// How long the reaper waits for the chosen function to begin something.
const PATIENCE: Duration = Duration::from_secs(3);
/// Between two looks at its processes.
const LOOK: Duration = Duration::from_millis(3);
/// Processor time that means "it has begun".
const AWAKE_NS: u64 = 50_000;

/// Functions with their shares. Those that do something irrevocable come most.
const FUNCTIONS: [(u64, &str); 9] = [
    (30, "settle"),
    (30, "dispatch"),
    (10, "carrier-webhook"),
    (8, "payment-webhook"),
    (8, "prepare"),
    (6, "checkout"),
    (4, "job-change"),
    (2, "open-upload"),
    (2, "cleanup"),
];

/// Stands for all functions, where the emulator ends with all its processes.
pub(super) const EVERYBODY: &str = "everybody";

/// One process that was killed.
#[derive(Debug, Clone)]
pub(super) struct Kill {
    /// Which function it was.
    pub(super) function: &'static str,
    /// When, in milliseconds since 1970.
    pub(super) at_ms: i64,
}

/// The reaper of a run; shared between its thread and those who count.
#[derive(Debug)]
pub(super) struct Reaper {
    /// The emulator's process id; 0 while it is down.
    pub(super) emulator: AtomicU32,
    /// Set to end it.
    pub(super) stop: AtomicBool,
    kills: Mutex<Vec<Kill>>,
}

impl Reaper {
    /// Of the functions of this emulator.
    pub(super) fn new(emulator: u32) -> Self {
        Self { emulator: AtomicU32::new(emulator), stop: AtomicBool::new(false), kills: Mutex::default() }
    }

    /// Kills until it is stopped, with pauses of up to `pause`.
    pub(super) fn work(&self, mut dice: Dice, pause: Duration) {
        while !self.stop.load(Ordering::Acquire) {
            let most = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            sleep(Duration::from_millis(dice.below(most)));
            let function = dice.weighted(&FUNCTIONS, "settle");
            let delay = Duration::from_micros(dice.below(25_000));
            if self.strike(function, delay) {
                self.note(function);
            }
        }
    }

    /// Notes a death that somebody else brought about.
    pub(super) fn note(&self, function: &'static str) {
        let at_ms = now_ms();
        self.kills.lock().unwrap_or_else(PoisonError::into_inner).push(Kill { function, at_ms });
    }

    /// All kills so far.
    pub(super) fn kills(&self) -> Vec<Kill> {
        self.kills.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a process of the function to wake up, and kills it `delay` later. Whether one was killed.
    fn strike(&self, function: &str, delay: Duration) -> bool {
        let since = Instant::now();
        let mut before: BTreeMap<u32, u64> = BTreeMap::new();
        while since.elapsed() < PATIENCE && !self.stop.load(Ordering::Acquire) {
            let emulator = self.emulator.load(Ordering::Acquire);
            for pid in processes::of_function(emulator, function) {
                let now = processes::processor_ns(pid);
                let slept = *before.entry(pid).or_insert(now);
                if now > slept + AWAKE_NS {
                    sleep(delay);
                    return kill(pid);
                }
            }
            sleep(LOOK);
        }
        false
    }
}

fn kill(pid: u32) -> bool {
    Command::new("kill").args(["-KILL", &pid.to_string()]).status().is_ok_and(|status| status.success())
}

/// Milliseconds since 1970.
pub(super) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reaper_without_an_emulator_kills_nobody() {
        let reaper = Reaper::new(0);
        assert!(!reaper.strike("settle", Duration::ZERO));
        assert!(reaper.kills().is_empty());
        reaper.note("settle");
        assert_eq!(reaper.kills()[0].function, "settle");
    }
}
