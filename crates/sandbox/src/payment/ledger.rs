//! All payments, and the events that tell of their changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::fault::Fault;
use super::idempotency::Answer;
use super::objects::{Charge, Event, Intent, Refund, Session};
use super::views::VERSION;
use crate::app::App;
use crate::clock;
use crate::hooks::{self, Hook, Provider};

/// The events that the webhook endpoint of JustFax is subscribed to.
const SUBSCRIBED: [&str; 13] = [
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.closed",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.refund.updated",
];
/// Older events are forgotten.
const REMEMBERED: usize = 5_000;

/// Everything the payment sandbox knows, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Checkout Sessions.
    pub sessions: Vec<Session>,
    /// Payments.
    pub intents: Vec<Intent>,
    /// Charges.
    pub charges: Vec<Charge>,
    /// Refunds.
    pub refunds: Vec<Refund>,
    /// Events.
    pub events: Vec<Event>,
    /// Answers by idempotency key.
    pub(super) answers: BTreeMap<String, Answer>,
    #[serde(skip)]
    outgoing: Vec<Event>,
}

/// Who caused a change: a request of ours, or the payment page and the clock.
#[derive(Debug, Clone, Default)]
pub(super) struct Cause {
    /// `req_…`; `None` on the payment page.
    pub(super) request: Option<String>,
    /// Idempotency key of the request.
    pub(super) key: Option<String>,
}

/// Changes the ledger and sends the webhooks that follow from the change.
pub(super) fn change<R>(app: &Arc<App>, work: impl FnOnce(&mut Ledger) -> R) -> R {
    let (result, outgoing) = app.ledger.change(|ledger| {
        let result = work(ledger);
        (result, std::mem::take(&mut ledger.outgoing))
    });
    let url = format!("{}/api/webhooks/payment", app.addresses.desk);
    for event in outgoing {
        hooks::send(app, Hook::new(Provider::Payment, &event.subject, url.clone(), event.body));
    }
    result
}

impl Ledger {
    pub(super) fn session(&self, id: &str) -> Result<&Session, Fault> {
        find(&self.sessions, |session| session.id == id, "checkout.session", id, "session")
    }

    pub(super) fn session_mut(&mut self, id: &str) -> Result<&mut Session, Fault> {
        find_mut(&mut self.sessions, |session| session.id == id, "checkout.session", id, "session")
    }

    pub(super) fn intent(&self, id: &str) -> Result<&Intent, Fault> {
        find(&self.intents, |intent| intent.id == id, "payment_intent", id, "intent")
    }

    pub(super) fn intent_mut(&mut self, id: &str) -> Result<&mut Intent, Fault> {
        find_mut(&mut self.intents, |intent| intent.id == id, "payment_intent", id, "intent")
    }

    pub(super) fn charge(&self, id: &str) -> Result<&Charge, Fault> {
        find(&self.charges, |charge| charge.id == id, "charge", id, "charge")
    }

    pub(super) fn charge_mut(&mut self, id: &str) -> Result<&mut Charge, Fault> {
        find_mut(&mut self.charges, |charge| charge.id == id, "charge", id, "charge")
    }

    pub(super) fn refund(&self, id: &str) -> Result<&Refund, Fault> {
        find(&self.refunds, |refund| refund.id == id, "refund", id, "refund")
    }

    pub(super) fn charge_view(&self, id: &str) -> Result<Value, Fault> {
        let charge = self.charge(id)?;
        Ok(charge.view(self.intent(&charge.intent)?))
    }

    /// Writes an event down and, if JustFax is subscribed to it, puts it out for sending.
    pub(super) fn note(&mut self, kind: &str, subject: &str, object: &Value, cause: &Cause) {
        let subscribed = SUBSCRIBED.contains(&kind);
        let body = json!({
            "id": hooks::event_id(Provider::Payment), "object": "event", "api_version": VERSION, "created": clock::unix(),
            "data": {"object": object}, "livemode": false, "pending_webhooks": u8::from(subscribed),
            "request": {"id": cause.request, "idempotency_key": cause.key}, "type": kind,
        });
        let event = Event { body, subject: subject.to_owned() };
        if subscribed {
            self.outgoing.push(event.clone());
        }
        let surplus = (self.events.len() + 1).saturating_sub(REMEMBERED);
        self.events.drain(..surplus);
        self.events.push(event);
    }

    pub(super) fn note_intent(&mut self, kind: &str, id: &str, cause: &Cause) -> Result<(), Fault> {
        let view = self.intent(id)?.view();
        self.note(kind, id, &view, cause);
        Ok(())
    }

    pub(super) fn note_charge(&mut self, kind: &str, id: &str, cause: &Cause) -> Result<(), Fault> {
        let view = self.charge_view(id)?;
        let intent = self.charge(id)?.intent.clone();
        self.note(kind, &intent, &view, cause);
        Ok(())
    }

    pub(super) fn note_session(&mut self, kind: &str, id: &str, cause: &Cause) -> Result<(), Fault> {
        let view = self.session(id)?.view();
        self.note(kind, id, &view, cause);
        Ok(())
    }
}

fn find<'a, T>(all: &'a [T], is: impl Fn(&T) -> bool, kind: &str, id: &str, param: &str) -> Result<&'a T, Fault> {
    all.iter().rev().find(|one| is(one)).ok_or_else(|| Fault::missing(kind, id, param))
}

