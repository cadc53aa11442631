//! Messages of S3: "an object was created under `uploads/`".

use std::sync::Arc;

use aws_lambda_events::s3::S3Event;
use justfax::{
    document::Refusal,
    fault::Fault,
    flow::prepare::{self, Rendered, Renderer},
    ids::{DocumentId, JobId},
};
use justfax_aws::{files::Documents, inbox::Queue, jobs::JobsTable, nudges::Queues, system::System};

use crate::renderer::Child;

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) files: Documents,
    pub(crate) nudges: Queues,
    pub(crate) inbox: Queue,
    pub(crate) renderer: Child,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    Originals => files;
    PageShelf => files;
    Eraser => files;
    Nudges => nudges;
    Inbox => inbox;
    Clock => system;
});

impl Renderer for World {
    async fn render(&self, bytes: Vec<u8>) -> Result<Result<Rendered, Refusal>, Fault> {
        self.renderer.render(bytes).await
    }
}

pub(crate) async fn handle(world: Arc<World>, body: String) -> Result<(), Fault> {
    for (job, document) in uploads(&body)? {
        tracing::info!(job.id = %job, document.id = %document, "preparing");
        prepare::prepare(&*world, &job, &document).await?;
    }
    Ok(())
}

/// The uploads that a message names; none for the test event that S3 sends when the notification is set up.
fn uploads(body: &str) -> Result<Vec<(JobId, DocumentId)>, Fault> {
    let message: serde_json::Value =
        serde_json::from_str(body).map_err(|_| Fault::broken("a message that is no JSON"))?;
    if message["Event"] == "s3:TestEvent" {
        return Ok(Vec::new());
    }
    let event: S3Event = serde_json::from_value(message).map_err(|_| Fault::broken("a message that is no S3 event"))?;
    Ok(event.records.iter().filter_map(|record| named(record.s3.object.key.as_deref()?)).collect())
}

/// Job and Document of a key `uploads/<job>/<document>`.
fn named(key: &str) -> Option<(JobId, DocumentId)> {
    let key = urlencoding::decode(key).ok()?;
    let (job, document) = key.strip_prefix("uploads/")?.split_once('/')?;
    Some((JobId::parse(job).ok()?, DocumentId::parse(document).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_of_an_upload_names_job_and_document() {
        let body = include_str!("../../../events/prepare/upload.json");
        let message: serde_json::Value = serde_json::from_str(body).unwrap();
        let named = uploads(message["Records"][0]["body"].as_str().unwrap()).unwrap();
        assert_eq!(named[0].0.as_str(), "abcdefghijklmnopqrstuvwxyz");
        assert_eq!(named[0].1.as_str(), "abcdefghijklmnop");
    }

    #[test]
    fn the_test_event_names_nothing_and_rubbish_is_broken() {
        assert!(uploads(r#"{"Service":"Amazon S3","Event":"s3:TestEvent"}"#).unwrap().is_empty());
        assert!(uploads("no json").is_err());
        assert_eq!(named("uploads/../../x"), None);
    }
}
