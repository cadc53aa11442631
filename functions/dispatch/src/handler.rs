//! Nudges of the dispatch queue.

use std::sync::Arc;

use justfax::{
    fault::Fault,
    flow::{dispatch::Dispatcher, work::work},
    job::event::Rules,
    lookup::LookupKey,
};
use justfax_aws::{inbox::Queue, jobs::JobsTable, nudges::Queues, system::System};
use justfax_carrier::telnyx::Telnyx;
use justfax_edge::queue::Nudge;

use crate::press::Press;

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) inbox: Queue,
    pub(crate) press: Press,
    pub(crate) carrier: Telnyx,
    pub(crate) rules: Rules,
    pub(crate) lookup: LookupKey,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    Lines => jobs;
    Nudges => nudges;
    Inbox => inbox;
    Press => press;
    Carrier => carrier;
    Clock => system;
    Entropy => system;
});

pub(crate) async fn handle(world: Arc<World>, body: String) -> Result<(), Fault> {
    let nudge = Nudge::parse(&body)?;
    let dispatcher = Dispatcher { port: &*world, lookup: &world.lookup };
    work(&*world, &dispatcher, &world.rules, &nudge.job).await
}
