//! What happens on the payment page: somebody pays, in one of several ways, or is declined.

use serde::Deserialize;
use serde_json::json;

use super::fault::Fault;
use super::ledger::{Cause, Ledger};
use super::objects::{Charge, Intent};
use super::status::{CaptureMethod, ChargeStatus, IntentStatus, PaymentStatus, SessionStatus};
use crate::{clock, ids};

/// A held card authorisation lapses after 7 days.
const HOLD_SECONDS: i64 = 7 * 24 * 3600;

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
    /// Somebody pays on the page.
    pub(super) fn pay(&mut self, id: &str, method: Method) -> Result<(), Fault> {
        let cause = Cause::default();
        let intent = self.intent_of(id)?;
        let charge = self.new_charge(&intent, method, None)?;
        let manual = self.intent(&intent)?.capture_method == CaptureMethod::Manual;
        let (status, paid) = match method {
            Method::Card if manual => (IntentStatus::RequiresCapture, false),
            Method::Card | Method::Bank => (IntentStatus::Succeeded, true),
            Method::SlowBank | Method::SlowBankFails => (IntentStatus::Processing, false),
        };
        let payment = self.intent_mut(&intent)?;
        payment.status = status;
        payment.charge = Some(charge.clone());
        payment.last_error = json!({});
        method.word().clone_into(&mut payment.method);
        if status == IntentStatus::RequiresCapture {
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
        session.status = SessionStatus::Complete;
        session.payment_status = if paid { PaymentStatus::Paid } else { PaymentStatus::Unpaid };
        match status {
            IntentStatus::RequiresCapture => {
                self.note_intent("payment_intent.amount_capturable_updated", &intent, &cause)?;
            }
            IntentStatus::Succeeded => self.note_intent("payment_intent.succeeded", &intent, &cause)?,
            _ => self.note_intent("payment_intent.processing", &intent, &cause)?,
        }
        self.note_charge(
            if status == IntentStatus::Processing { "charge.pending" } else { "charge.succeeded" },
            &charge,
            &cause,
        )?;
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
        if session.status != SessionStatus::Open || session.expires_at <= now {
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
            capture_method: CaptureMethod::deserialize(&data["capture_method"])
                .unwrap_or(CaptureMethod::AutomaticAsync),
            status: IntentStatus::RequiresPaymentMethod,
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
            status: match (method, failure) {
                (_, Some(_)) => ChargeStatus::Failed,
                (Method::SlowBank | Method::SlowBankFails, None) => ChargeStatus::Pending,
                (Method::Card | Method::Bank, None) => ChargeStatus::Succeeded,
            },
            failure_code: failure.map(ToOwned::to_owned),
            failure_message: failure.map(|_| "Your card has insufficient funds.".to_owned()),
            method: method.word().to_owned(),
            disputed: false,
        };
        let id = charge.id.clone();
        self.charges.push(charge);
        Ok(id)
    }
}
