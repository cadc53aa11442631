//! Checkout Sessions: made by the API, ended by the payment page, by expiry, or by the clock.

use std::sync::Arc;

use serde_json::{Value, json};

use super::fault::Fault;
use super::fields::{Field, Kind, may, must};
use super::ledger::{Cause, Ledger, change};
use super::money;
use super::objects::{Charge, Intent, Session};
use crate::app::App;
use crate::{clock, ids};

/// Bounds of `expires_at` after the creation, and its default, in seconds.
const SHORTEST: i64 = 30 * 60;
const LONGEST: i64 = 24 * 3600;
/// Smallest amount that Stripe charges, in minor units of EUR, USD and CHF.
const LEAST_AMOUNT: i64 = 50;
/// A held card authorisation lapses after 7 days.
const HOLD_SECONDS: i64 = 7 * 24 * 3600;
/// Seconds until a slow method says whether the money came.
const SLOW_SECONDS: i64 = 6;

const PRODUCT: &[Field] = &[must("name", Kind::Text(250)), may("description", Kind::Text(1000)), may("metadata", Kind::Metadata), may("tax_code", Kind::Text(50))];
const PRICE: &[Field] = &[
    must("currency", Kind::Currency),
    must("product_data", Kind::Object(PRODUCT)),
    must("unit_amount", Kind::Integer(1)),
    may("tax_behavior", Kind::Word(&["exclusive", "inclusive", "unspecified"])),
];
const ITEM: Kind = Kind::Object(&[must("price_data", Kind::Object(PRICE)), must("quantity", Kind::Integer(1))]);
const INTENT_DATA: &[Field] = &[
    may("capture_method", Kind::Word(&["automatic", "automatic_async", "manual"])),
    may("description", Kind::Text(1000)),
    may("metadata", Kind::Metadata),
    may("receipt_email", Kind::Email),
    may("statement_descriptor", Kind::Text(22)),
    may("statement_descriptor_suffix", Kind::Text(22)),
];
const LOCALES: &[&str] = &[
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hi-IN", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr",
    "vi", "zh", "zh-HK", "zh-TW",
];
/// The fields of `POST /v1/checkout/sessions` that JustFax has a use for.
pub(super) const FIELDS: &[Field] = &[
    must("mode", Kind::Word(&["payment"])),
    must("line_items", Kind::List(&ITEM)),
    must("success_url", Kind::Url),
    must("client_reference_id", Kind::Text(200)),
    may("cancel_url", Kind::Url),
    may("customer_email", Kind::Email),
    may("expand", Kind::List(&Kind::Text(200))),
    may("expires_at", Kind::Integer(0)),
    may("locale", Kind::Word(LOCALES)),
    may("metadata", Kind::Metadata),
    may("payment_intent_data", Kind::Object(INTENT_DATA)),
    may("submit_type", Kind::Word(&["auto", "book", "donate", "pay"])),
    may("ui_mode", Kind::Word(&["hosted_page"])),
];

/// How somebody pays on the payment page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// A card, held until captured if the session asks for that.
    Card,
    /// A method that cannot be held: the money is taken at once.
    Bank,
    /// A method whose money comes later.
    SlowBank,
    /// The same, but the money never comes.
    SlowBankFails,
}

impl Method {
    fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Bank => "bancontact",
            Self::SlowBank | Self::SlowBankFails => "sepa_debit",
        }
    }
}

impl Ledger {
    /// Makes a session from checked parameters.
    pub(super) fn create_session(&mut self, request: &Value, page_origin: &str) -> Result<Value, Fault> {
        let now = clock::unix();
        let expires_at = request.get("expires_at").and_then(Value::as_i64).unwrap_or(now + LONGEST);
        if expires_at < now + SHORTEST - 60 {
            return Err(Fault::invalid("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", "expires_at"));
        }
        if expires_at > now + LONGEST {
            return Err(Fault::invalid("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", "expires_at"));
        }
        let (amount, currency) = total(request)?;
        let id = ids::prefixed("cs_test");
        let session = Session {
            url: format!("{page_origin}/pay/{id}"),
            id,
            created: now,
            expires_at,
            status: "open".to_owned(),
            payment_status: "unpaid".to_owned(),
            amount,
            currency,
            request: request.clone(),
            intent: None,
        };
        let view = session.view();
        self.sessions.push(session);
        Ok(view)
    }

