//! Nudges over SQS: the message is only the Job's name, so it may be lost, doubled or read by an operator.

use aws_sdk_sqs::{Client, error::ProvideErrorMetadata};
use justfax::{SignedDuration, fault::Fault, ids::JobId, job::effect::Worker, ports::Nudges};

use crate::{failure::fault, sdk::configured};

/// The two work queues.
#[derive(Debug, Clone)]
pub struct Queues {
    client: Client,
    dispatch: String,
    settle: String,
}

impl Queues {
    /// The queues at these addresses; a function that has no business with one gives an empty address.
    pub fn new(aws: &crate::Aws, dispatch: String, settle: String) -> Self {
        Self { client: configured!(aws_sdk_sqs, aws), dispatch, settle }
    }
}

impl Nudges for Queues {
    async fn nudge(&self, worker: Worker, job: &JobId, wait: SignedDuration) -> Result<(), Fault> {
        let queue = match worker {
            Worker::Dispatch => &self.dispatch,
            Worker::Settle => &self.settle,
            Worker::Checkout => return Ok(()),
        };
        if queue.is_empty() {
            return Ok(());
        }
        // A second more than asked, so that the message does not come a moment before its time.
        let seconds = if wait.is_zero() { 0 } else { wait.as_secs().clamp(0, 898) + 1 };
        self.client
            .send_message()
            .queue_url(queue)
            .message_body(format!(r#"{{"job":"{job}"}}"#))
            .delay_seconds(i32::try_from(seconds).unwrap_or(900))
            .send()
            .await
            .map_err(|e| fault("SendMessage", &e, e.code()))?;
        Ok(())
    }
}
