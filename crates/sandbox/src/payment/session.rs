//! Checkout Sessions: what may be asked for, and how one begins and ends without payment.

use serde_json::Value;

use super::fault::Fault;
use super::fields::{Field, Kind, may, must};
use super::ledger::{Cause, Ledger};
use super::money;
use super::objects::Session;
use super::status::{PaymentStatus, SessionStatus};
use crate::{clock, ids};

/// Bounds of `expires_at` after the creation, and its default, in seconds.
const SHORTEST: i64 = 30 * 60;
const LONGEST: i64 = 24 * 3600;
/// Smallest amount that Stripe charges, in minor units of EUR, USD and CHF.
const LEAST_AMOUNT: i64 = 50;

const PRODUCT: &[Field] = &[
    must("name", Kind::Text(250)),
    may("description", Kind::Text(1000)),
    may("metadata", Kind::Metadata),
    may("tax_code", Kind::Text(50)),
];
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
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hi-IN",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk",
    "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
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

impl Ledger {
    /// Makes a session from checked parameters.
    pub(super) fn create_session(&mut self, request: &Value, page_origin: &str) -> Result<Value, Fault> {
        let now = clock::unix();
        let expires_at = request.get("expires_at").and_then(Value::as_i64).unwrap_or(now + LONGEST);
        if expires_at < now + SHORTEST - 60 {
            return Err(Fault::invalid(
                "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
                "expires_at",
            ));
        }
        if expires_at > now + LONGEST {
            return Err(Fault::invalid(
                "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
                "expires_at",
            ));
        }
        let (amount, currency) = total(request)?;
        let id = ids::prefixed("cs_test");
        let session = Session {
            url: format!("{page_origin}/pay/{id}"),
            id,
            created: now,
            expires_at,
            status: SessionStatus::Open,
            payment_status: PaymentStatus::Unpaid,
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
        if session.status != SessionStatus::Open {
            let message = format!(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {}.",
                session.status.word()
            );
            return Err(Fault::invalid(message, ""));
        }
        session.status = SessionStatus::Expired;
        let intent = session.intent.clone();
        self.note_session("checkout.session.expired", id, cause)?;
        if let Some(intent) = intent {
            self.cancel(&intent, Some("automatic"), cause)?;
        }
        Ok(self.session(id)?.view())
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
        amount = line
            .and_then(|line| amount.checked_add(line))
            .filter(|sum| *sum < 100_000_000)
            .ok_or_else(|| Fault::coded("amount_too_large", "Amount must be no more than 999,999.99", &param))?;
        let this = price["currency"].as_str().unwrap_or_default();
        if currency.replace(this).is_some_and(|before| before != this) {
            return Err(Fault::invalid("All line items must have the same currency.", &param));
        }
    }
    if amount < LEAST_AMOUNT {
        let message = format!(
            "The Checkout Session's total amount due must add up to at least {}",
            money::words(LEAST_AMOUNT, currency.unwrap_or_default())
        );
        return Err(Fault::coded("amount_too_small", message, ""));
    }
    Ok((amount, currency.unwrap_or_default().to_owned()))
}
