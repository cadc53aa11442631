//! Turns uploads into pages. Rendering happens in a child process of this same program, without its environment.

mod handler;
mod renderer;

use handler::World;
use justfax_aws::{
    Aws, files::Documents, inbox::Queue, jobs::JobsTable, nudges::Queues, settings::Settings, system::System, telemetry,
};

/// The argument that makes this program the rendering child.
const RENDER_CHILD: &str = "render-child";

fn main() -> Result<(), lambda_runtime::Error> {
    if std::env::args().nth(1).as_deref() == Some(RENDER_CHILD) {
        return justfax_pages::child::serve().map_err(Into::into);
    }
    serve()
}

#[tokio::main]
async fn serve() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let aws = Aws::new(&settings);
    let world = World {
        jobs: JobsTable::new(&aws, settings.text("JOBS_TABLE")),
        files: Documents::new(&aws, settings.text("DOCUMENTS_BUCKET")),
        nudges: Queues::new(&aws, String::new(), settings.text("SETTLE_QUEUE_URL")),
        inbox: Queue::new(&aws, settings.text("PREPARE_QUEUE_URL")),
        renderer: renderer::Child,
        system: System,
    };
    settings.finish()?;
    justfax_edge::queue::serve(world, handler::handle).await
}
