//! Nudges of the settle queue.

use std::sync::Arc;

use justfax::{
    fault::Fault,
    flow::{settle::Settler, work::work},
    job::event::Rules,
    lookup::LookupKey,
    mail::Letterhead,
};
use justfax_aws::{
    files::Documents, inbox::Queue, jobs::JobsTable, mail::PostOffice, nudges::Queues, renderings::PrepareQueue,
    system::System,
};
use justfax_carrier::telnyx::Telnyx;
use justfax_edge::queue::Nudge;
use justfax_payments::stripe::Stripe;
use justfax_report::ReportWriter;

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) inbox: Queue,
    pub(crate) files: Documents,
    pub(crate) renderings: PrepareQueue,
    pub(crate) post: PostOffice,
    pub(crate) reports: ReportWriter,
    pub(crate) payments: Stripe,
    pub(crate) carrier: Telnyx,
    pub(crate) letterhead: Letterhead,
    pub(crate) lookup: LookupKey,
    pub(crate) rules: Rules,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    Nudges => nudges;
    Inbox => inbox;
    Eraser => files;
    FirstPages => files;
    Reports => reports;
    Renderings => renderings;
    Post => post;
    Payments => payments;
    CarrierCopies => carrier;
    Clock => system;
    Entropy => system;
});

pub(crate) async fn handle(world: Arc<World>, body: String) -> Result<(), Fault> {
    let nudge = Nudge::parse(&body)?;
    let settler = Settler { port: &*world, letterhead: &world.letterhead, lookup: &world.lookup };
    work(&*world, &settler, &world.rules, &nudge.job).await
}
