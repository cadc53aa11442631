//! Every example event of `events/`, given to the deployed function it is for.

use std::collections::BTreeMap;

use justfax_tests::{
    events::{DOCUMENT, Real, example},
    runner::root,
};
use serde_json::Value;

use crate::harness::{Journey, World};

/// What a function must answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// This HTTP status.
    Status(u64),
    /// So many messages put back.
    Back(usize),
    /// Anything but an error.
    Done,
}
use Answer::{Back, Done, Status};

/// In the order in which the events of one function are given to it; each function gets a Job of its own.
const EXPECTED: &[(&str, Answer)] = &[
    ("open-upload/open", Status(201)),
    ("open-upload/open-in-base64", Status(201)),
    ("open-upload/add-documents", Status(201)),
    ("open-upload/too-large", Status(413)),
    ("open-upload/unknown-field", Status(400)),
    ("open-upload/not-json", Status(400)),
    ("open-upload/wrong-secret", Status(404)),
    ("job-status/view", Status(200)),
    ("job-status/report-too-early", Status(409)),
    ("job-status/report-keys", Status(200)),
    ("job-status/wrong-secret", Status(404)),
    ("job-status/no-secret", Status(404)),
    ("job-status/no-job-id", Status(404)),
    ("job-status/export", Status(200)),
    ("checkout/quote", Status(200)),
    ("checkout/premium-number", Status(422)),
    ("checkout/number-with-letters", Status(422)),
    ("checkout/price-of-one-cent", Status(409)),
    ("checkout/no-consent", Status(400)),
    ("checkout/address-with-header", Status(422)),
    ("checkout/wrong-secret", Status(404)),
    ("checkout/order", Status(200)),
    ("job-change/cancel", Status(409)),
    ("job-change/money-back", Status(409)),
    ("job-change/number", Status(409)),
    ("job-change/wrong-secret", Status(404)),
    ("job-change/remove-document", Status(200)),
    ("job-change/erase", Status(202)),
    ("payment-webhook/signed-completed", Status(200)),
    ("payment-webhook/signed-expired", Status(200)),
    ("payment-webhook/signed-other-kind", Status(200)),
    ("payment-webhook/signed-without-metadata", Status(200)),
    ("payment-webhook/signed-not-an-event", Status(400)),
    ("payment-webhook/forged", Status(401)),
    ("payment-webhook/unsigned", Status(401)),
    ("carrier-webhook/signed-queued", Status(200)),
    ("carrier-webhook/signed-delivered", Status(200)),
    ("carrier-webhook/signed-failed", Status(200)),
    ("carrier-webhook/signed-of-somebody-else", Status(200)),
    ("carrier-webhook/signed-not-an-event", Status(400)),
    ("carrier-webhook/forged", Status(401)),
    ("carrier-webhook/unsigned", Status(401)),
    ("prepare/upload", Back(0)),
    ("prepare/anew-with-password", Back(0)),
    ("prepare/test-event", Back(0)),
    ("prepare/strange-key", Back(0)),
    ("prepare/unknown-job", Back(0)),
    ("prepare/not-an-event", Back(1)),
    ("dispatch/nudge", Back(0)),
    ("dispatch/unknown-job", Back(0)),
    ("dispatch/batch-with-one-bad", Back(1)),
    ("dispatch/not-a-nudge", Back(1)),
    ("settle/nudge", Back(0)),
    ("settle/unknown-job", Back(0)),
    ("settle/batch-with-one-bad", Back(1)),
    ("settle/not-a-nudge", Back(1)),
    ("rights/ask", Status(202)),
    ("rights/no-address", Status(422)),
    ("rights/unknown-field", Status(400)),
    ("rights/wrong-link", Status(404)),
    ("rights/wrong-key", Status(404)),
    ("rights/erase-without-key", Status(404)),
    ("rights/link", Status(202)),
    ("rights/link-wrong-secret", Status(404)),
    ("rights/link-to-a-header", Status(422)),
    ("rights/decline-reminder", Status(200)),
    ("messages/message", Status(202)),
    ("messages/empty", Status(422)),
    ("messages/address-with-header", Status(422)),
    ("messages/withdrawal", Status(202)),
    ("messages/withdrawal-without-name", Status(422)),
    ("mail-feedback/bounce", Done),
    ("mail-feedback/full-mailbox", Done),
    ("mail-feedback/complaint", Done),
    ("mail-feedback/not-a-notice", Done),
    ("cleanup/schedule", Done),
    ("cleanup/not-the-schedule", Done),
];

/// The names of all files, `<function>/<what>`.
fn files() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("events")).unwrap().flatten().filter(|entry| entry.path().is_dir());
    let names = folders.flat_map(|folder| {
        let function = folder.file_name().into_string().unwrap();
        let inside = std::fs::read_dir(folder.path()).unwrap().flatten();
        inside
            .map(move |file| format!("{function}/{}", file.path().file_stem().unwrap().to_string_lossy()))
            .collect::<Vec<_>>()
    });
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn every_file_of_events_is_known_and_every_function_has_one() {
    let mut expected: Vec<_> = EXPECTED.iter().map(|(name, _)| (*name).to_owned()).collect();
    expected.sort();
    assert_eq!(files(), expected);
    for function in std::fs::read_dir(root().join("functions")).unwrap().flatten() {
        let name = function.file_name().into_string().unwrap();
        assert!(expected.iter().any(|file| file.starts_with(&format!("{name}/"))), "no event for {name}");
    }
}

/// The event about the Job of a journey.
async fn event(world: &World, journey: &Journey, name: &str) -> Value {
    let view = journey.job.view().await.unwrap();
    let document = view.documents.first().map_or(DOCUMENT, |document| document.id.as_str());
    let real = Real { job: &journey.job.id, secret: &journey.job.secret, document };
    example(root(), name, &real, &world.stack.secrets).unwrap()
}

#[tokio::test]
async fn every_example_event_is_answered_as_expected() {
    let world = World::get();
    let mut journeys: BTreeMap<&str, Journey> = BTreeMap::new();
    for (name, expected) in EXPECTED {
        let function = name.split('/').next().unwrap();
        if !journeys.contains_key(function) {
            journeys.insert(function, world.prepare(&["note-de.txt"]).await);
        }
        let event = event(&world, &journeys[function], name).await;
        let invoked = world.aws.invoke(function, &event).await.unwrap();
        assert!(!invoked.failed, "{name}: {}", invoked.answer);
        let answer = &invoked.answer;
        match expected {
            Status(status) => assert_eq!(answer["statusCode"].as_u64(), Some(*status), "{name}: {answer}"),
            Back(count) => {
                assert_eq!(answer["batchItemFailures"].as_array().map(Vec::len), Some(*count), "{name}: {answer}");
            }
            Done => {}
        }
    }
    for (_, journey) in journeys {
        assert!(journey.job.view().await.unwrap().attempts.is_empty(), "an example event made it dial");
        journey.finish().await;
    }
}
