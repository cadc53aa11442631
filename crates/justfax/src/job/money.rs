//! What ordering, and news of the payment, do to a Job.

use jiff::{SignedDuration, Timestamp};

use super::{
    Effect, Job, Limit, Line, MailKind, Order, Refused, Stage,
    effect::Copies,
    event::MoneyNews,
    payment::{Owed, Payment, PaymentState},
};
use crate::{document::MOST_PAGES, redial::Outcome};

/// The payment provider is asked this long after the page opened or was last asked about, in case its webhook is lost:
/// a sender who has paid does not wait for longer.
const LOOK: SignedDuration = SignedDuration::from_mins(3);

impl Job {
    pub(super) fn ordered(mut self, order: Order, now: Timestamp) -> Result<Self, Refused> {
        match self.stage {
            Stage::Draft | Stage::Failed(_) => {}
            Stage::AwaitingPayment if self.is_second_click(&order, now) => return Ok(self),
            Stage::AwaitingPayment => self.give_up_payment(now),
            _ => return Err(Refused::WrongStage),
        }
        if !self.is_ready() || self.page_count() != order.pages {
            return Err(Refused::NotReady);
        }
        if order.pages > MOST_PAGES {
            return Err(Refused::Limit(Limit::Pages));
        }
        let number = self.order_number() + 1;
        if self.email_hash().is_some_and(|old| old != order.email_hash) {
            self.mail_stopped = None;
        }
        self.settle_address(&order.email_hash);
        self.payments.push(Payment { order: number, amount: order.price, state: PaymentState::Opening });
        self.order = Some(order);
        self.stage = Stage::AwaitingPayment;
        self.owe(Effect::OpenCheckout(number), now);
        Ok(self)
    }

    /// Whether this order is the one that can still be paid.
    fn is_second_click(&self, order: &Order, now: Timestamp) -> bool {
        let payable = self.payments.last().is_some_and(|p| match p.state {
            PaymentState::Open { expires, .. } => expires > now,
            _ => true,
        });
        payable && self.order.as_ref().is_some_and(|old| old.repeats(order))
    }

    pub(super) fn money_news(mut self, order: u32, news: MoneyNews, now: Timestamp) -> Result<Self, Refused> {
        let wanted = order == self.order_number() && self.stage == Stage::AwaitingPayment;
        let payment = self.payments.iter_mut().find(|p| p.order == order).ok_or(Refused::Stale)?;
        let state = payment.state.clone();
        let (state, owed) = match news {
            MoneyNews::Opened { session, url, expires } => state.opened(session, url, expires)?,
            MoneyNews::Declined => (state.declined()?, Owed::Nothing),
            MoneyNews::Closed => (state.closed()?, Owed::Nothing),
            MoneyNews::Held(intent, until) => state.held(intent, until, wanted)?,
            MoneyNews::Taken(intent) => state.taken(intent, wanted)?,
            MoneyNews::Settled(done) => (state.settled(done)?, Owed::Nothing),
            MoneyNews::Lapsed => (state.lapsed()?, Owed::Nothing),
            MoneyNews::Broke => (state.broke()?, Owed::Nothing),
            MoneyNews::Changed => return self.look_now(order, now),
            MoneyNews::Nothing => return Ok(self.look_again(order, now)),
        };
        payment.state = state;
        self.owe_money(order, owed, now);
        self.follow_money(order, wanted, now);
        Ok(self)
    }

    /// What the rest of the Job does about a payment that moved.
    fn follow_money(&mut self, order: u32, wanted: bool, now: Timestamp) {
        let Some(payment) = self.payments.iter().find(|p| p.order == order) else { return };
        match &payment.state {
            PaymentState::Open { .. } => {
                self.forgo(&Effect::OpenCheckout(order));
                self.owe(Effect::AskPayment(order), now + LOOK);
            }
            PaymentState::Held { .. } | PaymentState::Taken(_) if wanted => self.begin_sending(order, now),
            PaymentState::Closed => {
                self.forget_asking(order);
                if wanted {
                    self.stage = Stage::Draft;
                }
            }
            PaymentState::Released(_) | PaymentState::Refunded(_) | PaymentState::Captured(_) => {
                self.forget_asking(order);
                self.money_is_gone(order, now);
            }
            PaymentState::Trouble(_) => self.forget_asking(order),
            _ => {}
        }
    }

