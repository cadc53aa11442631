//! Processes as Linux shows them below `/proc`: whose child one is, which function it runs, how long it has worked.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

/// Names the function in the environment of its processes, as on AWS.
const FUNCTION_NAME: &str = "AWS_LAMBDA_FUNCTION_NAME=";

/// Processes of a function below the emulator's process; none when there is no such process.
pub(super) fn of_function(emulator: u32, function: &str) -> Vec<u32> {
    descendants(emulator).into_iter().filter(|pid| runs(*pid, function)).collect()
}

/// Processor time of all threads of a process, in nanoseconds; 0 when it is gone.
pub(super) fn processor_ns(pid: u32) -> u64 {
    let Ok(threads) = fs::read_dir(of(pid).join("task")) else { return 0 };
    let spent = |thread: fs::DirEntry| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    };
    threads.flatten().filter_map(spent).sum()
}

fn of(pid: u32) -> PathBuf {
    PathBuf::from("/proc").join(pid.to_string())
}

/// Whether the process runs the function of this name, whatever the stack is called.
fn runs(pid: u32, function: &str) -> bool {
    let environment = fs::read(of(pid).join("environ")).unwrap_or_default();
    environment.split(|byte| *byte == 0).filter_map(|entry| std::str::from_utf8(entry).ok()).any(|entry| {
        entry
            .strip_prefix(FUNCTION_NAME)
            .and_then(|name| name.strip_suffix(function))
            .is_some_and(|stack| stack.ends_with('-'))
    })
}

/// All processes below one. Process 0 is nobody's.
fn descendants(root: u32) -> BTreeSet<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for pid in all() {
        if let Some(parent) = parent(pid) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let (mut found, mut next) = (BTreeSet::new(), if root == 0 { vec![] } else { vec![root] });
    while let Some(pid) = next.pop() {
        for child in children.remove(&pid).unwrap_or_default() {
            found.insert(child);
            next.push(child);
        }
    }
    found
}

fn all() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

/// The parent, from the part of `stat` behind the program's name, which may contain anything.
fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(of(pid).join("stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn a_function_is_found_below_its_emulator_and_nowhere_else() {
        let mut child = Command::new("sleep")
            .arg("60")
            .env("AWS_LAMBDA_FUNCTION_NAME", "justfax-settle")
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let here = std::process::id();
        assert_eq!(of_function(here, "settle"), [child.id()]);
        assert!(of_function(here, "dispatch").is_empty() && of_function(child.id(), "settle").is_empty());
        assert!(of_function(0, "settle").is_empty());
        assert!(processor_ns(here) > 0);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(processor_ns(child.id()), 0);
    }
}
