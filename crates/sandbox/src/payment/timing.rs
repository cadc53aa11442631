//! What only time does: sessions expire, slow money comes or bounces, holds lapse.

use std::sync::Arc;

use super::fault::Fault;
use super::ledger::{Cause, Ledger, change};
use super::objects::{Intent, Session};
use super::status::{ChargeStatus, IntentStatus, PaymentStatus, SessionStatus};
use crate::app::App;
use crate::clock;

/// Seconds until a slow method says whether the money came.
const SLOW_SECONDS: i64 = 6;

impl Ledger {
    fn is_due(&self, now: i64) -> bool {
        self.sessions.iter().any(|session| session.lapses(now))
            || self.intents.iter().any(|intent| intent.is_slow(now) || intent.lapses(now))
    }

    /// What the clock does: sessions expire, slow money comes or not, holds lapse.
    pub(super) fn tick(&mut self, now: i64) -> Result<(), Fault> {
        let cause = Cause::default();
        let expired = ids(self.sessions.iter().filter(|session| session.lapses(now)).map(|session| &session.id));
        let slow = ids(self.intents.iter().filter(|intent| intent.is_slow(now)).map(|intent| &intent.id));
        let lapsed = ids(self.intents.iter().filter(|intent| intent.lapses(now)).map(|intent| &intent.id));
        for id in expired {
            self.expire_session(&id, &cause)?;
        }
        for id in slow {
            self.settle_slow(&id)?;
        }
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
            self.charge_mut(&charge)?.status = ChargeStatus::Failed;
            self.intent_mut(id)?.status = IntentStatus::RequiresPaymentMethod;
            self.note_intent("payment_intent.payment_failed", id, &cause)?;
            return self.note_session("checkout.session.async_payment_failed", &session, &cause);
        }
        self.charge_mut(&charge)?.status = ChargeStatus::Succeeded;
        self.intent_mut(id)?.status = IntentStatus::Succeeded;
        self.take(id, None)?;
        self.session_mut(&session)?.payment_status = PaymentStatus::Paid;
        self.note_intent("payment_intent.succeeded", id, &cause)?;
        self.note_session("checkout.session.async_payment_succeeded", &session, &cause)
    }
}

impl Session {
    fn lapses(&self, now: i64) -> bool {
        self.status == SessionStatus::Open && self.expires_at <= now
    }
}

impl Intent {
    fn is_slow(&self, now: i64) -> bool {
        self.status == IntentStatus::Processing && self.created + SLOW_SECONDS <= now
    }

    fn lapses(&self, now: i64) -> bool {
        self.status == IntentStatus::RequiresCapture && self.capture_before.is_some_and(|end| end <= now)
    }
}

fn ids<'a>(all: impl Iterator<Item = &'a String>) -> Vec<String> {
    all.cloned().collect()
}

/// Lets the clock do its work; called twice a second.
pub fn sweep(app: &Arc<App>) {
    let now = clock::unix();
    let due = app.ledger.read(|ledger| ledger.is_due(now));
    if due && let Err(fault) = change(app, |ledger| ledger.tick(now)) {
        tracing::error!(error = %fault.body, "the clock could not do its work");
    }
}
