//! Every interleaving, within bounds.
//!
//! A state is the world and the runs under way. An action starts a run, gives a run its next reply (as it is, or as a
//! hostile network would have it), kills a run, delivers any webhook that was ever due (again, late, out of order),
//! lets the far end answer, lets the sender wish something, or lets time pass to the next moment that matters. Webhooks
//! are lost by never being delivered, nudges are lost by never starting a run.

use jiff::{SignedDuration, Timestamp};
use justfax::{
    ids::JobId,
    job::{
        Job, Stage,
        attempt::DeliveryReport,
        event::{CallNews, Event, MoneyNews, Rules},
    },
    redial::{Outcome, RedialRule},
};
use stateright::{Model, Property};

use crate::{
    bugs::Bug,
    run::{Kind, Run},
    wire::{Placed, Reply, Request},
    world::{NUMBERS, World, money::Money, money::Page, new_job, order},
};

mod promises;

/// How far to look.
#[derive(Debug, Clone)]
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
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// A webhook is delivered.
    Webhook(JobId, Event),
    /// The sender pays an order.
    Pay(JobId, u32, bool),
    /// The provider closes a page that expired.
    PageExpires(JobId, u32),
    /// A call ends.
    CallEnds(usize, Outcome),
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
}

/// The number that every Job dials, and one to correct to.
const NUMBER: &str = NUMBERS[0];
const OTHER: &str = NUMBERS[1];
/// No function lives longer.
const LIFE: SignedDuration = SignedDuration::from_secs(120);

fn start() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000)
}

impl Checked {
    /// A model within bounds, with three attempts at most.
    pub fn new(bounds: Bounds, bug: Option<Bug>) -> Self {
        let minutes = |m: &[i64]| m.iter().map(|m| SignedDuration::from_mins(*m)).collect();
        let redial = RedialRule {
            busy: minutes(&[5, 5]),
            no_answer: vec![],
            line_lost: vec![],
            not_a_fax: vec![],
            carrier_trouble: minutes(&[1]),
        };
        Self { bounds, rules: Rules { redial, correction: SignedDuration::from_hours(24) }, bug }
    }

    fn starts(&self, state: &State, actions: &mut Vec<Action>) {
        if state.runs.len() >= self.bounds.runs {
            return;
        }
        let world = &state.world;
        for job in world.jobs.values().map(|record| &record.job) {
            let id = job.id();
            for (kind, worker) in [
                (Kind::Dispatch(id.clone()), justfax::job::effect::Worker::Dispatch),
                (Kind::Settle(id.clone()), justfax::job::effect::Worker::Settle),
            ] {
                if job.wakes(world.now) || job.next_for(worker, world.now).is_some() {
                    actions.push(Action::Start(kind));
                }
            }
            wishes(state, job, actions);
        }
    }

    fn outside(&self, state: &State, actions: &mut Vec<Action>) {
        let world = &state.world;
        for ((job, order), till) in &world.tills {
            let news = |news| Action::Webhook(job.clone(), Event::Money(*order, news));
            match till.page {
                Page::Open if till.expires > world.now && !till.shown => {}
                Page::Open if till.expires > world.now => {
                    actions.push(Action::Pay(job.clone(), *order, true));
                    if self.bounds.taken {
                        actions.push(Action::Pay(job.clone(), *order, false));
                    }
                }
                Page::Open => actions.push(Action::PageExpires(job.clone(), *order)),
                Page::Complete => actions.push(news(MoneyNews::Changed)),
                Page::Expired => actions.push(news(MoneyNews::Closed)),
            }
            if till.money == Money::Released {
                actions.push(news(MoneyNews::Lapsed));
            }
        }
        for (index, call) in world.calls.0.iter().enumerate() {
            let reference = Some(call.reference());
            let webhook = |news| Action::Webhook(call.job.clone(), Event::Call(call.attempt, news));
            if self.bounds.repeats {
                actions.push(webhook(CallNews::Progress { reference: call.reference(), transmitting: true }));
            }
            if let Some(outcome) = call.outcome {
                actions.push(webhook(CallNews::Report { reference, report: DeliveryReport::of(outcome) }));
                continue;
            }
            actions.push(Action::CallEnds(index, Outcome::Delivered));
            if state.left.failures > 0 {
                actions.push(Action::CallEnds(index, Outcome::Busy));
                actions.push(Action::CallEnds(index, Outcome::Unreachable));
            }
        }
    }
}

