//! The developer's pages: plain HTML, no script, usable on a phone.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{StatusCode, header};

use super::words::{Badge, heard};
use crate::app::{Addresses, App};
use crate::carrier::{CarrierCopy, Fax, LineFacts, machine_folder};
use crate::chaos::Chaos;
use crate::clock;
use crate::hooks::{Hook, Provider};
use crate::numbers::{Behaviour, TEST_NUMBERS, TestNumber};
use crate::payment::{Intent, IntentStatus, Ledger, Session, SessionStatus};

const STYLE: &str = include_str!("../../templates/style.css");
/// Calls and payments on a page; the JSON has them all.
const SHOWN: usize = 60;

type Shared = State<Arc<App>>;

#[derive(Template)]
#[template(path = "index.html")]
struct Index {
    addresses: Addresses,
    numbers: &'static [TestNumber],
    emulator: String,
    real_time: bool,
    misbehaving: bool,
}

#[derive(Template)]
#[template(path = "fax.html")]
struct FaxPage {
    calls: Vec<Call>,
    busy: bool,
}

/// A call as the page shows it.
struct Call {
    id: String,
    to: String,
    from: String,
    at: String,
    badge: Badge,
    behaviour: &'static str,
    remark: Option<String>,
    copy: Option<CarrierCopy>,
    deleted: bool,
    line: Option<LineFacts>,
    heard: &'static str,
    /// Machine and carrier disagree: everything arrived, and the carrier says failed.
    disagree: bool,
    hooks: Vec<(String, Badge, usize)>,
}

#[derive(Template)]
#[template(path = "payments.html")]
struct PaymentPage {
    payments: Vec<Payment>,
    hooks: Vec<(String, String, Badge, usize)>,
}

/// A session with its payment as the page shows it.
struct Payment {
    session: String,
    url: Option<String>,
    at: String,
    reference: String,
    amount: String,
    badge: Badge,
    intent: Option<String>,
    facts: Vec<(&'static str, String)>,
    refunds: Vec<(String, String, Badge)>,
    captured: bool,
}

pub(super) async fn to_desk() -> Redirect {
    Redirect::permanent("/desk/")
}

pub(super) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

pub(super) async fn index(State(app): Shared) -> Response {
    render(&Index {
        addresses: app.addresses.clone(),
        numbers: &TEST_NUMBERS,
        emulator: app.config.emulator_url.clone(),
        real_time: app.config.real_time,
        misbehaving: app.chaos.read(|chaos| *chaos != Chaos::default()),
    })
}

pub(super) async fn faxes(State(app): Shared) -> Response {
    let hooks = app.hooks.read(|outbox| {
        outbox.hooks.iter().filter(|hook| hook.provider == Provider::Carrier).cloned().collect::<Vec<_>>()
    });
    let calls: Vec<Call> =
        app.faxes.read(|faxes| faxes.all.iter().rev().take(SHOWN).map(|fax| Call::of(fax, &hooks)).collect());
    let busy = app.faxes.read(|faxes| faxes.all.iter().any(|fax| !fax.status.is_final()));
    render(&FaxPage { calls, busy })
}

impl Call {
    fn of(fax: &Fax, hooks: &[Hook]) -> Self {
        let all_arrived = fax.line.as_ref().is_some_and(|line| {
            let whole = line.pages.iter().filter(|page| page.complete).count();
            fax.failure_reason.is_some() && whole > usize::try_from(line.pages_confirmed).unwrap_or(usize::MAX)
        });
        let mine = hooks.iter().filter(|hook| hook.subject == fax.id);
        Self {
            id: fax.id.clone(),
            to: fax.to.clone(),
            from: fax.from.clone(),
            at: clock::short(&fax.created_at),
            badge: Badge::of_fax(fax),
            behaviour: words(fax.behaviour),
            remark: fax.remark.clone(),
            copy: fax.carrier_copy.clone(),
            deleted: fax.deleted,
            heard: fax.line.as_ref().map_or("", |line| heard(line.hearing)),
            line: fax.line.clone(),
            disagree: all_arrived,
            hooks: mine
                .map(|hook| (hook.event_type.clone(), Badge::of_hook(hook.progress), hook.sendings.len()))
                .collect(),
        }
    }
}

fn words(behaviour: Behaviour) -> &'static str {
    TEST_NUMBERS.iter().find(|row| row.behaviour == behaviour).map_or("", |row| row.words)
}

