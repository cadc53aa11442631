//! Calls of people who come without a fax: about their address, or to write to the operator.

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Client, Failure};

/// A key to what is stored about an address.
#[derive(Debug, Clone, Deserialize)]
pub struct DataKey {
    /// The key.
    pub key: String,
}

impl Client {
    /// Asks for a link to everything stored about an address.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn ask_rights(&self, email: &str, language: &str) -> Result<Value, Failure> {
        let body = json!({ "email": email, "language": language });
        self.ask("askRights", self.request(Method::POST, "/rights").json(&body)).await
    }

    /// Exchanges a mailed secret for a key.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn open_rights(&self, link: &str) -> Result<DataKey, Failure> {
        self.ask("openRights", self.request(Method::POST, "/rights/key").bearer_auth(link)).await
    }

    /// What is stored about the address of a key.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn faxes_of_address(&self, key: &str) -> Result<Vec<Value>, Failure> {
        let answer = self.ask("faxesOfAddress", self.request(Method::GET, "/rights/faxes").bearer_auth(key)).await?;
        Ok(faxes(answer))
    }

    /// Erases it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn erase_address(&self, key: &str) -> Result<Vec<Value>, Failure> {
        let answer = self.ask("eraseAddress", self.request(Method::DELETE, "/rights/faxes").bearer_auth(key)).await?;
        Ok(faxes(answer))
    }

    /// Writes to the operator.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn send_message(&self, email: &str, text: &str) -> Result<Value, Failure> {
        let body = json!({ "email": email, "text": text, "language": "de" });
        self.ask("sendMessage", self.request(Method::POST, "/messages").json(&body)).await
    }

    /// Declares a withdrawal.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn withdraw(&self, name: &str, order: &str, email: &str) -> Result<Value, Failure> {
        let body = json!({ "name": name, "order": order, "email": email, "language": "de" });
        self.ask("withdraw", self.request(Method::POST, "/withdrawals").json(&body)).await
    }
}

fn faxes(mut answer: Value) -> Vec<Value> {
    answer["faxes"].as_array_mut().map(std::mem::take).unwrap_or_default()
}