/// Whether a run is one that a queue starts, and starts again.
fn is_worker(kind: &Kind) -> bool {
    matches!(kind, Kind::Dispatch(_) | Kind::Settle(_))
}

/// Whether a request goes to a provider, whose network is the hostile one.
fn is_outside(request: &Request) -> bool {
    matches!(
        request,
        Request::Dial(..)
            | Request::Look(..)
            | Request::Capture(_)
            | Request::Release(_)
            | Request::Refund(_)
            | Request::Close(_)
    )
}

/// What a lost reply or request looks like to the one who asked.
fn lost(request: &Request) -> Reply {
    match request {
        Request::Dial(..) => Reply::Dialled(Placed::Ambiguous),
        _ => Reply::Trouble,
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
        steps(state, actions);
        self.starts(state, actions);
        self.outside(state, actions);
        if state.left.ticks > 0 {
            actions.extend(next_moment(state).map(Action::Tick));
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Start(kind) => {
                if let Kind::Record(..) = kind {
                    state.left.wishes -= 1;
                }
                let run = Run::new(kind, state.world.now, &self.rules);
                if state.runs.contains(&run) {
                    return None;
                }
                state.runs.push(run);
            }
            Action::Step(index) => {
                let request = state.runs[index].asks.clone()?;
                let reply = state.world.answer(&request);
                self.reply(&mut state, index, reply);
            }
            Action::ReplyLost(index) => {
                state.left.faults -= 1;
                let request = state.runs[index].asks.clone()?;
                state.world.answer(&request);
                self.reply(&mut state, index, lost(&request));
            }
            Action::RequestLost(index) => {
                state.left.faults -= 1;
                let request = state.runs[index].asks.clone()?;
                self.reply(&mut state, index, lost(&request));
            }
            Action::Crash(index) => {
                state.left.crashes -= 1;
                state.runs.remove(index);
            }
            Action::Webhook(job, event) => self.webhook(&mut state, &job, event)?,
            Action::Pay(job, order, held) => {
                state.world.pay(&job, order, held);
            }
            Action::PageExpires(job, order) => state.world.tills.get_mut(&(job, order))?.page = Page::Expired,
            Action::CallEnds(index, outcome) => {
                if outcome != Outcome::Delivered {
                    state.left.failures -= 1;
                }
                state.world.calls.0[index].outcome = Some(outcome);
            }
            Action::Tick(to) => {
                state.left.ticks -= 1;
                state.world.now = to;
                // Time kills what lives too long, and a hold that is never used.
                state.runs.retain(|run| to.duration_since(run.began) < LIFE);
                for till in state.world.tills.values_mut() {
                    if matches!(till.money, Money::Held(until) if until <= to) {
                        till.money = Money::Released;
                    }
                }
            }
        }
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        promises::all()
    }
}

impl Checked {
    /// Records a webhook's news in one step: a conflict would only make its function begin anew.
    fn webhook(&self, state: &mut State, job: &JobId, event: Event) -> Option<()> {
        let record = state.world.jobs.get(job)?.clone();
        let (moved, _) = Job::clone(&record.job).apply(event, &self.rules, state.world.now).ok()?;
        if moved == *record.job {
            return None;
        }
        state.world.answer(&Request::Commit(Box::new(moved), record.version));
        Some(())
    }

