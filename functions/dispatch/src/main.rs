//! Has the carrier dial, and asks it about calls. It cannot touch money, and reads no original.

mod handler;
mod press;

use handler::World;
use jiff::tz::TimeZone;
use justfax::{lookup::LookupKey, number::FaxNumber};
use justfax_aws::{
    Aws, files::Documents, http, inbox::Queue, jobs::JobsTable, nudges::Queues, secrets::Secrets, settings::Settings,
    system::System, telemetry,
};
use justfax_carrier::telnyx::Telnyx;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let http = http()?;
    let path = settings.text("SECRETS_PATH");
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let (base, connection_id) = (settings.text("CARRIER_API_URL"), settings.text("CARRIER_CONNECTION_ID"));
    let (from, site_url) = (settings.text("CARRIER_FROM"), settings.text("SITE_URL"));
    let zone = TimeZone::get(&settings.text("TIME_ZONE"))?;
    let jobs = JobsTable::new(&aws, settings.text("JOBS_TABLE"));
    let nudges = Queues::new(&aws, settings.text("DISPATCH_QUEUE_URL"), settings.text("SETTLE_QUEUE_URL"));
    let inbox = Queue::new(&aws, settings.text("DISPATCH_QUEUE_URL"));
    let files = Documents::new(&aws, settings.text("DOCUMENTS_BUCKET"));
    settings.finish()?;
    let secrets = Secrets::read(&aws, &http, &path, &["carrier-api-key", "lookup-key"]).await?;
    let lookup = LookupKey::new(secrets.get("lookup-key").as_bytes())?;
    let (key, from) = (secrets.get("carrier-api-key").to_owned(), FaxNumber::try_from(from)?);
    let press =
        press::Press { files, sender: justfax_pages::header::sender(&justfax_edge::operator()?.service, &from), zone };
    let webhook_url = format!("{site_url}/api/webhooks/carrier");
    let carrier = Telnyx { http, base, key, connection_id, from, webhook_url };
    let world = World { jobs, nudges, inbox, press, carrier, rules, lookup, system: System };
    justfax_edge::queue::serve(world, handler::handle).await
}
