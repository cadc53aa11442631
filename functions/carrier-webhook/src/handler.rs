//! `POST /api/webhooks/carrier`.

use std::sync::Arc;

use justfax::{
    flow::record::{Recorded, record},
    job::event::{Event, Rules},
    ports::Clock,
};
use justfax_aws::{jobs::JobsTable, nudges::Queues, system::System};
use justfax_carrier::telnyx::webhook::{self, PublicKey, WebhookRefused};
use justfax_edge::{Answered, Call, Code, json};
use serde_json::json;

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) rules: Rules,
    pub(crate) key: PublicKey,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    Nudges => nudges;
    Clock => system;
});

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    let (signature, timestamp) = (call.header("telnyx-signature-ed25519"), call.header("telnyx-timestamp"));
    let body = call.bytes();
    let verified = world.key.verify(signature, timestamp, body, world.now()).and_then(|()| webhook::read(body));
    let news = match verified {
        Ok(news) => news,
        Err(refused) => {
            tracing::warn!(reason = %refused, "a webhook was refused");
            let code = if refused == WebhookRefused::Signature { Code::SignatureInvalid } else { Code::BadRequest };
            return Err(code.into());
        }
    };
    if let Some(news) = news {
        match record(&*world, &world.rules, &news.job, &Event::Call(news.attempt, news.news)).await? {
            Recorded::Moved(job) => tracing::info!(job.id = %job.id(), attempt.number = news.attempt, "call news"),
            Recorded::Refused(why, job) => tracing::info!(job.id = %job.id(), reason = %why, "call news, nothing new"),
            Recorded::Unknown => tracing::warn!(job.id = %news.job, "call news of an unknown Job"),
        }
    }
    json(200, &json!({}))
}
