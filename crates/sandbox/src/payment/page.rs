//! The hosted payment page: a form without script, in the place of Stripe's.
//!
//! It offers what the real page cannot be asked for in a test: a card that is declined, a method that cannot be held, one
//! whose money comes late or never.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::{StatusCode, header};
use serde::Deserialize;
use serde_json::Value;

use super::ledger::change;
use super::money;
use super::objects::Session;
use super::paying::Method;
use super::status::SessionStatus;
use crate::app::App;
use crate::clock;

const STYLE: &str = include_str!("../../templates/style.css");
/// The page has no script, and its forms may end at the shop.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(Template)]
#[template(path = "pay.html")]
struct Page {
    id: String,
    amount: String,
    items: Vec<String>,
    email: Option<String>,
    /// In words, if nothing can be paid here any more.
    end: Option<String>,
    back: Option<String>,
    declined: bool,
    held: bool,
    until: String,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
struct Choice {
    #[serde(default)]
    method: Option<String>,
}

/// The page, its style and its three buttons.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/pay/{id}", get(show))
        .route("/pay/{id}/pay", post(pay))
        .route("/pay/{id}/decline", post(decline))
        .route("/pay/{id}/abandon", post(abandon))
        .route("/style.css", get(|| async { ([(header::CONTENT_TYPE, "text/css")], STYLE) }))
        .with_state(app)
}

async fn show(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    page(&app, &id, StatusCode::OK)
}

async fn pay(State(app): State<Arc<App>>, Path(id): Path<String>, Form(choice): Form<Choice>) -> Response {
    let method = match choice.method.as_deref() {
        None | Some("card") => Method::Card,
        Some("bank") => Method::Bank,
        Some("slow_bank") => Method::SlowBank,
        Some("slow_bank_fails") => Method::SlowBankFails,
        Some(_) => return page(&app, &id, StatusCode::BAD_REQUEST),
    };
    if change(&app, |ledger| ledger.pay(&id, method)).is_err() {
        return page(&app, &id, StatusCode::CONFLICT);
    }
    leave(&app, &id, "success_url")
}

async fn decline(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    match change(&app, |ledger| ledger.decline(&id)) {
        Ok(()) => page(&app, &id, StatusCode::PAYMENT_REQUIRED),
        Err(_) => page(&app, &id, StatusCode::CONFLICT),
    }
}

async fn abandon(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    leave(&app, &id, "cancel_url")
}

/// Back to the shop, or to the page where the session names no address.
fn leave(app: &App, id: &str, name: &str) -> Response {
    let target = app.ledger.read(|ledger| {
        let session = ledger.session(id).ok()?;
        session.request.get(name)?.as_str().map(|url| url.replace("{CHECKOUT_SESSION_ID}", id))
    });
    match target {
        Some(url) => Redirect::to(&url).into_response(),
        None => page(app, id, StatusCode::OK),
    }
}

fn page(app: &App, id: &str, status: StatusCode) -> Response {
    let content = app.ledger.read(|ledger| {
        let session = ledger.session(id).ok()?;
        let declined = session.intent.as_ref().and_then(|intent| ledger.intent(intent).ok());
        Some(Page::of(session, declined.is_some_and(|intent| intent.last_error.get("code").is_some())))
    });
    let Some(content) = content else {
        return (StatusCode::NOT_FOUND, Html("<!doctype html><title>Unknown</title><p>There is no such payment."))
            .into_response();
    };
    match content.render() {
        Ok(html) => {
            let headers = [
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::CACHE_CONTROL, "no-store"),
                (header::REFERRER_POLICY, "no-referrer"),
            ];
            (status, headers, Html(html)).into_response()
        }
        Err(fault) => (StatusCode::INTERNAL_SERVER_ERROR, fault.to_string()).into_response(),
    }
}

impl Page {
    fn of(session: &Session, declined: bool) -> Self {
        let text = |name: &str| session.request.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
        let items = session.request["line_items"].as_array().into_iter().flatten();
        let end = match session.status {
            SessionStatus::Complete => Some("This payment has already been made.".to_owned()),
            SessionStatus::Expired => Some("This payment page has expired. Nothing was charged.".to_owned()),
            SessionStatus::Open => None,
        };
        Self {
            id: session.id.clone(),
            amount: money::words(session.amount, &session.currency.to_uppercase()),
            items: items
                .filter_map(|item| item["price_data"]["product_data"]["name"].as_str())
                .map(ToOwned::to_owned)
                .collect(),
            email: text("customer_email"),
            back: text("cancel_url"),
            end,
            declined,
            held: session.request["payment_intent_data"]["capture_method"] == "manual",
            until: clock::readable(session.expires_at),
        }
    }
}
