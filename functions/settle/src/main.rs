//! Settles money, deletes copies, sends mails, asks again for pages that did not come. It cannot dial and reads no document but the reduced first
//! page that the report shows.

mod handler;

use handler::World;
use jiff::tz::TimeZone;
use justfax::{lookup::LookupKey, number::FaxNumber};
use justfax_aws::{
    Aws, files::Documents, http, inbox::Queue, jobs::JobsTable, mail::PostOffice, nudges::Queues,
    renderings::PrepareQueue, secrets::Secrets, settings::Settings, system::System, telemetry,
};
use justfax_carrier::telnyx::Telnyx;
use justfax_payments::stripe::Stripe;
use justfax_report::ReportWriter;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let http = http()?;
    let path = settings.text("SECRETS_PATH");
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let (payment_url, carrier_url) = (settings.text("PAYMENT_API_URL"), settings.text("CARRIER_API_URL"));
    let (connection_id, from) = (settings.text("CARRIER_CONNECTION_ID"), settings.text("CARRIER_FROM"));
    let (site_url, zone) = (settings.text("SITE_URL"), TimeZone::get(&settings.text("TIME_ZONE"))?);
    let jobs = JobsTable::new(&aws, settings.text("JOBS_TABLE"));
    let nudges = Queues::new(&aws, settings.text("DISPATCH_QUEUE_URL"), settings.text("SETTLE_QUEUE_URL"));
    let inbox = Queue::new(&aws, settings.text("SETTLE_QUEUE_URL"));
    let renderings = PrepareQueue::new(&aws, settings.text("PREPARE_QUEUE_URL"));
    let files = Documents::new(&aws, settings.text("DOCUMENTS_BUCKET"));
    let operator = justfax_edge::operator()?;
    let letterhead = operator.letterhead(site_url.clone(), zone.clone());
    let post = PostOffice::new(&aws, letterhead.name.clone(), settings.text("MAIL_FROM"), settings.text("MAIL_EVENTS"));
    settings.finish()?;
    let secrets =
        Secrets::read(&aws, &http, &path, &["payment-api-key", "carrier-api-key", "report-signing-key", "lookup-key"])
            .await?;
    let lookup = LookupKey::new(secrets.get("lookup-key").as_bytes())?;
    let key = secrets.get("payment-api-key").to_owned();
    let payments = Stripe { http: http.clone(), base: payment_url, key, site_url: site_url.clone() };
    let (key, from) = (secrets.get("carrier-api-key").to_owned(), FaxNumber::try_from(from)?);
    let signing = secrets.get("report-signing-key");
    let reports = ReportWriter::new(&operator, signing, &from, site_url, zone)?;
    let carrier = Telnyx { http, base: carrier_url, key, connection_id, from, webhook_url: String::new() };
    let world = World {
        jobs,
        nudges,
        inbox,
        files,
        renderings,
        post,
        reports,
        payments,
        carrier,
        letterhead,
        lookup,
        rules,
        system: System,
    };
    justfax_edge::queue::serve(world, handler::handle).await
}
