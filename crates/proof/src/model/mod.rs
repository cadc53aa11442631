//! Every interleaving, within bounds.
//!
//! A state is the world and the runs under way. An action begins a run, gives a run its next reply (as it is, or as a
//! hostile network would have it), kills a run, delivers any webhook that was ever due (again, late, out of order),
//! lets the far end answer, lets the sender wish something, or lets time pass to the next moment that matters. Webhooks
//! are lost by never being delivered, nudges are lost by never beginning a run.
//!
//! Three reductions keep it finite in practice, both because a write is conditional on what was read. A load and the write
//! that follows it are one step: whatever came between would only make the write fail and the flow begin anew, and a
//! crash between them is a crash before both ([`Bounds::fine`] takes them apart again). And what nobody else can see is
//! not stopped at: making the file, noting its hash, nudging, and, where there is one Job, taking its line. And states that
//! differ only in which of two Jobs is where are one ([`symmetry`]).

pub mod coverage;
mod outside;
mod promises;
mod runs;
pub mod searches;
mod symmetry;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use justfax::{
    ids::JobId,
    job::event::{Event, MoneyNews, Rules},
    redial::{Outcome, RedialRule},
};
use stateright::{Model, Property};

use self::coverage::Coverage;
use crate::{
    bugs::Bug,
    run::{Kind, Run},
    world::{World, money::Page, new_job},
};

/// How far to look.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a door of its own that a search opens or leaves shut")]
pub struct Bounds {
    /// Jobs, all to one number.
    pub jobs: u64,
    /// Runs at once.
    pub runs: usize,
    /// Crashes.
    pub crashes: u8,
    /// Faulty replies.
    pub faults: u8,
    /// Wishes of the sender, beyond ordering and paying.
    pub wishes: u8,
    /// Calls that end without delivery.
    pub failures: u8,
    /// Steps of time.
    pub ticks: u8,
    /// Whether a payment may be one that cannot be held.
    pub taken: bool,
    /// Whether news of a call under way is delivered too, again and late; the final word always is.
    pub repeats: bool,
    /// Whether a call that was given up may turn up at the carrier after all, and fail there.
    pub late: bool,
    /// Whether webhooks come at once and only once: without that they come at any time, in any order, again, or never.
    pub prompt: bool,
    /// Whether deletions and mails are one step each, from claim to record, or can be interrupted like money and calls.
    pub calm: bool,
    /// Whether a load and the write that follows it are two steps.
    pub fine: bool,
    /// Whether a redial and giving up are due at once, so that they need no step of time.
    pub hasty: bool,
    /// Whether time passes only when nobody has anything to do.
    pub patient: bool,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What is true.
    pub world: World,
    /// What is under way.
    pub runs: Vec<Run>,
    left: Left,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Left {
    crashes: u8,
    faults: u8,
    wishes: u8,
    failures: u8,
    ticks: u8,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Action {
    /// A run begins.
    Start(Kind),
    /// The run gets its true reply.
    Step(usize),
    /// The run's request is done, and its reply lost.
    ReplyLost(usize),
    /// The run's request is lost.
    RequestLost(usize),
    /// The run dies.
    Crash(usize),
    /// The run dies when its request is done.
    CrashAfter(usize),
    /// A webhook is delivered.
    Webhook(JobId, Event),
    /// The sender pays an order.
    Pay(JobId, u32, bool),
    /// The provider closes a page that expired.
    PageExpires(JobId, u32),
    /// A call ends.
    CallEnds(usize, Outcome),
    /// A call that was given up turns up at the carrier.
    TurnsUp(JobId, u32),
    /// Time passes.
    Tick(Timestamp),
}

/// The model.
#[derive(Debug, Clone)]
pub struct Checked {
    /// How far to look.
    pub bounds: Bounds,
    /// Rules of the course.
    pub rules: Rules,
    /// A seeded bug.
    pub bug: Option<Bug>,
    /// What was seen.
    pub coverage: Arc<Coverage>,
}

fn start() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000)
}

impl Checked {
    /// A model within bounds, with three attempts at most.
    pub fn new(bounds: Bounds, bug: Option<Bug>) -> Self {
        let haste = i64::from(!bounds.hasty);
        let minutes = |m: &[i64]| m.iter().map(|m| SignedDuration::from_mins(*m * haste)).collect();
        let redial = RedialRule {
            busy: minutes(&[5, 5]),
            no_answer: vec![],
            line_lost: vec![],
            not_a_fax: vec![],
            carrier_trouble: minutes(&[1]),
        };
        Self {
            bounds,
            rules: Rules { redial, correction: SignedDuration::from_hours(24) },
            bug,
            coverage: Arc::default(),
        }
    }
}

impl Model for Checked {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let now = start();
        let jobs = (1..=self.bounds.jobs).filter_map(|seed| new_job(seed, now)).collect();
        let b = &self.bounds;
        let left =
            Left { crashes: b.crashes, faults: b.faults, wishes: b.wishes, failures: b.failures, ticks: b.ticks };
        vec![State { world: World::new(jobs, now, self.bug), runs: Vec::new(), left }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.coverage.note(state);
        runs::steps(state, actions);
        self.starts(state, actions);
        self.outside(state, actions);
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Start(kind) => self.start(&mut state, kind)?,
            Action::Step(index) => self.step(&mut state, index)?,
            Action::ReplyLost(index) => self.lose(&mut state, index, true)?,
            Action::RequestLost(index) => self.lose(&mut state, index, false)?,
            Action::Crash(index) => {
                state.left.crashes -= 1;
                state.runs.remove(index);
            }
            Action::CrashAfter(index) => {
                state.left.crashes -= 1;
                let request = state.runs.remove(index).asks?;
                state.world.answer(&request);
            }
            Action::Webhook(job, event) => self.webhook(&mut state, &job, event)?,
            Action::Pay(job, order, held) => {
                state.world.pay(&job, order, held);
                self.promptly(&mut state, &job, || Event::Money(order, MoneyNews::Changed));
            }
            Action::PageExpires(job, order) => {
                state.world.tills.get_mut(&(job.clone(), order))?.page = Page::Expired;
                self.promptly(&mut state, &job, || Event::Money(order, MoneyNews::Closed));
            }
            Action::CallEnds(index, outcome) => {
                state.left.failures -= u8::from(outcome != Outcome::Delivered);
                let call = state.world.calls.0.get_mut(index)?;
                call.outcome = Some(outcome);
                let (job, news) = (call.job.clone(), outside::report(call, outcome));
                self.promptly(&mut state, &job, || news);
            }
            Action::TurnsUp(job, attempt) => {
                state.world.turn_up(&job, attempt)?;
            }
            Action::Tick(to) => outside::tick(&mut state, to),
        }
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        promises::all()
    }
}
