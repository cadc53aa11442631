//! A sender: what one sees on the page, and what one does about it.
//!
//! A sender knows only what the page shows, which is the record; what became of the fax and the money is judged
//! elsewhere.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use justfax::{
    document::DocumentState,
    ids::{DocumentId, JobId},
    job::{
        Job, Stage,
        event::{Event, MoneyNews},
        payment::PaymentState,
    },
};

use super::life::{Life, Next, Source};
use crate::{
    run::{Kind, LOOKUP},
    world::{NUMBERS, link_asked, order},
};

/// A sender.
#[derive(Debug, Default)]
pub(super) struct Sender {
    /// How the machines at the numbers dialled behave.
    pub(super) mood: u8,
    /// The Job, once open.
    pub(super) job: Option<JobId>,
    /// Whether the sender has said that an order should end.
    pub(super) left: bool,
    number: usize,
    opens: u8,
    looks: u8,
    wishes: u8,
    orders: u8,
    decided: BTreeSet<u32>,
}

impl Life {
    /// One sender, and in one life of ten a second one who dials the same number.
    pub(super) fn enter_senders(&mut self) {
        let mood = u8::try_from(self.chance.below(10)).unwrap_or(0);
        let rival = self.chance.thousandths(100);
        if rival {
            self.tally.count("rival_on_the_line");
        }
        for index in 0..=usize::from(rival) {
            self.senders.push(Sender { mood, wishes: 4, looks: 40, ..Sender::default() });
            self.open(index);
        }
    }

    fn open(&mut self, sender: usize) {
        self.senders[sender].opens += 1;
        let files = self.chance.pick(&[(80, 1), (15, 2), (5, 3)]).unwrap_or(1);
        let wait = self.chance.seconds(0, 90);
        self.plan(wait, Next::Begin(Kind::Open(files), Source::Sender(sender)));
    }

    pub(super) fn opened(&mut self, sender: usize, job: JobId, documents: &[DocumentId]) {
        for document in documents {
            // One upload in fifty is no document.
            let pages =
                if self.chance.thousandths(20) { 0 } else { u8::try_from(1 + self.chance.below(3)).unwrap_or(1) };
            let wait = self.chance.seconds(1, 60);
            self.plan(wait, Next::Uploaded(job.clone(), document.clone(), pages));
        }
        self.senders[sender].job = Some(job);
        self.plan(SignedDuration::from_secs(30), Next::Look(sender));
    }

    pub(super) fn uploaded(&mut self, job: &JobId, document: &DocumentId, pages: u8) {
        let bytes = self.world.bytes.entry(job.clone()).or_default();
        bytes.originals.insert(document.clone(), pages);
        let kind = Kind::Prepare(job.clone(), document.clone());
        self.send("upload", &kind, Source::Queue(1), SignedDuration::ZERO);
    }

    /// A request came to nothing: open again, or look what became of it.
    pub(super) fn sees_an_error(&mut self, sender: usize, kind: &Kind) {
        if matches!(kind, Kind::Open(_)) && self.senders[sender].opens < 3 {
            self.open(sender);
        }
    }

    /// Looks at the page, does something or nothing, and looks again later.
    pub(super) fn look(&mut self, index: usize) {
        let found = self.senders[index].job.as_ref().and_then(|id| self.world.jobs.get(id));
        let Some(job) = found.map(|record| record.job.clone()) else { return };
        if self.senders[index].looks == 0 {
            return;
        }
        self.senders[index].looks -= 1;
        let again = match job.stage() {
            Stage::Draft | Stage::Failed(_) if !job.is_ready() => self.wait_for_pages(index, &job),
            Stage::Draft | Stage::Failed(_) => self.order_or_leave(index, &job),
            Stage::AwaitingPayment => self.pay_or_leave(index, &job),
            Stage::Sending { .. } => self.watch(index, &job),
            Stage::Undelivered { .. } => self.decide_undelivered(index, &job),
            Stage::Delivered(_) | Stage::Purged(_) => return,
        };
        let wait = self.chance.seconds(again.0, again.1);
        self.plan(wait, Next::Look(index));
    }

    fn wish(&mut self, index: usize, job: &Job, what: &'static str, event: Event) {
        if self.senders[index].wishes > 0 {
            self.senders[index].wishes -= 1;
            self.tally.count(what);
            self.say(index, job.id(), event, SignedDuration::ZERO);
        }
    }

    /// A wish on its way. Its answer may be lost, so who has said that it should end counts as having left.
    fn say(&mut self, index: usize, job: &JobId, event: Event, wait: SignedDuration) {
        self.senders[index].left |= matches!(event, Event::Cancelled | Event::Erased | Event::MoneyBack);
        self.plan(wait, Next::Begin(Kind::Record(job.clone(), event), Source::Sender(index)));
    }

