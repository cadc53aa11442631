//! Response headers: those of production for the site and the API, others for the developer's pages.
//!
//! The production set is read from the site's own `headers.json`, which its tests use too; a copy here could drift from it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};
use serde::Deserialize;

use crate::app::App;

/// Headers of every answer, and Cache-Control by the start of the path.
#[derive(Debug, Default, Deserialize)]
struct Production {
    always: BTreeMap<String, String>,
    cache: BTreeMap<String, String>,
}

static PRODUCTION: LazyLock<Production> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../../web/headers.json")).unwrap_or_default());

/// The developer's pages have no script; a mail is shown in a frame of the same origin.
const DESK_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds the headers of production; `connect-src` names the origin of the uploads.
pub(super) async fn production(State(app): State<Arc<App>>, mut response: Response) -> Response {
    for (name, value) in &PRODUCTION.always {
        let value = value.replace("{upload_origin}", &app.config.upload_origin);
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Headers of the developer's pages, where the page has not set its own.
pub(super) async fn desk(mut response: Response) -> Response {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, DESK_POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Cache-Control of a path of the site: the longest start that fits.
pub(super) fn cache_control(path: &str) -> Option<&'static str> {
    let fitting = PRODUCTION.cache.iter().filter(|(start, _)| path.starts_with(start.as_str()));
    fitting.max_by_key(|(start, _)| start.len()).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_assets_are_kept_and_pages_asked_for_again() {
        assert!(cache_control("/assets/a.js").unwrap().contains("immutable"));
        assert!(cache_control("/de/").unwrap().contains("must-revalidate"));
        assert!(PRODUCTION.always["Content-Security-Policy"].contains("{upload_origin}"));
    }
}
