//! Shows a Job to its sender. It reads the record and signs links to page pictures; it changes nothing.

mod handler;

use handler::World;
use justfax::number::FaxNumber;
use justfax_aws::{Aws, files::Documents, jobs::JobsTable, settings::Settings, telemetry};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let rules = justfax_edge::rules(&|name| settings.optional(name))?;
    let operator: serde_json::Value = serde_json::from_str(include_str!("../../../infra/operator.json"))?;
    let from = settings.text("CARRIER_FROM");
    let world = World {
        jobs: JobsTable::new(&aws, settings.text("JOBS_TABLE")),
        files: Documents::new(&aws, settings.text("DOCUMENTS_BUCKET")),
        rules,
        header_sender: String::new(),
    };
    settings.finish()?;
    let sender =
        justfax_pages::header::sender(operator["service"].as_str().unwrap_or_default(), &FaxNumber::try_from(from)?);
    let world = World { header_sender: sender, ..world };
    justfax_edge::serve(world, handler::handle).await
}
