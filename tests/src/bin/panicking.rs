//! A function put together like ours, whose work hands its message to the SDK and then panics with it: so that a test can
//! see what of it gets out.

use std::sync::Arc;

use justfax::{SignedDuration, fault::Fault, ports::Inbox};
use justfax_aws::{Aws, inbox::Queue, settings::Settings, telemetry};

#[expect(clippy::panic, reason = "that is what this program is for")]
async fn work(queue: Arc<Queue>, body: String) -> Result<(), Fault> {
    if body == "good" || queue.put_back(&body, SignedDuration::ZERO).await.is_ok() {
        return Ok(());
    }
    panic!("cannot go on with {body}");
}

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::start();
    let settings = Settings::from_environment();
    let queue = Queue::new(&Aws::new(&settings), settings.text("SETTLE_QUEUE_URL"));
    settings.finish()?;
    justfax_edge::queue::serve(queue, work).await
}
