//! Notices of the mail service.

use justfax::{fault::Fault, flow::feedback::stop_mail, lookup::LookupKey};
use justfax_aws::{jobs::JobsTable, nudges::Queues, system::System};

use crate::news::{self, Event};

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) lookup: LookupKey,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    JobsOf => jobs;
    Nudges => nudges;
    Clock => system;
});

/// An error has the topic deliver the notice again.
pub(crate) async fn handle(world: &World, event: &Event) -> Result<(), Fault> {
    for (address, why) in news::troubles(event) {
        stop_mail(world, &world.lookup, &address, why).await?;
    }
    Ok(())
}
