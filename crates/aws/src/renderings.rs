//! Asks the prepare function for pages, over the queue that uploads come in by.

use aws_sdk_sqs::error::ProvideErrorMetadata;
use justfax::{
    choices::Password,
    fault::Fault,
    ids::{DocumentId, JobId},
    ports::Renderings,
};
use serde::{Deserialize, Serialize};

use crate::{failure::fault, inbox::Queue};

/// A message that asks for pages.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedAgain {
    /// Whose.
    pub job: JobId,
    /// Which file.
    pub document: DocumentId,
    /// Which rendering of it.
    pub edition: u32,
    /// What opens it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Password>,
}

/// Of the queue that the prepare function reads.
impl Renderings for Queue {
    async fn ask(
        &self,
        job: &JobId,
        document: &DocumentId,
        edition: u32,
        password: Option<&Password>,
    ) -> Result<(), Fault> {
        let message = AskedAgain { job: job.clone(), document: document.clone(), edition, password: password.cloned() };
        let body = serde_json::to_string(&message).map_err(Fault::broken)?;
        let sent = self.client.send_message().queue_url(&self.url).message_body(body).send().await;
        sent.map(|_| ()).map_err(|e| fault("SendMessage", &e, e.code()))
    }
}
