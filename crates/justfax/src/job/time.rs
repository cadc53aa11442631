//! What the mere passing of time does to a Job.

use jiff::{SignedDuration, Timestamp};

use super::{Job, Line, Refused, Stage, event::Rules, payment::PaymentState};
use crate::{redial::Outcome, retention};

/// An order whose payment page could not be opened is taken back after this long.
const OPENING: SignedDuration = SignedDuration::from_mins(30);

impl Job {
    pub(super) fn woken(mut self, rules: &Rules, now: Timestamp) -> Result<Self, Refused> {
        if self.turn().is_none_or(|at| at > now) {
            return Err(Refused::NotNow);
        }
        match self.stage {
            Stage::Draft | Stage::Failed(_) => self.purge(now),
            Stage::AwaitingPayment => {
                self.give_up_payment(now);
                self.stage = Stage::Draft;
            }
            Stage::Sending { .. } if self.leaving => self.leave(now),
            Stage::Sending { .. } => {
                let outcome = self.attempts.iter().rev().find_map(super::Attempt::outcome);
                self.undelivered(outcome.unwrap_or(Outcome::CarrierTrouble), rules, now);
            }
            Stage::Undelivered { outcome, .. } => self.fail(outcome, now),
            Stage::Delivered(_) | Stage::Purged(_) => {}
        }
        Ok(self)
    }

    /// When time alone moves the Job on.
    pub(crate) fn turn(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Draft | Stage::Failed(_) => Some(self.kept_until()),
            Stage::AwaitingPayment => {
                let opening = self.payments.last().is_some_and(|p| p.state == PaymentState::Opening);
                self.order.as_ref().filter(|_| opening).map(|order| order.at + OPENING)
            }
            Stage::Sending { since, line: Line::Waiting(_) | Line::Calling(_) } => Some(*since + retention::SENDING),
            Stage::Undelivered { until, .. } => Some(*until),
            Stage::Delivered(_) | Stage::Purged(_) => None,
        }
    }
}
