//! Shows a Job to its sender. It reads the record and signs links to page pictures; it changes nothing.

mod handler;

use handler::World;
use justfax_aws::{Aws, files::Documents, jobs::JobsTable, settings::Settings, telemetry};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let world = World {
        jobs: JobsTable::new(&aws, settings.text("JOBS_TABLE")),
        files: Documents::new(&aws, settings.text("DOCUMENTS_BUCKET")),
        rules,
    };
    settings.finish()?;
    justfax_edge::serve(world, handler::handle).await
}
