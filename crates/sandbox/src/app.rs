//! What all parts of the sandbox share.

use std::path::PathBuf;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use tokio::sync::Semaphore;

use crate::carrier::Faxes;
use crate::chaos::{Chaos, Tally};
use crate::config::{Config, ConfigError};
use crate::hooks::Outbox;
use crate::payment::Ledger;
use crate::store::{Persisted, StoreError};

/// Calls that are played at the same time; each takes a processor while it lasts.
const LINES: usize = 2;

/// The whole state of a running sandbox.
#[derive(Debug)]
pub struct App {
    /// What the runner wrote.
    pub config: Config,
    /// Folder of everything that is kept.
    pub folder: PathBuf,
    /// Where the three listeners are.
    pub addresses: Addresses,
    /// Signs carrier webhooks.
    pub signing_key: SigningKey,
    /// Fetches, forwards and sends; follows no redirect.
    pub http: reqwest::Client,
    /// Payments.
    pub ledger: Persisted<Ledger>,
    /// Faxes.
    pub faxes: Persisted<Faxes>,
    /// Webhooks.
    pub hooks: Persisted<Outbox>,
    /// Misbehaviour.
    pub chaos: Persisted<Chaos>,
    /// What came of it so far.
    pub tally: Tally,
    /// Free telephone lines.
    pub lines: Semaphore,
}

/// Origins of the three listeners, without a trailing slash.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Addresses {
    /// Desk and site.
    pub desk: String,
    /// Payment sandbox.
    pub payment: String,
    /// Carrier sandbox.
    pub carrier: String,
}

/// Why the sandbox cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Its kept state.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its HTTP client.
    #[error("no HTTP client: {0}")]
    Http(#[from] reqwest::Error),
}

impl App {
    /// Reads the kept state and sets up what is shared.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn open(config: Config, folder: PathBuf, addresses: Addresses) -> Result<Self, StartError> {
        let key = config.signing_key();
        let signing_key = key.ok_or_else(|| ConfigError::Values(vec!["carrier_signing_seed".to_owned()]))?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .no_proxy()
            .build()?;
        Ok(Self {
            ledger: Persisted::open(folder.join("payments.json"))?,
            faxes: Persisted::open(folder.join("faxes.json"))?,
            hooks: Persisted::open(folder.join("webhooks.json"))?,
            chaos: Persisted::open(folder.join("chaos.json"))?,
            tally: Tally::default(),
            lines: Semaphore::new(LINES),
            config,
            folder,
            addresses,
            signing_key,
            http,
        })
    }

    /// Writes everything that changed. A part that cannot be written is logged and tried again the next time it changes.
    pub fn save(&self) {
        for result in [self.ledger.save(), self.faxes.save(), self.hooks.save(), self.chaos.save()] {
            if let Err(fault) = result {
                tracing::error!(error = %fault, "state not saved");
            }
        }
    }
}
