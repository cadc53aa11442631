//! The same as the pages, for programs: what really happened at the carrier and at the payment provider.
//!
//! These are not part of the product's API. Clients and tests use them to ask the outside world, and never our own table.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::BASE64;
use http::StatusCode;
use serde_json::{Value, json};

use crate::app::App;
use crate::carrier::Fax;
use crate::chaos::Chaos;
use crate::hooks::{Hook, Provider};
use crate::numbers::TEST_NUMBERS;
use crate::payment::{CaptureMethod, ChargeStatus, Intent, IntentStatus, Ledger, RefundStatus};

type Shared = State<Arc<App>>;

/// Every call, oldest first.
pub(super) async fn faxes(State(app): Shared) -> Json<Value> {
    let calls: Vec<Value> = app.faxes.read(|faxes| faxes.all.iter().map(call).collect());
    Json(json!({"calls": calls}))
}

/// One call: the carrier's side and the machine's side, apart.
fn call(fax: &Fax) -> Value {
    let state = BASE64.decode(fax.client_state.as_bytes()).unwrap_or_default();
    let machine = fax.line.as_ref().map(|line| {
        let pages: Vec<Value> = (1..).zip(&line.pages).map(|(number, page)| {
            json!({"number": number, "width": page.width, "height": page.height, "sha256": page.sha256, "complete": page.complete,
                "png": format!("/desk/fax/{}/{number}.png", fax.id)})
        }).collect();
        json!({
            "csid": line.csid, "tsi": line.tsi, "seconds": line.seconds, "bit_rate": line.bit_rate,
            "error_correction": line.error_correction, "pages_confirmed": line.pages_confirmed, "heard": line.hearing,
            "codes": {"sender": line.sender_code, "machine": line.machine_code}, "pages": pages,
        })
    });
    json!({
        "id": fax.id, "to": fax.to, "from": fax.from, "client_state": fax.client_state,
        "client_state_text": String::from_utf8_lossy(&state), "behaviour": fax.behaviour, "status": fax.status,
        "failure_reason": fax.failure_reason, "remark": fax.remark, "created_at": fax.created_at,
        "updated_at": fax.updated_at, "cancelled": fax.cancelled, "deleted": fax.deleted,
        "carrier_copy": fax.carrier_copy, "machine": machine,
    })
}

/// Sessions, payments with where the money is, refunds, and the webhooks about them.
pub(super) async fn payments(State(app): Shared) -> Json<Value> {
    let mut all = app.ledger.read(|ledger| {
        json!({
            "sessions": ledger.sessions,
            "intents": ledger.intents.iter().map(|intent| payment(ledger, intent)).collect::<Vec<_>>(),
            "refunds": ledger.refunds,
        })
    });
    all["webhooks"] = json!(hooks(&app, Some(Provider::Payment)));
    Json(all)
}

/// A payment and what became of its money, in minor units: held, captured, released, refunded.
fn payment(ledger: &Ledger, intent: &Intent) -> Value {
    let charges: Vec<_> = ledger.charges.iter().filter(|charge| charge.intent == intent.id).collect();
    let refunds =
        ledger.refunds.iter().filter(|refund| refund.intent == intent.id && refund.status != RefundStatus::Failed);
    let was_held = charges
        .iter()
        .any(|charge| charge.status == ChargeStatus::Succeeded && intent.capture_method == CaptureMethod::Manual);
    let released = match intent.status {
        IntentStatus::Canceled if was_held => intent.amount,
        IntentStatus::Succeeded => intent.amount - intent.amount_received,
        _ => 0,
    };
    let session = ledger.sessions.iter().find(|session| session.id == intent.session);
    json!({
        "id": intent.id, "session": intent.session, "status": intent.status, "method": intent.method,
        "capture_method": intent.capture_method, "currency": intent.currency, "amount": intent.amount,
        "held": intent.amount_capturable, "captured": intent.amount_received, "released": released,
        "refunded": refunds.map(|refund| refund.amount).sum::<i64>(),
        "cancellation_reason": intent.cancellation_reason, "disputed": charges.iter().any(|charge| charge.disputed),
        "client_reference_id": session.map(|session| session.request["client_reference_id"].clone()),
        "metadata": intent.data.get("metadata"), "created": intent.created,
    })
}

/// Webhooks of both providers, oldest first.
pub(super) async fn webhooks(State(app): Shared) -> Json<Value> {
    Json(json!({"webhooks": hooks(&app, None)}))
}

fn hooks(app: &App, provider: Option<Provider>) -> Vec<Hook> {
    let wanted = |hook: &&Hook| provider.is_none_or(|provider| provider == hook.provider);
    app.hooks.read(|outbox| outbox.hooks.iter().filter(wanted).cloned().collect())
}

/// Every mail, newest first.
pub(super) async fn mail(State(app): Shared) -> Json<Value> {
    Json(json!({"mails": crate::mail::list(&app).await}))
}

/// The published test numbers.
pub(super) async fn numbers() -> Json<Value> {
    Json(json!({"numbers": TEST_NUMBERS}))
}

/// The misbehaviour switches.
pub(super) async fn chaos(State(app): Shared) -> Json<Chaos> {
    Json(app.chaos.read(Clone::clone))
}

/// How often the providers have misbehaved, by kind.
pub(super) async fn faults(State(app): Shared) -> Json<Value> {
    Json(json!(app.tally.counts()))
}

/// Sets all switches; what is left out is off.
pub(super) async fn set_chaos(State(app): Shared, body: Bytes) -> Response {
    let refuse = |why: String| (StatusCode::BAD_REQUEST, Json(json!({"error": why}))).into_response();
    match serde_json::from_slice::<Chaos>(&body) {
        Err(fault) => refuse(fault.to_string()),
        Ok(chaos) => {
            if let Some(why) = chaos.fault() {
                return refuse(why);
            }
            app.chaos.change(|kept| kept.clone_from(&chaos));
            Json(chaos).into_response()
        }
    }
}

/// Makes a refund fail after the fact.
pub(super) async fn fail_refund(State(app): Shared, Path(id): Path<String>) -> Response {
    back(crate::payment::fail_refund(&app, &id))
}

/// Makes the cardholder's bank dispute a payment.
pub(super) async fn dispute(State(app): Shared, Path(id): Path<String>) -> Response {
    back(crate::payment::dispute(&app, &id))
}

fn back(result: Result<(), String>) -> Response {
    match result {
        Ok(()) => Redirect::to("/desk/payments").into_response(),
        Err(why) => (StatusCode::CONFLICT, why).into_response(),
    }
}