    /// Ends an open session; its page takes no payment any more.
    pub(super) fn expire_session(&mut self, id: &str, cause: &Cause) -> Result<Value, Fault> {
        let session = self.session_mut(id)?;
        if session.status != "open" {
            let message = format!("Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {}.", session.status);
            return Err(Fault::invalid(message, ""));
        }
        session.status = "expired".to_owned();
        let intent = session.intent.clone();
        self.note_session("checkout.session.expired", id, cause)?;
        if let Some(intent) = intent {
            self.cancel(&intent, Some("automatic"), cause)?;
        }
        Ok(self.session(id)?.view())
    }

    /// Somebody pays on the page.
    pub(super) fn pay(&mut self, id: &str, method: Method) -> Result<(), Fault> {
        let cause = Cause::default();
        let intent = self.intent_of(id)?;
        let charge = self.new_charge(&intent, method, None)?;
        let manual = self.intent(&intent)?.capture_method == "manual";
        let (status, paid) = match method {
            Method::Card if manual => ("requires_capture", false),
            Method::Card | Method::Bank => ("succeeded", true),
            Method::SlowBank | Method::SlowBankFails => ("processing", false),
        };
        let payment = self.intent_mut(&intent)?;
        payment.status = status.to_owned();
        payment.charge = Some(charge.clone());
        payment.last_error = json!({});
        payment.method = method.word().to_owned();
        if status == "requires_capture" {
            payment.amount_capturable = payment.amount;
            payment.capture_before = Some(clock::unix() + HOLD_SECONDS);
        }
        if paid {
            self.take(&intent, None)?;
        }
        if method == Method::SlowBankFails {
            self.charge_mut(&charge)?.failure_code = Some("insufficient_funds".to_owned());
        }
        let session = self.session_mut(id)?;
        session.status = "complete".to_owned();
        session.payment_status = if paid { "paid" } else { "unpaid" }.to_owned();
        match status {
            "requires_capture" => self.note_intent("payment_intent.amount_capturable_updated", &intent, &cause)?,
            "succeeded" => self.note_intent("payment_intent.succeeded", &intent, &cause)?,
            _ => self.note_intent("payment_intent.processing", &intent, &cause)?,
        }
        self.note_charge(if status == "processing" { "charge.pending" } else { "charge.succeeded" }, &charge, &cause)?;
        self.note_session("checkout.session.completed", id, &cause)
    }

    /// The bank of the card says no; the session stays open.
    pub(super) fn decline(&mut self, id: &str) -> Result<(), Fault> {
        let cause = Cause::default();
        let intent = self.intent_of(id)?;
        let charge = self.new_charge(&intent, Method::Card, Some("card_declined"))?;
        let payment = self.intent_mut(&intent)?;
        payment.charge = Some(charge.clone());
        payment.last_error = json!({
            "type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds",
            "message": "Your card has insufficient funds.", "charge": charge,
        });
        self.note_charge("charge.failed", &charge, &cause)?;
        self.note_intent("payment_intent.payment_failed", &intent, &cause)
    }

    /// The payment of an open session, made at the first try.
    fn intent_of(&mut self, id: &str) -> Result<String, Fault> {
        let now = clock::unix();
        let session = self.session_mut(id)?;
        if session.status != "open" || session.expires_at <= now {
            return Err(Fault::invalid("This Checkout Session is no longer open.", ""));
        }
        if let Some(intent) = &session.intent {
            return Ok(intent.clone());
        }
        let data = session.request.get("payment_intent_data").cloned().unwrap_or(json!({}));
        let intent = Intent {
            id: ids::prefixed("pi"),
            created: now,
            amount: session.amount,
            currency: session.currency.clone(),
            capture_method: data["capture_method"].as_str().unwrap_or("automatic_async").to_owned(),
            status: "requires_payment_method".to_owned(),
            amount_capturable: 0,
            amount_received: 0,
            data,
            cancellation_reason: None,
            canceled_at: None,
            charge: None,
            last_error: json!({}),
            session: id.to_owned(),
            method: "card".to_owned(),
            capture_before: None,
        };
        let made = intent.id.clone();
        session.intent = Some(made.clone());
        self.intents.push(intent);
        self.note_intent("payment_intent.created", &made, &Cause::default())?;
        Ok(made)
    }

