//! `POST /api/webhooks/carrier`.

use std::sync::Arc;

use justfax::{job::event::Rules, ports::Clock};
use justfax_aws::{jobs::JobsTable, nudges::Queues, system::System};
use justfax_carrier::telnyx::webhook::{self, PublicKey};
use justfax_edge::{Answered, Call, webhook::take};

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
    let said = world.key.verify(signature, timestamp, body, world.now()).and_then(|()| webhook::read(body));
    take(&*world, &world.rules, said).await
}
