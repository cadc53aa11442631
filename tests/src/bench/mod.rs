//! The bench of the functions: what each costs to start, to call and to hold, beside a function that does nothing.
//!
//! Each binary is started by itself over a Runtime API of our own and talks to the running stack's emulator, so the numbers
//! hold the SDK's set-up, the secrets and the table, and nothing of the emulator's Lambda.

mod function;
mod journey;
pub mod runtime_api;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

pub use self::function::NotMeasured;
use self::function::{Measured, Subject};
use crate::{
    aws::Aws,
    client::{Client, NewDocument, Stage, upload},
    events::{Real, example},
    runner::root,
    stack::Stack,
};

/// Each function, with an event that it answers well and that leaves nothing to do.
const EVENTS: [(&str, &str); 13] = [
    ("open-upload", "open"),
    ("prepare", "upload"),
    ("checkout", "quote"),
    ("payment-webhook", "signed-completed"),
    ("dispatch", "nudge"),
    ("carrier-webhook", "signed-delivered"),
    ("settle", "nudge"),
    ("job-status", "view"),
    ("job-change", "wrong-secret"),
    ("cleanup", "schedule"),
    ("rights", "wrong-key"),
    ("messages", "message"),
    ("mail-feedback", "full-mailbox"),
];

/// Measures everything against a running stack; binaries are looked for in `binaries`.
///
/// # Errors
/// What could not be measured.
pub async fn run(stack: &Stack, http: &reqwest::Client, binaries: &Path, tell: &dyn Fn(&str)) -> anyhow::Result<Value> {
    let client = Client::new(http.clone(), &stack.api, "en");
    let aws = Aws::new(http.clone(), stack.clone());
    let bare = Subject { name: "bare", event_name: "{}", event: &json!({}), environment: &[], is_good: |_| true };
    let mut measured = vec![function::measure(&binaries.join("bench-bare"), &bare).await?];
    tell_one(tell, measured.last());
    let (job, secret, document) = prepared(&client).await?;
    let real = Real { job: &job, secret: &secret, document: &document };
    for (name, event_name) in EVENTS {
        let event = example(root(), &format!("{name}/{event_name}"), &real, &stack.secrets)?;
        let environment = environment(stack, aws.environment_of(name).await?);
        let subject = Subject { name, event_name, event: &event, environment: &environment, is_good };
        measured.push(function::measure(&binaries.join(name), &subject).await?);
        tell_one(tell, measured.last());
    }
    client.job(&job, &secret).erase().await?;
    let felt = journey::measure(&client).await?;
    tell(&serde_json::to_string(&felt)?);
    let bare = measured.remove(0);
    Ok(json!({ "bare": bare, "functions": measured, "felt": felt }))
}

fn tell_one(tell: &dyn Fn(&str), measured: Option<&Measured>) {
    if let Some(line) = measured.and_then(|measured| serde_json::to_string(measured).ok()) {
        tell(&line);
    }
}

/// Whether an answer is no refusal: no 4xx but those that are asked for (a wrong secret, and messages beyond the limit of
/// an address), and no message put back.
fn is_good(answer: &Value) -> bool {
    let status = answer["statusCode"].as_u64().unwrap_or(200);
    let back = answer["batchItemFailures"].as_array().map_or(0, Vec::len);
    (status < 400 || matches!(status, 404 | 429)) && back == 0
}

/// The environment of a deployed function, with access to this stack.
fn environment(stack: &Stack, deployed: Vec<(String, String)>) -> Vec<(String, String)> {
    let access = [
        ("AWS_ENDPOINT_URL", &stack.emulator),
        ("AWS_REGION", &stack.region),
        ("AWS_ACCESS_KEY_ID", &stack.access_key),
        ("AWS_SECRET_ACCESS_KEY", &stack.secret_key),
    ];
    let mut all = deployed;
    all.retain(|(name, _)| access.iter().all(|(taken, _)| taken != name));
    all.extend(access.map(|(name, value)| (name.to_owned(), value.clone())));
    all
}

/// A Job with one converted file: its id, its secret and the Document.
async fn prepared(client: &Client) -> anyhow::Result<(String, String, String)> {
    let file = b"One line of text.\n";
    let opened =
        client.open_job("en", &[NewDocument { name: "line.txt".to_owned(), bytes: file.len() as u64 }]).await?;
    for form in &opened.uploads {
        upload(client.http(), form, file).await?;
    }
    let view = client.job(&opened.job, &opened.secret).until_stage(Stage::Ready, 60).await?;
    let document = view.documents.into_iter().next().map(|document| document.id).unwrap_or_default();
    Ok((opened.job, opened.secret, document))
}

/// Where the result goes: `target/bench/functions.json` beside the checkout's other results.
pub fn result_file() -> PathBuf {
    root().join("target/bench/functions.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_and_messages_put_back_are_no_good_answers() {
        assert!(
            is_good(&json!({"statusCode": 201})) && is_good(&json!({"batchItemFailures": []})) && is_good(&Value::Null)
        );
        assert!(!is_good(&json!({"statusCode": 401})) && !is_good(&json!({"batchItemFailures": [{}]})));
    }

    #[test]
    fn every_function_of_the_folder_is_measured() {
        let mut folders: Vec<_> = std::fs::read_dir(root().join("functions"))
            .unwrap()
            .flatten()
            .map(|f| f.file_name().into_string().unwrap())
            .collect();
        let mut named: Vec<_> = EVENTS.iter().map(|(name, _)| (*name).to_owned()).collect();
        folders.sort();
        named.sort();
        assert_eq!(folders, named);
    }
}
