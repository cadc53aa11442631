//! Takes what becomes of the mails: after a bounce or a complaint no more go to that address. It can send none itself.

mod handler;
mod news;

use std::sync::Arc;

use handler::World;
use justfax::lookup::LookupKey;
use justfax_aws::{
    Aws, http, jobs::JobsTable, nudges::Queues, secrets::Secrets, settings::Settings, system::System, telemetry,
};
use justfax_edge::apart::apart;
use lambda_runtime::{Error, LambdaEvent, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let path = settings.text("SECRETS_PATH");
    let jobs = JobsTable::new(&aws, settings.text("JOBS_TABLE"));
    let nudges = Queues::new(&aws, settings.text("DISPATCH_QUEUE_URL"), settings.text("SETTLE_QUEUE_URL"));
    settings.finish()?;
    let secrets = Secrets::read(&aws, &http()?, &path, &["lookup-key"]).await?;
    let lookup = LookupKey::new(secrets.get("lookup-key").as_bytes())?;
    let world = Arc::new(World { jobs, nudges, lookup, system: System });
    lambda_runtime::run(service_fn(move |event: LambdaEvent<news::Event>| {
        let world = Arc::clone(&world);
        async move { apart(async move { handler::handle(&world, &event.payload).await }).await?.map_err(Error::from) }
    }))
    .await
}
