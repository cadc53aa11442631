//! `POST /api/webhooks/payment`.

use std::sync::Arc;

use justfax::{
    flow::record::{Recorded, record},
    job::event::{Event, Rules},
    ports::Clock,
};
use justfax_aws::{jobs::JobsTable, nudges::Queues, system::System};
use justfax_edge::{Answered, Call, Code, json};
use justfax_payments::stripe::webhook::{self, WebhookRefused};
use serde_json::json;

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) rules: Rules,
    pub(crate) secret: String,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    Nudges => nudges;
    Clock => system;
});

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    let header = call.header("stripe-signature");
    let body = call.bytes();
    let verified = webhook::verify(&world.secret, header, body, world.now()).and_then(|()| webhook::read(body));
    let news = match verified {
        Ok(news) => news,
        Err(refused) => {
            tracing::warn!(reason = %refused, "a webhook was refused");
            let code = if refused == WebhookRefused::Signature { Code::SignatureInvalid } else { Code::BadRequest };
            return Err(code.into());
        }
    };
    if let Some(news) = news {
        match record(&*world, &world.rules, &news.job, &Event::Money(news.order, news.news)).await? {
            Recorded::Moved(job) => tracing::info!(job.id = %job.id(), "payment news"),
            Recorded::Refused(why, job) => {
                tracing::info!(job.id = %job.id(), reason = %why, "payment news, nothing new");
            }
            Recorded::Unknown => tracing::warn!(job.id = %news.job, "payment news of an unknown Job"),
        }
    }
    json(200, &json!({}))
}
