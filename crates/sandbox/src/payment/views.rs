//! The objects as the API shows them: every field that API version 2026-10-28.endive requires.
//!
//! Sub-objects that JustFax has no use for are `{}` where the contract file says object, so that the answers are valid
//! against it to the letter.

use serde_json::{Value, json};

use super::objects::{Charge, Intent, Refund, Session};
use super::status::{ChargeStatus, SessionStatus};

/// The API version of all objects and events.
pub(super) const VERSION: &str = "2026-10-28.endive";

impl Session {
    /// `checkout.session`.
    #[must_use]
    pub fn view(&self) -> Value {
        let asked = |name: &str| self.request.get(name).cloned().unwrap_or(Value::Null);
        let open = self.status == SessionStatus::Open;
        let manual = self.request["payment_intent_data"]["capture_method"] == "manual";
        let email = asked("customer_email");
        json!({
            "id": self.id, "object": "checkout.session", "adaptive_pricing": {"enabled": false}, "after_expiration": {},
            "allow_promotion_codes": null, "allowed_payment_method_types": null, "amount_subtotal": self.amount,
            "amount_total": self.amount, "automatic_tax": {"enabled": false, "liability": null, "provider": null, "status": null},
            "billing_address_collection": null, "cancel_url": asked("cancel_url"),
            "client_reference_id": asked("client_reference_id"), "client_secret": null, "collected_information": {},
            "consent": {}, "consent_collection": {}, "created": self.created, "currency": self.currency,
            "currency_conversion": {}, "custom_fields": [], "custom_text": {}, "customer": null, "customer_account": null,
            "customer_creation": "if_required", "customer_details": customer_details(&email), "customer_email": email,
            "discounts": [], "expires_at": self.expires_at, "integration_identifier": null, "invoice": null,
            "invoice_creation": {"enabled": false}, "livemode": false, "locale": asked("locale"),
            "managed_payments": {"enabled": false}, "metadata": self.request.get("metadata").cloned().unwrap_or(json!({})),
            "mode": "payment", "origin_context": null, "payment_intent": self.intent, "payment_link": null,
            "payment_method_collection": "if_required", "payment_method_configuration_details": {},
            "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
            "payment_method_types": if manual { json!(["card"]) } else { json!(["card", "bancontact"]) },
            "payment_status": self.payment_status, "permissions": {}, "recovered_from": null,
            "saved_payment_method_options": {}, "setup_intent": null, "shipping_address_collection": null,
            "shipping_cost": {}, "shipping_options": [], "status": self.status, "submit_type": asked("submit_type"),
            "subscription": null, "success_url": asked("success_url"),
            "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
            "ui_mode": "hosted_page", "url": if open { json!(self.url) } else { Value::Null }, "wallet_options": {},
        })
    }
}

fn customer_details(email: &Value) -> Value {
    if email.is_null() {
        return Value::Null;
    }
    json!({"address": null, "business_name": null, "email": email, "individual_name": null, "name": null, "phone": null,
        "tax_exempt": "none", "tax_ids": null})
}

impl Intent {
    /// `payment_intent`.
    #[must_use]
    pub fn view(&self) -> Value {
        let data = |name: &str| self.data.get(name).cloned().unwrap_or(Value::Null);
        json!({
            "id": self.id, "object": "payment_intent", "allowed_payment_method_types": null, "amount": self.amount,
            "amount_capturable": self.amount_capturable, "amount_details": {"tip": {}}, "amount_received": self.amount_received,
            "application": null, "application_fee_amount": null, "automatic_payment_methods": {},
            "canceled_at": self.canceled_at, "cancellation_reason": self.cancellation_reason,
            "capture_method": self.capture_method, "client_secret": format!("{}_secret_sandbox", self.id),
            "confirmation_method": "automatic", "created": self.created, "currency": self.currency, "customer": null,
            "customer_account": null, "description": data("description"), "excluded_payment_method_types": null,
            "last_payment_error": self.last_error, "latest_charge": self.charge, "livemode": false, "managed_payments": null,
            "metadata": self.data.get("metadata").cloned().unwrap_or(json!({})), "next_action": {}, "on_behalf_of": null,
            "payment_method": self.charge.as_ref().map(|charge| charge.replacen("ch_", "pm_", 1)),
            "payment_method_configuration_details": {}, "payment_method_options": {},
            "payment_method_types": [self.method], "payment_record": null, "processing": {},
            "receipt_email": data("receipt_email"), "review": null, "setup_future_usage": null, "shipping": {},
            "source": null, "statement_descriptor": data("statement_descriptor"),
            "statement_descriptor_suffix": data("statement_descriptor_suffix"), "status": self.status, "transfer_group": null,
        })
    }
}

impl Charge {
    /// `charge`.
    #[must_use]
    pub fn view(&self, intent: &Intent) -> Value {
        let metadata = intent.data.get("metadata").cloned().unwrap_or(json!({}));
        let good = self.status != ChargeStatus::Failed;
        json!({
            "id": self.id, "object": "charge", "amount": self.amount, "amount_captured": self.amount_captured,
            "amount_refunded": self.amount_refunded, "application": null, "application_fee": null,
            "application_fee_amount": null, "balance_transaction": null, "billing_details": {},
            "calculated_statement_descriptor": "JUSTFAX SANDBOX", "captured": self.captured, "created": self.created,
            "currency": self.currency, "customer": null, "description": null, "disputed": self.disputed,
            "failure_balance_transaction": null, "failure_code": self.failure_code, "failure_message": self.failure_message,
            "fraud_details": {}, "livemode": false, "metadata": metadata, "on_behalf_of": null,
            "outcome": {"type": if good { "authorized" } else { "issuer_declined" }}, "paid": good,
            "payment_intent": self.intent, "payment_method": self.id.replacen("ch_", "pm_", 1),
            "payment_method_details": {"type": self.method}, "receipt_email": null, "receipt_number": null,
            "receipt_url": null, "refunded": self.amount_refunded == self.amount, "review": null, "shipping": {},
            "source": null, "source_transfer": null, "statement_descriptor": null, "statement_descriptor_suffix": null,
            "status": self.status, "transfer_data": {}, "transfer_group": null,
        })
    }
}

impl Refund {
    /// `refund`.
    #[must_use]
    pub fn view(&self) -> Value {
        let mut view = json!({
            "id": self.id, "object": "refund", "amount": self.amount, "balance_transaction": null, "charge": self.charge,
            "created": self.created, "currency": self.currency, "customer": null, "customer_account": null,
            "destination_details": {"type": "card"}, "metadata": self.metadata, "payment_intent": self.intent,
            "payment_method": self.charge.replacen("ch_", "pm_", 1), "reason": self.reason, "receipt_number": null,
            "source_transfer_reversal": null, "status": self.status, "transfer_reversal": null,
        });
        if let Some(reason) = &self.failure_reason {
            view["failure_reason"] = json!(reason);
        }
        view
    }
}
