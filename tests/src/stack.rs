//! A running stack, as its ready file describes it.
//!
//! The runner writes the file; addresses, names and credentials come from nowhere else, so no port and no name of a queue
//! is written into a test.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

/// What a client may need to know of a running stack.
#[derive(Clone, Deserialize)]
pub struct Stack {
    /// Address of the site, without trailing slash.
    pub site: String,
    /// Address of the API below the site, without trailing slash.
    pub api: String,
    /// Address of the AWS emulator, without trailing slash.
    pub emulator: String,
    /// Address of the payment sandbox.
    pub payment: String,
    /// Address of the carrier sandbox.
    pub carrier: String,
    /// AWS region.
    pub region: String,
    /// The emulator's root user.
    pub access_key: String,
    /// The emulator's root user.
    pub secret_key: String,
    /// Table of the Jobs.
    pub table: String,
    /// Bucket of the documents.
    pub bucket: String,
    /// URLs of the queues by name.
    pub queues: BTreeMap<String, String>,
    /// URLs of the queues of dead letters by name.
    pub dead_queues: BTreeMap<String, String>,
    /// Deployed names of the functions.
    pub functions: BTreeMap<String, String>,
    /// Log groups of the functions.
    pub log_groups: BTreeMap<String, String>,
    /// Where the secrets lie in the parameter store.
    pub secrets_path: String,
    /// Both sides of each secret of this stack.
    pub secrets: Secrets,
    /// Ids of its processes by name.
    #[serde(default)]
    pub pids: BTreeMap<String, u32>,
}

/// The secrets of a local stack, which are worth nothing anywhere else.
#[derive(Clone, Deserialize)]
pub struct Secrets {
    /// Signs payment webhooks.
    pub payment_webhook_secret: String,
    /// Base64 of the seed that signs carrier webhooks.
    pub carrier_signing_seed: String,
}

/// No stack to talk to.
#[derive(Debug, thiserror::Error)]
pub enum NoStack {
    /// The ready file is not there: nothing runs.
    #[error("{0}: no stack is running there; `make run` starts one ({1})")]
    File(String, std::io::Error),
    /// It is there and something else.
    #[error("{0} is not the ready file of a stack: {1}")]
    Form(String, serde_json::Error),
}

impl std::fmt::Debug for Stack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stack({})", self.site)
    }
}

impl Stack {
    /// Reads a ready file.
    ///
    /// # Errors
    /// [`NoStack`].
    pub fn read(file: &Path) -> Result<Self, NoStack> {
        let shown = file.display().to_string();
        let bytes = std::fs::read(file).map_err(|error| NoStack::File(shown.clone(), error))?;
        serde_json::from_slice(&bytes).map_err(|error| NoStack::Form(shown, error))
    }
}

/// An HTTP client that follows no redirect, asks no proxy, and gives up after a minute.
///
/// # Errors
/// When the TLS stack cannot be set up.
pub fn http() -> Result<reqwest::Client, reqwest::Error> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(std::time::Duration::from_mins(1))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_ready_file_says_how_to_start_a_stack() {
        let error = Stack::read(Path::new("/nowhere/ready.json")).unwrap_err();
        assert!(error.to_string().contains("make run"), "{error}");
    }

    #[test]
    fn another_file_is_not_taken_for_one() {
        let file = std::env::temp_dir().join(format!("justfax-not-ready-{}.json", std::process::id()));
        std::fs::write(&file, "{}").unwrap();
        assert!(matches!(Stack::read(&file), Err(NoStack::Form(..))));
        std::fs::remove_file(file).unwrap();
    }
}
