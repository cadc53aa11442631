//! The carrier and the payment provider: what follows from what they were asked, and the webhooks they send.

use jiff::SignedDuration;
use justfax::{
    ids::JobId,
    job::{
        attempt::DeliveryReport,
        event::{CallNews, Event, MoneyNews},
    },
    redial::Outcome,
};

use super::life::{Life, Next, Source};
use crate::{
    run::Kind,
    wire::{Placed, Reply, Request, Word},
    world::{
        carrier::CallTruth,
        money::{HOLD, Money, Page},
    },
};

/// Bytes may be there this long after delivery, while trouble lasts and tries are put off for up to an hour each.
const PROMPTLY: SignedDuration = SignedDuration::from_hours(24 * 3);

impl Life {
    /// Does what is asked, and what follows from it outside.
    pub(super) fn perform(&mut self, request: &Request) -> Reply {
        if let Request::Look(job, attempt) = request
            && self.not_listed_yet(job, *attempt)
        {
            self.tally.count("carrier_lists_late");
            return Reply::Word(Word::Unlisted);
        }
        let known = self.world.tills.len();
        let reply = self.world.answer(request);
        match request {
            Request::Nudge(worker, job, wait) => self.nudge(*worker, job, *wait),
            Request::Dial(..) if matches!(reply, Reply::Dialled(Placed::Accepted(_))) => self.call_placed(),
            Request::Open(job, order, expires) if self.world.tills.len() > known => {
                self.plan_at(*expires, Next::PageCloses(job.clone(), *order));
            }
            _ => {}
        }
        reply
    }

    fn not_listed_yet(&self, job: &JobId, attempt: u32) -> bool {
        let found = self.world.calls.0.iter().rposition(|call| call.job == *job && call.attempt == attempt);
        found.and_then(|call| self.listed.get(&call)).is_some_and(|from| *from > self.world.now)
    }

    fn call_placed(&mut self) {
        let index = self.world.calls.0.len() - 1;
        if self.unlucky_message(3) {
            self.listed.insert(index, self.world.now + self.chance.seconds(1, 20));
        }
        let long = self.chance.thousandths(20);
        let (from, to) = if long { (600, 3 * 3_600) } else { (8, 240) };
        let ends = self.chance.seconds(from, to);
        let outcome = self.outcome(index);
        self.plan(ends, Next::CallEnds(index, outcome));
        for (transmitting, wait) in [(false, SignedDuration::from_secs(1)), (true, self.chance.seconds(4, 20))] {
            self.call_news(index, wait, |reference| CallNews::Progress { reference, transmitting });
        }
    }

    /// How the far end answers: most numbers are good, some are bad, some are moody.
    fn outcome(&self, call: usize) -> Outcome {
        use Outcome as O;
        let number = self.world.calls.0[call].to.bytes().last().unwrap_or_default();
        let mood = self.senders.first().map_or(0, |sender| sender.mood.wrapping_add(number) % 10);
        let moody = [
            (30, O::Delivered),
            (25, O::Busy),
            (12, O::NoAnswer),
            (10, O::LineLost),
            (6, O::NotAFax),
            (4, O::Rejected),
            (4, O::Unreachable),
            (5, O::CarrierTrouble),
            (2, O::DocumentRefused),
        ];
        match mood {
            0..=5 => O::Delivered,
            6 => O::Unreachable,
            7 => self.chance.pick(&[(1, O::Busy), (1, O::NoAnswer)]).unwrap_or(O::Busy),
            _ => self.chance.pick(&moody).unwrap_or(O::Busy),
        }
    }

    pub(super) fn refusal(&self) -> Outcome {
        let kinds = [(2, Outcome::CarrierTrouble), (1, Outcome::Unreachable), (1, Outcome::DocumentRefused)];
        self.chance.pick(&kinds).unwrap_or(Outcome::CarrierTrouble)
    }

    fn call_news(&mut self, call: usize, wait: SignedDuration, news: impl FnOnce(String) -> CallNews) {
        let Some(truth) = self.world.calls.0.get(call) else { return };
        let (job, attempt, reference) = (truth.job.clone(), truth.attempt, truth.reference());
        self.webhook(&job, Event::Call(attempt, news(reference)), wait);
    }

    pub(super) fn call_ends(&mut self, call: usize, outcome: Outcome) {
        let Some(truth) = self.world.calls.0.get_mut(call) else { return };
        truth.outcome = Some(outcome);
        let job = truth.job.clone();
        if outcome == Outcome::Delivered {
            self.plan(PROMPTLY, Next::Inspect(job));
        }
        let report = DeliveryReport::of(outcome);
        self.call_news(call, SignedDuration::ZERO, |reference| CallNews::Report { reference: Some(reference), report });
    }

    /// The carrier says so again and again: a copy that nobody is ever told of is nobody's to delete.
    pub(super) fn turns_up(&mut self, job: &JobId, attempt: u32) {
        let Some(reference) = self.world.turn_up(job, attempt).map(CallTruth::reference) else { return };
        let report = DeliveryReport::of(Outcome::CarrierTrouble);
        let news = Event::Call(attempt, CallNews::Report { reference: Some(reference), report });
        for hours in [0, 1, 3, 6] {
            let kind = Kind::Record(job.clone(), news.clone());
            self.plan(SignedDuration::from_hours(hours), Next::Begin(kind, Source::Webhook(1)));
        }
    }

    pub(super) fn pay(&mut self, job: &JobId, order: u32, held: bool) {
        if !self.world.pay(job, order, held) {
            return;
        }
        self.paid.insert((job.clone(), order));
        if held {
            self.plan(HOLD, Next::HoldLapses(job.clone(), order));
            if self.unlucky_message(1) && self.chance.thousandths(300) {
                let wait = self.chance.seconds(1, 48 * 3_600);
                self.plan(wait, Next::HoldWithdrawn(job.clone(), order));
            }
        } else {
            self.tally.count("payment_not_holdable");
        }
        self.webhook(job, Event::Money(order, MoneyNews::Changed), SignedDuration::ZERO);
    }

    pub(super) fn page_closes(&mut self, job: &JobId, order: u32) {
        let Some(till) = self.world.tills.get_mut(&(job.clone(), order)) else { return };
        if till.page == Page::Open {
            till.page = Page::Expired;
            self.webhook(job, Event::Money(order, MoneyNews::Closed), SignedDuration::ZERO);
        }
    }

    pub(super) fn hold_ends(&mut self, job: &JobId, order: u32, withdrawn: bool) {
        let key = (job.clone(), order);
        let Some(till) = self.world.tills.get_mut(&key) else { return };
        if !matches!(till.money, Money::Held(_)) {
            return;
        }
        if withdrawn {
            till.money = Money::Withdrawn;
            self.tally.count("hold_withdrawn");
        } else {
            till.money = Money::Released;
            self.forgotten.insert(key);
        }
        self.webhook(job, Event::Money(order, MoneyNews::Lapsed), SignedDuration::ZERO);
    }
}
