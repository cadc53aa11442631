//! Errors in the carrier's shape: `{"errors":[{"code","title","detail","source"}]}`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    source: Option<Value>,
}

impl Fault {
    /// 401: no or a wrong key.
    #[must_use]
    pub(super) fn unauthorised() -> Self {
        let detail = "The required authentication headers were either invalid or not included in the request.";
        Self::new(StatusCode::UNAUTHORIZED, "10009", "Authentication failed", detail.to_owned())
    }

    /// 404: no such fax, or no such address.
    #[must_use]
    pub(super) fn not_found() -> Self {
        let detail = "The requested resource or URL could not be found.";
        Self::new(StatusCode::NOT_FOUND, "10005", "Resource not found", detail.to_owned())
    }

    /// 422: a field of the body.
    #[must_use]
    pub(super) fn field(name: &str, title: &'static str, detail: String) -> Self {
        let fault = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "10015", title, detail);
        Self { source: Some(json!({"pointer": format!("/{name}")})), ..fault }
    }

    /// 400: a query parameter.
    #[must_use]
    pub(super) fn parameter(name: &str) -> Self {
        let detail = format!("The parameter {name} is not known or its value is not valid.");
        let fault = Self::new(StatusCode::BAD_REQUEST, "10015", "Invalid parameter", detail);
        Self { source: Some(json!({"parameter": name})), ..fault }
    }

    /// 422: the fax is not in a state that allows this.
    #[must_use]
    pub(super) fn state(detail: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "10032", "Invalid fax state", detail.to_owned())
    }

    /// 400: the body cannot be read at all.
    #[must_use]
    pub(super) fn body(detail: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "10015", "Bad request", detail.to_owned())
    }

    /// 503 or 504, by the developer's wish.
    #[must_use]
    pub(super) fn trouble(status: StatusCode) -> Self {
        Self::new(status, "10016", "Service unavailable", "The service is temporarily unavailable.".to_owned())
    }

    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: String) -> Self {
        Self { status, code, title, detail, source: None }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut error = json!({"code": self.code, "title": self.title, "detail": self.detail});
        if let (Some(source), Some(object)) = (self.source, error.as_object_mut()) {
            object.insert("source".to_owned(), source);
        }
        (self.status, Json(json!({"errors": [error]}))).into_response()
    }
}
