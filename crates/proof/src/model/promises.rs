//! The promises, as properties of states; and what must be reachable, so that they are not kept by doing nothing.

use jiff::{SignedDuration, Timestamp};
use justfax::{
    job::{
        Job, Stage,
        effect::{Effect, MailKind},
        payment::PaymentState,
    },
    redial::Outcome,
};
use stateright::Property;

use super::{Checked, State};
use crate::world::{Broken, World, money::Money};

type P = Property<Checked>;

/// All properties.
pub(super) fn all() -> Vec<P> {
    let mut all = promises();
    all.extend(reachable());
    all
}

fn promises() -> Vec<P> {
    vec![
        P::always("1 a hold is captured only after delivery", |_, s| never(s, Broken::CapturedUndelivered)),
        P::always("1 one fax is paid once", |_, s| jobs(s).all(|j| paid_once(&s.world, j))),
        P::always("2 no money is forgotten", |_, s| s.world.tills.keys().all(|key| money_in_hand(&s.world, key))),
        P::always("3 never two calls in flight for one Job", |_, s| never(s, Broken::TwoCalls)),
        P::always("3 never a call after a delivered one", |_, s| never(s, Broken::CallAfterDelivery)),
        P::always("3 never two Jobs on one line", |_, s| never(s, Broken::LineShared)),
        P::always("3 never a call without money", |_, s| never(s, Broken::CallUnpaid)),
        P::always("4 bytes are gone after the end, or their deletion is owed", |_, s| {
            jobs(s).all(|j| bytes_in_hand(&s.world, j))
        }),
        P::always("4 the carrier's copies are gone, or their deletion is owed", |_, s| {
            jobs(s).all(|j| copies_in_hand(&s.world, j))
        }),
        P::always("5 a paid Job that has not ended has a time when it moves", |_, s| {
            jobs(s).all(|j| moves(&s.world, j))
        }),
        P::always("6 every end has its mail, sent or owed", |_, s| jobs(s).all(|j| mail_in_hand(&s.world, j))),
        P::always("5 a delivered fax is known or will be asked about", |_, s| {
            jobs(s).all(|j| calls_in_hand(&s.world, j))
        }),
    ]
}

fn reachable() -> Vec<P> {
    vec![
        P::sometimes("delivered and captured, everything gone", |_, s| {
            jobs(s).all(|j| matches!(j.stage(), Stage::Delivered(_)) && j.pending().is_empty())
                && s.world.tills.values().any(|t| t.money == Money::Captured)
        }),
        P::sometimes("undelivered", |_, s| jobs(s).any(|j| matches!(j.stage(), Stage::Undelivered { .. }))),
        P::sometimes("failed and released", |_, s| {
            jobs(s).any(|j| matches!(j.stage(), Stage::Failed(_)))
                && s.world.tills.values().any(|t| t.money == Money::Released)
        }),
        P::sometimes("two Jobs not ordered", |_, s| both(s, |j| matches!(j.stage(), Stage::Draft))),
        P::sometimes("two Jobs awaiting payment", |_, s| both(s, |j| matches!(j.stage(), Stage::AwaitingPayment))),
        P::sometimes("two Jobs paid and sending", |_, s| both(s, |j| matches!(j.stage(), Stage::Sending { .. }))),
        P::sometimes("two Jobs delivered", |_, s| both(s, |j| matches!(j.stage(), Stage::Delivered(_)))),
        P::sometimes("two Jobs undelivered", |_, s| both(s, |j| matches!(j.stage(), Stage::Undelivered { .. }))),
        P::sometimes("two Jobs failed", |_, s| both(s, |j| matches!(j.stage(), Stage::Failed(_)))),
        P::sometimes("two Jobs erased", |_, s| both(s, |j| matches!(j.stage(), Stage::Purged(_)))),
        P::sometimes("two Jobs with three attempts each", |_, s| both(s, |j| j.attempts().len() >= 3)),
        P::sometimes("paid back", |_, s| s.world.tills.values().any(|t| t.money == Money::Refunded)),
        P::sometimes("corrected and delivered", |_, s| {
            jobs(s).any(|j| {
                let other = j.attempts().windows(2).any(|a| a[0].to != a[1].to);
                other && matches!(j.stage(), Stage::Delivered(_))
            })
        }),
        P::sometimes("the copy of a late call is gone", |_, s| {
            s.world.calls.0.iter().any(|c| c.told == Some(true) && !c.kept)
        }),
        P::sometimes("three attempts", |_, s| jobs(s).any(|j| j.attempts().len() >= 3)),
        P::sometimes("a call nobody knows about", |_, s| {
            jobs(s).any(|j| {
                j.attempts().iter().any(|a| matches!(a.state, justfax::job::attempt::AttemptState::Unknown { .. }))
            })
        }),
    ]
}

fn both(state: &State, is: impl Fn(&Job) -> bool) -> bool {
    state.world.jobs.len() == 2 && jobs(state).all(is)
}

