//! The searches: what each is for, and how far it looks.
//!
//! Each is exhaustive within its bounds and ends. Looking at everything at once does not end, so each search opens one
//! or two of the doors through which trouble comes and leaves the others shut.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use stateright::{Checker, HasDiscoveries, Model};

use super::{Bounds, Checked};
use crate::bugs::Bug;

/// One fax, one worker at a time, nothing goes wrong.
pub const NARROW: Bounds = Bounds {
    jobs: 1,
    runs: 1,
    crashes: 0,
    faults: 0,
    wishes: 0,
    failures: 0,
    ticks: 1,
    taken: false,
    repeats: false,
    late: false,
    prompt: false,
    calm: true,
    fine: false,
    hasty: false,
    patient: false,
};

/// A call that nobody knows about, until it is given up, and beyond.
const LATE: Bounds = Bounds { faults: 1, ticks: 7, late: true, patient: true, ..NARROW };

/// Two Jobs that may each fail three times. Redials are due at once, and time passes only when nobody has anything to do.
const TWICE_THREE: Bounds =
    Bounds { jobs: 2, failures: 6, ticks: 0, prompt: true, hasty: true, patient: true, ..NARROW };

/// A search.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// What it is for.
    pub name: &'static str,
    /// How far it looks.
    pub bounds: Bounds,
    /// What it must reach, so that the promises are not kept by doing nothing.
    pub reaches: &'static [&'static str],
    /// Whether it is one of the short ones, which every test run makes.
    pub short: bool,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Seen {
    /// By property, the steps that lead there.
    pub found: BTreeMap<&'static str, String>,
    /// Whether everything within the bounds was seen.
    pub whole: bool,
    /// States generated.
    pub states: usize,
    /// Different ones.
    pub unique: usize,
    /// Steps of the longest way.
    pub depth: usize,
    /// How long it took.
    pub took: Duration,
    /// By stage: different states in which a Job stood there, and in which every Job did.
    pub stages: Vec<(&'static str, usize, usize)>,
}

impl Seen {
    /// The promises that were broken: their names begin with their number.
    pub fn broken(&self) -> Vec<&'static str> {
        self.found.keys().copied().filter(|name| name.starts_with(char::is_numeric)).collect()
    }
}

/// Searches, for so long at most; with a seeded bug until the first promise breaks.
pub fn search(bounds: Bounds, bug: Option<Bug>, most: Duration) -> Seen {
    let began = Instant::now();
    let model = Checked::new(bounds, bug);
    let coverage = Arc::clone(&model.coverage);
    let checker = model.checker().threads(2).timeout(most);
    let checker = if bug.is_some() { checker.finish_when(HasDiscoveries::AnyFailures) } else { checker };
    let checker = checker.spawn_bfs().join();
    let took = began.elapsed();
    let found = checker.discoveries().into_iter();
    Seen {
        whole: checker.is_done() && took < most,
        states: checker.state_count(),
        unique: checker.unique_state_count(),
        depth: checker.max_depth(),
        took,
        stages: coverage.counts(),
        found: found.map(|(name, path)| (name, format!("{:?}", path.into_actions()))).collect(),
    }
}

const DELIVERED: &str = "delivered and captured, everything gone";
const UNKNOWN: &str = "a call nobody knows about";

/// The search in which both of two Jobs come to every stage, each with up to three attempts.
pub const EVERY_STAGE: &str = "two Jobs, three attempts each, every stage";

