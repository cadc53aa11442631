//! The payment of one order: a small state machine whose steps consume the state they leave.
//!
//! A Job can be ordered again after a cancelled or failed order, so it has a list of these; each step that touches
//! money names the order, and the order's number is part of every idempotency key at the provider.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Refused;
use crate::money::Money;

/// The provider's name of a checkout session. Opens nothing without the operator's key.
pub type SessionId = String;
/// The provider's name of a payment.
pub type IntentId = String;

/// The payment of order number `order`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Payment {
    /// Number of the order, from 1.
    pub order: u32,
    /// Gross price.
    pub amount: Money,
    /// Where it stands.
    pub state: PaymentState,
}

/// Where a payment stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// The payment page is being asked for.
    Opening,
    /// The sender can pay.
    Open {
        /// Session.
        session: SessionId,
        /// Payment page.
        url: String,
        /// Until when.
        expires: Timestamp,
        /// The last try was declined.
        declined: bool,
    },
    /// The page is being closed.
    Closing(SessionId),
    /// Closed without payment.
    Closed,
    /// The amount is held on the card until the time given.
    Held {
        /// Payment.
        intent: IntentId,
        /// When the hold lapses by itself.
        until: Timestamp,
    },
    /// Charged at once, because the method cannot be held.
    Taken(IntentId),
    /// The hold is being captured.
    Capturing(IntentId),
    /// The money is ours: the fax was delivered.
    Captured(IntentId),
    /// The hold is being released.
    Releasing(IntentId),
    /// Released, or lapsed by itself.
    Released(IntentId),
    /// The charge is being paid back.
    Refunding(IntentId),
    /// Paid back.
    Refunded(IntentId),
    /// It went wrong in a way that only the operator can mend (runbook: payment trouble).
    Trouble(IntentId),
}

use PaymentState as S;

/// What must be done about the money after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owed {
    /// Nothing.
    Nothing,
    /// Capture the hold.
    Capture,
    /// Release the hold.
    Release,
    /// Pay back the charge.
    Refund,
    /// Close the payment page.
    Close,
}

impl PaymentState {
    /// The payment page exists. A page that was opened for an order meanwhile given up is closed again.
    ///
    /// # Errors
    /// [`Refused::Stale`] when the page is known already.
    pub fn opened(self, session: SessionId, url: String, expires: Timestamp) -> Result<(Self, Owed), Refused> {
        match self {
            S::Opening => Ok((S::Open { session, url, expires, declined: false }, Owed::Nothing)),
            S::Closed => Ok((S::Closing(session), Owed::Close)),
            _ => Err(Refused::Stale),
        }
    }

    /// The sender's card was declined; the page can be used again.
    ///
    /// # Errors
    /// [`Refused::Stale`] unless the page is open.
    pub fn declined(self) -> Result<Self, Refused> {
        match self {
            S::Open { session, url, expires, .. } => Ok(S::Open { session, url, expires, declined: true }),
            _ => Err(Refused::Stale),
        }
    }

    /// The amount is held. Money for an order that is `wanted` no more is released at once.
    ///
    /// # Errors
    /// [`Refused::Stale`] when this was known already.
    pub fn held(self, intent: IntentId, until: Timestamp, wanted: bool) -> Result<(Self, Owed), Refused> {
        match self {
            S::Opening | S::Open { .. } if wanted => Ok((S::Held { intent, until }, Owed::Nothing)),
            S::Opening | S::Open { .. } | S::Closing(_) | S::Closed => Ok((S::Releasing(intent), Owed::Release)),
            _ => Err(Refused::Stale),
        }
    }

    /// The amount was charged at once; money for an order that is `wanted` no more is paid back.
    ///
    /// # Errors
    /// [`Refused::Stale`] when this was known already.
    pub fn taken(self, intent: IntentId, wanted: bool) -> Result<(Self, Owed), Refused> {
        match self {
            S::Opening | S::Open { .. } if wanted => Ok((S::Taken(intent), Owed::Nothing)),
            S::Opening | S::Open { .. } | S::Closing(_) | S::Closed => Ok((S::Refunding(intent), Owed::Refund)),
            _ => Err(Refused::Stale),
        }
    }

    /// The order is given up: whatever was begun is undone. Settled money stays as it is.
    #[must_use]
    pub fn give_up(self) -> (Self, Owed) {
        match self {
            S::Opening => (S::Closed, Owed::Nothing),
            S::Open { session, .. } => (S::Closing(session), Owed::Close),
            S::Held { intent, .. } => (S::Releasing(intent), Owed::Release),
            S::Taken(intent) => (S::Refunding(intent), Owed::Refund),
            other => (other, Owed::Nothing),
        }
    }

    /// The fax was delivered: a hold is captured. A charge taken at once is simply kept, and money that is being
    /// given back stays given back: the sender may have one fax for nothing, never pay for none.
    #[must_use]
    pub fn earn(self) -> (Self, Owed) {
        match self {
            S::Held { intent, .. } => (S::Capturing(intent), Owed::Capture),
            S::Taken(intent) => (S::Captured(intent), Owed::Nothing),
            other => (other, Owed::Nothing),
        }
    }

