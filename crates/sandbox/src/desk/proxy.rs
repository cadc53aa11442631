//! `/api/*` on the site's origin, handed to the HTTP API as CloudFront does: everything but the Host header.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, Method, StatusCode, header};

use crate::app::App;

/// API Gateway answers within 30 seconds or not at all.
const PATIENCE: Duration = Duration::from_secs(30);
/// Headers of one connection only (RFC 9110, 7.6.1), and those that the client sets anew.
const NOT_FORWARDED: [HeaderName; 7] = [
    header::HOST,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::TE,
    header::TRAILER,
];

/// Forwards one request and its answer.
pub(super) async fn forward(
    State(app): State<Arc<App>>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().map_or(uri.path(), http::uri::PathAndQuery::as_str);
    ask(&app, method, path, &headers, body).await
}

/// The published list of report keys. In production it is a file that publishing the site writes from the API's answer;
/// here it is that answer.
pub(super) async fn report_keys(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    ask(&app, Method::GET, "/api/report-keys", &headers, Bytes::new()).await
}

async fn ask(app: &App, method: Method, path: &str, headers: &HeaderMap, body: Bytes) -> Response {
    let address = format!("{}{path}", app.config.api_url);
    let request = app.http.request(method, address).headers(forwarded(headers)).timeout(PATIENCE).body(body);
    match request.send().await {
        Ok(answer) => pass_back(answer).await,
        Err(fault) => {
            tracing::warn!(error = %fault.without_url(), "the API does not answer");
            (StatusCode::BAD_GATEWAY, "The API does not answer.").into_response()
        }
    }
}

async fn pass_back(answer: reqwest::Response) -> Response {
    let status = answer.status();
    let headers = forwarded(answer.headers());
    match answer.bytes().await {
        Ok(bytes) => {
            let mut response = Response::new(Body::from(bytes));
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            response
        }
        Err(_) => (StatusCode::BAD_GATEWAY, "The API broke off its answer.").into_response(),
    }
}

fn forwarded(headers: &HeaderMap) -> HeaderMap {
    let mut kept = headers.clone();
    for name in NOT_FORWARDED {
        kept.remove(name);
    }
    kept
}
