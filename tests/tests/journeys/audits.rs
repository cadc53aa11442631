//! What is left of a fax, asked of the resources: after delivery no byte of a document, after its month nothing at all.
//!
//! No clock here can be moved. Instead the record's own times are, from outside: first it is asserted that the functions
//! wrote the times which the policy promises, then the tests set them into the past, and what acts on them is real: the
//! table's own expiry, and the clean-up.

use justfax_tests::{
    audit::{Finding, Kind, audit},
    client::{Stage, wait_for},
    providers::seconds_from_now,
};
use serde_json::{Value, json};

use crate::harness::{Journey, PATIENCE, World, answering};

const DAY: i64 = 24 * 3600;

impl World {
    /// Everything that has something of the Job, or one of these words.
    pub(crate) async fn audit(&self, job: &str, words: &[String]) -> Vec<Finding> {
        audit(&self.aws, &self.desk, &self.stack, job, words).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The Job's item.
    async fn item(&self, job: &str) -> Option<Value> {
        let name = format!("job#{job}");
        self.aws.items(&self.stack.table).await.unwrap().into_iter().find(|item| item["pk"]["S"] == name.as_str())
    }
}

fn of<'a>(found: &'a [Finding], kinds: &[Kind]) -> Vec<&'a Finding> {
    found.iter().filter(|finding| kinds.contains(&finding.kind)).collect()
}

const BYTES: [Kind; 3] = [Kind::Object, Kind::Upload, Kind::CarrierCopy];

/// Seconds since 1970 at which the item expires.
fn expires(item: &Value) -> i64 {
    item["expires"]["N"].as_str().and_then(|text| text.parse().ok()).unwrap()
}

/// Words that only this sender's fax has.
fn words(journey: &Journey, to: &str) -> Vec<String> {
    vec![journey.email(), to.to_owned()]
}

#[tokio::test]
async fn after_delivery_no_byte_is_left_and_after_its_month_nothing() {
    let world = World::get();
    let journey = world.prepare(&["letter-de.pdf"]).await;
    let (job, to) = (journey.job.id.clone(), answering(41));
    let words = words(&journey, &to);
    assert!(of(&world.audit(&job, &[]).await, &[Kind::Object]).len() >= 4, "the audit does not see what is there");
    journey.pay(&to).await;
    journey.reach(Stage::Delivered).await;
    journey.settled().await;
    let found = world.audit(&job, &words).await;
    assert_eq!(of(&found, &BYTES), Vec::<&Finding>::new());
    assert_eq!(of(&found, &[Kind::Record]).len(), 1, "{found:?}");
    assert!(!of(&found, &[Kind::Mail]).is_empty() && !of(&found, &[Kind::Payment]).is_empty(), "{found:?}");
    let item = world.item(&job).await.unwrap();
    let month = seconds_from_now(30 * DAY);
    assert!((month - 600..=month).contains(&expires(&item)), "it expires at {} and not in 30 days", expires(&item));
    let due: i64 = item["due_at"]["N"].as_str().and_then(|text| text.parse().ok()).unwrap();
    assert_eq!(due / 1000, expires(&item), "the clean-up forgets the person when the record should expire");
    journey.finish().await;
    let past = json!({ ":past": { "N": seconds_from_now(-1).to_string() } });
    world.aws.rewrite(&world.stack.table, &job, "SET expires = :past", &past).await.unwrap();
    let gone = || async { Ok(world.item(&job).await.map_or(Ok(()), Err)) };
    wait_for("the table to forget it", PATIENCE, gone).await.unwrap_or_else(|error| panic!("{error}"));
    let left = world.audit(&job, &words).await;
    assert_eq!(of(&left, &[BYTES.as_slice(), &[Kind::Record]].concat()), Vec::<&Finding>::new());
    // Nudges that are still to come name the Job and nothing else, and find nobody.
    let nudge = format!("{{\"job\":\"{job}\"}}");
    assert!(of(&left, &[Kind::Message]).iter().all(|message| message.what == nudge), "{left:?}");
}

#[tokio::test]
async fn the_clean_up_forgets_the_person_even_if_the_table_never_expires_the_record() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let to = answering(45);
    journey.pay(&to).await;
    journey.reach(Stage::Delivered).await;
    journey.settled().await;
    let (job, words) = (journey.job.id.clone(), words(&journey, &to));
    journey.finish().await;
    let delivered = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(31 * 24);
    let values = json!({ ":delivered": { "S": delivered.to_string() }, ":due": { "N": "1" } });
    world
        .aws
        .rewrite(&world.stack.table, &job, "SET job.stage.delivered = :delivered, due_at = :due", &values)
        .await
        .unwrap();
    world.aws.invoke("cleanup", &json!({})).await.unwrap();
    let forgotten = || async {
        let item = world.item(&job).await.map(|item| item.to_string()).unwrap_or_default();
        Ok(if words.iter().any(|word| item.contains(word)) { Err(item) } else { Ok(()) })
    };
    wait_for("the person to be forgotten", PATIENCE, forgotten).await.unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test]
async fn the_log_counts_an_ended_fax_without_telling_whose() {
    let world = World::get();
    let since = seconds_from_now(-1) * 1000;
    let journey = world.prepare(&["note-de.txt"]).await;
    journey.job.erase().await.unwrap();
    journey.reach(Stage::Purged).await;
    let mut counted = Vec::new();
    for group in world.stack.log_groups.values() {
        let lines = world.aws.log_lines(group, since).await.unwrap();
        counted.extend(lines.into_iter().filter(|line| line.contains("\"ended\"") && line.contains(&journey.job.id)));
    }
    assert_eq!(counted.len(), 1, "{counted:?}");
    let line: Value = serde_json::from_str(&counted[0]).unwrap();
    assert_eq!((line["message"].as_str(), line["outcome"].as_str()), (Some("ended"), Some("unsent")));
    journey.finish().await;
}

#[tokio::test]
async fn what_was_never_sent_is_cleaned_up_after_its_month() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let job = journey.job.id.clone();
    let item = world.item(&job).await.unwrap();
    let due: i64 = item["due_at"]["N"].as_str().and_then(|text| text.parse().ok()).unwrap();
    let month = seconds_from_now(30 * DAY);
    assert!((month - 600..=month).contains(&(due / 1000)), "the clean-up looks at {due} and not in 30 days");
    assert_eq!(expires(&item), due / 1000 + 30 * DAY, "the table's own expiry comes after the clean-up");
    let created = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(31 * 24);
    let values = json!({ ":created": { "S": created.to_string() }, ":due": { "N": "1" } });
    world.aws.rewrite(&world.stack.table, &job, "SET job.created = :created, due_at = :due", &values).await.unwrap();
    world.aws.invoke("cleanup", &json!({})).await.unwrap();
    journey.reach(Stage::Purged).await;
    journey.settled().await;
    assert_eq!(of(&world.audit(&job, &[]).await, &BYTES), Vec::<&Finding>::new());
    journey.finish().await;
}
