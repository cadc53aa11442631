//! Fetching the document: one GET, no redirect, 2xx, at most 50 MB.

use super::fault::Fault;
use crate::app::App;

/// The carrier's documented limit in bytes.
pub(super) const MOST_BYTES: usize = 50 * 1024 * 1024;

/// Why a document could not be fetched, in the carrier's words.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchFault {
    /// No answer, a redirect or an error.
    #[error("file_download_failed: {0}")]
    Download(String),
    /// More than [`MOST_BYTES`].
    #[error("file_size_limit_exceeded")]
    TooLarge,
}

/// Fetches the document.
pub(super) async fn fetch(app: &App, address: &str) -> Result<Vec<u8>, FetchFault> {
    let failed = |fault: reqwest::Error| FetchFault::Download(fault.without_url().to_string());
    let request = app.http.get(address).timeout(std::time::Duration::from_secs(30));
    let mut answer = request.send().await.map_err(failed)?;
    if !answer.status().is_success() {
        return Err(FetchFault::Download(format!("answered {}", answer.status().as_u16())));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MOST_BYTES {
            return Err(FetchFault::TooLarge);
        }
    }
    Ok(bytes)
}

/// A bearer token that is the configured key.
pub(super) fn authorise(app: &App, headers: &http::HeaderMap) -> Result<(), Fault> {
    let given = headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match given.and_then(|value| value.strip_prefix("Bearer ")) {
        Some(key) if key == app.config.carrier_api_key => Ok(()),
        _ => Err(Fault::unauthorised()),
    }
}
