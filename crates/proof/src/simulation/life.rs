//! One life: the queue of what happens next, and the time it happens at.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use justfax::{
    ids::{DocumentId, JobId},
    job::{
        effect::Worker,
        event::{Event, Rules},
    },
    redial::Outcome,
};

use super::{chance::Chance, judge, mishap::Weather, report::Tally, runs::Live, sender::Sender};
use crate::{bugs::Bug, run::Kind, wire::Request, world::World};

/// No life has so many steps; one that has stands for a loop without end.
const MOST_STEPS: u32 = 20_000;

/// Who began a run, and so who begins it again when it comes to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A queue, for the so-manieth time.
    Queue(u32),
    /// A provider's webhook, for the so-manieth time.
    Webhook(u32),
    /// This sender.
    Sender(usize),
    /// The clock.
    Clock,
}

/// What happens next.
#[derive(Debug)]
pub(super) enum Next {
    /// A function is called.
    Begin(Kind, Source),
    /// A run is answered.
    Answer(u64),
    /// A request that timed out arrives after all.
    Arrive(Request),
    /// A call that timed out long ago turns up at the carrier, and fails there.
    TurnsUp(JobId, u32),
    /// A sender looks at the page.
    Look(usize),
    /// A sender's file is there.
    Uploaded(JobId, DocumentId, u8),
    /// A sender pays, with a hold or at once.
    Pay(JobId, u32, bool),
    /// A payment page closes by itself.
    PageCloses(JobId, u32),
    /// A hold lapses by itself.
    HoldLapses(JobId, u32),
    /// The provider withdraws a hold.
    HoldWithdrawn(JobId, u32),
    /// A call ends.
    CallEnds(usize, Outcome),
    /// The clean-up function is due.
    Sweep,
    /// Whatever was delivered by now must be gone.
    Inspect(JobId),
}

/// A life under way.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) world: World,
    pub(super) rules: Rules,
    pub(super) chance: Chance,
    pub(super) weather: Weather,
    pub(super) tally: Tally,
    pub(super) runs: BTreeMap<u64, Live>,
    pub(super) senders: Vec<Sender>,
    /// Orders paid.
    pub(super) paid: BTreeSet<(JobId, u32)>,
    /// Mails that somebody had a reason to send again, and how often.
    pub(super) excused: BTreeMap<String, u8>,
    /// Jobs whose link somebody wished to have by mail, and those of them to whom that was promised.
    pub(super) wished: BTreeSet<JobId>,
    pub(super) promised: BTreeSet<JobId>,
    /// From when the carrier lists a call.
    pub(super) listed: BTreeMap<usize, Timestamp>,
    /// Jobs whose bytes were there a day after delivery.
    pub(super) lingering: BTreeSet<JobId>,
    /// Holds that nobody settled before they lapsed.
    pub(super) forgotten: BTreeSet<(JobId, u32)>,
    next: BTreeMap<(Timestamp, u64), Next>,
    sweep: Option<(Timestamp, u64)>,
    count: u64,
    story: Option<Vec<String>>,
    began: Timestamp,
}

