//! Takes the carrier's events: verify, record, nudge. It cannot call the carrier.

mod handler;

use handler::World;
use justfax_aws::{
    Aws, http, jobs::JobsTable, nudges::Queues, secrets::Secrets, settings::Settings, system::System, telemetry,
};
use justfax_carrier::telnyx::webhook::PublicKey;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let path = settings.text("SECRETS_PATH");
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let jobs = JobsTable::new(&aws, settings.text("JOBS_TABLE"));
    let nudges = Queues::new(&aws, settings.text("DISPATCH_QUEUE_URL"), settings.text("SETTLE_QUEUE_URL"));
    settings.finish()?;
    let secrets = Secrets::read(&aws, &http()?, &path, &["carrier-public-key"]).await?;
    let key = PublicKey::parse(secrets.get("carrier-public-key"))?;
    justfax_edge::serve(World { jobs, nudges, rules, key, system: System }, handler::handle).await
}
