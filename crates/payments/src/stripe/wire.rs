//! The API's JSON, as far as we use it.

use serde::{Deserialize, Deserializer};

/// A checkout session.
#[derive(Debug, Deserialize)]
pub(super) struct Session {
    pub(super) id: String,
    #[serde(default)]
    pub(super) url: Option<String>,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default, deserialize_with = "expanded")]
    pub(super) payment_intent: Option<Intent>,
}

/// A payment.
#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) created: i64,
}

/// A payment is an object where it was asked to be expanded, else only its name, which says nothing.
fn expanded<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Intent>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Whole(Intent),
        Name(#[expect(dead_code, reason = "only its form matters")] String),
    }
    Ok(match Option::<Either>::deserialize(from)? {
        Some(Either::Whole(intent)) => Some(intent),
        Some(Either::Name(_)) | None => None,
    })
}

/// An error answer.
#[derive(Debug, Deserialize)]
pub(super) struct ApiError {
    error: ErrorBody,
}

#[derive(Debug, Deserialize)]
struct ErrorBody {
    #[serde(default)]
    code: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    param: Option<String>,
}

impl ApiError {
    /// Its code, or its type and parameter; never its message, which may quote the request.
    pub(super) fn code_of(body: &[u8]) -> String {
        let Ok(Self { error }) = serde_json::from_slice(body) else { return "unreadable".to_owned() };
        match (error.code, error.kind, error.param) {
            (Some(code), _, _) => code,
            (None, Some(kind), Some(param)) => format!("{kind} ({param})"),
            (None, kind, _) => kind.unwrap_or_default(),
        }
    }
}
