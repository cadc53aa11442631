//! Has private links mailed, and shows and erases what is stored about an e-mail address, to whoever reads its mail. It can
//! open no document.

mod handler;

use handler::World;
use jiff::tz::TimeZone;
use justfax::lookup::LookupKey;
use justfax_aws::{
    Aws, http, jobs::JobsTable, mail::PostOffice, nudges::Queues, secrets::Secrets, settings::Settings, system::System,
    telemetry,
};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let path = settings.text("SECRETS_PATH");
    let (site_url, zone) = (settings.text("SITE_URL"), TimeZone::get(&settings.text("TIME_ZONE"))?);
    let jobs = JobsTable::new(&aws, settings.text("JOBS_TABLE"));
    let nudges = Queues::new(&aws, settings.text("DISPATCH_QUEUE_URL"), settings.text("SETTLE_QUEUE_URL"));
    let letterhead = justfax_edge::operator()?.letterhead(site_url, zone);
    let post = PostOffice::new(&aws, letterhead.name.clone(), settings.text("MAIL_FROM"), settings.text("MAIL_EVENTS"));
    settings.finish()?;
    let secrets = Secrets::read(&aws, &http()?, &path, &["lookup-key"]).await?;
    let lookup = LookupKey::new(secrets.get("lookup-key").as_bytes())?;
    justfax_edge::serve(World { jobs, nudges, post, lookup, letterhead, rules, system: System }, handler::handle).await
}