fn find_mut<'a, T>(
    all: &'a mut [T],
    is: impl Fn(&T) -> bool,
    kind: &str,
    id: &str,
    param: &str,
) -> Result<&'a mut T, Fault> {
    all.iter_mut().rev().find(|one| is(one)).ok_or_else(|| Fault::missing(kind, id, param))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::paying::Method;
    use super::super::status::{ChargeStatus, IntentStatus};
    use super::*;

    /// A session as JustFax asks for it, made in a ledger.
    pub(in super::super) fn session(ledger: &mut Ledger, amount: i64) -> String {
        let request = json!({
            "mode": "payment", "client_reference_id": "job", "success_url": "http://127.0.0.1/",
            "line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": amount,
                "product_data": {"name": "Fax"}}}],
            "payment_intent_data": {"capture_method": "manual"},
        });
        ledger.create_session(&request, "http://127.0.0.1").unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Something that happens to a payment; the number is an amount where one is needed.
    #[derive(Debug, Clone, Copy)]
    enum Step {
        Decline,
        Pay(Method),
        Expire,
        Capture(i64),
        Cancel,
        Refund(i64),
        Wait(i64),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let methods =
            prop_oneof![Just(Method::Card), Just(Method::Bank), Just(Method::SlowBank), Just(Method::SlowBankFails)];
        let step = prop_oneof![
            Just(Step::Decline),
            methods.prop_map(Step::Pay),
            Just(Step::Expire),
            (1..400_i64).prop_map(Step::Capture),
            Just(Step::Cancel),
            (1..400_i64).prop_map(Step::Refund),
            (0..700_000_i64).prop_map(Step::Wait),
        ];
        prop::collection::vec(step, 0..12)
    }

    /// Does a step; that it may be refused is the point.
    fn take_step(ledger: &mut Ledger, session: &str, step: Step) {
        let cause = Cause::default();
        let intent = ledger.session(session).unwrap().intent.clone().unwrap_or_default();
        let _ = match step {
            Step::Decline => ledger.decline(session),
            Step::Pay(method) => ledger.pay(session, method),
            Step::Expire => ledger.expire_session(session, &cause).map(drop),
            Step::Capture(amount) => ledger.capture(&intent, &json!({"amount_to_capture": amount}), &cause).map(drop),
            Step::Cancel => ledger.cancel(&intent, None, &cause).map(drop),
            Step::Refund(amount) => {
                ledger.give_back(&json!({"payment_intent": intent, "amount": amount}), &cause).map(drop)
            }
            Step::Wait(seconds) => ledger.tick(clock::unix() + seconds),
        };
    }

    fn is_sound(ledger: &Ledger) {
        for intent in &ledger.intents {
            let refunds = ledger.refunds.iter().filter(|refund| refund.intent == intent.id);
            let refunded: i64 = refunds.map(|refund| refund.amount).sum();
            assert!(intent.amount_received + intent.amount_capturable <= intent.amount, "{intent:?}");
            assert!(refunded <= intent.amount_received, "{intent:?}");
            assert_eq!(intent.amount_capturable > 0, intent.status == IntentStatus::RequiresCapture);
            assert_eq!(intent.amount_received > 0, intent.status == IntentStatus::Succeeded);
            let good = ledger
                .charges
                .iter()
                .filter(|charge| charge.intent == intent.id && charge.status == ChargeStatus::Succeeded);
            assert!(good.count() <= 1, "charged once at most");
        }
    }

    proptest! {
        #[test]
        fn whatever_happens_no_money_is_made_or_lost_or_taken_twice(steps in steps()) {
            let mut ledger = Ledger::default();
            let session = session(&mut ledger, 249);
            for step in steps {
                take_step(&mut ledger, &session, step);
                is_sound(&ledger);
            }
        }
    }

    #[test]
    fn a_hold_that_nobody_captures_lapses_after_a_week() {
        let mut ledger = Ledger::default();
        let session = session(&mut ledger, 249);
        ledger.pay(&session, Method::Card).unwrap();
        ledger.tick(clock::unix() + 6 * 24 * 3600).unwrap();
        assert_eq!(ledger.intents[0].status, IntentStatus::RequiresCapture);
        ledger.tick(clock::unix() + 8 * 24 * 3600).unwrap();
        assert_eq!(ledger.intents[0].status, IntentStatus::Canceled);
        assert_eq!(ledger.intents[0].cancellation_reason.as_deref(), Some("automatic"));
        assert_eq!(ledger.events.last().unwrap().kind(), "payment_intent.canceled");
    }

    #[test]
    fn only_subscribed_events_are_sent_and_all_are_kept() {
        let mut ledger = Ledger::default();
        let session = session(&mut ledger, 249);
        ledger.pay(&session, Method::Card).unwrap();
        let sent: Vec<&str> = ledger.outgoing.iter().map(Event::kind).collect();
        assert_eq!(sent, ["checkout.session.completed"]);
        let kept: Vec<&str> = ledger.events.iter().map(Event::kind).collect();
        assert!(kept.contains(&"payment_intent.amount_capturable_updated") && kept.contains(&"charge.succeeded"));
    }
}
