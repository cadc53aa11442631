//! The queue that Lambda reads for a function. Lambda itself receives and deletes; what is left to do is to say when a
//! message that failed shall come again.

use aws_sdk_sqs::{Client, error::ProvideErrorMetadata};
use justfax::{SignedDuration, fault::Fault, ports::Inbox};

use crate::{failure::fault, sdk::configured};

/// One queue.
#[derive(Debug, Clone)]
pub struct Queue {
    pub(crate) client: Client,
    pub(crate) url: String,
}

impl Queue {
    /// The queue at this address.
    pub fn new(aws: &crate::Aws, url: String) -> Self {
        Self { client: configured!(aws_sdk_sqs, aws), url }
    }
}

impl Inbox for Queue {
    async fn put_back(&self, receipt: &str, wait: SignedDuration) -> Result<(), Fault> {
        self.client
            .change_message_visibility()
            .queue_url(&self.url)
            .receipt_handle(receipt)
            .visibility_timeout(i32::try_from(wait.as_secs()).unwrap_or(i32::MAX))
            .send()
            .await
            .map_err(|e| fault("ChangeMessageVisibility", &e, e.code()))?;
        Ok(())
    }
}
