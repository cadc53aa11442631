//! The Stripe API, the part we use, by hand: the generated client is larger than all the rest of a function, and its
//! retries cannot carry an idempotency key.
//!
//! Every POST is named after the Job, the order and the step, never at random, so that a repeat is recognised.

mod form;
pub mod webhook;
mod wire;

use jiff::{SignedDuration, Timestamp};
use justfax::{
    fault::Fault,
    ids::JobId,
    job::{event::MoneyNews, payment::Owed},
    ports::{Checkouts, Due, Payments},
};
use reqwest::{Client, Method, StatusCode};

use self::wire::{ApiError, Intent, Session};

/// The API version that our types describe, sent with every request.
pub const VERSION: &str = "2026-10-28.endive";

/// How long the sender has to pay. The provider allows 30 minutes to 24 hours from its own clock.
pub const TIME_TO_PAY: SignedDuration = SignedDuration::from_mins(60);

/// A card authorisation lasts about seven days; we count on a little less.
const HOLD: SignedDuration = SignedDuration::from_hours(6 * 24 + 12);

/// Access to the payment provider.
#[derive(Clone)]
pub struct Stripe {
    /// HTTP client.
    pub http: Client,
    /// Base address, without trailing slash.
    pub base: String,
    /// Secret key.
    pub key: String,
    /// Address of the site, without trailing slash.
    pub site_url: String,
}

impl std::fmt::Debug for Stripe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stripe({})", self.base)
    }
}

/// What a request came to.
enum Answer<T> {
    Ok(T),
    /// The provider refuses, with its code.
    Refused(StatusCode, String),
}

/// A refusal that nothing here can mend.
#[derive(Debug, thiserror::Error)]
#[error("the payment provider answered {0}: {1}")]
struct Refusal(StatusCode, String);

fn idempotency_key(job: &JobId, step: &str, order: u32) -> String {
    format!("justfax-{job}-{step}-{order}")
}

impl Stripe {
    async fn call<T: serde::de::DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        form: &[(String, String)],
        key: Option<String>,
    ) -> Result<Answer<T>, Fault> {
        let mut request = self
            .http
            .request(method.clone(), format!("{}{path}", self.base))
            .bearer_auth(&self.key)
            .header("Stripe-Version", VERSION);
        if method == Method::POST {
            request = request.form(form);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let response = request.send().await.map_err(|e| Fault::retry(5, e.without_url()))?;
        let status = response.status();
        let body = response.bytes().await.map_err(|e| Fault::retry(5, e.without_url()))?;
        if status.is_success() {
            return serde_json::from_slice(&body).map(Answer::Ok).map_err(Fault::broken);
        }
        let code = ApiError::code_of(&body);
        let passing = status.is_server_error() || matches!(status.as_u16(), 409 | 429);
        if passing { Err(Fault::retry(10, Refusal(status, code))) } else { Ok(Answer::Refused(status, code)) }
    }

    async fn post<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        form: &[(String, String)],
        key: String,
    ) -> Result<Answer<T>, Fault> {
        self.call(Method::POST, path, form, Some(key)).await
    }

    async fn intent(&self, intent: &str) -> Result<Intent, Fault> {
        match self.call(Method::GET, &format!("/v1/payment_intents/{intent}"), &[], None).await? {
            Answer::Ok(intent) => Ok(intent),
            Answer::Refused(status, code) => Err(Fault::broken(Refusal(status, code))),
        }
    }
}

impl Checkouts for Stripe {
    async fn open(&self, due: &Due<'_>, _now: Timestamp) -> Result<MoneyNews, Fault> {
        let expires = due.order.at + TIME_TO_PAY;
        let form = form::checkout(due, &self.site_url, expires);
        let key = idempotency_key(due.job, "open-checkout", due.number);
        match self.post::<Session>("/v1/checkout/sessions", &form, key).await? {
            Answer::Ok(Session { id, url: Some(url), .. }) => Ok(MoneyNews::Opened { session: id, url, expires }),
            Answer::Ok(_) => Err(Fault::broken("a payment page without address")),
            Answer::Refused(status, code) => Err(Fault::broken(Refusal(status, code))),
        }
    }
}

/// What a session and its payment say.
fn news_of(session: Session) -> MoneyNews {
    let Some(intent) = session.payment_intent else {
        return if session.status == "expired" { MoneyNews::Closed } else { MoneyNews::Nothing };
    };
    match (intent.status.as_str(), session.status.as_str()) {
        ("requires_capture", _) => match Timestamp::from_second(intent.created) {
            Ok(created) => MoneyNews::Held(intent.id, created + HOLD),
            Err(_) => MoneyNews::Nothing,
        },
        ("succeeded", _) => MoneyNews::Taken(intent.id),
        // A hold withdrawn before anybody asked about it is as if the page had closed: no other news will ever come.
        ("canceled", _) | (_, "expired") => MoneyNews::Closed,
        _ => MoneyNews::Nothing,
    }
}

