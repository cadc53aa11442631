//! The model checker on the real flows, and on the real flows with bugs seeded into them.
//!
//! Each search is bounded in wishes, crashes, faults and steps of time, and says what it saw. They take many minutes, so
//! all but a glance run only where `JUSTFAX_MODEL` gives each its seconds: `JUSTFAX_MODEL=120 cargo test --release -p
//! justfax-proof -- --nocapture`.

#![expect(clippy::print_stdout, reason = "the report of a search is what one runs it for")]

use std::{collections::BTreeMap, time::Duration};

use justfax_proof::{
    bugs::Bug,
    model::{Bounds, Checked},
};
use stateright::{Checker, HasDiscoveries, Model};

/// What a search found: by property, the steps that lead there.
type Found = BTreeMap<&'static str, String>;

const NARROW: Bounds =
    Bounds { jobs: 1, runs: 1, crashes: 0, faults: 0, wishes: 0, failures: 0, ticks: 1, taken: false, repeats: false };

/// Seconds for each search, where searches are asked for.
fn patience() -> Option<u64> {
    std::env::var("JUSTFAX_MODEL").ok()?.parse().ok()
}

fn search(name: &str, bounds: Bounds, bug: Option<Bug>, seconds: u64) -> Found {
    let began = std::time::Instant::now();
    let checker = Checked::new(bounds, bug).checker().threads(2).timeout(Duration::from_secs(seconds));
    let checker = if bug.is_some() { checker.finish_when(HasDiscoveries::AnyFailures) } else { checker };
    let checker = checker.spawn_bfs().join();
    let whole =
        if checker.is_done() && began.elapsed() < Duration::from_secs(seconds) { "exhaustive" } else { "cut off" };
    println!(
        "{name}: {whole}, {} states, {} unique, depth {}, {:.1} s",
        checker.state_count(),
        checker.unique_state_count(),
        checker.max_depth(),
        began.elapsed().as_secs_f64()
    );
    checker.discoveries().into_iter().map(|(name, path)| (name, format!("{:?}", path.into_actions()))).collect()
}

/// The promises among what was found: their names begin with their number.
fn broken(found: &Found) -> Vec<&'static str> {
    found.keys().copied().filter(|name| name.starts_with(char::is_numeric)).collect()
}

fn holds(name: &str, bounds: Bounds, reaches: &[&str]) {
    let Some(seconds) = patience() else {
        println!("{name}: not searched, JUSTFAX_MODEL is not set");
        return;
    };
    let found = search(name, bounds, None, seconds);
    for promise in broken(&found) {
        println!("BROKEN {promise}: {}", found[promise]);
    }
    assert!(broken(&found).is_empty());
    for stage in reaches {
        assert!(found.contains_key(stage), "{stage} was not reached");
    }
}

#[test]
fn the_promises_hold_at_a_glance() {
    assert_eq!(broken(&search("glance", NARROW, None, 10)), [] as [&str; 0]);
}

#[test]
fn the_promises_hold_on_the_way_to_delivery() {
    holds("delivery", NARROW, &["delivered and captured, everything gone"]);
}

#[test]
fn the_promises_hold_when_webhooks_repeat_and_come_out_of_order() {
    holds("webhooks", Bounds { repeats: true, ..NARROW }, &["delivered and captured, everything gone"]);
}

#[test]
fn the_promises_hold_when_calls_fail() {
    holds("failures", Bounds { failures: 3, ticks: 3, ..NARROW }, &["undelivered", "three attempts"]);
}

#[test]
fn the_promises_hold_when_a_worker_dies_anywhere() {
    holds("crash", Bounds { crashes: 1, ticks: 2, ..NARROW }, &["a call nobody knows about"]);
}

#[test]
fn the_promises_hold_when_the_network_loses_a_request_or_an_answer() {
    holds("faults", Bounds { faults: 1, ticks: 2, ..NARROW }, &["a call nobody knows about"]);
}

#[test]
fn the_promises_hold_whatever_the_sender_wishes() {
    holds("wishes", Bounds { wishes: 2, failures: 1, ticks: 1, ..NARROW }, &["failed and released"]);
}

#[test]
fn the_promises_hold_when_two_workers_run_at_once() {
    holds("two workers", Bounds { runs: 2, ticks: 0, ..NARROW }, &[]);
}

#[test]
fn two_jobs_never_share_a_line() {
    holds("two Jobs", Bounds { jobs: 2, ticks: 0, ..NARROW }, &[]);
}

#[test]
fn a_payment_that_cannot_be_held_is_earned_or_paid_back() {
    holds("taken", Bounds { taken: true, failures: 1, wishes: 1, ..NARROW }, &[]);
}

/// Bounds within which a bug shows.
fn bounds_for(bug: Bug) -> Bounds {
    match bug {
        Bug::NoClaimBeforeDialling | Bug::VersionsIgnored => Bounds { runs: 2, ticks: 0, ..NARROW },
        Bug::DialsAgainAfterCrash => Bounds { crashes: 1, ticks: 2, ..NARROW },
        Bug::SilenceIsNotDialled | Bug::UnlistedBelievedAtOnce => Bounds { faults: 1, ticks: 2, ..NARROW },
        Bug::ForgetsToRelease => Bounds { wishes: 1, ..NARROW },
        Bug::LinesIgnored => Bounds { jobs: 2, ticks: 0, ..NARROW },
        _ => NARROW,
    }
}

#[test]
fn every_seeded_bug_is_found() {
    let Some(seconds) = patience() else { return };
    let mut missed = Vec::new();
    for bug in Bug::ALL {
        let found = search(&format!("{bug:?}"), bounds_for(bug), Some(bug), seconds);
        println!("    {:?}", broken(&found));
        if broken(&found).is_empty() {
            missed.push(bug);
        }
    }
    assert_eq!(missed, []);
}