/// All searches, the short ones first.
pub const SEARCHES: [Search; 18] = [
    Search { name: "one fax", bounds: Bounds { ticks: 4, ..NARROW }, reaches: &[DELIVERED], short: true },
    Search {
        name: "calls fail",
        bounds: Bounds { failures: 3, ticks: 3, ..NARROW },
        reaches: &["undelivered", "three attempts", "failed and released"],
        short: true,
    },
    Search {
        name: "webhooks repeat and come late",
        bounds: Bounds { repeats: true, failures: 1, ticks: 2, ..NARROW },
        reaches: &[DELIVERED, "undelivered"],
        short: true,
    },
    Search {
        name: "a worker dies anywhere",
        bounds: Bounds { crashes: 1, ticks: 2, calm: false, ..NARROW },
        reaches: &[DELIVERED, UNKNOWN],
        short: true,
    },
    Search {
        name: "a request or an answer is lost",
        bounds: Bounds { faults: 1, ticks: 2, ..NARROW },
        reaches: &[DELIVERED, UNKNOWN],
        short: true,
    },
    Search {
        name: "the sender wishes something",
        bounds: Bounds { wishes: 1, failures: 1, ticks: 1, ..NARROW },
        reaches: &["corrected and delivered", "failed and released"],
        short: true,
    },
    Search {
        name: "a payment cannot be held",
        bounds: Bounds { taken: true, failures: 1, wishes: 1, ..NARROW },
        reaches: &["paid back", DELIVERED],
        short: true,
    },
    Search {
        name: "two workers at once",
        bounds: Bounds { runs: 2, crashes: 1, ..NARROW },
        reaches: &[DELIVERED, UNKNOWN],
        short: true,
    },
    Search {
        name: "two Jobs on one line",
        bounds: Bounds { jobs: 2, prompt: true, ticks: 0, ..NARROW },
        reaches: &["two Jobs delivered", "two Jobs paid and sending"],
        short: true,
    },
    Search {
        name: "a call turns up after it was given up",
        bounds: LATE,
        reaches: &[DELIVERED, "the copy of a late call is gone"],
        short: true,
    },
    Search {
        name: "crash and lost answer, calls fail",
        bounds: Bounds { crashes: 1, faults: 1, failures: 1, ticks: 2, ..NARROW },
        reaches: &["undelivered", UNKNOWN],
        short: false,
    },
    Search {
        name: "crash and lost answer, also in deletions and mails",
        bounds: Bounds { crashes: 1, faults: 1, ticks: 2, calm: false, ..NARROW },
        reaches: &[DELIVERED, UNKNOWN],
        short: false,
    },
    Search {
        name: "two workers at once, webhooks repeat",
        bounds: Bounds { runs: 2, crashes: 1, repeats: true, ticks: 2, ..NARROW },
        reaches: &[DELIVERED, UNKNOWN],
        short: false,
    },
    Search {
        name: "the sender wishes twice, payments of both kinds",
        bounds: Bounds { taken: true, wishes: 2, failures: 1, ..NARROW },
        reaches: &["paid back", "corrected and delivered"],
        short: false,
    },
    Search {
        name: EVERY_STAGE,
        bounds: Bounds { ticks: 2, ..TWICE_THREE },
        reaches: &[
            "two Jobs not ordered",
            "two Jobs awaiting payment",
            "two Jobs paid and sending",
            "two Jobs undelivered",
            "two Jobs failed",
            "two Jobs delivered",
            "two Jobs erased",
            "two Jobs with three attempts each",
        ],
        short: false,
    },
    Search {
        name: "two Jobs, three attempts each, a worker dies anywhere",
        bounds: Bounds { crashes: 1, ..TWICE_THREE },
        reaches: &["two Jobs with three attempts each", "two Jobs delivered"],
        short: false,
    },
    Search {
        name: "two Jobs, three attempts each, a request or an answer is lost",
        bounds: Bounds { faults: 1, ..TWICE_THREE },
        reaches: &["two Jobs with three attempts each", "two Jobs delivered", UNKNOWN],
        short: false,
    },
    Search {
        name: "two Jobs on one line, the sender wishes",
        bounds: Bounds { jobs: 2, wishes: 1, ticks: 0, ..NARROW },
        reaches: &["two Jobs delivered"],
        short: false,
    },
];

/// The smallest bounds within which a seeded bug shows.
pub fn bounds_for(bug: Bug) -> Bounds {
    match bug {
        Bug::VersionsIgnored => Bounds { runs: 2, ticks: 0, fine: true, ..NARROW },
        Bug::NoClaimBeforeDialling => Bounds { runs: 2, ticks: 0, ..NARROW },
        Bug::DialsAgainAfterCrash => Bounds { crashes: 1, ticks: 2, ..NARROW },
        Bug::SilenceIsNotDialled | Bug::UnlistedBelievedAtOnce => Bounds { faults: 1, ticks: 2, ..NARROW },
        Bug::ForgetsToRelease => Bounds { wishes: 1, ..NARROW },
        Bug::LateCopyIsLeft => LATE,
        Bug::LinesIgnored => Bounds { jobs: 2, prompt: true, ticks: 0, ..NARROW },
        _ => NARROW,
    }
}
