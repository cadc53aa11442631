//! What runs do in the model: begin, get a reply, lose one.

use justfax::job::effect::Worker;

use super::{Action, Checked, State};
use crate::{
    run::{Kind, Run},
    wire::{Reply, Request},
};

impl Checked {
    /// Runs that may begin.
    pub(super) fn starts(&self, state: &State, actions: &mut Vec<Action>) {
        if state.runs.len() >= self.bounds.runs {
            return;
        }
        let now = state.world.now;
        for job in state.world.jobs.values().map(|record| &record.job) {
            let id = job.id();
            if job.next_for(Worker::Dispatch, now).is_some() {
                actions.push(Action::Start(Kind::Dispatch(id.clone())));
            }
            // Whoever comes first wakes a Job; that the settler does is no other Job than if the dispatcher did.
            if job.wakes(now) || job.next_for(Worker::Settle, now).is_some() {
                actions.push(Action::Start(Kind::Settle(id.clone())));
            }
        }
    }

    pub(super) fn start(&self, state: &mut State, kind: Kind) -> Option<()> {
        if matches!(kind, Kind::Record(..)) {
            state.left.wishes -= 1;
        }
        let run = Run::new(kind, state.world.now, &self.rules);
        if state.runs.contains(&run) {
            return None;
        }
        state.runs.push(run);
        self.go_on(state, None, true);
        Some(())
    }

    pub(super) fn step(&self, state: &mut State, index: usize) -> Option<()> {
        let run = state.runs.remove(index);
        let request = run.asks.clone()?;
        state.runs.push(run);
        let reply = state.world.answer(&request);
        self.go_on(state, Some(reply), matches!(request, Request::Load(_)));
        Some(())
    }

    /// The run's request is lost, or is done and its reply lost.
    pub(super) fn lose(&self, state: &mut State, index: usize, done: bool) -> Option<()> {
        state.left.faults -= 1;
        let run = state.runs.remove(index);
        let request = run.asks.clone()?;
        state.runs.push(run);
        if done {
            state.world.answer(&request);
        }
        self.go_on(state, Some(request.unanswered()), false);
        Some(())
    }

    /// Gives the last run its reply, and goes on with it as far as nobody else can tell the difference: `recording` says
    /// that a load may be passed too. A worker that comes to load its Job again after an effect ends there, as if killed:
    /// another may begin, so that bounds its past and loses no interleaving.
    fn go_on(&self, state: &mut State, mut reply: Option<Reply>, mut recording: bool) {
        let Some(mut run) = state.runs.pop() else { return };
        loop {
            if let Some(reply) = reply.take() {
                run.reply(reply, state.world.now, &self.rules);
            }
            match run.asks.clone() {
                Some(request) if !run.is_done() => {
                    let calm = matches!(request, Request::Erase(..) | Request::Forget(_) | Request::Send(_));
                    if !self.passes(state, &request, recording) {
                        break;
                    }
                    recording |= calm;
                    reply = Some(state.world.answer(&request));
                }
                _ => return,
            }
        }
        state.runs.push(run);
    }

    /// Whether this request is answered in the same step.
    fn passes(&self, state: &State, request: &Request, recording: bool) -> bool {
        match request {
            Request::Nudge(..) | Request::Make(..) | Request::Picture(..) => true,
            Request::Load(_) => recording && !self.bounds.fine,
            Request::Commit(..) => !self.bounds.fine,
            Request::Take(..) | Request::Free(..) => state.world.jobs.len() == 1,
            Request::Erase(..) | Request::Forget(_) | Request::Send(_) => self.bounds.calm,
            _ => false,
        }
    }
}

/// What may happen to runs under way.
pub(super) fn steps(state: &State, actions: &mut Vec<Action>) {
    for (index, run) in state.runs.iter().enumerate() {
        let Some(request) = &run.asks else { continue };
        actions.push(Action::Step(index));
        if state.left.crashes > 0 {
            actions.push(Action::Crash(index));
            if is_outside(request) {
                actions.push(Action::CrashAfter(index));
            }
        }
        if state.left.faults > 0 && is_outside(request) {
            actions.push(Action::ReplyLost(index));
            actions.push(Action::RequestLost(index));
        }
    }
}

/// Whether a request goes to a provider, whose network is the hostile one.
fn is_outside(request: &Request) -> bool {
    matches!(
        request,
        Request::Dial(..)
            | Request::Look(..)
            | Request::LookPayment(_)
            | Request::Capture(_)
            | Request::Release(_)
            | Request::Refund(_)
            | Request::Close(_)
            | Request::Send(_)
            | Request::Forget(_)
            | Request::Erase(..)
    )
}