    fn begin_sending(&mut self, order: u32, now: Timestamp) {
        self.forget_asking(order);
        self.stage = Stage::Sending { since: now, line: Line::Waiting(now) };
        self.round = self.next_attempt();
        // Files of an earlier order go together with those of this one, not from under the carrier.
        self.forgo(&Effect::Delete(Copies::Transmissions));
        self.owe(Effect::Dial(self.round), now);
        self.owe(Effect::Mail(MailKind::Ordered, order), now);
    }

    /// Whether the present order has money that a delivered fax would earn.
    pub(super) fn is_paid(&self) -> bool {
        self.payments.last().is_some_and(|p| matches!(p.state, PaymentState::Held { .. } | PaymentState::Taken(_)))
    }

    /// A hold that lapsed under a fax that is not being dialled ends it: nobody would pay for it.
    fn money_is_gone(&mut self, order: u32, now: Timestamp) {
        let unpaid = order == self.order_number()
            && self.payments.last().is_some_and(|p| matches!(p.state, PaymentState::Released(_)));
        match self.stage {
            Stage::Sending { line: Line::Waiting(_), .. } | Stage::Undelivered { .. } if unpaid => {
                self.fail(Outcome::Cancelled, now);
            }
            _ => {}
        }
    }

    /// The provider hints at news without saying all: ask.
    fn look_now(mut self, order: u32, now: Timestamp) -> Result<Self, Refused> {
        let state = self.payments.iter().find(|p| p.order == order).map(|p| &p.state);
        if !matches!(state, Some(PaymentState::Open { .. } | PaymentState::Closing(_))) {
            return Err(Refused::Stale);
        }
        if matches!(state, Some(PaymentState::Open { .. })) {
            self.forgo(&Effect::AskPayment(order));
            self.owe(Effect::AskPayment(order), now);
        }
        Ok(self)
    }

    /// The provider has no news: the page is still open, so look again later. It closes by itself when it expires.
    fn look_again(mut self, order: u32, now: Timestamp) -> Self {
        self.forgo(&Effect::AskPayment(order));
        let open = self.payments.iter().any(|p| p.order == order && matches!(p.state, PaymentState::Open { .. }));
        if open {
            self.owe(Effect::AskPayment(order), now + LOOK);
        }
        self
    }

    fn forget_asking(&mut self, order: u32) {
        for effect in [
            Effect::OpenCheckout(order),
            Effect::CloseCheckout(order),
            Effect::AskPayment(order),
            Effect::Capture(order),
            Effect::Release(order),
            Effect::Refund(order),
        ] {
            self.forgo(&effect);
        }
    }

    fn owe_money(&mut self, order: u32, owed: Owed, now: Timestamp) {
        let effect = match owed {
            Owed::Nothing => return,
            Owed::Capture => Effect::Capture(order),
            Owed::Release => Effect::Release(order),
            Owed::Refund => Effect::Refund(order),
            Owed::Close => Effect::CloseCheckout(order),
        };
        self.forget_asking(order);
        self.owe(effect, now);
    }

    /// Undoes the payment of the present order.
    pub(super) fn give_up_payment(&mut self, now: Timestamp) {
        self.step_payment(PaymentState::give_up, now);
    }

    /// Earns the payment of the present order.
    pub(super) fn earn_payment(&mut self, now: Timestamp) {
        self.step_payment(PaymentState::earn, now);
    }

    fn step_payment(&mut self, step: impl FnOnce(PaymentState) -> (PaymentState, Owed), now: Timestamp) {
        let Some(payment) = self.payments.last_mut() else { return };
        let (state, owed) = step(payment.state.clone());
        payment.state = state;
        let order = payment.order;
        if matches!(payment.state, PaymentState::Closed) {
            self.forget_asking(order);
        }
        self.owe_money(order, owed, now);
    }

    /// Gives the fax up: the money goes back, the pages stay like any unsent upload, the files made from them go.
    pub(super) fn fail(&mut self, outcome: Outcome, now: Timestamp) {
        self.forgo(&Effect::Dial(self.next_attempt()));
        self.give_up_payment(now);
        self.delete_transmissions(now);
        self.stage = Stage::Failed(outcome);
        self.owe(Effect::Mail(MailKind::Released, self.order_number()), now);
    }
}
