//! The HTTP face of the payment sandbox.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::BASE64;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use serde_json::Value;

use super::fault::Fault;
use super::fields::{self, Field};
use super::ledger::{Cause, Ledger, change};
use super::{form, idempotency, lookup, money, session};
use crate::app::App;
use crate::ids;

/// API versions that this sandbox speaks.
const VERSIONS: [&str; 2] = ["2026-10-28.endive", "2026-09-30.endive"];

type Shared = State<Arc<App>>;

/// All routes of the API.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/v1/checkout/sessions", post(create_session).get(list_sessions))
        .route("/v1/checkout/sessions/{id}", get(show_session))
        .route("/v1/checkout/sessions/{id}/expire", post(expire_session))
        .route("/v1/payment_intents/{id}", get(show_intent))
        .route("/v1/payment_intents/{id}/capture", post(capture))
        .route("/v1/payment_intents/{id}/cancel", post(cancel))
        .route("/v1/charges/{id}", get(show_charge))
        .route("/v1/refunds", post(refund).get(list_refunds))
        .route("/v1/refunds/{id}", get(show_refund))
        .route("/v1/events", get(list_events))
        .route("/v1/events/{id}", get(show_event))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .with_state(app)
}

async fn unknown(method: Method, uri: Uri) -> Fault {
    Fault::unrecognised(&method, uri.path())
}

async fn create_session(state: Shared, uri: OriginalUri, headers: HeaderMap, body: Bytes) -> Response {
    let origin = state.addresses.payment.clone();
    perform(&state, &uri, &headers, &body, session::FIELDS, move |ledger, request, _| {
        ledger.create_session(request, &origin)
    })
    .await
}

async fn expire_session(
    state: Shared,
    uri: OriginalUri,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    perform(&state, &uri, &headers, &body, lookup::ONE, move |ledger, _, cause| ledger.expire_session(&id, cause)).await
}

async fn capture(state: Shared, uri: OriginalUri, headers: HeaderMap, Path(id): Path<String>, body: Bytes) -> Response {
    perform(&state, &uri, &headers, &body, money::CAPTURE_FIELDS, move |ledger, request, cause| {
        ledger.capture(&id, request, cause)
    })
    .await
}

async fn cancel(state: Shared, uri: OriginalUri, headers: HeaderMap, Path(id): Path<String>, body: Bytes) -> Response {
    let work = move |ledger: &mut Ledger, request: &Value, cause: &Cause| {
        let reason = request.get("cancellation_reason").and_then(Value::as_str);
        ledger.cancel(&id, reason, cause)
    };
    perform(&state, &uri, &headers, &body, money::CANCEL_FIELDS, work).await
}

async fn refund(state: Shared, uri: OriginalUri, headers: HeaderMap, body: Bytes) -> Response {
    perform(&state, &uri, &headers, &body, money::REFUND_FIELDS, |ledger, request, cause| {
        ledger.give_back(request, cause)
    })
    .await
}

async fn show_session(state: Shared, uri: OriginalUri, headers: HeaderMap, Path(id): Path<String>) -> Response {
    look(&state, &uri, &headers, lookup::ONE, |ledger, _| Ok(ledger.session(&id)?.view()))
}

async fn show_intent(state: Shared, uri: OriginalUri, headers: HeaderMap, Path(id): Path<String>) -> Response {
    look(&state, &uri, &headers, lookup::ONE, |ledger, _| Ok(ledger.intent(&id)?.view()))
}

async fn show_charge(state: Shared, uri: OriginalUri, headers: HeaderMap, Path(id): Path<String>) -> Response {
    look(&state, &uri, &headers, lookup::ONE, |ledger, _| ledger.charge_view(&id))
}

async fn show_refund(state: Shared, uri: OriginalUri, headers: HeaderMap, Path(id): Path<String>) -> Response {
    look(&state, &uri, &headers, lookup::ONE, |ledger, _| Ok(ledger.refund(&id)?.view()))
}

async fn show_event(state: Shared, uri: OriginalUri, headers: HeaderMap, Path(id): Path<String>) -> Response {
    look(&state, &uri, &headers, lookup::ONE, |ledger, _| {
        let event = ledger.events.iter().find(|event| event.body["id"] == id.as_str());
        event.map(|event| event.body.clone()).ok_or_else(|| Fault::missing("event", &id, "id"))
    })
}

async fn list_sessions(state: Shared, uri: OriginalUri, headers: HeaderMap) -> Response {
    look(&state, &uri, &headers, lookup::SESSIONS, |ledger, query| ledger.list("/v1/checkout/sessions", query))
}

async fn list_refunds(state: Shared, uri: OriginalUri, headers: HeaderMap) -> Response {
    look(&state, &uri, &headers, lookup::REFUNDS, |ledger, query| ledger.list("/v1/refunds", query))
}

async fn list_events(state: Shared, uri: OriginalUri, headers: HeaderMap) -> Response {
    look(&state, &uri, &headers, lookup::EVENTS, |ledger, query| ledger.list("/v1/events", query))
}

