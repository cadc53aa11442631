//! Runs under way: live futures, each question answered at its time, or not.

use std::{
    sync::Arc,
    task::{Context, Poll, Waker},
};

use jiff::{SignedDuration, Timestamp};
use justfax::job::{Job, event::Event};

use super::{
    life::{Life, Next, Source},
    mishap::Mishap,
};
use crate::{
    run::{Ended, Kind, begin},
    wire::{Flow, Placed, Reply, Request, Wire},
};

/// No function lives longer: the longest time-out in the template.
const LIFE: SignedDuration = SignedDuration::from_secs(60);
/// A message that nobody could work off is given up after so many receptions.
const RECEPTIONS: u32 = 5;
/// So often a provider repeats a webhook that is not answered.
const REPEATS: u32 = 5;

/// A run.
pub(super) struct Live {
    kind: Kind,
    source: Source,
    flow: Flow<Ended>,
    wire: Arc<Wire>,
    began: Timestamp,
    /// How wrong its clock is.
    skew: SignedDuration,
    asks: Option<Request>,
    /// A mail that was sent and is not yet written down as sent.
    unwritten: Option<String>,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Live({:?})", self.kind)
    }
}

impl Life {
    pub(super) fn begin(&mut self, kind: Kind, source: Source) {
        let now = self.world.now;
        let most = i64::try_from(self.weather.skew.as_millis()).unwrap_or(0);
        let skew = self.chance.millis(-most, most + 1);
        if !skew.is_zero() {
            self.tally.count("clock_skew");
        }
        let wire = Arc::new(Wire::new(now + skew, self.chance.seed()));
        let flow = begin(kind.clone(), Arc::clone(&wire), self.rules.clone());
        let run = Live { kind, source, flow, wire, began: now, skew, asks: None, unwritten: None };
        self.go_on(run);
    }

