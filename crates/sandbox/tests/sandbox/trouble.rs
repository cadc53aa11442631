//! Bad days: misbehaviour by the developer's wish, and restarts.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::World;
use crate::support::paper::{letters, pdf};
use crate::support::shop::session_form;

async fn misbehave(world: &World, chaos: Value) {
    let answer = world.http.put(world.desk("/desk/chaos.json")).json(&chaos).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_webhooks_are_never_sent_and_the_api_still_knows_the_truth() {
    let world = World::start().await;
    misbehave(&world, json!({"carrier": {"lose": 100}, "payment": {"lose": 100}})).await;
    let call = world.fax("+493023125002", "gone.pdf", "job.1").await;
    assert_eq!(call["status"], "failed");
    world.held().await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(world.receiver.carrier().is_empty() && world.receiver.payment().is_empty());
    let hooks = world.desk_json("/desk/webhooks.json").await;
    assert!(hooks["webhooks"].as_array().unwrap().iter().all(|hook| hook["progress"] == "lost"));
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_webhooks_carry_the_same_event_again() {
    let world = World::start().await;
    misbehave(&world, json!({"payment": {"repeat": 100, "delay_ms": 50}})).await;
    world.held().await;
    world.until(|| async { (world.receiver.payment().len() >= 2).then_some(()) }).await;
    let first = world.receiver.payment()[0].json()["id"].clone();
    assert!(world.receiver.payment().iter().all(|hook| hook.json()["id"] == first));
}

#[tokio::test(flavor = "multi_thread")]
async fn reordered_webhooks_arrive_after_later_ones() {
    let world = World::start().await;
    world.receiver.serve("letter.pdf", pdf(&letters(1)));
    misbehave(&world, json!({"carrier": {"reorder": 100, "delay_ms": 8_000}})).await;
    let (_, accepted) = world.post_fax(&world.fax_request("+493023125001", "letter.pdf", "job.1")).await;
    let id = accepted["data"]["id"].as_str().unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    misbehave(&world, json!({})).await;
    world.ended(id).await;
    world.until(|| async { (world.receiver.carrier_events(id).len() == 4).then_some(()) }).await;
    assert_ne!(world.receiver.carrier_events(id)[0], "fax.queued");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_times_out_was_carried_out_all_the_same() {
    let world = World::start().await;
    misbehave(
        &world,
        json!({"carrier": {"time_out": 100, "time_out_ms": 300}, "payment": {"time_out": 100, "time_out_ms": 300}}),
    )
    .await;
    let since = Instant::now();
    let (status, _) = world.post_fax(&world.fax_request("+493023125002", "gone.pdf", "job.1")).await;
    assert_eq!(status, 504);
    assert!(since.elapsed() >= Duration::from_millis(300));
    assert_eq!(world.desk_json("/desk/fax.json").await["calls"].as_array().unwrap().len(), 1);
    let form = session_form();
    assert_eq!(world.pay_post("/v1/checkout/sessions", "time-out-key", &form).await.0, 504);
    misbehave(&world, json!({})).await;
    let again = world.pay_request("/v1/checkout/sessions", "time-out-key", &form).send().await.unwrap();
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_call_was_not_carried_out() {
    let world = World::start().await;
    misbehave(&world, json!({"carrier": {"unavailable": 100}, "payment": {"unavailable": 100}})).await;
    assert_eq!(world.post_fax(&world.fax_request("+493023125002", "gone.pdf", "job.1")).await.0, 503);
    assert_eq!(world.pay_post("/v1/checkout/sessions", "refused-key", &session_form()).await.0, 503);
    assert_eq!(world.desk_json("/desk/fax.json").await["calls"], json!([]));
    assert_eq!(world.desk_json("/desk/payments.json").await["sessions"], json!([]));
    for wrong in [json!({"carrier": {"lose": 101}}), json!({"sender": {}}), json!([1])] {
        let answer = world.http.put(world.desk("/desk/chaos.json")).json(&wrong).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_payments_are_known_and_a_call_that_was_cut_is_reported_lost() {
    let first = World::start().await;
    let (_, intent) = first.held().await;
    first.receiver.serve("letter.pdf", pdf(&letters(1)));
    let (_, accepted) = first.post_fax(&first.fax_request("+493023125003", "letter.pdf", "job.1")).await;
    first.app.save();
    let folder = first.folder.with_extension("restarted");
    let copied = std::process::Command::new("cp").arg("-r").arg(&first.folder).arg(&folder).status().unwrap();
    assert!(copied.success());
    let second = World::start_in(folder, |_| {}).await;
    let (status, found) = second.pay_get(&format!("/v1/payment_intents/{intent}")).await;
    assert_eq!((status, &found["status"]), (200, &json!("requires_capture")));
    let call = second.ended(accepted["data"]["id"].as_str().unwrap()).await;
    assert_eq!(call["failure_reason"], "carrier_lost");
    assert!(second.folder.join("ready.json").is_file());
}
