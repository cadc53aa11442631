//! The HTTP face of the carrier.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde_json::json;

use super::call;
use super::fault::Fault;
use super::fax::{Fax, Status, carrier_folder};
use super::media::authorise;
use super::request::SendFax;
use crate::app::App;
use crate::numbers::Behaviour;
use crate::{clock, ids};

/// Faxes on a page of the list, and the most that may be asked for.
const PAGE_SIZE: usize = 20;
const MOST_PAGE_SIZE: usize = 250;

/// All routes of the carrier.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/v2/faxes", post(send).get(list))
        .route("/v2/faxes/{id}", get(show).delete(delete))
        .route("/v2/faxes/{id}/actions/cancel", post(cancel))
        .fallback(|| async { Fault::not_found() })
        .method_not_allowed_fallback(|| async { Fault::not_found() })
        .with_state(app)
}

async fn send(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    authorise(&app, &headers)?;
    let how = app.chaos.read(|chaos| chaos.carrier.clone());
    if app.tally.strikes("carrier", "unavailable", how.unavailable) {
        return Err(Fault::trouble(StatusCode::SERVICE_UNAVAILABLE));
    }
    let json = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !json.is_some_and(|kind| kind.starts_with("application/json")) {
        return Err(Fault::body("The content type must be application/json."));
    }
    let request = SendFax::parse(&body)?;
    if request.connection_id != app.config.carrier_connection_id {
        let detail = "The connection does not exist or may not send faxes.";
        return Err(Fault::field("connection_id", "Invalid connection", detail.to_owned()));
    }
    let fax = accept(request);
    let (id, view) = (fax.id.clone(), fax.view());
    app.faxes.change(|faxes| faxes.all.push(fax));
    call::begin(&app, id);
    if app.tally.strikes("carrier", "timed_out", how.time_out) {
        tokio::time::sleep(Duration::from_millis(u64::from(how.time_out_ms))).await;
        return Err(Fault::trouble(StatusCode::GATEWAY_TIMEOUT));
    }
    Ok((StatusCode::ACCEPTED, Json(json!({"data": view}))).into_response())
}

fn accept(request: SendFax) -> Fax {
    let now = clock::rfc3339();
    Fax {
        id: ids::uuid(),
        behaviour: Behaviour::of(&request.to),
        connection_id: request.connection_id,
        from: request.from,
        to: request.to,
        media_url: request.media_url,
        client_state: request.client_state,
        webhook_url: request.webhook_url,
        quality: request.quality,
        store_media: false,
        status: Status::Queued,
        failure_reason: None,
        created_at: now.clone(),
        updated_at: now,
        cancelled: false,
        deleted: false,
        carrier_copy: None,
        line: None,
        remark: None,
    }
}

async fn show(State(app): State<Arc<App>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Fault> {
    authorise(&app, &headers)?;
    let view = app.faxes.read(|faxes| faxes.find(&id).filter(|fax| !fax.deleted).map(Fax::view));
    let view = view.ok_or_else(Fault::not_found)?;
    Ok(Json(json!({"data": view})).into_response())
}

async fn delete(State(app): State<Arc<App>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Fault> {
    authorise(&app, &headers)?;
    app.faxes.change(|faxes| {
        let fax = faxes.find_mut(&id).filter(|fax| !fax.deleted).ok_or_else(Fault::not_found)?;
        if !fax.status.is_final() {
            return Err(Fault::state("The fax is still being sent; cancel it first."));
        }
        fax.deleted = true;
        fax.carrier_copy = None;
        Ok(())
    })?;
    if let Err(fault) = std::fs::remove_dir_all(carrier_folder(&app.folder, &id))
        && fault.kind() != std::io::ErrorKind::NotFound
    {
        tracing::error!(error = %fault, "carrier copy not removed");
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn cancel(State(app): State<Arc<App>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Fault> {
    authorise(&app, &headers)?;
    app.faxes.change(|faxes| {
        let fax = faxes.find_mut(&id).filter(|fax| !fax.deleted).ok_or_else(Fault::not_found)?;
        if fax.status.is_final() {
            return Err(Fault::state("The fax is already delivered or failed."));
        }
        fax.cancelled = true;
        Ok(())
    })?;
    Ok((StatusCode::ACCEPTED, Json(json!({"data": {"result": "ok"}}))).into_response())
}

async fn list(State(app): State<Arc<App>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    authorise(&app, &headers)?;
    let wanted = Wanted::parse(query.as_deref().unwrap_or_default())?;
    let found: Vec<_> =
        app.faxes.read(|faxes| faxes.all.iter().rev().filter(|fax| wanted.takes(fax)).map(Fax::view).collect());
    let total = found.len();
    let data: Vec<_> = found.into_iter().skip((wanted.page - 1) * wanted.size).take(wanted.size).collect();
    let meta = json!({
        "page_number": wanted.page, "page_size": wanted.size, "total_pages": total.div_ceil(wanted.size), "total_results": total,
    });
    Ok(Json(json!({"data": data, "meta": meta})).into_response())
}

/// A field of a fax, and a comparison of two times.
type TextOf = fn(&Fax) -> &str;
type Holds = fn(&Timestamp, &Timestamp) -> bool;

/// The filter of a list request.
struct Wanted {
    equal: Vec<(TextOf, String)>,
    created: Vec<(Holds, Timestamp)>,
    page: usize,
    size: usize,
}

impl Wanted {
    fn parse(query: &str) -> Result<Self, Fault> {
        let mut wanted = Self { equal: Vec::new(), created: Vec::new(), page: 1, size: PAGE_SIZE };
        let url = reqwest::Url::parse(&format!("http://query/?{query}")).map_err(|_| Fault::parameter("query"))?;
        for (name, value) in url.query_pairs() {
            wanted.take(&name, &value)?;
        }
        Ok(wanted)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let fault = || Fault::parameter(name);
        let moment = || value.parse::<Timestamp>().map_err(|_| fault());
        match name {
            "filter[to][eq]" => self.equal.push((|fax| &fax.to, value.to_owned())),
            "filter[from][eq]" => self.equal.push((|fax| &fax.from, value.to_owned())),
            "filter[direction][eq]" => self.equal.push((|_| "outbound", value.to_owned())),
            "filter[created_at][gte]" => self.created.push((|at, limit| at >= limit, moment()?)),
            "filter[created_at][gt]" => self.created.push((|at, limit| at > limit, moment()?)),
            "filter[created_at][lte]" => self.created.push((|at, limit| at <= limit, moment()?)),
            "filter[created_at][lt]" => self.created.push((|at, limit| at < limit, moment()?)),
            "page[number]" => self.page = value.parse().ok().filter(|page| *page > 0).ok_or_else(fault)?,
            "page[size]" => {
                self.size = value.parse().ok().filter(|size| (1..=MOST_PAGE_SIZE).contains(size)).ok_or_else(fault)?;
            }
            _ => return Err(fault()),
        }
        Ok(())
    }

    fn takes(&self, fax: &Fax) -> bool {
        let created = fax.created_at.parse::<Timestamp>().unwrap_or_default();
        !fax.deleted
            && self.equal.iter().all(|(field, value)| field(fax) == value)
            && self.created.iter().all(|(holds, limit)| holds(&created, limit))
    }
}
