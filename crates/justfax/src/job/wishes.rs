//! What the sender may wish once files are there: cancel, correct, money back, erase.

use jiff::Timestamp;

use super::{Effect, Job, Line, MailKind, Refused, Stage, attempt::Attempt};
use crate::{number::FaxNumber, retention};

impl Job {
    /// Cancels an order before it is dialled; the pages stay.
    pub(super) fn cancelled(mut self, now: Timestamp) -> Result<Self, Refused> {
        match self.stage {
            Stage::AwaitingPayment => {
                self.give_up_payment(now);
            }
            Stage::Sending { line: Line::Waiting(_), .. } => {
                self.forgo(&Effect::Dial(self.next_attempt()));
                self.give_up_payment(now);
                self.owe(Effect::Mail(MailKind::Released, self.order_number()), now);
                self.delete_transmissions(now);
            }
            _ => return Err(Refused::WrongStage),
        }
        self.stage = Stage::Draft;
        Ok(self)
    }

    /// Sends an undelivered fax again with the money already held.
    pub(super) fn number_corrected(mut self, to: FaxNumber, now: Timestamp) -> Result<Self, Refused> {
        let Stage::Undelivered { .. } = self.stage else { return Err(Refused::WrongStage) };
        if !self.attempts.iter().all(Attempt::is_over) {
            return Err(Refused::NotNow);
        }
        let lasts = self.payments.last().is_some_and(|p| p.state.lasts_until(now + retention::HOLD_MARGIN));
        let order = self.order.as_mut().filter(|_| lasts).ok_or(Refused::NeedsPayment)?;
        order.recipient = to;
        self.round = self.next_attempt();
        self.stage = Stage::Sending { since: now, line: Line::Waiting(now) };
        self.forgo(&Effect::Mail(MailKind::Undelivered, self.order_number()));
        self.owe(Effect::Dial(self.round), now);
        self.mail_anew(MailKind::Corrected, now);
        Ok(self)
    }

    /// Takes the money of an undelivered fax back at once.
    pub(super) fn money_back(mut self, now: Timestamp) -> Result<Self, Refused> {
        let Stage::Undelivered { outcome, .. } = self.stage else { return Err(Refused::WrongStage) };
        self.fail(outcome, now);
        Ok(self)
    }

    /// Deletes everything now, or as soon as the call under way is over; then the person is forgotten, as soon as nothing
    /// is owed.
    pub(super) fn erased(mut self, now: Timestamp) -> Result<Self, Refused> {
        if self.is_forgotten() && matches!(self.stage, Stage::Delivered(_) | Stage::Purged(_)) {
            return Err(Refused::Stale);
        }
        self.leaving = true;
        match self.stage {
            Stage::Delivered(_) | Stage::Purged(_) | Stage::Sending { line: Line::Calling(_), .. } => {}
            _ => self.leave(now),
        }
        Ok(self)
    }

    /// Erases everything on the sender's word. Who has paid is told that the money goes back.
    pub(super) fn leave(&mut self, now: Timestamp) {
        if matches!(self.stage, Stage::Sending { .. } | Stage::Undelivered { .. }) {
            self.forgo(&Effect::Dial(self.next_attempt()));
            self.owe(Effect::Mail(MailKind::Released, self.order_number()), now);
        }
        self.give_up_payment(now);
        self.purge(now);
    }

    /// Ends the Job unsent.
    pub(super) fn purge(&mut self, now: Timestamp) {
        self.stage = Stage::Purged(now);
        self.delete_everything(now);
    }
}
