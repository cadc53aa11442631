//! A run: one flow under way, as far as its replies have brought it.
//!
//! A future cannot be copied, but it can be begun again: a [`Run`] is told by what it is and what it was answered so
//! far, and replaying the real future up to there gives the question it has now. The model needs that; the simulation
//! keeps the one future alive.

use std::{
    hash::{Hash, Hasher},
    sync::{Arc, LazyLock},
    task::{Context, Poll, Waker},
};

use jiff::{Timestamp, tz::TimeZone};
use justfax::{
    flow::{
        dispatch::Dispatcher,
        open::{Announced, NotOpened, open},
        order::{NotOrdered, take},
        prepare::{Ask, prepare},
        record::{Recorded, record},
        settle::Settler,
        sweep::sweep,
        work::work,
    },
    ids::{DocumentId, JobId},
    job::{
        event::{Event, Rules},
        order::Order,
    },
    language::Language,
    lookup::LookupKey,
    mail::Letterhead,
};

use crate::wire::{Flow, Reply, Request, Wire};

/// What is run.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The sender opens a Job with so many files.
    Open(u8),
    /// The prepare function got news of an upload.
    Prepare(JobId, DocumentId),
    /// The dispatch function got a nudge.
    Dispatch(JobId),
    /// The settle function got a nudge.
    Settle(JobId),
    /// The clean-up function runs.
    Sweep,
    /// A function records an event: a webhook or a wish of the sender.
    Record(JobId, Event),
    /// The checkout function orders and opens the payment page.
    Checkout(JobId, Box<Order>),
}

impl Kind {
    /// Whose run it is, where it is one Job's.
    pub fn job(&self) -> Option<&JobId> {
        match self {
            Self::Open(_) | Self::Sweep => None,
            Self::Prepare(job, _)
            | Self::Dispatch(job)
            | Self::Settle(job)
            | Self::Record(job, _)
            | Self::Checkout(job, _) => Some(job),
        }
    }
}

/// How a flow ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It did what it was for, or found that there was nothing to do.
    Done,
    /// It was refused.
    Refused,
    /// A fault ended it like a crash: a message comes again, a sender sees an error.
    Fault,
    /// A Job is open.
    Opened(JobId, Vec<DocumentId>),
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
    /// What it asks now; none when it is over. Follows from the rest, as do the others below.
    pub asks: Option<Request>,
    /// Whether a write of its own went through.
    wrote: bool,
    /// After an effect: how many of its news are still to be recorded.
    to_record: Option<u8>,
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
        let mut run = Self { kind, began: now, past: Vec::new(), asks: None, wrote: false, to_record: None };
        run.asks = run.replay(rules);
        run
    }

    /// Gives it its next reply.
    pub fn reply(&mut self, reply: Reply, now: Timestamp, rules: &Rules) {
        let wrote = reply == Reply::Committed(true);
        let asked = self.asks.take();
        self.past.push((reply, now));
        self.asks = self.replay(rules);
        let refused = matches!(asked, Some(Request::Load(_))) && !matches!(self.asks, Some(Request::Commit(..)));
        self.wrote |= wrote;
        self.to_record = match (asked.as_ref().and_then(news_of), self.to_record) {
            (Some(news), _) => Some(news),
            (None, Some(left)) if wrote || refused => Some(left.saturating_sub(1)),
            (None, left) => left,
        };
    }

    /// Whether a worker has recorded all that came of its effect, or all that came of looking, and now begins anew.
    pub fn is_done(&self) -> bool {
        let worker = matches!(self.kind, Kind::Dispatch(_) | Kind::Settle(_));
        worker && matches!(self.asks, Some(Request::Load(_))) && self.to_record.map_or(self.wrote, |left| left == 0)
    }

    fn replay(&self, rules: &Rules) -> Option<Request> {
        // Every run has the same randomness: lease tokens name their holder for people, nothing compares them.
        let wire = Arc::new(Wire::new(self.began, 7));
        let mut flow = begin(self.kind.clone(), Arc::clone(&wire), rules.clone());
        for (reply, at) in &self.past {
            wire.reply(reply.clone(), *at);
        }
        match flow.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(_) => None,
            Poll::Pending => wire.asked(),
        }
    }
}

/// How many news come of a request that performs an effect. A dial has two: the file's hash, and the carrier's answer.
fn news_of(request: &Request) -> Option<u8> {
    match request {
        Request::Dial(..) => Some(2),
        Request::Take(..)
        | Request::Free(..)
        | Request::Look(..)
        | Request::Forget(_)
        | Request::Erase(..)
        | Request::Send(_)
        | Request::LookPayment(_)
        | Request::Close(_)
        | Request::Capture(_)
        | Request::Release(_)
        | Request::Refund(_) => Some(1),
        _ => None,
    }
}

/// The operator's keys and words, the same in every world.
pub(crate) static LOOKUP: LazyLock<Option<LookupKey>> = LazyLock::new(|| LookupKey::new(&[1; 32]).ok());
static LETTERHEAD: LazyLock<Letterhead> = LazyLock::new(|| Letterhead {
    name: "JustFax".into(),
    seller: String::new(),
    site_url: "https://justfax.example".into(),
    zone: TimeZone::UTC,
});

/// The very future that the function awaits.
pub fn begin(kind: Kind, wire: Arc<Wire>, rules: Rules) -> Flow<Ended> {
    Box::pin(async move {
        let port = &*wire;
        match kind {
            Kind::Open(files) => opened(open(port, Language::En, &announced(files)).await),
            Kind::Prepare(job, document) => {
                done(&prepare(port, &Ask { job, document, edition: None, password: None }).await)
            }
            Kind::Dispatch(job) => {
                let Some(lookup) = LOOKUP.as_ref() else { return Ended::Fault };
                done(&work(port, &Dispatcher { port, lookup }, &rules, &job).await)
            }
            Kind::Settle(job) => {
                let Some(lookup) = LOOKUP.as_ref() else { return Ended::Fault };
                done(&work(port, &Settler { port, letterhead: &LETTERHEAD, lookup }, &rules, &job).await)
            }
            Kind::Sweep => done(&sweep(port).await),
            Kind::Record(job, event) => match record(port, &rules, &job, &event).await {
                Ok(Recorded::Moved(_)) => Ended::Done,
                Ok(_) => Ended::Refused,
                Err(_) => Ended::Fault,
            },
            Kind::Checkout(job, order) => match take(port, &rules, &job, *order).await {
                Ok(_) => Ended::Done,
                Err(NotOrdered::Fault(_)) => Ended::Fault,
                Err(_) => Ended::Refused,
            },
        }
    })
}

fn announced(files: u8) -> Vec<Announced> {
    (0..files).map(|n| Announced { name: format!("{n}.pdf"), bytes: 1000 }).collect()
}

fn opened<S, U>(answer: Result<(justfax::job::Job, S, U), NotOpened>) -> Ended {
    match answer {
        Ok((job, ..)) => Ended::Opened(job.id().clone(), job.documents().iter().map(|d| d.id.clone()).collect()),
        Err(NotOpened::Refused(_)) => Ended::Refused,
        Err(NotOpened::Fault(_)) => Ended::Fault,
    }
}

fn done<T, E>(answer: &Result<T, E>) -> Ended {
    if answer.is_ok() { Ended::Done } else { Ended::Fault }
}
