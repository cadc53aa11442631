//! Nudges of the settle queue.

use std::sync::Arc;

use jiff::tz::TimeZone;
use justfax::{
    fault::Fault,
    flow::{settle::Settler, work::work},
    job::event::Rules,
    mail::Letterhead,
};
use justfax_aws::{files::Documents, inbox::Queue, jobs::JobsTable, mail::PostOffice, nudges::Queues, system::System};
use justfax_carrier::telnyx::Telnyx;
use justfax_edge::queue::Nudge;
use justfax_payments::stripe::Stripe;
use justfax_report::ReportWriter;
use serde_json::Value;

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) inbox: Queue,
    pub(crate) files: Documents,
    pub(crate) post: PostOffice,
    pub(crate) reports: ReportWriter,
    pub(crate) payments: Stripe,
    pub(crate) carrier: Telnyx,
    pub(crate) letterhead: Letterhead,
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
    Post => post;
    Payments => payments;
    CarrierCopies => carrier;
    Clock => system;
    Entropy => system;
});

/// The operator's configuration.
pub(crate) const OPERATOR: &str = include_str!("../../../infra/operator.json");

/// Who writes the mails and gives the receipts, as the operator's configuration has it.
pub(crate) fn letterhead(site_url: String, zone: TimeZone) -> Result<Letterhead, serde_json::Error> {
    let operator: Value = serde_json::from_str(OPERATOR)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let identity = &operator["operator"];
    let mut seller = vec![text(&identity["name"])];
    seller.extend(identity["address"].as_array().into_iter().flatten().map(text));
    seller.push(text(&identity["vat_id"]));
    Ok(Letterhead { name: text(&operator["service"]), site_url, seller: seller.join(", "), zone })
}

pub(crate) async fn handle(world: Arc<World>, body: String) -> Result<(), Fault> {
    let nudge = Nudge::parse(&body)?;
    let settler = Settler { port: &*world, letterhead: &world.letterhead };
    work(&*world, &settler, &world.rules, &nudge.job).await
}
