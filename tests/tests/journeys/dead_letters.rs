//! Messages that cannot be worked on: given up after their tries, watched by an alarm, put back by the operator.

use std::process::Command;

use justfax_tests::{client::wait_for, runner::root};

use crate::{
    harness::{PATIENCE, World},
    stack::ready_file,
};

/// Waits until a queue of dead letters has this message, or has it no more.
async fn dead(world: &World, queue: &str, body: &str, there: bool) {
    let url = &world.stack.dead_queues[queue];
    let look = || async {
        let found = world.aws.peek(url).await.expect("the queue answers");
        Ok(if found.iter().any(|dead| dead == body) == there { Ok(()) } else { Err(found) })
    };
    wait_for("the dead letters", PATIENCE, look).await.unwrap_or_else(|error| panic!("{error}"));
}

/// `make redrive`, as an operator types it.
fn redrive(queue: &str) -> String {
    let ready = ready_file();
    let state = ready.parent().unwrap();
    let words = ["--no-print-directory", "redrive", &format!("QUEUE={queue}"), &format!("STATE={}", state.display())];
    let output = Command::new("make").args(words).current_dir(root()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[tokio::test]
async fn a_poison_message_is_given_up_and_comes_back_only_when_the_operator_says_so() {
    let world = World::get();
    let poison = format!("no nudge {}", std::process::id());
    world.aws.send_message(&world.stack.queues["settle"], &poison).await.unwrap();
    dead(&world, "settle", &poison, true).await;
    // Beside it a letter that died of something that has mended since: it is worked on when it comes back.
    let mended = format!(r#"{{"job":"{}"}}"#, "a".repeat(26));
    world.aws.send_message(&world.stack.dead_queues["settle"], &mended).await.unwrap();
    let said = redrive("settle");
    assert!(said.contains("put back to settle"), "{said}");
    dead(&world, "settle", &mended, false).await;
    dead(&world, "settle", &poison, true).await;
    world.aws.take_away(&world.stack.dead_queues["settle"], &poison).await.unwrap();
    dead(&world, "settle", &poison, false).await;
}

#[tokio::test]
async fn every_queue_of_dead_letters_has_an_alarm_that_is_deployed() {
    let world = World::get();
    let alarms = world.aws.alarms().await.unwrap();
    for url in world.stack.dead_queues.values() {
        let queue = url.rsplit('/').next().unwrap();
        let watched = alarms.iter().any(|alarm| {
            alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
                && alarm["Dimensions"].as_array().is_some_and(|all| all.iter().any(|one| one["Value"] == queue))
                && alarm["AlarmActions"].as_array().is_some_and(|actions| !actions.is_empty())
        });
        assert!(watched, "nobody watches {queue}: {alarms:?}");
    }
}
