//! A running sandbox on free ports, and what a test needs around it.

pub(crate) mod contract;
pub(crate) mod paper;
mod receiver;
pub(crate) mod shop;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use justfax_sandbox::app::App;
use justfax_sandbox::config::Config;
use justfax_sandbox::serve;
use serde_json::{Value, json};

pub(crate) use receiver::{Received, Receiver};

pub(crate) const CARRIER_KEY: &str = "KEY_sandbox";
pub(crate) const PAYMENT_KEY: &str = "sk_test_sandbox";
pub(crate) const WEBHOOK_SECRET: &str = "whsec_sandbox";
pub(crate) const CONNECTION: &str = "1494404757140276705";
pub(crate) const SEED: [u8; 32] = [7; 32];
/// The longest that a test waits for something to happen.
const PATIENCE: Duration = Duration::from_mins(1);

/// A sandbox in this process, with its state in a folder of its own.
pub(crate) struct World {
    pub(crate) app: Arc<App>,
    pub(crate) receiver: Receiver,
    pub(crate) http: reqwest::Client,
    pub(crate) folder: PathBuf,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts with a changed configuration.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = std::env::temp_dir().join(format!("justfax-sandbox-{}", justfax_sandbox::ids::uuid()));
        Self::start_in(folder, change).await
    }

    /// Starts in a folder, perhaps one that an earlier sandbox left.
    pub(crate) async fn start_in(folder: PathBuf, change: impl FnOnce(&mut Config)) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let receiver = Receiver::start().await;
        let mut config: Config = serde_json::from_value(json!({
            "desk_port": 0, "payment_port": 0, "carrier_port": 0, "api_url": receiver.origin,
            "emulator_url": receiver.origin, "site_dir": folder.join("site"), "payment_api_key": PAYMENT_KEY,
            "payment_webhook_secret": WEBHOOK_SECRET, "carrier_api_key": CARRIER_KEY,
            "carrier_signing_seed": BASE64.encode(&SEED), "carrier_connection_id": CONNECTION,
            "upload_origin": "http://127.0.0.1:4566",
        }))
        .unwrap();
        change(&mut config);
        let running = serve::start(config.check().unwrap(), folder.clone()).await.unwrap();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { app: running.app, receiver, http, folder }
    }

    pub(crate) fn carrier(&self, path: &str) -> String {
        format!("{}{path}", self.app.addresses.carrier)
    }

    pub(crate) fn payment(&self, path: &str) -> String {
        format!("{}{path}", self.app.addresses.payment)
    }

    pub(crate) fn desk(&self, path: &str) -> String {
        format!("{}{path}", self.app.addresses.desk)
    }

    /// JSON from the desk.
    pub(crate) async fn desk_json(&self, path: &str) -> Value {
        self.http.get(self.desk(path)).send().await.unwrap().json().await.unwrap()
    }

    /// The body of "send a fax" for a document of the receiver.
    pub(crate) fn fax_request(&self, to: &str, document: &str, state: &str) -> Value {
        json!({
            "connection_id": CONNECTION, "from": "+493023125000", "to": to,
            "media_url": format!("{}/media/{document}", self.receiver.origin), "client_state": BASE64.encode(state.as_bytes()),
            "webhook_url": format!("{}/hooks/carrier", self.receiver.origin), "quality": "high", "store_media": false,
            "store_preview": false, "t38_enabled": true, "monochrome": true,
        })
    }

    pub(crate) async fn post_fax(&self, body: &Value) -> (u16, Value) {
        let request = self.http.post(self.carrier("/v2/faxes")).bearer_auth(CARRIER_KEY).json(body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Sends a fax and waits for its end; gives the call as the desk knows it.
    pub(crate) async fn fax(&self, to: &str, document: &str, state: &str) -> Value {
        let (status, accepted) = self.post_fax(&self.fax_request(to, document, state)).await;
        assert_eq!(status, 202, "{accepted}");
        self.ended(accepted["data"]["id"].as_str().unwrap()).await
    }

    /// Waits until a call has ended.
    pub(crate) async fn ended(&self, id: &str) -> Value {
        self.until(|| async {
            let all = self.desk_json("/desk/fax.json").await;
            let call = all["calls"].as_array().unwrap().iter().find(|call| call["id"] == id).unwrap().clone();
            matches!(call["status"].as_str(), Some("delivered" | "failed")).then_some(call)
        })
        .await
    }

    /// Waits until something is there.
    pub(crate) async fn until<T, F: Future<Output = Option<T>>>(&self, look: impl Fn() -> F) -> T {
        let since = Instant::now();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            assert!(since.elapsed() < PATIENCE, "waited in vain");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
