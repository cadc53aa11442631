//! Takes the sender's wishes: arrange files and pages, remove a file, cancel, correct the number, money back, erase.

mod arranging;
mod handler;

use handler::World;
use justfax::tariff::Tariff;
use justfax_aws::{Aws, inbox::Queue, jobs::JobsTable, nudges::Queues, settings::Settings, system::System, telemetry};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let tariff: Tariff = serde_json::from_str(include_str!("../../../infra/operator.json"))?;
    let world = World {
        jobs: JobsTable::new(&aws, settings.text("JOBS_TABLE")),
        nudges: Queues::new(&aws, settings.text("DISPATCH_QUEUE_URL"), settings.text("SETTLE_QUEUE_URL")),
        renderings: Queue::new(&aws, settings.text("PREPARE_QUEUE_URL")),
        rules,
        tariff,
        system: System,
    };
    settings.finish()?;
    justfax_edge::serve(world, handler::handle).await
}
