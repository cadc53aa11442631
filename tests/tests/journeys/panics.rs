//! What gets out of a function that panics, and of the SDK below it, with every level of every log asked for.

use std::process::Stdio;

use justfax_tests::bench::runtime_api::RuntimeApi;
use serde_json::{Value, json};
use tokio::process::Command;

/// What is being worked on when it happens: a number, an address, and words.
const WORDS: &str = "+493023125001 zwetschge@example.org Kündigung";

fn event() -> Value {
    let record = |id: &str, body: &str| {
        json!({
            "messageId": id, "receiptHandle": format!("receipt {id}"), "body": body, "awsRegion": "eu-central-1",
            "eventSource": "aws:sqs", "attributes": {"ApproximateReceiveCount": "1"}, "messageAttributes": {},
        })
    };
    json!({"Records": [record("first", WORDS), record("second", "good")]})
}

#[tokio::test]
async fn a_panic_and_the_sdks_debug_output_quote_nothing_and_spare_the_other_messages() {
    let api = RuntimeApi::start().await.unwrap();
    let function = Command::new(env!("CARGO_BIN_EXE_panicking"))
        .env_clear()
        .envs([
            ("RUST_LOG", "trace"),
            ("LOG_LEVEL", "debug"),
            ("RUST_BACKTRACE", "full"),
            ("AWS_LAMBDA_RUNTIME_API", &*api.address.to_string()),
            ("AWS_LAMBDA_FUNCTION_NAME", "panicking"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "AKIAZWETSCHGE"),
            ("AWS_SECRET_ACCESS_KEY", "zwetschgengeheim"),
            // Nobody listens there: the SDK has every reason to tell what it tried.
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
            ("SETTLE_QUEUE_URL", "http://127.0.0.1:1/000000000000/settle"),
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let answer = api.call("one", &event()).await.unwrap();
    assert_eq!(answer, json!({"batchItemFailures": [{"itemIdentifier": "first"}]}));
    let mut function = function;
    function.start_kill().unwrap();
    let output = function.wait_with_output().await.unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("panicked") && told.contains("panicking.rs"), "it tells that it panicked, and where: {told}");
    for word in ["23125", "zwetschge", "ZWETSCHGE", "Kündigung", "cannot go on"] {
        assert!(!told.contains(word), "{word} got out: {told}");
    }
}