fn never(state: &State, broken: Broken) -> bool {
    !state.world.broken.contains(&broken)
}

fn jobs(state: &State) -> impl Iterator<Item = &Job> {
    state.world.jobs.values().map(|record| &*record.job)
}

/// Money that the provider holds or took is somebody's business: the Job will move, or it has earned it.
fn money_in_hand(world: &World, key: &(justfax::ids::JobId, u32)) -> bool {
    let (till, Some(record)) = (&world.tills[key], world.jobs.get(&key.0)) else { return false };
    let job = &record.job;
    let state = job.payments().iter().find(|p| p.order == key.1).map(|p| &p.state);
    let owed = |wanted: &dyn Fn(&Effect) -> bool| job.pending().iter().any(|p| wanted(&p.effect));
    match till.money {
        Money::None | Money::Released | Money::Withdrawn | Money::Refunded | Money::Captured => true,
        Money::Taken if matches!(state, Some(PaymentState::Captured(_))) => matches!(job.stage(), Stage::Delivered(_)),
        Money::Held(_) | Money::Taken => match state {
            // Not known yet: the page is still to be asked about or closed.
            Some(PaymentState::Open { .. }) => owed(&|e| *e == Effect::AskPayment(key.1)),
            Some(PaymentState::Closing(_)) => owed(&|e| *e == Effect::CloseCheckout(key.1)),
            Some(PaymentState::Held { .. } | PaymentState::Taken(_)) => {
                matches!(job.stage(), Stage::Sending { .. } | Stage::Undelivered { .. })
            }
            Some(PaymentState::Capturing(_)) => owed(&|e| *e == Effect::Capture(key.1)),
            Some(PaymentState::Releasing(_)) => owed(&|e| *e == Effect::Release(key.1)),
            Some(PaymentState::Refunding(_)) => owed(&|e| *e == Effect::Refund(key.1)),
            _ => false,
        },
    }
}

fn paid_once(world: &World, job: &Job) -> bool {
    let tills = world.tills.iter().filter(|((of, _), _)| of == job.id());
    let captured = tills.filter(|(_, till)| till.money == Money::Captured).count();
    captured <= usize::from(world.calls.delivered(job.id()))
}

fn bytes_in_hand(world: &World, job: &Job) -> bool {
    let bytes = world.bytes.get(job.id()).cloned().unwrap_or_default();
    let owed = job.pending().iter().any(|p| matches!(p.effect, Effect::Delete(_)));
    let there = bytes.any();
    if World::is_over(job) {
        return !there || owed;
    }
    // Not over: at the latest when its month is up it is due.
    !there || job.due().is_some_and(|due| due <= job.kept_until() + SignedDuration::from_hours(24 * 3))
}

fn copies_in_hand(world: &World, job: &Job) -> bool {
    let kept = world.calls.0.iter().filter(|c| c.job == *job.id() && c.kept);
    let known =
        |attempt: u32| job.attempts().iter().any(|a| a.number == attempt && a.is_over() && a.reference.is_some());
    let owed = job.pending().iter().any(|p| matches!(p.effect, Effect::Delete(_)));
    kept.filter(|c| known(c.attempt) || c.told == Some(true)).count() == 0 || owed
}

fn moves(world: &World, job: &Job) -> bool {
    let bound =
        |since: Timestamp| job.due().is_some_and(|due| due <= (since + SignedDuration::from_hours(24)).max(world.now));
    match job.stage() {
        Stage::Sending { since, .. } => bound(*since),
        Stage::Undelivered { until, .. } => job.due().is_some_and(|due| due <= (*until).max(world.now)),
        _ => true,
    }
}

fn mail_in_hand(world: &World, job: &Job) -> bool {
    let kind = match job.stage() {
        Stage::Delivered(_) => MailKind::Delivered,
        Stage::Undelivered { .. } => MailKind::Undelivered,
        Stage::Failed(_) => MailKind::Released,
        _ => return true,
    };
    let name = match kind {
        MailKind::Delivered => ".delivered.",
        MailKind::Undelivered => ".undelivered.",
        _ => ".released.",
    };
    let owed = job.pending().iter().any(|p| matches!(p.effect, Effect::Mail(k, _) if k == kind));
    let prefix = format!("{}{name}", job.id());
    owed || world.mails.keys().any(|key| key.starts_with(&prefix))
}

/// What the carrier delivered is in the record, or the record will ask.
fn calls_in_hand(world: &World, job: &Job) -> bool {
    let delivered = world.calls.0.iter().filter(|c| c.job == *job.id() && c.outcome == Some(Outcome::Delivered));
    job.is_forgotten()
        || delivered.into_iter().all(|call| {
            let attempt = job.attempts().iter().find(|a| a.number == call.attempt);
            let asks = job
                .pending()
                .iter()
                .any(|p| matches!(p.effect, Effect::AskCarrier(n) | Effect::Dial(n) if n == call.attempt));
            attempt.is_some_and(|a| a.outcome() == Some(Outcome::Delivered)) || asks
        })
}