    /// Gives a run its reply, and the replies that change nothing with it. A worker that comes to load its Job again
    /// after an effect ends there, as if killed, since another may begin: that bounds its past and loses no interleaving.
    fn reply(&self, state: &mut State, index: usize, reply: Reply) {
        let now = state.world.now;
        let mut reply = reply;
        loop {
            let run = &mut state.runs[index];
            let began_anew = begins_anew(run, &reply);
            run.reply(reply, now, &self.rules);
            match run.asks.clone() {
                Some(request @ (Request::Nudge(..) | Request::Make(..))) => reply = state.world.answer(&request),
                Some(Request::Load(_)) if !began_anew => return,
                Some(request) if !matches!(request, Request::Load(_)) => return,
                _ => break,
            }
        }
        state.runs.remove(index);
    }
}

/// Whether a worker has recorded what came of its effect and would now look for the next.
fn begins_anew(run: &Run, reply: &Reply) -> bool {
    let writes = run.past.iter().filter(|(past, _)| matches!(past, Reply::Committed(_))).count();
    is_worker(&run.kind) && writes >= 1 && matches!(reply, Reply::Committed(_) | Reply::Done) && is_recording(run)
}

/// Whether what the run asks now is a write of what came of an effect, or a nudge after it.
fn is_recording(run: &Run) -> bool {
    let loads = run.past.iter().filter(|(past, _)| matches!(past, Reply::Loaded(_))).count();
    loads >= 2 && matches!(run.asks, Some(Request::Commit(..) | Request::Nudge(..)))
}

fn wishes(state: &State, job: &Job, actions: &mut Vec<Action>) {
    let world = &state.world;
    let id = job.id();
    if matches!(job.stage(), Stage::Draft)
        && job.payments().is_empty()
        && let Some(order) = order(NUMBER, 1, world.now)
    {
        actions.push(Action::Start(Kind::Checkout(id.clone(), Box::new(order))));
    }
    if state.left.wishes == 0 {
        return;
    }
    let wish = |event| Action::Start(Kind::Record(id.clone(), event));
    match job.stage() {
        Stage::AwaitingPayment | Stage::Sending { .. } => {
            actions.push(wish(Event::Cancelled));
            actions.push(wish(Event::Erased));
        }
        Stage::Undelivered { .. } => {
            actions.push(wish(Event::MoneyBack));
            if let Ok(to) = OTHER.to_owned().try_into() {
                actions.push(wish(Event::NumberCorrected(to)));
            }
        }
        Stage::Draft | Stage::Failed(_) if !job.payments().is_empty() => {
            actions.push(wish(Event::Erased));
            if let Some(order) = order(NUMBER, 1, world.now) {
                actions.push(Action::Start(Kind::Checkout(id.clone(), Box::new(order))));
            }
        }
        _ => {}
    }
}

fn steps(state: &State, actions: &mut Vec<Action>) {
    for (index, run) in state.runs.iter().enumerate() {
        let Some(request) = &run.asks else { continue };
        actions.push(Action::Step(index));
        if state.left.crashes > 0 && !matches!(request, Request::Load(_)) {
            actions.push(Action::Crash(index));
        }
        if state.left.faults > 0 && is_outside(request) {
            actions.push(Action::ReplyLost(index));
            actions.push(Action::RequestLost(index));
        }
    }
}

/// The next moment that matters: something becomes due, or a page expires.
fn next_moment(state: &State) -> Option<Timestamp> {
    let world = &state.world;
    // That an ended Job without debts forgets its person a month later moves nothing else, and would double the states.
    let lives = |job: &Job| !World::is_over(job) || !job.pending().is_empty();
    let dues = world.jobs.values().filter(|record| lives(&record.job)).filter_map(|record| record.job.due());
    let pages = world.tills.values().filter(|t| t.page == Page::Open).map(|t| t.expires);
    let lines = world.lines.values().map(|(_, until)| *until + SignedDuration::from_secs(1));
    dues.chain(pages).chain(lines).filter(|at| *at > world.now).min()
}
