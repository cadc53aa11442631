//! The API's JSON, as far as we use it.

use serde::{Deserialize, Serialize};

/// Body of `POST /v2/faxes`.
#[derive(Debug, Serialize)]
pub(super) struct SendFax<'a> {
    pub(super) connection_id: &'a str,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) media_url: &'a str,
    pub(super) client_state: String,
    pub(super) webhook_url: &'a str,
    pub(super) quality: &'static str,
    pub(super) store_media: bool,
    pub(super) store_preview: bool,
}

/// A fax as the API shows it.
#[derive(Debug, Deserialize)]
pub(super) struct Fax {
    pub(super) id: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) client_state: Option<String>,
    #[serde(default)]
    pub(super) failure_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct One {
    pub(super) data: Fax,
}

#[derive(Debug, Deserialize)]
pub(super) struct FaxList {
    pub(super) data: Vec<Fax>,
}

/// The code of the first error in an error answer, e.g. `10015`; never its text, which may quote the request.
pub(super) fn first_code(body: &str) -> String {
    let answer: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let code = answer["errors"][0]["code"].as_str().unwrap_or("unnamed");
    code.chars().filter(char::is_ascii_alphanumeric).take(20).collect()
}