/// A received page as a picture.
pub(super) async fn sheet(State(app): Shared, Path((id, page)): Path<(String, String)>) -> Response {
    let number = page.strip_suffix(".png").and_then(|number| number.parse::<u32>().ok());
    let known = app.faxes.read(|faxes| faxes.find(&id).is_some());
    let (true, Some(number)) = (known, number) else {
        return (StatusCode::NOT_FOUND, "There is no such page.").into_response();
    };
    match tokio::fs::read(machine_folder(&app.folder, &id).join(format!("{number}.png"))).await {
        Ok(picture) => ([(header::CONTENT_TYPE, "image/png")], picture).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "There is no such page.").into_response(),
    }
}

pub(super) async fn payments(State(app): Shared) -> Response {
    let payments = app
        .ledger
        .read(|ledger| ledger.sessions.iter().rev().take(SHOWN).map(|session| Payment::of(ledger, session)).collect());
    let hooks = app.hooks.read(|outbox| {
        let mine = outbox.hooks.iter().rev().filter(|hook| hook.provider == Provider::Payment).take(SHOWN);
        mine.map(|hook| {
            (hook.event_type.clone(), hook.subject.clone(), Badge::of_hook(hook.progress), hook.sendings.len())
        })
        .collect()
    });
    render(&PaymentPage { payments, hooks })
}

impl Payment {
    fn of(ledger: &Ledger, session: &Session) -> Self {
        let intent = ledger.intents.iter().find(|intent| Some(&intent.id) == session.intent.as_ref());
        let money = |amount: i64| crate::payment::words(amount, &session.currency.to_uppercase());
        let refunds = ledger.refunds.iter().filter(|refund| Some(&refund.intent) == session.intent.as_ref());
        let status = intent.map_or(session.status.word(), |intent| intent.status.word());
        Self {
            session: session.id.clone(),
            url: (session.status == SessionStatus::Open).then(|| session.url.clone()),
            at: clock::readable(session.created),
            reference: session.request["client_reference_id"].as_str().unwrap_or_default().to_owned(),
            amount: money(session.amount),
            badge: Badge::of_payment(status),
            facts: intent.map(|intent| facts(intent, money)).unwrap_or_default(),
            refunds: refunds
                .map(|refund| (refund.id.clone(), money(refund.amount), Badge::of_payment(refund.status.word())))
                .collect(),
            captured: intent.is_some_and(|intent| intent.status == IntentStatus::Succeeded),
            intent: session.intent.clone(),
        }
    }
}

fn facts(intent: &Intent, money: impl Fn(i64) -> String) -> Vec<(&'static str, String)> {
    let mut facts = vec![("method", intent.method.clone())];
    for (name, amount) in [("held", intent.amount_capturable), ("captured", intent.amount_received)] {
        if amount > 0 {
            facts.push((name, money(amount)));
        }
    }
    if let Some(reason) = &intent.cancellation_reason {
        facts.push(("released, because", reason.replace('_', " ")));
    }
    if let Some(message) = intent.last_error.get("message").and_then(serde_json::Value::as_str) {
        facts.push(("declined", message.to_owned()));
    }
    facts
}

/// A page, or 500 with the reason: it is the developer who reads it.
pub(super) fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(fault) => (StatusCode::INTERNAL_SERVER_ERROR, fault.to_string()).into_response(),
    }
}
