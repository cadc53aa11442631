//! `justfax-bench`: measures every function and the times that a sender feels; JSON to `target/bench/functions.json`.
//!
//! It uses the running stack that `--stack READY.JSON` names, else starts one from nothing and stops it again. The machine
//! should have nothing else to do.

use std::{path::PathBuf, process::ExitCode};

use justfax_tests::{
    bench::{result_file, run},
    runner::{Running, root},
    stack::{Stack, http},
};

/// The ready file named on the command line.
fn named(words: impl IntoIterator<Item = String>) -> Option<PathBuf> {
    let mut words = words.into_iter().skip_while(|word| word != "--stack");
    words.nth(1).map(PathBuf::from)
}

async fn bench() -> anyhow::Result<()> {
    let given = named(std::env::args()).filter(|file| file.is_file());
    let own = match &given {
        Some(_) => None,
        None => Some(Running::start(&root().join("target/bench-stack"))?),
    };
    let ready = given.or_else(|| own.as_ref().map(|own| own.ready.clone())).unwrap_or_default();
    let stack = Stack::read(&ready)?;
    let program = std::env::current_exe()?;
    let binaries = program.parent().unwrap_or(&program);
    let measured = run(&stack, &http()?, binaries, &|line| eprintln!("bench: {line}")).await?;
    let file = result_file();
    std::fs::create_dir_all(file.parent().unwrap_or(root()))?;
    std::fs::write(&file, serde_json::to_string_pretty(&measured)?)?;
    eprintln!("bench: written to {}", file.display());
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    match bench().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_file_follows_its_name() {
        let words = |line: &str| line.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>();
        assert_eq!(named(words("justfax-bench --stack a/ready.json")), Some("a/ready.json".into()));
        assert_eq!(named(words("justfax-bench")), None);
    }
}
