//! Webhooks: what a provider says is recorded, and nothing else is done before it is answered.
//!
//! A webhook about an unknown Job, or with news that changes nothing, is answered like any other: the provider would only send it
//! again, and there is nothing to be told to somebody who guesses.

use justfax::{
    flow::record::{Recorded, record},
    job::event::{Event, MoneyNews, Rules},
    ports::{Clock, Jobs, Nudges},
    webhook::{News, WebhookRefused},
};
use serde_json::json;

use crate::{Answered, Code, json};

/// Records what a webhook said, once it was verified and read.
///
/// # Errors
/// [`Code::SignatureInvalid`] or [`Code::BadRequest`] for one that was refused; trouble of the store.
pub async fn take<P>(port: &P, rules: &Rules, said: Result<Option<News>, WebhookRefused>) -> Answered
where
    P: Jobs + Nudges + Clock,
{
    match said {
        Ok(None) => {}
        Ok(Some(News { job, event })) => match record(port, rules, &job, &event).await? {
            Recorded::Moved(_) => tracing::info!(job.id = %job, "news"),
            Recorded::Refused(why, _) => tracing::info!(job.id = %job, reason = %why, "nothing new"),
            Recorded::Unknown if matches!(event, Event::Money(_, MoneyNews::Broke)) => {
                tracing::error!(job.id = %job, "a refund of a forgotten Job failed, a person must look");
            }
            Recorded::Unknown => tracing::warn!(job.id = %job, "news of an unknown Job"),
        },
        Err(refused) => {
            tracing::warn!(reason = %refused, "a webhook was refused");
            let forged = refused == WebhookRefused::Signature;
            return Err(if forged { Code::SignatureInvalid } else { Code::BadRequest }.into());
        }
    }
    json(200, &json!({}))
}
