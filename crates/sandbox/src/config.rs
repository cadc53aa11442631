//! The file that the local runner writes for this program.

use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use ed25519_dalek::SigningKey;
use serde::Deserialize;

/// Everything the sandbox is told. Ports may be 0: the real ones are in `ready.json`.
#[derive(Debug, Clone, Deserialize)]
pub struct Config {
    /// Port of the desk and site.
    pub desk_port: u16,
    /// Port of the payment sandbox.
    pub payment_port: u16,
    /// Port of the carrier sandbox.
    pub carrier_port: u16,
    /// Port that takes the emulator's outgoing mail by SMTP; without it only the emulator's summary of a mail can be shown.
    #[serde(default)]
    pub smtp_port: Option<u16>,
    /// Base URL of the HTTP API behind `/api` (no trailing slash).
    pub api_url: String,
    /// Base URL of the AWS emulator.
    pub emulator_url: String,
    /// Folder of the built site.
    pub site_dir: PathBuf,
    /// The secret key that payment requests must carry.
    pub payment_api_key: String,
    /// Signs payment webhooks.
    pub payment_webhook_secret: String,
    /// The bearer token that carrier requests must carry.
    pub carrier_api_key: String,
    /// Base64 of the 32-byte Ed25519 seed that signs carrier webhooks.
    pub carrier_signing_seed: String,
    /// The only connection that may send faxes.
    pub carrier_connection_id: String,
    /// Origin of presigned uploads, for the site's Content-Security-Policy.
    pub upload_origin: String,
    /// Play calls as long as they take on a telephone line.
    #[serde(default)]
    pub real_time: bool,
}

/// What is wrong with the file, all of it at once.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {0}: {1}")]
    File(PathBuf, std::io::Error),
    /// Not the expected JSON.
    #[error("{0} is not a configuration: {1}")]
    Json(PathBuf, serde_json::Error),
    /// Values that cannot be right.
    #[error("the configuration is wrong: {}", .0.join("; "))]
    Values(Vec<String>),
}

impl Config {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// [`ConfigError`] naming every wrong value.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let bytes = std::fs::read(file).map_err(|fault| ConfigError::File(file.to_owned(), fault))?;
        let config: Self = serde_json::from_slice(&bytes).map_err(|fault| ConfigError::Json(file.to_owned(), fault))?;
        config.check()
    }

    /// Checks the values and takes trailing slashes off the addresses.
    ///
    /// # Errors
    /// [`ConfigError::Values`].
    pub fn check(mut self) -> Result<Self, ConfigError> {
        let mut wrong = Vec::new();
        for (name, value) in [("api_url", &mut self.api_url), ("emulator_url", &mut self.emulator_url)] {
            if !value.starts_with("http://") && !value.starts_with("https://") {
                wrong.push(format!("{name} is no http address"));
            }
            value.truncate(value.trim_end_matches('/').len());
        }
        for (name, value) in [
            ("payment_api_key", &self.payment_api_key),
            ("payment_webhook_secret", &self.payment_webhook_secret),
            ("carrier_api_key", &self.carrier_api_key),
            ("carrier_connection_id", &self.carrier_connection_id),
        ] {
            if value.trim().is_empty() {
                wrong.push(format!("{name} is empty"));
            }
        }
        if self.signing_key().is_none() {
            wrong.push("carrier_signing_seed is not base64 of 32 bytes".to_owned());
        }
        if wrong.is_empty() { Ok(self) } else { Err(ConfigError::Values(wrong)) }
    }

    /// The key that signs carrier webhooks.
    #[must_use]
    pub fn signing_key(&self) -> Option<SigningKey> {
        let seed: [u8; 32] = BASE64.decode(self.carrier_signing_seed.as_bytes()).ok()?.try_into().ok()?;
        Some(SigningKey::from_bytes(&seed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(seed: &str, api: &str) -> Config {
        serde_json::from_value(serde_json::json!({
            "desk_port": 0, "payment_port": 0, "carrier_port": 0, "api_url": api, "emulator_url": "http://127.0.0.1:1/",
            "site_dir": "/nowhere", "payment_api_key": "sk", "payment_webhook_secret": "wh", "carrier_api_key": "",
            "carrier_signing_seed": seed, "carrier_connection_id": "1", "upload_origin": "http://127.0.0.1:1"
        }))
        .unwrap()
    }

    #[test]
    fn all_wrong_values_are_reported_together() {
        let fault = example("short", "ftp://x").check().unwrap_err().to_string();
        for part in ["api_url", "carrier_api_key", "carrier_signing_seed"] {
            assert!(fault.contains(part), "{fault}");
        }
    }

    #[test]
    fn a_trailing_slash_is_taken_off() {
        let mut config = example(&BASE64.encode(&[7; 32]), "http://127.0.0.1:9/x/");
        config.carrier_api_key = "KEY".to_owned();
        let config = config.check().unwrap();
        assert_eq!(config.api_url, "http://127.0.0.1:9/x");
        assert_eq!(config.emulator_url, "http://127.0.0.1:1");
    }
}
