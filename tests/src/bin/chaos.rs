//! `justfax-chaos`: some hundred faxes through a stack whose processes are killed and whose providers misbehave.
//!
//! One line of JSON to stdout; progress, and every Job that something is wrong with, to stderr. It ends with 0 when everything
//! is zero that must be, else with 1. `infra/local/chaos.py` starts a stack for it.

use std::{
    io::Write,
    path::PathBuf,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use justfax_tests::{
    chaos::{Keeper, Options, run},
    stack::Stack,
};

const USAGE: &str = "usage: justfax-chaos --stack READY.JSON [--jobs 200] [--seed N] [--at-once 40] [--keeper yes]";

/// What was typed.
#[derive(Debug, PartialEq, Eq)]
struct Arguments {
    stack: PathBuf,
    options: Options,
    /// Whether somebody at the other end of stdin can restart the emulator.
    keeper: bool,
}

/// Reads the command line; a seed that is not given is `today`'s.
fn arguments(words: impl IntoIterator<Item = String>, today: u64) -> Option<Arguments> {
    let options = Options { jobs: 200, seed: today, at_once: 40 };
    let mut read = Arguments { stack: PathBuf::new(), options, keeper: false };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            "--stack" => read.stack = value.into(),
            "--jobs" => read.options.jobs = value.parse().ok().filter(|jobs| *jobs > 0)?,
            "--seed" => read.options.seed = value.parse().ok()?,
            "--at-once" => read.options.at_once = value.parse().ok().filter(|jobs| *jobs > 0)?,
            "--keeper" => read.keeper = value == "yes",
            _ => return None,
        }
    }
    (!read.stack.as_os_str().is_empty()).then_some(read)
}

async fn chaos(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let stack = Stack::read(&arguments.stack)?;
    let mut keeper = Keeper::new(arguments.keeper);
    let report = run(stack, arguments.options, &mut keeper, &|line| eprintln!("chaos: {line}")).await?;
    writeln!(std::io::stdout().lock(), "{}", serde_json::to_string(&report)?)?;
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[tokio::main]
async fn main() -> ExitCode {
    let today = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let Some(arguments) = arguments(std::env::args().skip(1), today) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    chaos(arguments).await.unwrap_or_else(|error| {
        eprintln!("chaos: {error:#}");
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Arguments> {
        arguments(line.split_whitespace().map(ToOwned::to_owned), 5)
    }

    #[test]
    fn jobs_and_seed_are_read_and_have_defaults() {
        let plain = read("--stack r.json").unwrap();
        assert_eq!((plain.options.jobs, plain.options.seed, plain.keeper), (200, 5, false));
        let given = read("--stack r.json --jobs 8 --seed 3 --at-once 2 --keeper yes").unwrap();
        assert_eq!(given.options, Options { jobs: 8, seed: 3, at_once: 2 });
        assert!(given.keeper);
    }

    #[test]
    fn a_wrong_command_line_is_not_guessed_at() {
        for line in ["", "--jobs 3", "--stack r.json --jobs 0", "--stack r.json --jobs", "--stack r.json --speed 9"] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
