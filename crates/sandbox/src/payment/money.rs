//! What happens to the money of a payment: captured, released, given back, disputed.

use std::sync::Arc;

use serde_json::{Value, json};

use super::fault::Fault;
use super::fields::{Field, Kind, may, must};
use super::ledger::{Cause, Ledger, change};
use super::objects::Refund;
use super::status::{IntentStatus, PaymentStatus, RefundStatus, SessionStatus};
use crate::app::App;
use crate::{clock, ids};

/// The fields of `POST /v1/payment_intents/{id}/capture` that JustFax has a use for.
pub(super) const CAPTURE_FIELDS: &[Field] = &[
    may("amount_to_capture", Kind::Integer(1)),
    may("expand", Kind::List(&Kind::Text(200))),
    may("metadata", Kind::Metadata),
    may("statement_descriptor", Kind::Text(22)),
    may("statement_descriptor_suffix", Kind::Text(22)),
];
/// The fields of `POST /v1/payment_intents/{id}/cancel`.
pub(super) const CANCEL_FIELDS: &[Field] = &[
    may("cancellation_reason", Kind::Word(&["duplicate", "fraudulent", "requested_by_customer", "abandoned"])),
    may("expand", Kind::List(&Kind::Text(200))),
];
/// The fields of `POST /v1/refunds`.
pub(super) const REFUND_FIELDS: &[Field] = &[
    must("payment_intent", Kind::Text(255)),
    may("amount", Kind::Integer(1)),
    may("expand", Kind::List(&Kind::Text(200))),
    may("metadata", Kind::Metadata),
    may("reason", Kind::Word(&["duplicate", "fraudulent", "requested_by_customer"])),
];
/// States in which a payment can be cancelled.
const CANCELLABLE: [IntentStatus; 2] = [IntentStatus::RequiresPaymentMethod, IntentStatus::RequiresCapture];

/// An amount for a message.
#[must_use]
pub fn words(amount: i64, currency: &str) -> String {
    format!("{}.{:02} {currency}", amount / 100, amount % 100)
}

impl Ledger {
    /// Captures a held payment, whole or in part; the rest is released.
    pub(super) fn capture(&mut self, id: &str, request: &Value, cause: &Cause) -> Result<Value, Fault> {
        let intent = self.intent(id)?;
        if intent.status != IntentStatus::RequiresCapture {
            let message = format!(
                "This PaymentIntent could not be captured because it has a status of {}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.",
                intent.status.word()
            );
            return Err(Fault::coded("payment_intent_unexpected_state", message, ""));
        }
        let amount = request.get("amount_to_capture").and_then(Value::as_i64);
        if amount.is_some_and(|amount| amount > intent.amount_capturable) {
            let message = format!(
                "The remaining amount that can be captured for this PaymentIntent is {}",
                words(intent.amount_capturable, &intent.currency)
            );
            return Err(Fault::coded("amount_too_large", message, "amount_to_capture"));
        }
        let (charge, session) = (intent.charge.clone().unwrap_or_default(), intent.session.clone());
        self.take(id, amount)?;
        self.session_mut(&session)?.payment_status = PaymentStatus::Paid;
        self.note_charge("charge.captured", &charge, cause)?;
        self.note_intent("payment_intent.succeeded", id, cause)?;
        Ok(self.intent(id)?.view())
    }

    /// Moves the money: the whole amount, or a part.
    pub(super) fn take(&mut self, id: &str, part: Option<i64>) -> Result<(), Fault> {
        let intent = self.intent_mut(id)?;
        let amount = part.unwrap_or(intent.amount);
        intent.status = IntentStatus::Succeeded;
        intent.amount_capturable = 0;
        intent.amount_received = amount;
        intent.capture_before = None;
        let charge = intent.charge.clone().unwrap_or_default();
        let charge = self.charge_mut(&charge)?;
        charge.captured = true;
        charge.amount_captured = amount;
        charge.amount_refunded = charge.amount - amount;
        Ok(())
    }

    /// Cancels a payment; a hold is released.
    pub(super) fn cancel(&mut self, id: &str, reason: Option<&str>, cause: &Cause) -> Result<Value, Fault> {
        let intent = self.intent(id)?;
        if !CANCELLABLE.contains(&intent.status) {
            let message = format!(
                "You cannot cancel this PaymentIntent because it has a status of {}. Only a PaymentIntent with one of the following statuses may be canceled: {}.",
                intent.status.word(),
                CANCELLABLE.map(IntentStatus::word).join(", ")
            );
            return Err(Fault::coded("payment_intent_unexpected_state", message, ""));
        }
        if self.session(&intent.session).is_ok_and(|session| session.status == SessionStatus::Open) {
            let message = "You cannot cancel this PaymentIntent because it has an associated open Checkout Session. Expire the Checkout Session to cancel this PaymentIntent.";
            return Err(Fault::coded("payment_intent_unexpected_state", message, ""));
        }
        let held = intent.status == IntentStatus::RequiresCapture;
        let intent = self.intent_mut(id)?;
        intent.status = IntentStatus::Canceled;
        intent.amount_capturable = 0;
        intent.capture_before = None;
        intent.cancellation_reason = reason.map(ToOwned::to_owned);
        intent.canceled_at = Some(clock::unix());
        if let (true, Some(charge)) = (held, intent.charge.clone()) {
            let released = self.charge_mut(&charge)?;
            released.amount_refunded = released.amount;
            self.note_charge("charge.refunded", &charge, cause)?;
        }
        self.note_intent("payment_intent.canceled", id, cause)?;
        Ok(self.intent(id)?.view())
    }

