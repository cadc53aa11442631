//! Finds Jobs that stand still and nudges their workers, every minute. It reads an index and no Job.

use std::sync::Arc;

use justfax::flow::sweep::{PAGE, sweep};
use justfax_aws::{Aws, jobs::JobsTable, nudges::Queues, settings::Settings, system::System, telemetry};
use justfax_edge::apart::apart;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::Value;

struct World {
    jobs: JobsTable,
    nudges: Queues,
    system: System,
}

justfax::delegate!(World {
    Overdue => jobs;
    Nudges => nudges;
    Clock => system;
});

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let world = Arc::new(World {
        jobs: JobsTable::new(&aws, settings.text("JOBS_TABLE")),
        nudges: Queues::new(&aws, settings.text("DISPATCH_QUEUE_URL"), settings.text("SETTLE_QUEUE_URL")),
        system: System,
    });
    settings.finish()?;
    lambda_runtime::run(service_fn(move |_: LambdaEvent<Value>| {
        let world = Arc::clone(&world);
        async move {
            let overdue = apart(async move { sweep(&*world).await }).await??;
            tracing::info!(overdue, "swept");
            if overdue >= PAGE {
                // The oldest come first: those that cannot be moved would keep the others out for ever.
                tracing::error!(overdue, "more is overdue than one sweep looks at");
            }
            Ok::<_, Error>(())
        }
    }))
    .await
}
