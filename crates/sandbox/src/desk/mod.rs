//! The desk: the site with its production headers, the API behind it, and pages for the developer.
//!
//! All on one origin, as behind CloudFront, so that the browser sees locally what it sees in production. The developer's pages
//! live under `/desk/` and are never reachable under `/api`.

mod headers;
mod json;
mod letters;
mod pages;
mod proxy;
mod site;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};

use crate::app::App;

/// API Gateway takes bodies of up to 10 MB.
const MOST_BODY: usize = 10 * 1024 * 1024;

/// All routes of the desk.
pub fn router(app: Arc<App>) -> Router {
    let desk = Router::new()
        .route("/desk/", get(pages::index))
        .route("/desk/style.css", get(pages::style))
        .route("/desk/fax", get(pages::faxes))
        .route("/desk/fax/{id}/{page}", get(pages::sheet))
        .route("/desk/payments", get(pages::payments))
        .route("/desk/payments/refunds/{id}/fail", post(json::fail_refund))
        .route("/desk/payments/intents/{id}/dispute", post(json::dispute))
        .route("/desk/mail", get(letters::list))
        .route("/desk/mail/{id}", get(letters::show))
        .route("/desk/mail/{id}/html", get(letters::html))
        .route("/desk/mail/{id}/raw", get(letters::raw))
        .route("/desk/mail/{id}/attachments/{number}", get(letters::attachment))
        .route("/desk/fax.json", get(json::faxes))
        .route("/desk/payments.json", get(json::payments))
        .route("/desk/mail.json", get(json::mail))
        .route("/desk/numbers.json", get(json::numbers))
        .route("/desk/webhooks.json", get(json::webhooks))
        .route("/desk/faults.json", get(json::faults))
        .route("/desk/chaos.json", get(json::chaos).put(json::set_chaos))
        .layer(axum::middleware::map_response(headers::desk));
    let site = Router::new()
        .route("/desk", get(pages::to_desk))
        .route("/api/{*path}", any(proxy::forward))
        .route("/.well-known/justfax-report-keys.json", get(proxy::report_keys))
        .fallback(site::serve)
        .layer(axum::middleware::map_response_with_state(Arc::clone(&app), headers::production));
    desk.merge(site).layer(DefaultBodyLimit::max(MOST_BODY)).with_state(app)
}
