//! The built site, resolved as the CloudFront function in `infra/web.yaml` does it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

use super::headers::cache_control;
use crate::app::App;

/// Languages of the site, the first being the one for everybody else.
const LANGUAGES: [&str; 2] = ["en", "de"];

/// Answers everything that is neither desk nor API.
pub(super) async fn serve(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = uri.path();
    if path == "/" {
        let language =
            preferred(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default());
        let answer = [
            (header::LOCATION, format!("/{language}/")),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::VARY, "accept-language".to_owned()),
        ];
        return (StatusCode::FOUND, answer).into_response();
    }
    if path.ends_with('/') {
        return file(&app.config.site_dir, &format!("{path}index.html")).await;
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    if !last.contains('.') && !path.starts_with("//") && !path.starts_with("/.well-known/") {
        let answer = [(header::LOCATION, format!("{path}/")), (header::CACHE_CONTROL, "max-age=3600".to_owned())];
        return (StatusCode::MOVED_PERMANENTLY, answer).into_response();
    }
    file(&app.config.site_dir, path).await
}

/// The language with the greatest weight among those the site has.
fn preferred(accept: &str) -> &'static str {
    let mut best = (LANGUAGES[0], 0.0);
    for part in accept.split(',') {
        let mut pieces = part.trim().split(';');
        let tag = pieces.next().unwrap_or_default().split('-').next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if let Some(language) = LANGUAGES.iter().find(|language| **language == tag)
            && weight > best.1
        {
            best = (language, weight);
        }
    }
    best.0
}

async fn file(site: &Path, path: &str) -> Response {
    let Some(place) = place(site, path) else {
        return not_found(site).await;
    };
    match tokio::fs::read(&place).await {
        Ok(bytes) => content(StatusCode::OK, &place, cache_control(path), bytes),
        Err(_) => not_found(site).await,
    }
}

/// The file of a path; `None` for anything that is not made of plain names.
fn place(site: &Path, path: &str) -> Option<PathBuf> {
    let plain = |part: &str| {
        !part.starts_with('.') && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
    };
    let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    parts
        .iter()
        .all(|part| !part.is_empty() && (plain(part) || *part == ".well-known"))
        .then(|| site.join(parts.join("/")))
}

/// The site's own page for this, if it has one.
async fn not_found(site: &Path) -> Response {
    let page = site.join("404.html");
    match tokio::fs::read(&page).await {
        Ok(bytes) => content(StatusCode::NOT_FOUND, &page, Some("no-store"), bytes),
        Err(_) => (StatusCode::NOT_FOUND, "There is no such page.").into_response(),
    }
}

fn content(status: StatusCode, file: &Path, cache: Option<&'static str>, bytes: Vec<u8>) -> Response {
    let mut response = (status, [(header::CONTENT_TYPE, kind(file))], bytes).into_response();
    if let Some(cache) = cache {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    }
    response
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_greatest_weight_is_chosen() {
        assert_eq!(preferred("de-AT,de;q=0.9,en;q=0.8"), "de");
        assert_eq!(preferred("fr, en;q=0.4, de;q=0.5"), "de");
        assert_eq!(preferred("fr"), "en");
        assert_eq!(preferred(""), "en");
        assert_eq!(preferred("de;q=0"), "en");
    }

    #[test]
    fn a_path_never_leaves_the_site() {
        let site = Path::new("/site");
        assert_eq!(place(site, "/de/index.html").unwrap(), Path::new("/site/de/index.html"));
        for path in ["/../etc/passwd", "/%2e%2e/x", "/de//x.js", "/.git/config", "x", "/a\\b", "/de/..%2fx"] {
            assert!(place(site, path).is_none(), "{path}");
        }
    }
}
