//! Errors in Stripe's shape: `{"error":{"type","code","message","param"}}`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    /// HTTP status.
    pub status: StatusCode,
    /// The whole body.
    pub body: Value,
}

impl Fault {
    /// 400 with type `invalid_request_error` and no code.
    #[must_use]
    pub(super) fn invalid(message: impl Into<String>, param: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", None, &message.into()).with("param", param)
    }

    /// 400 with type `invalid_request_error` and a code.
    #[must_use]
    pub(super) fn coded(code: &str, message: impl Into<String>, param: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", Some(code), &message.into()).with("param", param)
    }

    /// 401: no key, or not the key.
    #[must_use]
    pub(super) fn unauthorised(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_request_error", None, message)
    }

    /// 404: an object that does not exist.
    #[must_use]
    pub(super) fn missing(kind: &str, id: &str, param: &str) -> Self {
        let message = format!("No such {kind}: '{id}'");
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", Some("resource_missing"), &message)
            .with("param", param)
    }

    /// 404: an address that does not exist.
    #[must_use]
    pub(super) fn unrecognised(method: &http::Method, path: &str) -> Self {
        let message = format!(
            "Unrecognized request URL ({method}: {path}). If you are trying to list objects, remove the trailing slash."
        );
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", None, &message)
    }

    /// 400 with type `idempotency_error`.
    #[must_use]
    pub(super) fn idempotency(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "idempotency_error", None, message)
    }

    /// 503 or 504, by the developer's wish.
    #[must_use]
    pub(super) fn trouble(status: StatusCode) -> Self {
        Self::new(status, "api_error", None, "An unknown error occurred")
    }

    /// The message of the error.
    #[must_use]
    pub(super) fn message(&self) -> String {
        self.body["error"]["message"].as_str().unwrap_or_default().to_owned()
    }

    fn new(status: StatusCode, kind: &str, code: Option<&str>, message: &str) -> Self {
        let mut body = json!({"error": {"type": kind, "message": message}});
        if let Some(code) = code {
            body["error"]["code"] = json!(code);
            body["error"]["doc_url"] = json!(format!("https://docs.stripe.com/error-codes/{}", code.replace('_', "-")));
        }
        Self { status, body }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.body["error"][name] = json!(value);
        }
        self
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}
