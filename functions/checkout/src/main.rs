//! Quotes prices, takes orders, opens payment pages. It cannot read a document, capture money or dial.

mod handler;

use handler::World;
use justfax::{lookup::LookupKey, tariff::Tariff};
use justfax_aws::{
    Aws, http, jobs::JobsTable, nudges::Queues, secrets::Secrets, settings::Settings, system::System, telemetry,
};
use justfax_payments::stripe::Stripe;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let http = http()?;
    let path = settings.text("SECRETS_PATH");
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let (base, site_url) = (settings.text("PAYMENT_API_URL"), settings.text("SITE_URL"));
    let jobs = JobsTable::new(&aws, settings.text("JOBS_TABLE"));
    let nudges = Queues::new(&aws, String::new(), settings.text("SETTLE_QUEUE_URL"));
    settings.finish()?;
    let secrets = Secrets::read(&aws, &http, &path, &["payment-api-key", "lookup-key"]).await?;
    let tariff: Tariff = serde_json::from_str(include_str!("../../../infra/operator.json"))?;
    let lookup = LookupKey::new(secrets.get("lookup-key").as_bytes())?;
    let payments = Stripe { http, base, key: secrets.get("payment-api-key").to_owned(), site_url };
    justfax_edge::serve(World { jobs, nudges, payments, tariff, lookup, rules, system: System }, handler::handle).await
}