    /// Gives captured money back, whole or in part.
    pub(super) fn give_back(&mut self, request: &Value, cause: &Cause) -> Result<Value, Fault> {
        let id = request["payment_intent"].as_str().unwrap_or_default();
        let intent = self.intent(id).map_err(|_| Fault::missing("payment_intent", id, "payment_intent"))?;
        let charge = intent.charge.clone().unwrap_or_default();
        if intent.status != IntentStatus::Succeeded {
            let message = format!("This PaymentIntent ({id}) does not have a successful charge to refund.");
            return Err(Fault::invalid(message, "payment_intent"));
        }
        let paid = self.charge_mut(&charge)?;
        let left = paid.amount - paid.amount_refunded;
        if left == 0 {
            return Err(Fault::coded(
                "charge_already_refunded",
                format!("Charge {charge} has already been refunded."),
                "",
            ));
        }
        let amount = request.get("amount").and_then(Value::as_i64).unwrap_or(left);
        if amount > left {
            let message = format!(
                "Refund amount ({}) is greater than unrefunded amount on charge ({})",
                words(amount, &paid.currency),
                words(left, &paid.currency)
            );
            return Err(Fault::coded("amount_too_large", message, "amount"));
        }
        paid.amount_refunded += amount;
        let refund = Refund {
            id: ids::prefixed("re"),
            created: clock::unix(),
            amount,
            currency: paid.currency.clone(),
            charge: charge.clone(),
            intent: id.to_owned(),
            status: RefundStatus::Succeeded,
            reason: request.get("reason").and_then(Value::as_str).map(ToOwned::to_owned),
            metadata: request.get("metadata").cloned().unwrap_or(json!({})),
            failure_reason: None,
        };
        let view = refund.view();
        self.note("refund.created", id, &view, cause);
        self.note_charge("charge.refunded", &charge, cause)?;
        self.note("refund.updated", id, &view, cause);
        self.refunds.push(refund);
        Ok(view)
    }

    /// A refund comes back after the fact: the bank could not place the money.
    pub(super) fn fail_refund(&mut self, id: &str) -> Result<(), Fault> {
        let refund =
            self.refunds.iter_mut().find(|refund| refund.id == id).ok_or_else(|| Fault::missing("refund", id, "id"))?;
        if refund.status != RefundStatus::Succeeded {
            return Err(Fault::invalid("Only a succeeded refund can fail afterwards.", "id"));
        }
        refund.status = RefundStatus::Failed;
        refund.failure_reason = Some("expired_or_canceled_card".to_owned());
        let (view, charge, amount, intent) =
            (refund.view(), refund.charge.clone(), refund.amount, refund.intent.clone());
        self.charge_mut(&charge)?.amount_refunded -= amount;
        self.note("refund.updated", &intent, &view, &Cause::default());
        self.note("refund.failed", &intent, &view, &Cause::default());
        Ok(())
    }

    /// The cardholder's bank asks for the money of a captured payment back.
    pub(super) fn dispute(&mut self, id: &str) -> Result<(), Fault> {
        let intent = self.intent(id)?;
        if intent.status != IntentStatus::Succeeded {
            return Err(Fault::invalid("Only a captured payment can be disputed.", "id"));
        }
        let (amount, currency, charge) =
            (intent.amount_received, intent.currency.clone(), intent.charge.clone().unwrap_or_default());
        self.charge_mut(&charge)?.disputed = true;
        let dispute = json!({
            "id": ids::prefixed("du"), "object": "dispute", "amount": amount, "balance_transactions": [], "charge": charge,
            "created": clock::unix(), "currency": currency, "enhanced_eligibility_types": [], "evidence": {},
            "evidence_details": {"due_by": null, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false, "submission_count": 0, "submission_method": "not_submitted"},
            "intended_submission_method": null, "is_charge_refundable": false, "livemode": false, "metadata": {}, "payment_intent": id, "reason": "general",
            "status": "needs_response",
        });
        self.note("charge.dispute.created", id, &dispute, &Cause::default());
        Ok(())
    }
}

/// A developer makes a refund fail after the fact.
///
/// # Errors
/// In words, when there is no such refund or it is not a succeeded one.
pub fn fail_refund(app: &Arc<App>, id: &str) -> Result<(), String> {
    change(app, |ledger| ledger.fail_refund(id)).map_err(|fault| fault.message())
}

/// A developer makes the cardholder's bank dispute a payment.
///
/// # Errors
/// In words, when there is no such payment or nothing was captured.
pub fn dispute(app: &Arc<App>, id: &str) -> Result<(), String> {
    change(app, |ledger| ledger.dispute(id)).map_err(|fault| fault.message())
}
