//! The payment provider: what it holds, took and gave back.

use jiff::{SignedDuration, Timestamp};
use justfax::{
    ids::JobId,
    job::{
        Job,
        event::MoneyNews,
        payment::{Owed, PaymentState},
    },
};

use super::{Broken, World};
use crate::wire::{Reply, Request};

/// A hold on a card lasts this long: the shortest that the large card networks grant for payments made online.
pub const HOLD: SignedDuration = SignedDuration::from_hours(156);

/// A payment page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    /// The sender can pay.
    Open,
    /// Paid.
    Complete,
    /// Closed.
    Expired,
}

/// The money of one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Money {
    /// Not paid.
    None,
    /// Held until the time given.
    Held(Timestamp),
    /// Captured.
    Captured,
    /// Released by us, or lapsed in time.
    Released,
    /// Cancelled by the provider or its customer service, before its time.
    Withdrawn,
    /// Charged at once.
    Taken,
    /// Paid back.
    Refunded,
}

/// The provider's truth about one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Till {
    /// The page.
    pub page: Page,
    /// When it closes by itself.
    pub expires: Timestamp,
    /// The money.
    pub money: Money,
    /// Whether its address was ever written down: nobody can pay on a page that nobody was shown.
    pub shown: bool,
}

impl Till {
    /// Whether there is money that a delivered fax would earn, or as far as anybody was told.
    pub fn pays(&self) -> bool {
        matches!(self.money, Money::Held(_) | Money::Taken | Money::Withdrawn)
    }
}

/// The provider's name of a page or payment: Job and order, so that the world needs no other index.
fn name(kind: &str, job: &JobId, order: u32) -> String {
    format!("{kind}.{job}.{order}")
}

fn named(text: &str) -> Option<(JobId, u32)> {
    let mut parts = text.split('.').skip(1);
    Some((JobId::parse(parts.next()?).ok()?, parts.next()?.parse().ok()?))
}

impl World {
    pub(super) fn money(&mut self, request: &Request) -> Reply {
        let news = match request {
            Request::Open(job, order, expires) => self.open(job, *order, *expires),
            Request::LookPayment(session) => self.look_payment(session),
            Request::Close(session) => self.close(session),
            Request::Capture(intent) => self.capture(intent),
            Request::Release(intent) => self.settle(intent, Owed::Release),
            Request::Refund(intent) => self.settle(intent, Owed::Refund),
            _ => MoneyNews::Nothing,
        };
        Reply::News(news)
    }

    fn open(&mut self, job: &JobId, order: u32, expires: Timestamp) -> MoneyNews {
        let till = Till { page: Page::Open, expires, money: Money::None, shown: false };
        let till = *self.tills.entry((job.clone(), order)).or_insert(till);
        let session = name("cs", job, order);
        MoneyNews::Opened { url: session.clone(), session, expires: till.expires }
    }

    /// Notes which pages the record names.
    pub(super) fn show_pages(&mut self, job: &Job) {
        for payment in job.payments() {
            if let (PaymentState::Open { .. }, Some(till)) =
                (&payment.state, self.tills.get_mut(&(job.id().clone(), payment.order)))
            {
                till.shown = true;
            }
        }
    }

    /// The sender pays on a page that is open; `held` or charged at once. Whether it went through.
    pub fn pay(&mut self, job: &JobId, order: u32, held: bool) -> bool {
        let now = self.now;
        let Some(till) = self.tills.get_mut(&(job.clone(), order)) else { return false };
        if till.page != Page::Open || till.expires <= now || !till.shown {
            return false;
        }
        till.page = Page::Complete;
        till.money = if held { Money::Held(now + HOLD) } else { Money::Taken };
        true
    }

    fn look_payment(&self, session: &str) -> MoneyNews {
        let Some((job, order)) = named(session) else { return MoneyNews::Nothing };
        let Some(till) = self.tills.get(&(job.clone(), order)) else { return MoneyNews::Nothing };
        match (till.money, till.page) {
            (Money::Held(until), _) => MoneyNews::Held(name("pi", &job, order), until),
            (Money::Taken | Money::Captured | Money::Refunded, _) => MoneyNews::Taken(name("pi", &job, order)),
            (Money::Released | Money::Withdrawn, _) | (_, Page::Expired) => MoneyNews::Closed,
            _ => MoneyNews::Nothing,
        }
    }

    fn close(&mut self, session: &str) -> MoneyNews {
        let Some(till) = named(session).and_then(|key| self.tills.get_mut(&key)) else { return MoneyNews::Nothing };
        if till.page == Page::Open {
            till.page = Page::Expired;
        }
        match till.page {
            Page::Expired => MoneyNews::Settled(Owed::Close),
            _ => self.look_payment(session),
        }
    }

    fn capture(&mut self, intent: &str) -> MoneyNews {
        let Some((job, order)) = named(intent) else { return MoneyNews::Nothing };
        let delivered = self.calls.delivered(&job);
        let Some(till) = self.tills.get_mut(&(job, order)) else { return MoneyNews::Nothing };
        match till.money {
            Money::Held(_) => {
                till.money = Money::Captured;
                if !delivered {
                    self.broken.insert(Broken::CapturedUndelivered);
                }
                MoneyNews::Settled(Owed::Capture)
            }
            Money::Captured | Money::Taken | Money::Refunded => MoneyNews::Settled(Owed::Capture),
            Money::Released | Money::Withdrawn => MoneyNews::Lapsed,
            Money::None => MoneyNews::Broke,
        }
    }

    fn settle(&mut self, intent: &str, owed: Owed) -> MoneyNews {
        let Some(till) = named(intent).and_then(|key| self.tills.get_mut(&key)) else { return MoneyNews::Nothing };
        match (till.money, owed) {
            (Money::Held(_), Owed::Release) => till.money = Money::Released,
            (Money::Taken | Money::Captured, Owed::Refund) => till.money = Money::Refunded,
            (Money::Released | Money::Withdrawn, Owed::Release) | (Money::Refunded, Owed::Refund) => {}
            _ => return MoneyNews::Broke,
        }
        MoneyNews::Settled(owed)
    }
}