    /// The provider did what was owed, or says that it had been done before.
    ///
    /// # Errors
    /// [`Refused::Stale`] when nothing of the kind was under way.
    pub fn settled(self, done: Owed) -> Result<Self, Refused> {
        match (self, done) {
            (S::Capturing(intent), Owed::Capture) => Ok(S::Captured(intent)),
            (S::Releasing(intent), Owed::Release) => Ok(S::Released(intent)),
            (S::Refunding(intent), Owed::Refund) => Ok(S::Refunded(intent)),
            (S::Closing(_), Owed::Close) => Ok(S::Closed),
            _ => Err(Refused::Stale),
        }
    }

    /// The page closed without payment, by time or by us.
    ///
    /// # Errors
    /// [`Refused::Stale`] when it is not open.
    pub fn closed(self) -> Result<Self, Refused> {
        match self {
            S::Opening | S::Open { .. } | S::Closing(_) => Ok(S::Closed),
            _ => Err(Refused::Stale),
        }
    }

    /// The hold lapsed, or the provider cancelled it.
    ///
    /// # Errors
    /// [`Refused::Stale`] when there is no hold to lapse.
    pub fn lapsed(self) -> Result<Self, Refused> {
        match self {
            S::Held { intent, .. } | S::Releasing(intent) => Ok(S::Released(intent)),
            S::Capturing(intent) => Ok(S::Trouble(intent)),
            _ => Err(Refused::Stale),
        }
    }

    /// The provider refuses for good what was owed.
    ///
    /// # Errors
    /// [`Refused::Stale`] when nothing was owed.
    pub fn broke(self) -> Result<Self, Refused> {
        match self {
            S::Capturing(intent) | S::Releasing(intent) | S::Refunding(intent) | S::Refunded(intent) => {
                Ok(S::Trouble(intent))
            }
            _ => Err(Refused::Stale),
        }
    }

    /// The provider's payment, once there is one.
    pub fn intent(&self) -> Option<&str> {
        match self {
            S::Held { intent, .. }
            | S::Taken(intent)
            | S::Capturing(intent)
            | S::Captured(intent)
            | S::Releasing(intent)
            | S::Released(intent)
            | S::Refunding(intent)
            | S::Refunded(intent)
            | S::Trouble(intent) => Some(intent),
            S::Opening | S::Open { .. } | S::Closing(_) | S::Closed => None,
        }
    }

    /// Whether only the operator can mend it.
    pub fn is_trouble(&self) -> bool {
        matches!(self, S::Trouble(_))
    }

    /// Whether the money can still pay for sending that begins now and may last until `until`.
    pub fn lasts_until(&self, until: Timestamp) -> bool {
        match self {
            S::Held { until: lapses, .. } => *lapses >= until,
            S::Taken(_) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held() -> PaymentState {
        S::Held { intent: "pi".into(), until: Timestamp::UNIX_EPOCH }
    }

    fn open() -> PaymentState {
        S::Opening.opened("cs".into(), "https://pay".into(), Timestamp::UNIX_EPOCH).unwrap().0
    }

    #[test]
    fn a_hold_is_captured_only_by_earning_it() {
        let (earned, owed) = held().earn();
        assert_eq!(owed, Owed::Capture);
        assert_eq!(earned.settled(Owed::Capture), Ok(S::Captured("pi".into())));
        assert_eq!(held().settled(Owed::Capture), Err(Refused::Stale));
    }

    #[test]
    fn money_that_comes_too_late_goes_back() {
        let (closing, owed) = open().give_up();
        assert_eq!(owed, Owed::Close);
        let late = closing.held("pi".into(), Timestamp::UNIX_EPOCH, false).unwrap();
        assert_eq!(late, (S::Releasing("pi".into()), Owed::Release));
        assert_eq!(S::Closed.taken("pi".into(), false).unwrap().1, Owed::Refund);
    }

    #[test]
    fn the_same_news_twice_changes_nothing() {
        assert_eq!(held().held("pi".into(), Timestamp::UNIX_EPOCH, true), Err(Refused::Stale));
        assert_eq!(S::Captured("pi".into()).give_up(), (S::Captured("pi".into()), Owed::Nothing));
        assert_eq!(S::Released("pi".into()).lapsed(), Err(Refused::Stale));
    }

    #[test]
    fn a_page_opened_for_an_order_given_up_is_closed_again() {
        let (closed, _) = S::Opening.give_up();
        let (state, owed) = closed.opened("cs".into(), "u".into(), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((state, owed), (S::Closing("cs".into()), Owed::Close));
    }

    #[test]
    fn a_method_that_cannot_be_held_is_refunded_or_kept() {
        let taken = open().taken("pi".into(), true).unwrap().0;
        assert_eq!(taken.clone().give_up().1, Owed::Refund);
        assert_eq!(taken.earn(), (S::Captured("pi".into()), Owed::Nothing));
    }
}