    fn new_charge(&mut self, intent: &str, method: Method, failure: Option<&str>) -> Result<String, Fault> {
        let payment = self.intent(intent)?;
        let charge = Charge {
            id: ids::prefixed("ch"),
            intent: intent.to_owned(),
            created: clock::unix(),
            amount: payment.amount,
            amount_captured: 0,
            amount_refunded: 0,
            currency: payment.currency.clone(),
            captured: false,
            status: if failure.is_some() { "failed" } else { "succeeded" }.to_owned(),
            failure_code: failure.map(ToOwned::to_owned),
            failure_message: failure.map(|_| "Your card has insufficient funds.".to_owned()),
            method: method.word().to_owned(),
            disputed: false,
        };
        let id = charge.id.clone();
        self.charges.push(charge);
        Ok(id)
    }

    /// What the clock does: sessions expire, slow money comes or not, holds lapse.
    fn tick(&mut self, now: i64) -> Result<(), Fault> {
        let cause = Cause::default();
        let ids = |sessions: &[Session]| -> Vec<String> {
            let due = |session: &&Session| session.status == "open" && session.expires_at <= now;
            sessions.iter().filter(due).map(|session| session.id.clone()).collect()
        };
        for id in ids(&self.sessions) {
            self.expire_session(&id, &cause)?;
        }
        let slow: Vec<String> = (self.intents.iter())
            .filter(|intent| intent.status == "processing" && intent.created + SLOW_SECONDS <= now)
            .map(|intent| intent.id.clone())
            .collect();
        for id in slow {
            self.settle_slow(&id)?;
        }
        let lapsed: Vec<String> = (self.intents.iter())
            .filter(|intent| intent.status == "requires_capture" && intent.capture_before.is_some_and(|end| end <= now))
            .map(|intent| intent.id.clone())
            .collect();
        for id in lapsed {
            self.cancel(&id, Some("automatic"), &cause)?;
        }
        Ok(())
    }

    fn settle_slow(&mut self, id: &str) -> Result<(), Fault> {
        let cause = Cause::default();
        let (session, charge) = {
            let intent = self.intent(id)?;
            (intent.session.clone(), intent.charge.clone().unwrap_or_default())
        };
        if self.charge(&charge)?.failure_code.is_some() {
            self.charge_mut(&charge)?.status = "failed".to_owned();
            self.intent_mut(id)?.status = "requires_payment_method".to_owned();
            self.note_intent("payment_intent.payment_failed", id, &cause)?;
            return self.note_session("checkout.session.async_payment_failed", &session, &cause);
        }
        self.intent_mut(id)?.status = "succeeded".to_owned();
        self.take(id, None)?;
        self.session_mut(&session)?.payment_status = "paid".to_owned();
        self.note_intent("payment_intent.succeeded", id, &cause)?;
        self.note_session("checkout.session.async_payment_succeeded", &session, &cause)
    }
}

/// Lets the clock do its work; called every second.
pub fn sweep(app: &Arc<App>) {
    let now = clock::unix();
    let due = app.ledger.read(|ledger| {
        ledger.sessions.iter().any(|session| session.status == "open" && session.expires_at <= now)
            || ledger.intents.iter().any(|intent| matches!(intent.status.as_str(), "processing" | "requires_capture"))
    });
    if due && let Err(fault) = change(app, |ledger| ledger.tick(now)) {
        tracing::error!(error = %fault.body, "the clock could not do its work");
    }
}

/// Total and currency of the line items.
fn total(request: &Value) -> Result<(i64, String), Fault> {
    let items = request["line_items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut amount = 0_i64;
    let mut currency: Option<&str> = None;
    for (at, item) in items.iter().enumerate() {
        let price = &item["price_data"];
        let param = format!("line_items[{at}]");
        let each = price["unit_amount"].as_i64().unwrap_or_default();
        let line = item["quantity"].as_i64().unwrap_or_default().checked_mul(each);
        amount = line.and_then(|line| amount.checked_add(line)).filter(|sum| *sum < 100_000_000)
            .ok_or_else(|| Fault::coded("amount_too_large", "Amount must be no more than 999,999.99", &param))?;
        let this = price["currency"].as_str().unwrap_or_default();
        if currency.replace(this).is_some_and(|before| before != this) {
            return Err(Fault::invalid("All line items must have the same currency.", &param));
        }
    }
    if amount < LEAST_AMOUNT {
        let message = format!("The Checkout Session's total amount due must add up to at least {}", money::words(LEAST_AMOUNT, currency.unwrap_or_default()));
        return Err(Fault::coded("amount_too_small", message, ""));
    }
    Ok((amount, currency.unwrap_or_default().to_owned()))
}
