//! Batches of messages: each is worked on by itself, and only those that failed come again.

use std::{future::Future, sync::Arc};

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use justfax::{fault::Fault, ids::JobId};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::Deserialize;

/// A nudge: "this Job has work".
#[derive(Debug, Deserialize)]
pub struct Nudge {
    /// Which.
    pub job: JobId,
}

impl Nudge {
    /// Reads a message body.
    ///
    /// # Errors
    /// [`Fault::Broken`]: it will never be readable and ends in the dead-letter queue.
    pub fn parse(body: &str) -> Result<Self, Fault> {
        serde_json::from_str(body).map_err(|_| Fault::broken("a message that is no nudge"))
    }
}

/// Serves the messages of one queue until Lambda ends it.
///
/// # Errors
/// What the Lambda runtime cannot survive.
pub async fn serve<W, H, F>(world: W, handler: H) -> Result<(), Error>
where
    W: Send + Sync + 'static,
    H: Fn(Arc<W>, String) -> F + Copy + Send + Sync,
    F: Future<Output = Result<(), Fault>> + Send,
{
    let world = Arc::new(world);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<SqsEvent>| {
        let world = Arc::clone(&world);
        async move { Ok::<_, Error>(batch(&world, handler, event.payload).await) }
    }))
    .await
}

async fn batch<W, H, F>(world: &Arc<W>, handler: H, event: SqsEvent) -> SqsBatchResponse
where
    H: Fn(Arc<W>, String) -> F,
    F: Future<Output = Result<(), Fault>>,
{
    let mut failures = Vec::new();
    for record in event.records {
        let id = record.message_id.unwrap_or_default();
        if let Err(fault) = handler(Arc::clone(world), record.body.unwrap_or_default()).await {
            match &fault {
                Fault::Retry { .. } => tracing::warn!(message.id = id, error = %fault, "message goes back"),
                Fault::Broken(_) => tracing::error!(message.id = id, error = %fault, "message goes back"),
            }
            let mut failure = BatchItemFailure::default();
            failure.item_identifier = id;
            failures.push(failure);
        }
    }
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failures;
    response
}
