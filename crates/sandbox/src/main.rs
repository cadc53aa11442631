//! Starts the sandbox: `justfax-sandbox --state DIR --config FILE.json`.
//!
//! Writes `DIR/ready.json` when it listens, logs JSON lines to standard error, and ends on SIGTERM or Ctrl-C with its state kept.

use std::path::PathBuf;

use anyhow::{Context, bail};
use justfax_sandbox::config::Config;
use justfax_sandbox::serve;

fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_max_level(tracing::Level::INFO).init();
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        bail!("another TLS provider is already set");
    }
    let (state, config) = arguments()?;
    let config = Config::read(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no runtime")?;
    let result = runtime.block_on(serve::run(config, state));
    runtime.shutdown_background();
    Ok(result?)
}

/// The two folders and files of the command line.
fn arguments() -> anyhow::Result<(PathBuf, PathBuf)> {
    let mut arguments = std::env::args_os().skip(1);
    let (mut state, mut config) = (None, None);
    while let Some(name) = arguments.next() {
        let value = arguments.next().map(PathBuf::from);
        match name.to_str() {
            Some("--state") => state = value,
            Some("--config") => config = value,
            _ => bail!("usage: justfax-sandbox --state DIR --config FILE.json"),
        }
    }
    Ok((state.context("--state DIR is missing")?, config.context("--config FILE.json is missing")?))
}
