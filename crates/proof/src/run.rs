//! A run: one flow under way, as far as its replies have brought it.
//!
//! A future cannot be copied, but it can be begun again: a run is told by what it is and what it was answered so far,
//! and replaying the real future up to there gives the question it has now.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
    task::{Context, Poll, Waker},
};

use jiff::{Timestamp, tz::TimeZone};
use justfax::{
    flow::{dispatch::Dispatcher, record::record, settle::Settler, work::work},
    ids::JobId,
    job::event::{Event, Rules},
    lookup::LookupKey,
    mail::Letterhead,
};

use crate::wire::{Flow, Reply, Request, Wire};

/// What is run.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The dispatch function got a nudge.
    Dispatch(JobId),
    /// The settle function got a nudge.
    Settle(JobId),
    /// A function records an event: a webhook or a wish of the sender.
    Record(JobId, Event),
    /// The checkout function orders and opens the payment page.
    Checkout(JobId, Box<justfax::job::order::Order>),
}

/// A run and its past.
#[derive(Debug, Clone)]
pub struct Run {
    /// What.
    pub kind: Kind,
    /// Since when.
    pub began: Timestamp,
    /// What it was answered, and when.
    pub past: Vec<(Reply, Timestamp)>,
    /// What it asks now; none when it is over. Follows from the rest.
    pub asks: Option<Request>,
}

impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        (&self.kind, &self.began, &self.past) == (&other.kind, &other.began, &other.past)
    }
}

impl Eq for Run {}

impl Hash for Run {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.kind, &self.began, &self.past).hash(state);
    }
}

impl Run {
    /// A run that begins.
    pub fn new(kind: Kind, now: Timestamp, rules: &Rules) -> Self {
        let mut run = Self { kind, began: now, past: Vec::new(), asks: None };
        run.asks = run.replay(rules);
        run
    }

    /// Gives it its next reply.
    pub fn reply(&mut self, reply: Reply, now: Timestamp, rules: &Rules) {
        self.past.push((reply, now));
        self.asks = self.replay(rules);
    }

    fn replay(&self, rules: &Rules) -> Option<Request> {
        let wire = Arc::new(Wire::new(self.began));
        let mut flow = begin(self.kind.clone(), Arc::clone(&wire), rules.clone());
        for (reply, at) in &self.past {
            wire.reply(reply.clone(), *at);
        }
        match flow.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(()) => None,
            Poll::Pending => wire.asked(),
        }
    }
}

/// The very future that the function awaits.
pub fn begin(kind: Kind, wire: Arc<Wire>, rules: Rules) -> Flow {
    Box::pin(async move {
        // A fault ends the run like a crash: the message comes again.
        match kind {
            Kind::Dispatch(job) => {
                let Ok(lookup) = LookupKey::new(&[1; 32]) else { return };
                let _ = work(&*wire, &Dispatcher { port: &*wire, lookup: &lookup }, &rules, &job).await;
            }
            Kind::Settle(job) => {
                let letterhead = Letterhead {
                    name: "JustFax".into(),
                    site_url: "https://justfax.example".into(),
                    zone: TimeZone::UTC,
                };
                let _ = work(&*wire, &Settler { port: &*wire, letterhead: &letterhead }, &rules, &job).await;
            }
            Kind::Record(job, event) => {
                let _ = record(&*wire, &rules, &job, &event).await;
            }
            Kind::Checkout(job, order) => {
                let _ = justfax::flow::order::take(&*wire, &rules, &job, *order).await;
            }
        }
    })
}
