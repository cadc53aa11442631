//! CPU time, memory and bytes of one program on one document.

use std::path::Path;
use std::process::{Command, Stdio};

use super::tools::Tool;

/// Runs of which the shortest counts: what else the machine does only ever adds.
const RUNS: usize = 3;
/// Seconds a program may take.
const PATIENCE: &str = "30";

/// What a run cost.
pub(crate) struct Run {
    pub(crate) pages: usize,
    pub(crate) bytes: u64,
    pub(crate) cpu_ms: f64,
    pub(crate) peak_mib: Option<f64>,
}

/// Runs a program; `None` when it fails.
pub(crate) fn run(tool: Tool, document: &Path, work: &Path) -> Option<Run> {
    for old in std::fs::read_dir(work).ok()?.flatten() {
        let _ = std::fs::remove_file(old.path());
    }
    let command = tool.command(document, work)?;
    // The shell's clock has milliseconds and counts a child's children, which ours has.
    let timed = || {
        let output = Command::new("bash")
            .args(["-c", "TIMEFORMAT='%3U %3S'; time timeout \"$0\" \"$@\" >/dev/null 2>/dev/null", PATIENCE])
            .args(&command)
            .stdin(Stdio::null())
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let seconds: f64 = text.split_whitespace().filter_map(|word| word.parse::<f64>().ok()).sum();
        output.status.success().then_some(seconds * 1000.0)
    };
    let cpu_ms = (0..RUNS).map(|_| timed()).collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::min)?;
    let (pages, bytes) = size_of_output(tool, work)?;
    Some(Run { pages, bytes, cpu_ms: cpu_ms.max(0.5), peak_mib: peak_mib(&command) })
}

/// Pages and bytes that a run left behind.
fn size_of_output(tool: Tool, work: &Path) -> Option<(usize, u64)> {
    if !tool.codes() {
        let files = std::fs::read_dir(work).ok()?.flatten();
        let sizes: Vec<u64> = files.filter_map(|file| file.metadata().ok()).map(|about| about.len()).collect();
        return (!sizes.is_empty()).then(|| (sizes.len(), sizes.iter().sum()));
    }
    let output = tool.output(work);
    let pages = count_pages(&std::fs::read(&output).ok()?)?;
    Some((pages, std::fs::metadata(&output).ok()?.len()))
}

/// Directories of a TIFF in either byte order.
fn count_pages(file: &[u8]) -> Option<usize> {
    let little = file.starts_with(b"II");
    let number = |at: usize, bytes: usize| -> Option<usize> {
        let field = file.get(at..at + bytes)?;
        let digits: Box<dyn Iterator<Item = &u8>> =
            if little { Box::new(field.iter().rev()) } else { Box::new(field.iter()) };
        Some(digits.fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let (mut pages, mut directory) = (0, number(4, 4)?);
    while directory != 0 && pages < 10_000 {
        pages += 1;
        directory = number(directory + 2 + 12 * number(directory, 2)?, 4)?;
    }
    (pages > 0).then_some(pages)
}

/// Largest resident size, by GNU time where it is installed.
fn peak_mib(command: &[std::ffi::OsString]) -> Option<f64> {
    let output = Command::new("/usr/bin/time")
        .args(["-f", "PEAK %M", "timeout", PATIENCE])
        .args(command)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let kib: f64 = text.lines().find_map(|line| line.strip_prefix("PEAK "))?.trim().parse().ok()?;
    Some(kib / 1024.0)
}
