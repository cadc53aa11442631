//! Batches of messages: each is worked on by itself, and only those that failed come again.

use std::{future::Future, sync::Arc};

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use justfax::{SignedDuration, fault::Fault, ids::JobId, ports::Inbox};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::Deserialize;

use crate::apart::apart;

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

/// How soon a message that failed comes again, by how often it was received: most trouble is a collision that is over
/// at once, and somebody may be waiting for their pages. From the third time on it is the queue's visibility time-out,
/// so that five tries outlast some minutes of an outage.
const AGAIN: [SignedDuration; 2] = [SignedDuration::from_secs(5), SignedDuration::from_secs(30)];

/// A message that cannot mend by waiting comes again at once: after its few tries it is a dead letter, and somebody is told
/// within seconds.
const AT_ONCE: SignedDuration = SignedDuration::from_secs(1);

/// Serves the messages of one queue until Lambda ends it.
///
/// # Errors
/// What the Lambda runtime cannot survive.
pub async fn serve<W, H, F>(world: W, handler: H) -> Result<(), Error>
where
    W: Inbox + Send + 'static,
    H: Fn(Arc<W>, String) -> F + Copy + Send + Sync,
    F: Future<Output = Result<(), Fault>> + Send + 'static,
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
    W: Inbox,
    H: Fn(Arc<W>, String) -> F,
    F: Future<Output = Result<(), Fault>> + Send + 'static,
{
    let mut failures = Vec::new();
    for mut record in event.records {
        let work = apart(handler(Arc::clone(world), record.body.take().unwrap_or_default()));
        let Err(fault) = work.await.unwrap_or_else(Err) else { continue };
        let id = record.message_id.clone().unwrap_or_default();
        match &fault {
            Fault::Retry { .. } => tracing::warn!(message.id = id, error = %fault, "message goes back"),
            Fault::Broken(_) => tracing::error!(message.id = id, error = %fault, "message goes back"),
        }
        if let Err(late) = put_back(&**world, &record, &fault).await {
            tracing::warn!(message.id = id, error = %late, "it comes again later than it could");
        }
        let mut failure = BatchItemFailure::default();
        failure.item_identifier = id;
        failures.push(failure);
    }
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failures;
    response
}

/// Has a message that failed come again soon, the first times.
async fn put_back(inbox: &impl Inbox, record: &SqsMessage, fault: &Fault) -> Result<(), Fault> {
    let received = record.attributes.get("ApproximateReceiveCount").and_then(|count| count.parse::<usize>().ok());
    let soon = received.and_then(|count| AGAIN.get(count.saturating_sub(1)));
    let wait = match (fault, soon) {
        (Fault::Broken(_), _) => AT_ONCE,
        (Fault::Retry { wait, .. }, Some(soon)) => (*wait).max(*soon),
        (Fault::Retry { .. }, None) => return Ok(()),
    };
    match &record.receipt_handle {
        Some(receipt) => inbox.put_back(receipt, wait).await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Remembers what is put back, and for how long.
    #[derive(Default)]
    struct Kept(Mutex<Vec<(String, i64)>>);

    impl Inbox for Kept {
        async fn put_back(&self, receipt: &str, wait: SignedDuration) -> Result<(), Fault> {
            self.0.lock().unwrap().push((receipt.to_owned(), wait.as_secs()));
            Ok(())
        }
    }

    /// A message whose body says what comes of it.
    fn message(id: &str, body: &str, received: u32) -> SqsMessage {
        let mut message = SqsMessage::default();
        message.message_id = Some(id.to_owned());
        message.receipt_handle = Some(format!("receipt of {id}"));
        message.body = Some(body.to_owned());
        message.attributes.insert("ApproximateReceiveCount".to_owned(), received.to_string());
        message
    }

    async fn told(_: Arc<Kept>, body: String) -> Result<(), Fault> {
        match body.as_str() {
            "good" => Ok(()),
            "broken" => Err(Fault::broken("as told")),
            "panic" => panic!("as told"),
            seconds => Err(Fault::retry(seconds.parse().unwrap(), "as told")),
        }
    }

    #[tokio::test]
    async fn only_what_failed_comes_again_soon_at_first_and_later_in_the_queues_own_time() {
        let mut event = SqsEvent::default();
        event.records = vec![
            message("a", "good", 1),
            message("b", "1", 1),
            message("c", "1", 2),
            message("d", "60", 1),
            message("e", "1", 3),
            message("f", "broken", 1),
            message("g", "panic", 1),
            message("h", "good", 1),
        ];
        let world = Arc::new(Kept::default());
        let response = batch(&world, told, event).await;
        let failed: Vec<_> = response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect();
        assert_eq!(failed, ["b", "c", "d", "e", "f", "g"]);
        let back =
            [("receipt of b", 5), ("receipt of c", 30), ("receipt of d", 60), ("receipt of f", 1), ("receipt of g", 1)];
        assert_eq!(*world.0.lock().unwrap(), back.map(|(receipt, wait)| (receipt.to_owned(), wait)));
    }
}
