//! The things that the payment sandbox keeps.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::status::{CaptureMethod, ChargeStatus, IntentStatus, PaymentStatus, RefundStatus, SessionStatus};

/// A Checkout Session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// `cs_test_…`.
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Whether it takes a payment.
    pub status: SessionStatus,
    /// Whether the money was taken.
    pub payment_status: PaymentStatus,
    /// Total in minor units.
    pub amount: i64,
    /// Lower-case ISO 4217.
    pub currency: String,
    /// The request, checked; everything that is only given back comes from here.
    pub request: Value,
    /// The payment, from the first try to pay.
    pub intent: Option<String>,
    /// The payment page.
    pub url: String,
}

/// A payment: Stripe's `PaymentIntent`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Intent {
    /// `pi_…`.
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Minor units.
    pub amount: i64,
    /// Lower-case ISO 4217.
    pub currency: String,
    /// When the money is taken.
    pub capture_method: CaptureMethod,
    /// How it stands.
    pub status: IntentStatus,
    /// Minor units that may still be captured.
    pub amount_capturable: i64,
    /// Minor units captured.
    pub amount_received: i64,
    /// From `payment_intent_data`.
    pub data: Value,
    /// Why it was cancelled.
    pub cancellation_reason: Option<String>,
    /// Unix seconds.
    pub canceled_at: Option<i64>,
    /// The last charge.
    pub charge: Option<String>,
    /// What the last refused try said; an empty object if none was refused.
    pub last_error: Value,
    /// The session it belongs to.
    pub session: String,
    /// `card`, `bancontact` …
    pub method: String,
    /// Unix seconds after which a hold lapses.
    pub capture_before: Option<i64>,
}

/// A Charge.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Charge {
    /// `ch_…`.
    pub id: String,
    /// The payment it belongs to.
    pub intent: String,
    /// Unix seconds.
    pub created: i64,
    /// Minor units.
    pub amount: i64,
    /// Minor units captured.
    pub amount_captured: i64,
    /// Minor units given back or released.
    pub amount_refunded: i64,
    /// Lower-case ISO 4217.
    pub currency: String,
    /// Whether captured.
    pub captured: bool,
    /// How it went.
    pub status: ChargeStatus,
    /// Code of a refused try.
    pub failure_code: Option<String>,
    /// The same in words.
    pub failure_message: Option<String>,
    /// `card`, `bancontact` …
    pub method: String,
    /// Whether the cardholder's bank asked for the money back.
    pub disputed: bool,
}

/// A Refund.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refund {
    /// `re_…`.
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Minor units.
    pub amount: i64,
    /// Lower-case ISO 4217.
    pub currency: String,
    /// Charge given back.
    pub charge: String,
    /// Payment given back.
    pub intent: String,
    /// How it went.
    pub status: RefundStatus,
    /// As given.
    pub reason: Option<String>,
    /// As given.
    pub metadata: Value,
    /// Why it failed.
    pub failure_reason: Option<String>,
}

/// An Event. All are listed by `GET /v1/events`; some are sent as webhooks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    /// The event as Stripe shows it.
    pub body: Value,
    /// What it is about.
    pub subject: String,
}

impl Event {
    /// The `type` of the event.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.body.get("type").and_then(Value::as_str).unwrap_or_default()
    }
}
