//! Opens Jobs and signs uploads. It can write Jobs and sign; it cannot read a document.

mod handler;

use handler::World;
use justfax_aws::{Aws, jobs::JobsTable, settings::Settings, system::System, telemetry, uploads::UploadSigner};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let world = World {
        jobs: JobsTable::new(&aws, settings.text("JOBS_TABLE")),
        uploads: UploadSigner::new(&aws, settings.text("DOCUMENTS_BUCKET")),
        system: System,
    };
    settings.finish()?;
    justfax_edge::serve(world, handler::handle).await
}
