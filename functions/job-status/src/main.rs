//! Shows a Job to its sender, and makes its report. It reads the record and signs links and reports; all it
//! changes is that the picture in a report goes once that is fetched.

mod handler;

use handler::World;
use jiff::tz::TimeZone;
use justfax::number::FaxNumber;
use justfax_aws::{
    Aws, files::Documents, http, jobs::JobsTable, nudges::Queues, secrets::Secrets, settings::Settings, system::System,
    telemetry,
};
use justfax_report::ReportWriter;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let (path, from, site_url) =
        (settings.text("SECRETS_PATH"), settings.text("CARRIER_FROM"), settings.text("SITE_URL"));
    let zone = TimeZone::get(&settings.text("TIME_ZONE"))?;
    let jobs = JobsTable::new(&aws, settings.text("JOBS_TABLE"));
    let nudges = Queues::new(&aws, settings.text("DISPATCH_QUEUE_URL"), settings.text("SETTLE_QUEUE_URL"));
    let files = Documents::new(&aws, settings.text("DOCUMENTS_BUCKET"));
    settings.finish()?;
    let secrets = Secrets::read(&aws, &http()?, &path, &["report-signing-key"]).await?;
    let operator = justfax_edge::operator()?;
    let from = FaxNumber::try_from(from)?;
    let reports = ReportWriter::new(&operator, secrets.get("report-signing-key"), &from, site_url, zone)?;
    let header_sender = justfax_pages::header::sender(&operator.service, &from);
    let world = World { jobs, nudges, files, reports, rules, system: System, header_sender };
    justfax_edge::serve(world, handler::handle).await
}
