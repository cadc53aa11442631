//! A legal hold, placed and lifted by the operator's own tool: nothing is deleted meanwhile, everything afterwards.

use std::process::Command;

use justfax_tests::{
    audit::Kind,
    client::{Stage, wait_for},
    providers::seconds_from_now,
    runner::root,
};
use serde_json::{Value, json};

use crate::harness::{PATIENCE, World};

/// Runs `infra/hold.py` on the stack of the journeys; its words, or its refusal.
fn hold(job: &str, state: &str, why: &str) -> Result<String, String> {
    let python = root().join(".venv/bin/python");
    let ran = Command::new(python).arg(root().join("infra/hold.py")).args([job, state, why]).output();
    let ran = ran.expect("the tool starts");
    let (told, refused) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    if ran.status.success() { Ok(told.into_owned()) } else { Err(refused.into_owned()) }
}

async fn record(world: &World, job: &str) -> Value {
    let name = format!("job#{job}");
    let items = world.aws.items(&world.stack.table).await.unwrap();
    items.into_iter().find(|item| item["pk"]["S"] == name.as_str()).expect("the record is there")
}

async fn objects(world: &World, job: &str) -> usize {
    world.audit(job, &[]).await.iter().filter(|finding| finding.kind == Kind::Object).count()
}

#[tokio::test]
async fn a_held_fax_is_kept_though_its_sender_erases_it_and_goes_when_the_hold_is_lifted() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let job = journey.job.id.clone();
    let there = objects(&world, &job).await;
    let told = hold(&job, "ON", "Az. 1/26").unwrap();
    assert!(told.contains("held by") && told.contains("objects renewed"), "{told}");
    let item = record(&world, &job).await;
    let placed = &item["job"]["M"]["holds"]["L"][0]["M"];
    assert_eq!(placed["why"]["S"], "Az. 1/26");
    let expires: i64 = item["expires"]["N"].as_str().unwrap().parse().unwrap();
    assert!(expires > seconds_from_now(57 * 24 * 3600), "the record expires before the hold is over");
    journey.job.erase().await.unwrap();
    journey.reach(Stage::Purged).await;
    world.aws.invoke("cleanup", &json!({})).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    assert_eq!(objects(&world, &job).await, there, "something was deleted under a hold");
    let view = journey.job.view().await.unwrap();
    assert!(view.deletions.iter().any(|deletion| deletion.state == "deleting"), "{:?}", view.deletions);
    hold(&job, "OFF", "closed").unwrap();
    let lifted = record(&world, &job).await["job"]["M"]["holds"]["L"][0]["M"]["lifted"].clone();
    assert_eq!(lifted["M"]["why"]["S"], "closed");
    world.aws.invoke("cleanup", &json!({})).await.unwrap();
    let gone = || async { Ok(Some(objects(&world, &job).await).filter(|left| *left > 0).map_or(Ok(()), Err)) };
    wait_for("the copies to go", PATIENCE, gone).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(hold(&job, "OFF", "again").unwrap_err().contains("no hold"), "a hold is lifted twice");
    journey.finish().await;
}

#[test]
fn a_hold_wants_a_job_a_state_and_a_reason() {
    for (job, state, why) in [("x", "ON", "y"), (&"a".repeat(26), "", "y"), (&"a".repeat(26), "ON", " ")] {
        assert!(hold(job, state, why).unwrap_err().contains("make hold"), "{job} {state} {why}");
    }
    assert!(hold(&"a".repeat(26), "ON", "y").unwrap_err().contains("no such Job"));
}