impl Life {
    pub(super) fn new(seed: u64, bug: Option<Bug>, tell: bool) -> Self {
        let chance = Chance::new(seed);
        let began = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000);
        let weather = Weather::draw(&chance, began);
        let mut life = Self {
            world: World::new(Vec::new(), began, bug),
            rules: Rules::default(),
            chance,
            weather,
            tally: Tally::default(),
            runs: BTreeMap::new(),
            senders: Vec::new(),
            paid: BTreeSet::new(),
            excused: BTreeMap::new(),
            wished: BTreeSet::new(),
            promised: BTreeSet::new(),
            listed: BTreeMap::new(),
            lingering: BTreeSet::new(),
            forgotten: BTreeSet::new(),
            next: BTreeMap::new(),
            sweep: None,
            count: 0,
            story: tell.then(Vec::new),
            began,
        };
        life.enter_senders();
        life
    }

    /// Lives it and judges it.
    pub(super) fn live(mut self) -> Tally {
        let ended = self.run();
        judge::judge(&mut self, ended);
        self.tally
    }

    /// Lives it and tells it.
    pub(super) fn story(mut self) -> Vec<String> {
        let ended = self.run();
        judge::judge(&mut self, ended);
        self.story.unwrap_or_default()
    }

    /// Whether it ended by itself.
    fn run(&mut self) -> bool {
        for _ in 0..MOST_STEPS {
            let Some(((at, number), next)) = self.next.pop_first() else { return true };
            if matches!(next, Next::Sweep) && self.sweep != Some((at, number)) {
                continue;
            }
            self.world.now = at;
            self.step(next);
            self.plan_sweep();
        }
        false
    }

    fn step(&mut self, next: Next) {
        match &next {
            Next::Answer(_) | Next::Inspect(_) => {}
            other => self.note(|| format!("{other:?}")),
        }
        match next {
            Next::Begin(kind, source) => self.begin(kind, source),
            Next::Answer(run) => self.answer(run),
            Next::Arrive(request) => {
                self.perform(&request);
            }
            Next::TurnsUp(job, attempt) => self.turns_up(&job, attempt),
            Next::Look(sender) => self.look(sender),
            Next::Uploaded(job, document, pages) => self.uploaded(&job, &document, pages),
            Next::Pay(job, order, held) => self.pay(&job, order, held),
            Next::PageCloses(job, order) => self.page_closes(&job, order),
            Next::HoldLapses(job, order) => self.hold_ends(&job, order, false),
            Next::HoldWithdrawn(job, order) => self.hold_ends(&job, order, true),
            Next::CallEnds(call, outcome) => self.call_ends(call, outcome),
            Next::Sweep => {
                self.sweep = None;
                if self.unlucky_message(1) {
                    self.tally.count("sweep_missed");
                } else {
                    self.begin(Kind::Sweep, Source::Clock);
                }
            }
            Next::Inspect(job) => {
                if self.world.bytes.get(&job).is_some_and(crate::world::bytes::Bytes::any) {
                    self.lingering.insert(job);
                }
            }
        }
    }

    /// The clean-up function runs every minute. Only the minutes in which something is due are lived through.
    fn plan_sweep(&mut self) {
        let due = self.world.jobs.values().filter_map(|record| record.job.due()).min();
        let Some(due) = due else { return };
        let minute = |at: Timestamp| Timestamp::from_second(at.as_second() - at.as_second() % 60 + 60).unwrap_or(at);
        let at = minute(due.max(self.world.now));
        if self.sweep.is_none_or(|(planned, _)| planned > at) {
            self.sweep = Some((at, self.count));
            self.plan_at(at, Next::Sweep);
        }
    }

    pub(super) fn plan_at(&mut self, at: Timestamp, next: Next) {
        self.next.insert((at.max(self.world.now), self.count), next);
        self.count += 1;
    }

    pub(super) fn plan(&mut self, wait: SignedDuration, next: Next) {
        self.plan_at(self.world.now + wait, next);
    }

    /// Whether a message meets with misfortune, this many times as likely as usual.
    pub(super) fn unlucky_message(&self, times: u64) -> bool {
        self.world.now < self.weather.until && self.chance.thousandths(self.weather.messages * times)
    }

    /// A nudge on its way to its worker: lost, doubled, late, or simply there after its wait.
    pub(super) fn nudge(&mut self, worker: Worker, job: &JobId, wait: SignedDuration) {
        let kind = match worker {
            Worker::Dispatch => Kind::Dispatch(job.clone()),
            Worker::Settle => Kind::Settle(job.clone()),
            Worker::Checkout => return,
        };
        // The queue counts whole seconds, and one more is asked for, so that no message comes a moment early.
        let wait = if wait.is_zero() { wait } else { SignedDuration::from_secs(wait.as_secs() + 1) };
        self.send("nudge", &kind, Source::Queue(1), wait);
    }

    /// A webhook on its way.
    pub(super) fn webhook(&mut self, job: &JobId, event: Event, wait: SignedDuration) {
        self.send("webhook", &Kind::Record(job.clone(), event), Source::Webhook(1), wait);
    }

    /// A message that may be lost, doubled or late.
    pub(super) fn send(&mut self, what: &'static str, kind: &Kind, source: Source, wait: SignedDuration) {
        let [lost, doubled, late] = match what {
            "nudge" => ["nudge_lost", "nudge_doubled", "nudge_late"],
            "webhook" => ["webhook_lost", "webhook_doubled", "webhook_late"],
            _ => ["upload_news_lost", "upload_news_doubled", "upload_news_late"],
        };
        if self.unlucky_message(1) {
            return self.tally.count(lost);
        }
        let mut delays = vec![self.chance.millis(5, 2_000)];
        if self.unlucky_message(2) {
            self.tally.count(doubled);
            delays.push(self.chance.seconds(0, 1_200));
        }
        if self.unlucky_message(2) {
            self.tally.count(late);
            delays[0] = self.chance.seconds(5, 10_800);
        }
        for delay in delays {
            self.plan(wait + delay, Next::Begin(kind.clone(), source));
        }
    }

    pub(super) fn note(&mut self, words: impl FnOnce() -> String) {
        let since = self.world.now.duration_since(self.began).as_secs_f64();
        if let Some(story) = &mut self.story {
            story.push(format!("{since:>12.3} s  {}", words()));
        }
    }
}
