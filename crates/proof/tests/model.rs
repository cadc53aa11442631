//! The model checker on the real flows, and on the real flows with bugs seeded into them.

use justfax_proof::{
    bugs::Bug,
    model::{Bounds, Checked},
};
use stateright::{Checker, Model};

fn one_job() -> Bounds {
    Bounds { jobs: 1, runs: 1, crashes: 0, faults: 0, wishes: 0, failures: 1, ticks: 2, taken: false }
}

fn report(name: &str, checked: Checked) -> std::collections::HashMap<&'static str, String> {
    let began = std::time::Instant::now();
    let checker = checked.checker().threads(2).timeout(std::time::Duration::from_secs(40)).spawn_bfs().join();
    println!(
        "{name}: {} states, {} unique, depth {}, {:.1} s",
        checker.state_count(),
        checker.unique_state_count(),
        checker.max_depth(),
        began.elapsed().as_secs_f64()
    );
    checker.discoveries().into_iter().map(|(name, path)| (name, format!("{:?}", path.into_actions()))).collect()
}

#[test]
fn the_promises_hold_for_one_job() {
    let found = report("one Job", Checked::new(one_job(), None));
    for (name, path) in &found {
        println!("{name}: {path}");
    }
    assert!(found.keys().all(|name| !name.starts_with(char::is_numeric)), "a promise is broken");
}

#[test]
fn every_seeded_bug_is_found() {
    let missed: Vec<Bug> = Bug::ALL
        .into_iter()
        .filter(|bug| {
            let found = report(&format!("{bug:?}"), Checked::new(one_job(), Some(*bug)));
            found.keys().all(|name| !name.starts_with(char::is_numeric))
        })
        .collect();
    assert_eq!(missed, []);
}
