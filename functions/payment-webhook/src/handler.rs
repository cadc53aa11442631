//! `POST /api/webhooks/payment`.

use std::sync::Arc;

use justfax::{job::event::Rules, ports::Clock};
use justfax_aws::{jobs::JobsTable, nudges::Queues, system::System};
use justfax_edge::{Answered, Call, webhook::take};
use justfax_payments::stripe::webhook;

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
    let (signature, body) = (call.header("stripe-signature"), call.bytes());
    let said = webhook::verify(&world.secret, signature, body, world.now()).and_then(|()| webhook::read(body));
    take(&*world, &world.rules, said).await
}
