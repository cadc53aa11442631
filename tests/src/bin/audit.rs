//! `justfax-audit`: everything that a running stack has of one Job, one line each.
//!
//! Ends with 0 when nothing of a document is left, 3 when something is, and 1 when nobody could be asked.

use std::{path::PathBuf, process::ExitCode};

use justfax_tests::{
    audit::{Kind, audit},
    aws::Aws,
    client::Desk,
    stack::{Stack, http},
};

const USAGE: &str = "usage: justfax-audit [--stack READY.JSON] --job ID [--word TEXT]...";

async fn run(stack: PathBuf, job: String, words: Vec<String>) -> anyhow::Result<ExitCode> {
    let (stack, http) = (Stack::read(&stack)?, http()?);
    let (aws, desk) = (Aws::new(http.clone(), stack.clone()), Desk::new(&http, &stack.site));
    let found = audit(&aws, &desk, &stack, &job, &words).await?;
    let mut lines = found.iter().map(ToString::to_string).collect::<Vec<_>>();
    let bytes = found.iter().filter(|f| matches!(f.kind, Kind::Object | Kind::Upload | Kind::CarrierCopy)).count();
    lines.push(format!("{} findings, {bytes} of them hold a document", found.len()));
    std::io::Write::write_all(&mut std::io::stdout(), format!("{}\n", lines.join("\n")).as_bytes())?;
    Ok(if bytes == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let (mut stack, mut job, mut words) = (PathBuf::from("target/stack/ready.json"), None, Vec::new());
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        match (name.as_str(), given.next()) {
            ("--stack", Some(value)) => stack = value.into(),
            ("--job", Some(value)) => job = Some(value),
            ("--word", Some(value)) => words.push(value),
            _ => anyhow::bail!(USAGE),
        }
    }
    run(stack, job.filter(|id| id.len() == 26).ok_or_else(|| anyhow::anyhow!(USAGE))?, words).await
}