    /// Lets a run go on until it asks again or is over.
    fn go_on(&mut self, mut run: Live) {
        match run.flow.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(ended) => self.over(run, ended),
            Poll::Pending => {
                run.asks = run.wire.asked();
                let slow = self.chance.thousandths(self.weather.requests);
                let latency = if slow { self.chance.millis(1_000, 50_000) } else { self.chance.millis(2, 120) };
                if slow {
                    self.tally.count("slow");
                }
                let number = self.chance.seed();
                self.runs.insert(number, run);
                self.plan(latency, Next::Answer(number));
            }
        }
    }

    /// The run's request reaches the world, or not, and its answer the run, or not.
    pub(super) fn answer(&mut self, number: u64) {
        let Some(mut run) = self.runs.remove(&number) else { return };
        let Some(request) = run.asks.take() else { return };
        let now = self.world.now;
        if now.duration_since(run.began) > LIFE {
            self.tally.count("function_timed_out");
            if self.chance.thousandths(500) {
                self.do_for(&mut run, &request);
            }
            return self.die(run);
        }
        let mishap = self.weather.strikes(&self.chance, &request, now);
        self.note(|| format!("    {} asks {} {mishap:?}", name(&run.kind), asked(&request)));
        let Some(mishap) = mishap else {
            let reply = self.do_for(&mut run, &request);
            self.note(|| format!("        {}", short(&reply)));
            return self.reply(run, reply);
        };
        self.tally.count(mishap.name());
        match mishap {
            Mishap::CrashBefore => {
                if matches!(request, Request::Dial(..)) && self.chance.thousandths(300) {
                    let wait = self.chance.seconds(1, 30);
                    self.plan(wait, Next::Arrive(request));
                }
                self.die(run);
            }
            Mishap::CrashAfter => {
                self.do_for(&mut run, &request);
                self.die(run);
            }
            Mishap::RequestLost => self.reply(run, request.unanswered()),
            Mishap::AnswerLost => {
                self.do_for(&mut run, &request);
                self.excuse(run.unwritten.take());
                self.reply(run, request.unanswered());
            }
            Mishap::Throttled => self.reply(run, Reply::Trouble),
            Mishap::OwnConflict => {
                self.do_for(&mut run, &request);
                self.reply(run, Reply::Committed(false));
            }
            Mishap::ArrivesLate => {
                let wait = self.chance.seconds(1, 30);
                self.plan(wait, Next::Arrive(request.clone()));
                self.reply(run, request.unanswered());
            }
            Mishap::TurnsUp => {
                if let Request::Dial(job, attempt, _) = &request {
                    let wait = self.chance.seconds(150, 6 * 3_600);
                    self.plan(wait, Next::TurnsUp(job.clone(), *attempt));
                }
                self.reply(run, request.unanswered());
            }
            Mishap::Refused => {
                let outcome = self.refusal();
                self.reply(run, Reply::Dialled(Placed::Refused(outcome)));
            }
        }
    }

    fn do_for(&mut self, run: &mut Live, request: &Request) -> Reply {
        let reply = self.perform(request);
        match request {
            Request::Send(name) => run.unwritten = Some(name.clone()),
            Request::Commit(..) if reply == Reply::Committed(true) => run.unwritten = None,
            _ => {}
        }
        reply
    }

    fn reply(&mut self, run: Live, reply: Reply) {
        run.wire.reply(reply, self.world.now + run.skew);
        self.go_on(run);
    }

    /// A mail whose sending nobody could write down will rightly be sent again.
    fn excuse(&mut self, mail: Option<String>) {
        if let Some(mail) = mail {
            *self.excused.entry(mail).or_default() += 1;
        }
    }

    fn die(&mut self, mut run: Live) {
        self.excuse(run.unwritten.take());
        let wait = self.chance.seconds(60, 360);
        self.again(run.kind, run.source, wait);
    }

    fn over(&mut self, mut run: Live, ended: Ended) {
        self.note(|| format!("    {} {ended:?}", name(&run.kind)));
        self.excuse(run.unwritten.take());
        match (ended, run.source) {
            (Ended::Opened(job, documents), Source::Sender(sender)) => self.opened(sender, job, &documents),
            (Ended::Done, Source::Sender(_)) => {
                if let Kind::Record(job, Event::LinkAsked(_)) = run.kind {
                    self.promised.insert(job);
                }
            }
            (Ended::Fault, _) => {
                let wait = self.chance.seconds(1, 60);
                self.again(run.kind, run.source, wait);
            }
            _ => {}
        }
    }

    /// Whoever began a run that came to nothing begins it again, within reason.
    fn again(&mut self, kind: Kind, source: Source, wait: SignedDuration) {
        let source = match source {
            Source::Queue(times) if times < RECEPTIONS => Source::Queue(times + 1),
            Source::Webhook(times) if times < REPEATS => Source::Webhook(times + 1),
            Source::Queue(_) => return self.tally.count("message_given_up"),
            Source::Webhook(_) => return self.tally.count("webhook_given_up"),
            Source::Sender(sender) => return self.sees_an_error(sender, &kind),
            Source::Clock => return,
        };
        self.plan(wait, Next::Begin(kind, source));
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Open(_) => "open",
        Kind::Prepare(..) => "prepare",
        Kind::Dispatch(_) => "dispatch",
        Kind::Settle(_) => "settle",
        Kind::Sweep => "sweep",
        Kind::Record(..) => "record",
        Kind::Checkout(..) => "checkout",
    }
}

fn asked(request: &Request) -> String {
    match request {
        Request::Commit(job, _) => format!("Commit {}", state(job)),
        other => format!("{other:?}"),
    }
}

fn state(job: &Job) -> String {
    let owed: Vec<_> = job.pending().iter().map(|p| p.effect.to_string()).collect();
    format!("{:?} owes {}", job.stage(), owed.join(" "))
}

fn short(reply: &Reply) -> String {
    match reply {
        Reply::Loaded(Some(record)) => state(&record.job),
        other => format!("{other:?}"),
    }
}
