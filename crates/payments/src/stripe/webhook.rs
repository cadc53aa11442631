//! Webhooks of the payment provider: HMAC-SHA-256 over `t.body`, at most 300 s old, repeated and out of order.
//!
//! An event only says *that* something happened to the payment of an order; what the money really does is asked from
//! the provider where it matters ([`MoneyNews::Changed`]), so this function needs no key to the account.

use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use justfax::{
    ids::JobId,
    job::event::{Event, MoneyNews},
    webhook::{News, WebhookRefused},
};
use serde::Deserialize;
use sha2::Sha256;

/// Older or newer than this, a webhook may be a replay.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(300);

/// Checks the `Stripe-Signature` header: `t=…,v1=…`, with several `v1` while a secret is rolled.
///
/// # Errors
/// [`WebhookRefused::Signature`].
pub fn verify(secret: &str, header: &str, body: &[u8], now: Timestamp) -> Result<(), WebhookRefused> {
    let refused = WebhookRefused::Signature;
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let time = parts().find(|(name, _)| *name == "t").map(|(_, value)| value).ok_or(refused)?;
    let signed_at = time.parse().ok().and_then(|s| Timestamp::from_second(s).ok()).ok_or(refused)?;
    if secret.is_empty() || signed_at.duration_since(now).abs() > TOLERANCE {
        return Err(refused);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| refused)?;
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    let holds = parts()
        .filter(|(name, _)| *name == "v1")
        .filter_map(|(_, value)| HEXLOWER_PERMISSIVE.decode(value.as_bytes()).ok())
        .any(|signature| mac.clone().verify_slice(&signature).is_ok());
    if holds { Ok(()) } else { Err(refused) }
}

#[derive(Deserialize)]
struct PaymentEvent {
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    metadata: Option<Metadata>,
    /// Of a dispute: the payment it is about.
    #[serde(default)]
    payment_intent: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    job: Option<String>,
    #[serde(default)]
    order: Option<String>,
}

/// Reads a verified body; none when it is an event that does not concern us.
///
/// # Errors
/// [`WebhookRefused::Form`].
pub fn read(body: &[u8]) -> Result<Option<News>, WebhookRefused> {
    let event: PaymentEvent = serde_json::from_slice(body).map_err(|_| WebhookRefused::Form)?;
    let news = match event.kind.as_str() {
        "checkout.session.completed" | "checkout.session.async_payment_succeeded" => MoneyNews::Changed,
        "checkout.session.expired" => MoneyNews::Closed,
        "checkout.session.async_payment_failed" | "payment_intent.payment_failed" => MoneyNews::Declined,
        "payment_intent.canceled" => MoneyNews::Lapsed,
        "refund.failed" => MoneyNews::Broke,
        kind if kind.starts_with("charge.dispute.") => {
            disputed(kind, event.data.object.payment_intent.as_deref());
            return Ok(None);
        }
        _ => return Ok(None),
    };
    let named = event.data.object.metadata.and_then(|m| Some((m.job?, m.order?)));
    let Some((job, order)) = named.and_then(|(job, order)| Some((JobId::parse(&job).ok()?, order.parse().ok()?)))
    else {
        return Ok(None);
    };
    Ok(Some(News { job, event: Event::Money(order, news) }))
}

/// A dispute is settled by the operator in the provider's dashboard and moves no Job: the fax is delivered or it is not.
fn disputed(kind: &str, payment: Option<&str>) {
    if kind == "charge.dispute.created" {
        tracing::error!(event = kind, payment.reference = payment, "a payment is disputed, a person must look");
    } else {
        tracing::warn!(event = kind, payment.reference = payment, "news of a disputed payment");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    const AT: i64 = 1_700_000_000;

    fn header(secret: &str, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{AT}.").as_bytes());
        mac.update(body);
        format!("t={AT},v1={}", HEXLOWER.encode(&mac.finalize().into_bytes()))
    }

    fn now() -> Timestamp {
        Timestamp::from_second(AT).unwrap()
    }

    #[test]
    fn a_signature_holds_for_its_body_its_secret_and_five_minutes() {
        let good = header("whsec", b"{}");
        assert_eq!(verify("whsec", &good, b"{}", now()), Ok(()));
        assert!(verify("whsec", &good, b"{ }", now()).is_err());
        assert!(verify("other", &good, b"{}", now()).is_err());
        assert!(verify("", &header("", b"{}"), b"{}", now()).is_err());
        assert!(verify("whsec", &good, b"{}", now() + SignedDuration::from_secs(301)).is_err());
        assert!(verify("whsec", "t=,v1=", b"{}", now()).is_err());
    }

    #[test]
    fn one_of_several_signatures_is_enough_while_a_secret_is_rolled() {
        let both = format!("{},v1=00ff", header("new", b"{}"));
        assert_eq!(verify("new", &both, b"{}", now()), Ok(()));
    }

    #[test]
    fn news_is_read_from_the_metadata() {
        let body = br#"{"type":"checkout.session.completed","data":{"object":{"metadata":{"job":"abcdefghijklmnopqrstuvwxyz","order":"2"}}}}"#;
        let news = read(body).unwrap().unwrap();
        assert_eq!(news.event, Event::Money(2, MoneyNews::Changed));
        assert_eq!(read(br#"{"type":"charge.refunded","data":{"object":{}}}"#), Ok(None));
        assert_eq!(read(br#"{"type":"refund.failed","data":{"object":{"metadata":{}}}}"#), Ok(None));
    }
}
