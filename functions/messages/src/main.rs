//! Takes messages and withdrawals and mails them to the operator. It can read no Job.

mod handler;

use handler::World;
use jiff::tz::TimeZone;
use justfax::lookup::LookupKey;
use justfax_aws::{
    Aws, http, jobs::JobsTable, mail::PostOffice, secrets::Secrets, settings::Settings, system::System, telemetry,
};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let path = settings.text("SECRETS_PATH");
    let (site_url, zone) = (settings.text("SITE_URL"), TimeZone::get(&settings.text("TIME_ZONE"))?);
    let table = JobsTable::new(&aws, settings.text("JOBS_TABLE"));
    let operator = justfax_edge::operator()?;
    let letterhead = operator.letterhead(site_url, zone);
    let post = PostOffice::new(&aws, letterhead.name.clone(), settings.text("MAIL_FROM"), settings.text("MAIL_EVENTS"));
    settings.finish()?;
    let secrets = Secrets::read(&aws, &http()?, &path, &["lookup-key"]).await?;
    let lookup = LookupKey::new(secrets.get("lookup-key").as_bytes())?;
    let operator = operator.identity.email;
    justfax_edge::serve(World { table, post, lookup, letterhead, operator, system: System }, handler::handle).await
}