impl Payments for Stripe {
    async fn look(&self, session: &str) -> Result<MoneyNews, Fault> {
        let path = format!("/v1/checkout/sessions/{session}?expand%5B%5D=payment_intent");
        match self.call(Method::GET, &path, &[], None).await? {
            Answer::Ok(session) => Ok(news_of(session)),
            Answer::Refused(status, code) => Err(Fault::broken(Refusal(status, code))),
        }
    }

    async fn close(&self, job: &JobId, order: u32, session: &str) -> Result<MoneyNews, Fault> {
        let path = format!("/v1/checkout/sessions/{session}/expire");
        match self.post::<serde_json::Value>(&path, &[], idempotency_key(job, "close-checkout", order)).await? {
            Answer::Ok(_) => Ok(MoneyNews::Settled(Owed::Close)),
            // Paid or expired meanwhile: whatever became of it decides.
            Answer::Refused(status, code) => match self.look(session).await? {
                MoneyNews::Nothing => Err(Fault::retry(30, Refusal(status, code))),
                news => Ok(news),
            },
        }
    }

    async fn capture(&self, job: &JobId, order: u32, intent: &str) -> Result<MoneyNews, Fault> {
        let path = format!("/v1/payment_intents/{intent}/capture");
        match self.post::<Intent>(&path, &[], idempotency_key(job, "capture", order)).await? {
            Answer::Ok(_) => Ok(MoneyNews::Settled(Owed::Capture)),
            Answer::Refused(status, code) => match self.intent(intent).await?.status.as_str() {
                "succeeded" => Ok(MoneyNews::Settled(Owed::Capture)),
                "canceled" => Ok(MoneyNews::Lapsed),
                _ => {
                    tracing::warn!(job.id = %job, %status, code, "a capture was refused");
                    Ok(MoneyNews::Broke)
                }
            },
        }
    }

    async fn release(&self, job: &JobId, order: u32, intent: &str) -> Result<MoneyNews, Fault> {
        let path = format!("/v1/payment_intents/{intent}/cancel");
        match self.post::<Intent>(&path, &[], idempotency_key(job, "release", order)).await? {
            Answer::Ok(_) => Ok(MoneyNews::Settled(Owed::Release)),
            Answer::Refused(status, code) => {
                if self.intent(intent).await?.status == "canceled" {
                    return Ok(MoneyNews::Settled(Owed::Release));
                }
                tracing::warn!(job.id = %job, %status, code, "a release was refused");
                Ok(MoneyNews::Broke)
            }
        }
    }

    async fn refund(&self, job: &JobId, order: u32, intent: &str) -> Result<MoneyNews, Fault> {
        let form = [
            ("payment_intent".to_owned(), intent.to_owned()),
            ("metadata[job]".to_owned(), job.to_string()),
            ("metadata[order]".to_owned(), order.to_string()),
        ];
        match self.post::<serde_json::Value>("/v1/refunds", &form, idempotency_key(job, "refund", order)).await? {
            Answer::Ok(_) => Ok(MoneyNews::Settled(Owed::Refund)),
            Answer::Refused(_, code) if code == "charge_already_refunded" => Ok(MoneyNews::Settled(Owed::Refund)),
            Answer::Refused(status, code) => {
                tracing::warn!(job.id = %job, %status, code, "a refund was refused");
                Ok(MoneyNews::Broke)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(session: &str, intent: &str) -> MoneyNews {
        let text = format!(
            r#"{{"id":"cs_1","status":"{session}","payment_intent":{{"id":"pi_1","status":"{intent}","created":0}}}}"#
        );
        news_of(serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn what_the_provider_says_of_a_paid_page_decides() {
        let held = MoneyNews::Held("pi_1".into(), Timestamp::UNIX_EPOCH + HOLD);
        assert_eq!(news("complete", "requires_capture"), held);
        assert_eq!(news("complete", "succeeded"), MoneyNews::Taken("pi_1".into()));
        assert_eq!(news("open", "requires_payment_method"), MoneyNews::Nothing);
        assert_eq!(news("expired", "requires_payment_method"), MoneyNews::Closed);
    }

    #[test]
    fn a_hold_withdrawn_before_anybody_asked_closes_the_page() {
        assert_eq!(news("complete", "canceled"), MoneyNews::Closed);
    }
}
