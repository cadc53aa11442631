//! Stories of a Job, told through [`Job::apply`] alone.

mod arranging;
mod calls;
mod documents;
mod links;
mod money;
mod privacy;
mod proof;
mod time;

use jiff::{SignedDuration, Timestamp};

use super::{
    Job, Line, Refused, Stage,
    attempt::DeliveryReport,
    effect::{Effect, Lease},
    event::{CallNews, Event, MoneyNews, Rules},
    order::Order,
};
use crate::{
    choices::{Resolution, Turn},
    document::{Document, FileName, PageFacts, Rendering},
    email::EmailAddress,
    ids::{DocumentId, JobId, Secret},
    language::Language,
    memory::Dice,
    money::{Currency, Money},
    number::FaxNumber,
    redial::Outcome,
};

pub(crate) fn start() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

pub(crate) fn after(minutes: i64) -> Timestamp {
    start() + SignedDuration::from_mins(minutes)
}

/// A Job and the clock it lives by.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) job: Job,
    pub(crate) now: Timestamp,
}

impl Story {
    /// A Job with one announced file.
    pub(crate) fn draft() -> Self {
        let dice = Dice::new(1);
        let job = Job::open(JobId::random(&dice), Secret::random(&dice).hash(), Language::De, start());
        let mut story = Self { job, now: start() };
        story.then(Event::DocumentsAdded(vec![document(1)]));
        story
    }

    /// A Job whose file became three pages.
    pub(crate) fn ready() -> Self {
        let mut story = Self::draft();
        let document = story.job.documents[0].id.clone();
        story.then(Event::DocumentPrepared(document, rendering(1, 3)));
        story
    }

    /// An ordered Job with an open payment page.
    pub(crate) fn ordered() -> Self {
        let mut story = Self::ready();
        story.then(Event::Ordered(order(story.now)));
        story.money(1, opened(story.now));
        story
    }

    /// A Job whose payment is held.
    pub(crate) fn paid() -> Self {
        let mut story = Self::ordered();
        story.money(1, held(story.now));
        story
    }

    /// A Job whose attempt `1` is at the carrier.
    pub(crate) fn dialling() -> Self {
        let mut story = Self::paid();
        story.dial(1);
        story
    }

    /// A Job that was delivered at the first attempt.
    pub(crate) fn delivered() -> Self {
        let mut story = Self::dialling();
        story.report(1, Outcome::Delivered);
        story
    }

    /// A Job whose number does not exist.
    pub(crate) fn undelivered() -> Self {
        let mut story = Self::dialling();
        story.report(1, Outcome::Unreachable);
        story
    }

    pub(crate) fn attempt(&self, event: Event) -> Result<Job, Refused> {
        self.job.clone().apply(event, &Rules::default(), self.now).map(|(job, _)| job)
    }

    pub(crate) fn then(&mut self, event: Event) {
        self.job = self.attempt(event).unwrap();
    }

    pub(crate) fn refuses(&self, event: Event) -> Refused {
        self.attempt(event).unwrap_err()
    }

    pub(crate) fn money(&mut self, order: u32, news: MoneyNews) {
        self.then(Event::Money(order, news));
    }

    pub(crate) fn call(&mut self, attempt: u32, news: CallNews) {
        self.then(Event::Call(attempt, news));
    }

    pub(crate) fn claim(&mut self, effect: Effect) {
        let event = self.claimed(effect);
        self.then(event);
    }

    pub(crate) fn claimed(&self, effect: Effect) -> Event {
        Event::Claimed(effect, Lease { token: 1, until: self.now + SignedDuration::from_mins(3) })
    }

    pub(crate) fn dial(&mut self, attempt: u32) {
        self.claim(Effect::Dial(attempt));
        self.call(attempt, CallNews::Progress { reference: format!("call-{attempt}"), transmitting: false });
    }

    pub(crate) fn report(&mut self, attempt: u32, outcome: Outcome) {
        let report = DeliveryReport::of(outcome);
        self.call(attempt, CallNews::Report { reference: None, report });
    }

    pub(crate) fn wait(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    pub(crate) fn owes(&self, effect: &Effect) -> bool {
        self.job.pending.iter().any(|p| p.effect == *effect)
    }

    pub(crate) fn line(&self) -> Line {
        match self.job.stage {
            Stage::Sending { ref line, .. } => line.clone(),
            ref other => panic!("not sending but {other:?}"),
        }
    }
}

pub(crate) fn document(seed: u64) -> Document {
    Document::announced(DocumentId::random(&Dice::new(seed)), FileName::new("Brief.pdf"), 1000)
}

/// An edition of so many pages of 30,000 bytes.
pub(crate) fn rendering(edition: u32, pages: usize) -> Rendering {
    let page = PageFacts { rows: 2292, encoded_bytes: 30_000, turn: Turn::Upright, warnings: vec![] };
    Rendering { edition, resolution: Resolution::Fine, sha256: "00".repeat(32), pages: vec![page; pages] }
}

pub(crate) fn euros(amount: u32) -> Money {
    Money { amount, currency: Currency::parse("EUR").unwrap() }
}

pub(crate) fn number(text: &str) -> FaxNumber {
    FaxNumber::parse(text, None).unwrap()
}

pub(crate) fn order(at: Timestamp) -> Order {
    Order {
        recipient: number("+493023125001"),
        email: EmailAddress::parse("a@b.de").unwrap(),
        email_hash: "hash".into(),
        price: euros(239),
        vat: euros(38),
        vat_percent: "19".into(),
        pages: 3,
        terms_version: "2026-11-01".into(),
        language: Language::De,
        at,
    }
}

pub(crate) fn opened(now: Timestamp) -> MoneyNews {
    let expires = now + SignedDuration::from_mins(60);
    MoneyNews::Opened { session: "cs_1".into(), url: "https://pay/cs_1".into(), expires }
}

pub(crate) fn held(now: Timestamp) -> MoneyNews {
    MoneyNews::Held("pi_1".into(), now + SignedDuration::from_hours(156))
}
