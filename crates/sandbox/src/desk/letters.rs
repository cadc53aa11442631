//! The mail viewer.
//!
//! The HTML of a mail is foreign: it gets an address of its own, a policy that runs nothing and loads nothing from outside,
//! and a sandboxed frame. Pictures that a mail carries are found by their `cid:` address.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use super::pages::render;
use crate::app::App;
use crate::mail::{self, Letter};

/// Nothing runs, nothing is loaded but what the mail brings; shown in a frame of the desk only.
const LETTER_POLICY: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'";

#[derive(Template)]
#[template(path = "mail.html")]
struct ListPage {
    letters: Vec<Letter>,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct LetterPage {
    letter: Letter,
}

type Shared = State<Arc<App>>;

pub(super) async fn list(State(app): Shared) -> Response {
    render(&ListPage { letters: mail::list(&app).await })
}

pub(super) async fn show(State(app): Shared, Path(id): Path<String>) -> Response {
    match mail::find(&app, &id).await {
        Some(letter) => render(&LetterPage { letter }),
        None => missing(),
    }
}

pub(super) async fn html(State(app): Shared, Path(id): Path<String>) -> Response {
    let Some(letter) = mail::find(&app, &id).await else {
        return missing();
    };
    let mut html = letter.html.unwrap_or_default();
    for attachment in &letter.attachments {
        if let Some(cid) = &attachment.content_id {
            html = html.replace(&format!("cid:{cid}"), &attachment.url);
        }
    }
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, LETTER_POLICY)];
    (headers, html).into_response()
}

pub(super) async fn raw(State(app): Shared, Path(id): Path<String>) -> Response {
    match mail::raw(&app, &id) {
        Some(message) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], message).into_response(),
        None => missing(),
    }
}

pub(super) async fn attachment(State(app): Shared, Path((id, number)): Path<(String, usize)>) -> Response {
    let Some(letter) = mail::find(&app, &id).await else {
        return missing();
    };
    let Some(attachment) = number.checked_sub(1).and_then(|at| letter.attachments.into_iter().nth(at)) else {
        return missing();
    };
    // Only what a browser shows without running anything is opened in place.
    let harmless = matches!(
        attachment.content_type.as_str(),
        "application/pdf" | "image/png" | "image/jpeg" | "image/gif" | "text/plain"
    );
    let name: String = attachment
        .name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' })
        .collect();
    let disposition = format!("{}; filename=\"{name}\"", if harmless { "inline" } else { "attachment" });
    let kind = if harmless { attachment.content_type } else { "application/octet-stream".to_owned() };
    let mut response = attachment.content.into_response();
    for (header, value) in [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)] {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(header, value);
        }
    }
    response
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "There is no such mail.").into_response()
}
