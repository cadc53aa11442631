//! Messages of S3: "an object was created under `uploads/`"; and our own: "this Document is wanted anew".

use std::sync::Arc;

use aws_lambda_events::s3::S3Event;
use justfax::{
    document::Refusal,
    fault::Fault,
    flow::prepare::{self, Ask, Rendered, Renderer, Wanted},
    ids::{DocumentId, JobId},
};
use justfax_aws::{
    files::Documents, inbox::Queue, jobs::JobsTable, nudges::Queues, renderings::AskedAgain, system::System,
};

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
    async fn render(&self, bytes: Vec<u8>, wanted: Wanted) -> Result<Result<Rendered, Refusal>, Fault> {
        self.renderer.render(bytes, wanted).await
    }
}

pub(crate) async fn handle(world: Arc<World>, body: String) -> Result<(), Fault> {
    for ask in asked(&body)? {
        tracing::info!(job.id = %ask.job, document.id = %ask.document, "preparing");
        prepare::prepare(&*world, &ask).await?;
    }
    Ok(())
}

/// What a message asks for; nothing for the test event that S3 sends when the notification is set up.
fn asked(body: &str) -> Result<Vec<Ask>, Fault> {
    if let Ok(AskedAgain { job, document, edition, password }) = serde_json::from_str(body) {
        return Ok(vec![Ask { job, document, edition: Some(edition), password }]);
    }
    let message: serde_json::Value =
        serde_json::from_str(body).map_err(|_| Fault::broken("a message that is no JSON"))?;
    if message["Event"] == "s3:TestEvent" {
        return Ok(Vec::new());
    }
    let event: S3Event = serde_json::from_value(message).map_err(|_| Fault::broken("a message that is no S3 event"))?;
    let uploads = event.records.iter().filter_map(|record| named(record.s3.object.key.as_deref()?));
    Ok(uploads.map(|(job, document)| Ask { job, document, edition: None, password: None }).collect())
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
        let asked = asked(message["Records"][0]["body"].as_str().unwrap()).unwrap();
        assert_eq!(asked[0].job.as_str(), "abcdefghijklmnopqrstuvwxyz");
        assert_eq!(asked[0].document.as_str(), "abcdefghijklmnop");
        assert_eq!(asked[0].edition, None);
    }

    #[test]
    fn our_own_message_names_the_rendering_and_may_bring_a_password() {
        let message = include_str!("../../../events/prepare/anew-with-password.json");
        let message: serde_json::Value = serde_json::from_str(message).unwrap();
        let asked = asked(message["Records"][0]["body"].as_str().unwrap()).unwrap();
        assert_eq!((asked.len(), asked[0].edition), (1, Some(2)));
        assert_eq!(asked[0].password.as_ref().map(justfax::choices::Password::reveal), Some("opensesame"));
        assert!(!format!("{asked:?}").contains("opensesame"), "a log could show it");
    }

    #[test]
    fn the_test_event_names_nothing_and_rubbish_is_broken() {
        assert!(asked(r#"{"Service":"Amazon S3","Event":"s3:TestEvent"}"#).unwrap().is_empty());
        assert!(asked("no json").is_err());
        assert_eq!(named("uploads/../../x"), None);
    }
}
