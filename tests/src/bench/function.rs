//! One function under the clock.

use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use serde::Serialize;
use serde_json::Value;
use tokio::process::{Child, Command};

use super::runtime_api::RuntimeApi;

/// Starts from nothing.
const COLD: usize = 7;
/// Calls of one started function.
const WARM: usize = 300;
/// The longest that one call may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was measured. Milliseconds; memory is the high-water mark of resident memory in bytes.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Measured {
    name: String,
    /// What it was called with.
    event: String,
    /// From spawning the process to its first answer: median and worst.
    cold_ms: f64,
    cold_worst_ms: f64,
    warm_p50_ms: f64,
    warm_p99_ms: f64,
    peak_memory_bytes: u64,
    binary_bytes: u64,
}

/// Why a function could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum NotMeasured {
    /// Its process or a port.
    #[error("{0}: {1}")]
    Process(String, std::io::Error),
    /// It did not answer, or not as expected.
    #[error("{0} answered: {1}")]
    Answer(String, String),
}

/// Something to be measured.
pub(super) struct Subject<'a> {
    pub(super) name: &'a str,
    pub(super) event_name: &'a str,
    pub(super) event: &'a Value,
    pub(super) environment: &'a [(String, String)],
    /// Whether an answer is the right one; a bench of refusals would prove nothing.
    pub(super) is_good: fn(&Value) -> bool,
}

/// A started function and the Runtime API that it alone talks to.
struct Started {
    api: RuntimeApi,
    child: Child,
}

/// Starts the program several times, and calls the last one many times.
pub(super) async fn measure(program: &Path, subject: &Subject<'_>) -> Result<Measured, NotMeasured> {
    let failed = |error| NotMeasured::Process(subject.name.to_owned(), error);
    let (mut cold, mut warm, mut last) = (Vec::new(), Vec::new(), None);
    for _ in 0..COLD {
        drop(last.take());
        let api = RuntimeApi::start().await.map_err(failed)?;
        let begun = Instant::now();
        let mut started = Started { child: spawn(&api, program, subject).map_err(failed)?, api };
        call(&mut started, subject).await?;
        cold.push(begun.elapsed());
        last = Some(started);
    }
    for _ in 0..WARM {
        let Some(started) = last.as_mut() else { break };
        let begun = Instant::now();
        call(started, subject).await?;
        warm.push(begun.elapsed());
    }
    let peak = last.as_ref().and_then(|started| started.child.id()).and_then(peak_memory).unwrap_or_default();
    Ok(Measured {
        name: subject.name.to_owned(),
        event: subject.event_name.to_owned(),
        cold_ms: percentile(&mut cold, 50),
        cold_worst_ms: percentile(&mut cold, 100),
        warm_p50_ms: percentile(&mut warm, 50),
        warm_p99_ms: percentile(&mut warm, 99),
        peak_memory_bytes: peak,
        binary_bytes: std::fs::metadata(program).map_err(failed)?.len(),
    })
}

fn spawn(api: &RuntimeApi, program: &Path, subject: &Subject<'_>) -> std::io::Result<Child> {
    Command::new(program)
        .env_clear()
        .envs(subject.environment.iter().map(|(name, value)| (name, value)))
        .env("AWS_LAMBDA_RUNTIME_API", api.address.to_string())
        .envs([
            ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
}

/// One call. A function that ends instead of answering, for want of a setting or a secret, is told as such.
async fn call(started: &mut Started, subject: &Subject<'_>) -> Result<(), NotMeasured> {
    let answer = tokio::select! {
        answer = tokio::time::timeout(PATIENCE, started.api.call("bench", subject.event)) => answer,
        ended = started.child.wait() => Ok(Err(format!("it ended: {ended:?}"))),
    };
    let wrong = |why: String| Err(NotMeasured::Answer(subject.name.to_owned(), why));
    match answer {
        Ok(Ok(value)) if (subject.is_good)(&value) => Ok(()),
        Ok(Ok(value)) => wrong(value.to_string()),
        Ok(Err(error)) => wrong(error),
        Err(_) => wrong("nothing within the time".to_owned()),
    }
}

/// `VmHWM` of a process in bytes (proc(5)).
fn peak_memory(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    high_water(&status)
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}

/// The value below which so many per cent of all lie, in milliseconds.
pub(super) fn percentile(times: &mut [Duration], per_cent: usize) -> f64 {
    times.sort();
    let place = (times.len() * per_cent).div_ceil(100).saturating_sub(1);
    times.get(place).map_or(0.0, |time| (time.as_secs_f64() * 1e5).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read_from_the_process_status() {
        assert_eq!(high_water("Name:\tx\nVmHWM:\t    1536 kB\nVmRSS:\t 12 kB\n"), Some(1536 * 1024));
        assert_eq!(high_water("Name:\tx\n"), None);
    }

    #[test]
    fn percentiles_are_of_the_sorted_times() {
        let mut times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        assert!((percentile(&mut times, 50) - 50.0).abs() < 1e-9);
        assert!((percentile(&mut times, 99) - 99.0).abs() < 1e-9);
        assert!((percentile(&mut times, 100) - 100.0).abs() < 1e-9);
    }
}
