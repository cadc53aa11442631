//! What comes from outside: webhooks, the far end, the sender, time.

use jiff::{SignedDuration, Timestamp};
use justfax::{
    ids::JobId,
    job::{
        Job, Stage,
        attempt::DeliveryReport,
        event::{CallNews, Event, MoneyNews},
    },
    redial::Outcome,
};

use super::{Action, Checked, State};
use crate::{
    run::Kind,
    wire::Request,
    world::{
        NUMBERS, World,
        carrier::CallTruth,
        money::{Money, Page},
        order,
    },
};

/// The number that every Job dials, and one to correct to.
const NUMBER: &str = NUMBERS[0];
const OTHER: &str = NUMBERS[1];
/// No call lasts longer; the lease of a line does.
const CALL: SignedDuration = SignedDuration::from_hours(3);
/// No function lives longer.
const LIFE: SignedDuration = SignedDuration::from_secs(120);

impl Checked {
    pub(super) fn outside(&self, state: &State, actions: &mut Vec<Action>) {
        if state.runs.len() < self.bounds.runs {
            for record in state.world.jobs.values() {
                wishes(state, &record.job, actions);
            }
        }
        if self.bounds.late {
            for record in state.world.jobs.values() {
                given_up(state, &record.job, actions);
            }
        }
        self.payments(state, actions);
        self.calls(state, actions);
        if state.left.ticks > 0 && !(self.bounds.patient && is_busy(state)) {
            actions.extend(next_moment(state).map(Action::Tick));
        }
    }

    fn payments(&self, state: &State, actions: &mut Vec<Action>) {
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
                _ if self.bounds.prompt => {}
                Page::Complete => actions.push(news(MoneyNews::Changed)),
                Page::Expired => actions.push(news(MoneyNews::Closed)),
            }
            if till.money == Money::Released {
                actions.push(news(MoneyNews::Lapsed));
            }
        }
    }

    fn calls(&self, state: &State, actions: &mut Vec<Action>) {
        for (index, call) in state.world.calls.0.iter().enumerate() {
            if self.bounds.repeats {
                let news = CallNews::Progress { reference: call.reference(), transmitting: true };
                actions.push(Action::Webhook(call.job.clone(), Event::Call(call.attempt, news)));
            }
            if let Some(outcome) = call.outcome {
                if !self.bounds.prompt {
                    actions.push(Action::Webhook(call.job.clone(), report(call, outcome)));
                }
                continue;
            }
            actions.push(Action::CallEnds(index, Outcome::Delivered));
            if state.left.failures > 0 {
                actions.push(Action::CallEnds(index, Outcome::Busy));
                actions.push(Action::CallEnds(index, Outcome::Unreachable));
            }
        }
    }

    /// Delivers a webhook in the step that caused it, where they come at once.
    pub(super) fn promptly(&self, state: &mut State, job: &JobId, event: impl FnOnce() -> Event) {
        if self.bounds.prompt {
            self.webhook(state, job, event());
        }
    }

    /// Records a webhook's news in one step: a conflict would only make its function begin anew.
    pub(super) fn webhook(&self, state: &mut State, job: &JobId, event: Event) -> Option<()> {
        let record = state.world.jobs.get(job)?.clone();
        let mut late = state.world.calls.0.iter_mut().filter(|call| call.job == *job && call.told == Some(false));
        let told = late.find(|call| matches!(event, Event::Call(attempt, _) if attempt == call.attempt));
        let told = told.map(|call| call.told = Some(true));
        let moved = Job::clone(&record.job).apply(event, &self.rules, state.world.now);
        let Some((moved, _)) = moved.ok().filter(|(moved, _)| *moved != *record.job) else { return told };
        state.world.answer(&Request::Commit(Box::new(moved), record.version));
        Some(())
    }
}

/// Calls that were given up and are not at the carrier.
fn given_up(state: &State, job: &Job, actions: &mut Vec<Action>) {
    let at_carrier = |number| state.world.calls.0.iter().any(|call| call.job == *job.id() && call.attempt == number);
    let given_up = job.attempts().iter().filter(|attempt| attempt.outcome() == Some(Outcome::NotPlaced));
    let late = given_up.map(|attempt| attempt.number).filter(|number| !at_carrier(*number));
    actions.extend(late.map(|number| Action::TurnsUp(job.id().clone(), number)));
}

/// The carrier's final word on a call.
pub(super) fn report(call: &CallTruth, outcome: Outcome) -> Event {
    let report = DeliveryReport::of(outcome);
    Event::Call(call.attempt, CallNews::Report { reference: Some(call.reference()), report })
}

fn wishes(state: &State, job: &Job, actions: &mut Vec<Action>) {
    let id = job.id();
    let checkout = |actions: &mut Vec<Action>| {
        let order = order(NUMBER, 1, state.world.now);
        actions.extend(order.map(|order| Action::Start(Kind::Checkout(id.clone(), Box::new(order)))));
    };
    if matches!(job.stage(), Stage::Draft) && job.payments().is_empty() {
        checkout(actions);
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
            checkout(actions);
        }
        _ => {}
    }
}

/// Whether somebody could go on without waiting: a run, or a Job that something is due of.
fn is_busy(state: &State) -> bool {
    let now = state.world.now;
    let due = |job: &Job| job.due().is_some_and(|due| due <= now);
    !state.runs.is_empty() || state.world.jobs.values().any(|record| due(&record.job))
}

/// The next moment that matters: something becomes due, a page expires, a line's lease ends. No call lasts longer than
/// [`CALL`], so while one does, time does not pass beyond.
fn next_moment(state: &State) -> Option<Timestamp> {
    let world = &state.world;
    // That an ended Job without debts forgets its person a month later moves nothing else, and would double the states.
    let moves = |job: &Job| !World::is_over(job) || !job.pending().is_empty();
    let dues = world.jobs.values().filter(|record| moves(&record.job)).filter_map(|record| record.job.due());
    let pages = world.tills.values().filter(|t| t.page == Page::Open).map(|t| t.expires);
    let lines = world.lines.values().map(|(_, until)| *until + SignedDuration::from_secs(1));
    let lines = lines.filter(|_| world.jobs.len() > 1);
    let next = dues.chain(pages).chain(lines).filter(|at| *at > world.now).min();
    let calling = world.calls.0.iter().any(|call| call.outcome.is_none());
    next.filter(|at| !calling || at.duration_since(world.now) <= CALL)
}

/// Time passes. It kills what lives too long, and a hold that is never used.
pub(super) fn tick(state: &mut State, to: Timestamp) {
    state.left.ticks -= 1;
    state.world.now = to;
    state.runs.retain(|run| to.duration_since(run.began) < LIFE);
    for till in state.world.tills.values_mut() {
        if matches!(till.money, Money::Held(until) if until <= to) {
            till.money = Money::Released;
        }
    }
}