/// A GET request: authorised, with a version, with a known query.
fn look(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
    fields: &[Field],
    find: impl FnOnce(&Ledger, &Value) -> Result<Value, Fault>,
) -> Response {
    let result = admit(app, headers).and_then(|()| {
        let query = fields::check(&form::decode(uri.query().unwrap_or_default().as_bytes())?, fields)?;
        app.ledger.read(|ledger| {
            let mut object = find(ledger, &query)?;
            ledger.expand(&mut object, &query)?;
            Ok(object)
        })
    });
    answer(result, &ids::prefixed("req"))
}

/// A POST request: as above, with an idempotency key, carried out at most once.
async fn perform(
    app: &Arc<App>,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
    fields: &[Field],
    work: impl FnOnce(&mut Ledger, &Value, &Cause) -> Result<Value, Fault>,
) -> Response {
    let id = ids::prefixed("req");
    let how = app.chaos.read(|chaos| chaos.payment.clone());
    if app.tally.strikes("payment", "unavailable", how.unavailable) {
        return answer(Err(Fault::trouble(StatusCode::SERVICE_UNAVAILABLE)), &id);
    }
    let response = match prepare(app, headers, body, fields) {
        Err(fault) => answer(Err(fault), &id),
        Ok((key, parameters)) => change(app, |ledger| carry_out(ledger, uri.path(), key, parameters, &id, work)),
    };
    if app.tally.strikes("payment", "timed_out", how.time_out) {
        tokio::time::sleep(Duration::from_millis(u64::from(how.time_out_ms))).await;
        return answer(Err(Fault::trouble(StatusCode::GATEWAY_TIMEOUT)), &id);
    }
    response
}

/// Everything that is checked before a key counts as used.
fn prepare<'a>(app: &App, headers: &'a HeaderMap, body: &[u8], fields: &[Field]) -> Result<(&'a str, Value), Fault> {
    admit(app, headers)?;
    let key = idempotency::check(text(headers, "idempotency-key"))?;
    let is_form =
        text(headers, "content-type").is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if !body.is_empty() && !is_form {
        return Err(Fault::invalid(
            "Invalid request (check that your POST content type is application/x-www-form-urlencoded).",
            "",
        ));
    }
    Ok((key, fields::check(&form::decode(body)?, fields)?))
}

fn carry_out(
    ledger: &mut Ledger,
    path: &str,
    key: &str,
    parameters: Value,
    id: &str,
    work: impl FnOnce(&mut Ledger, &Value, &Cause) -> Result<Value, Fault>,
) -> Response {
    let mut response = match idempotency::replay(ledger, key, path, &parameters) {
        Err(fault) => answer(Err(fault), id),
        Ok(Some(kept)) => {
            let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
            let mut response = answer(
                if status == StatusCode::OK { Ok(kept.body) } else { Err(Fault { status, body: kept.body }) },
                id,
            );
            put(&mut response, "idempotent-replayed", "true");
            put(&mut response, "original-request", &kept.request);
            response
        }
        Ok(None) => {
            let cause = Cause { request: Some(id.to_owned()), key: Some(key.to_owned()) };
            let result = work(ledger, &parameters, &cause).and_then(|mut object| {
                ledger.expand(&mut object, &parameters)?;
                Ok(object)
            });
            idempotency::keep(ledger, key, path, parameters, id, &result);
            answer(result, id)
        }
    };
    put(&mut response, "idempotency-key", key);
    response
}

/// The secret key, as bearer token or as the user of Basic authentication, and a known version.
fn admit(app: &App, headers: &HeaderMap) -> Result<(), Fault> {
    let given = text(headers, "authorization").and_then(|value| {
        value.strip_prefix("Bearer ").map(ToOwned::to_owned).or_else(|| {
            let pair = BASE64.decode(value.strip_prefix("Basic ")?.as_bytes()).ok()?;
            String::from_utf8(pair).ok()?.split_once(':').map(|(user, _)| user.to_owned())
        })
    });
    match given {
        Some(key) if key == app.config.payment_api_key => {}
        Some(_) => return Err(Fault::unauthorised("Invalid API Key provided.")),
        None => {
            return Err(Fault::unauthorised(
                "You did not provide an API key. You need to provide your API key in the Authorization header.",
            ));
        }
    }
    match text(headers, "stripe-version") {
        Some(version) if VERSIONS.contains(&version) => Ok(()),
        Some(version) => Err(Fault::invalid(format!("Invalid Stripe API version: {version}."), "")),
        None => Err(Fault::invalid("This sandbox wants a Stripe-Version with every request.", "")),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn answer(result: Result<Value, Fault>, id: &str) -> Response {
    let mut response = match result {
        Ok(object) => Json(object).into_response(),
        Err(fault) => fault.into_response(),
    };
    put(&mut response, "request-id", id);
    put(&mut response, "stripe-version", VERSIONS[0]);
    response
}

fn put(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