    fn wait_for_pages(&mut self, index: usize, job: &Job) -> (i64, i64) {
        let refused = job.documents().iter().find(|d| matches!(d.state, DocumentState::Refused(_)));
        if let Some(refused) = refused {
            self.wish(index, job, "wish_remove", Event::DocumentRemoved(refused.id.clone()));
        } else if self.chance.thousandths(150) {
            // Not converted for so long: upload it again.
            let awaited = job.documents().iter().find(|d| d.state == DocumentState::Awaited).map(|d| d.id.clone());
            if let Some(document) = awaited {
                self.tally.count("uploaded_again");
                self.plan(SignedDuration::ZERO, Next::Uploaded(job.id().clone(), document, 1));
            }
        }
        (5, 120)
    }

    /// One sender in ten wants to come back later, and perhaps says so twice.
    fn ask_for_link(&mut self, index: usize, job: &Job) {
        let event = LOOKUP.as_ref().and_then(|lookup| link_asked(lookup, job.id(), self.world.now));
        if let Some(event) = event {
            self.wished.insert(job.id().clone());
            self.wish(index, job, "wish_link", event);
        }
    }

    fn order_or_leave(&mut self, index: usize, job: &Job) -> (i64, i64) {
        if self.chance.thousandths(100) {
            self.ask_for_link(index, job);
            return (1, 4_000);
        }
        let again = self.senders[index].orders > 0;
        if again && self.chance.thousandths(700) {
            if self.chance.thousandths(100) {
                self.wish(index, job, "wish_erase", Event::Erased);
            }
            return (600, 90_000);
        }
        if again {
            self.tally.count("order_again");
            self.senders[index].number += usize::from(self.chance.thousandths(300));
        }
        self.order(index, job);
        if self.chance.thousandths(50) {
            self.tally.count("double_click");
            self.order(index, job);
        }
        (1, 40)
    }

    fn order(&mut self, index: usize, job: &Job) {
        if self.senders[index].orders >= 4 {
            return;
        }
        self.senders[index].orders += 1;
        let to = NUMBERS[self.senders[index].number % NUMBERS.len()];
        if let Some(order) = order(to, job.page_count(), self.world.now) {
            let wait = self.chance.millis(0, 300);
            let kind = Kind::Checkout(job.id().clone(), Box::new(order));
            self.plan(wait, Next::Begin(kind, Source::Sender(index)));
        }
    }

    fn pay_or_leave(&mut self, index: usize, job: &Job) -> (i64, i64) {
        let Some(payment) = job.payments().last() else { return (5, 60) };
        let PaymentState::Open { expires, .. } = &payment.state else {
            // The page did not open: click again.
            self.order(index, job);
            return (5, 60);
        };
        let number = payment.order;
        if !self.senders[index].decided.insert(number) {
            match self.chance.below(100) {
                0..3 => self.wish(index, job, "wish_cancel", Event::Cancelled),
                3..5 => self.wish(index, job, "wish_erase", Event::Erased),
                5..9 => {
                    self.tally.count("order_changed");
                    self.senders[index].number += 1;
                    self.order(index, job);
                }
                _ => {}
            }
            return (20, 900);
        }
        let soon = self.chance.seconds(5, 300);
        let late = expires.duration_since(self.world.now) - self.chance.millis(10, 3_000);
        let held = !self.chance.thousandths(150);
        let (id, now) = (job.id().clone(), self.world.now);
        match self.chance.below(100) {
            0..10 => self.tally.count("payment_never"),
            10..16 => {
                self.tally.count("payment_late");
                self.plan_at(now + late, Next::Pay(id, number, held));
            }
            16..26 => {
                self.tally.count("payment_declined");
                self.webhook(&id, Event::Money(number, MoneyNews::Declined), soon);
                self.plan(soon + soon, Next::Pay(id, number, held));
            }
            26..30 => {
                // Paying on one screen while the other cancels.
                self.plan(soon, Next::Pay(id.clone(), number, held));
                self.tally.count("wish_cancel_while_paying");
                let wait = soon + self.chance.millis(-400, 400);
                self.say(index, &id, Event::Cancelled, wait);
            }
            _ => self.plan(soon, Next::Pay(id, number, held)),
        }
        (10, 600)
    }

    fn watch(&mut self, index: usize, job: &Job) -> (i64, i64) {
        match self.chance.below(100) {
            0..3 => self.wish(index, job, "wish_cancel", Event::Cancelled),
            3..5 => self.wish(index, job, "wish_erase", Event::Erased),
            _ => {}
        }
        (10, 3_600)
    }

    fn decide_undelivered(&mut self, index: usize, job: &Job) -> (i64, i64) {
        match self.chance.below(100) {
            0..6 => {
                self.senders[index].number += 1;
                let to = NUMBERS[self.senders[index].number % NUMBERS.len()];
                if let Ok(to) = to.to_owned().try_into() {
                    self.wish(index, job, "wish_correct_number", Event::NumberCorrected(to));
                }
            }
            6..10 => self.wish(index, job, "wish_money_back", Event::MoneyBack),
            10..12 => self.wish(index, job, "wish_erase", Event::Erased),
            _ => {}
        }
        (300, 40_000)
    }
}
