//! Doubles queue messages: sends again what SQS may deliver twice, also when it is long out of date.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

use serde_json::Value;
use tokio::time::sleep;

use super::{dice::Dice, living::Living};
use crate::{
    aws::{Aws, AwsError},
    events::{Real, example},
    runner::root,
    stack::Stack,
};

/// Sends copies and counts them.
#[derive(Debug)]
pub(super) struct Doubler {
    aws: Aws,
    stack: Stack,
    /// Set to end it.
    pub(super) stop: AtomicBool,
    /// Messages sent so far.
    pub(super) sent: AtomicU64,
}

impl Doubler {
    /// For the queues of this stack.
    pub(super) fn new(aws: Aws, stack: Stack) -> Self {
        Self { aws, stack, stop: AtomicBool::new(false), sent: AtomicU64::new(0) }
    }

    /// Doubles messages about the living until it is stopped, with pauses of up to `pause`.
    pub(super) async fn work(&self, living: &Living, mut dice: Dice, pause: Duration) {
        while !self.stop.load(Ordering::Acquire) {
            let most = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            sleep(Duration::from_millis(dice.below(most))).await;
            let Some(named) = living.any(&mut dice) else { continue };
            let queue = dice.weighted(&[(45, "dispatch"), (45, "settle"), (10, "prepare")], "settle");
            let body = if queue == "prepare" {
                self.upload_of(&named.job, &named.document)
            } else {
                Some(format!(r#"{{"job":"{}"}}"#, named.job))
            };
            for _ in 0..=dice.below(3) {
                // While the emulator is down there is nobody to send to.
                if let Some(body) = &body
                    && self.send(queue, body).await.is_ok()
                {
                    self.sent.fetch_add(1, Ordering::AcqRel);
                }
            }
        }
    }

    async fn send(&self, queue: &str, body: &str) -> Result<(), AwsError> {
        let url = self.stack.queues.get(queue).map(String::as_str).unwrap_or_default();
        self.aws.send_message(url, body).await
    }

    /// The message by which the storage tells of an upload.
    fn upload_of(&self, job: &str, document: &str) -> Option<String> {
        let real = Real { job, secret: "", document };
        let event: Value = example(root(), "prepare/upload", &real, &self.stack.secrets).ok()?;
        event["Records"][0]["body"].as_str().map(ToOwned::to_owned)
    }
}
