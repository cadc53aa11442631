//! Webhooks of the carrier: Ed25519 over `timestamp|body`, at most 300 s old, repeated and out of order.

use data_encoding::BASE64;
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::{SignedDuration, Timestamp};
use justfax::{
    ids::JobId,
    job::{
        attempt::DeliveryReport,
        event::{CallNews, Event},
    },
    redial::Outcome,
    webhook::{News, WebhookRefused},
};
use serde::Deserialize;

use super::reasons::outcome_of;

/// Older or newer than this, a webhook may be a replay.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(300);

/// The carrier's public key.
#[derive(Debug, Clone)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads the key as the carrier's portal shows it: 32 bytes in base64.
    ///
    /// # Errors
    /// [`WebhookRefused::Form`] when it is no such key.
    pub fn parse(text: &str) -> Result<Self, WebhookRefused> {
        let bytes = BASE64.decode(text.trim().as_bytes()).map_err(|_| WebhookRefused::Form)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| WebhookRefused::Form)?;
        VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_| WebhookRefused::Form)
    }

    /// Checks the headers `telnyx-signature-ed25519` and `telnyx-timestamp` against the body.
    ///
    /// # Errors
    /// [`WebhookRefused::Signature`].
    pub fn verify(&self, signature: &str, timestamp: &str, body: &[u8], now: Timestamp) -> Result<(), WebhookRefused> {
        let refused = WebhookRefused::Signature;
        let signed_at = timestamp.parse().ok().and_then(|s| Timestamp::from_second(s).ok()).ok_or(refused)?;
        if signed_at.duration_since(now).abs() > TOLERANCE {
            return Err(refused);
        }
        let signature = BASE64.decode(signature.as_bytes()).map_err(|_| refused)?;
        let signature = Signature::from_slice(&signature).map_err(|_| refused)?;
        let signed = [timestamp.as_bytes(), b"|", body].concat();
        self.0.verify_strict(&signed, &signature).map_err(|_| refused)
    }
}

#[derive(Deserialize)]
struct Envelope {
    data: FaxEvent,
}

#[derive(Deserialize)]
struct FaxEvent {
    event_type: String,
    payload: Payload,
}

#[derive(Deserialize)]
struct Payload {
    fax_id: String,
    #[serde(default)]
    client_state: Option<String>,
    #[serde(default)]
    failure_reason: Option<String>,
    #[serde(default)]
    page_count: Option<u32>,
    #[serde(default)]
    call_duration_secs: Option<u32>,
    #[serde(default)]
    remote_station_id: Option<String>,
}

/// Reads a verified body; none when it is an event that does not concern us.
///
/// # Errors
/// [`WebhookRefused::Form`].
pub fn read(body: &[u8]) -> Result<Option<News>, WebhookRefused> {
    let event = serde_json::from_slice::<Envelope>(body).map_err(|_| WebhookRefused::Form)?.data;
    let Some((job, attempt)) = event.payload.client_state.as_deref().and_then(our_reference) else { return Ok(None) };
    let payload = event.payload;
    let progress = |transmitting| CallNews::Progress { reference: payload.fax_id.clone(), transmitting };
    let news = match event.event_type.as_str() {
        "fax.queued" | "fax.media.processed" => progress(false),
        "fax.sending.started" => progress(true),
        "fax.delivered" => CallNews::Report {
            reference: Some(payload.fax_id),
            report: DeliveryReport {
                outcome: Outcome::Delivered,
                seconds: payload.call_duration_secs,
                pages: payload.page_count,
                csid: payload.remote_station_id,
                reason: None,
            },
        },
        "fax.failed" => CallNews::Report {
            reference: Some(payload.fax_id),
            report: DeliveryReport {
                outcome: outcome_of(payload.failure_reason.as_deref()),
                seconds: payload.call_duration_secs,
                pages: payload.page_count,
                csid: payload.remote_station_id,
                reason: payload.failure_reason,
            },
        },
        _ => return Ok(None),
    };
    Ok(Some(News { job, event: Event::Call(attempt, news) }))
}

/// Reads our reference back: `<job>.<attempt>` in base64.
fn our_reference(client_state: &str) -> Option<(JobId, u32)> {
    let text = String::from_utf8(BASE64.decode(client_state.as_bytes()).ok()?).ok()?;
    let (job, attempt) = text.split_once('.')?;
    Some((JobId::parse(job).ok()?, attempt.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};

    const JOB: &str = "abcdefghijklmnopqrstuvwxyz";

    fn signed(body: &[u8], at: i64) -> (PublicKey, String, String) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let timestamp = at.to_string();
        let signature = key.sign(&[timestamp.as_bytes(), b"|", body].concat());
        let public = PublicKey::parse(&BASE64.encode(key.verifying_key().as_bytes())).unwrap();
        (public, BASE64.encode(&signature.to_bytes()), timestamp)
    }

    fn event(kind: &str, more: &str) -> Vec<u8> {
        let state = super::super::client_state(JOB, 2);
        format!(r#"{{"data":{{"event_type":"{kind}","payload":{{"fax_id":"f1","client_state":"{state}"{more}}}}}}}"#)
            .into()
    }

    #[test]
    fn a_signature_holds_for_five_minutes_and_for_its_own_body() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let (key, signature, timestamp) = signed(b"{}", 1_700_000_000);
        assert_eq!(key.verify(&signature, &timestamp, b"{}", now), Ok(()));
        assert!(key.verify(&signature, &timestamp, b"{ }", now).is_err());
        assert!(key.verify(&signature, "1700000001", b"{}", now).is_err());
        assert!(key.verify(&signature, &timestamp, b"{}", now + SignedDuration::from_secs(301)).is_err());
        assert!(key.verify("", "", b"{}", now).is_err());
    }

    #[test]
    fn a_delivered_fax_is_read_with_its_facts() {
        let news = read(&event("fax.delivered", r#","page_count":3,"call_duration_secs":95"#)).unwrap().unwrap();
        assert_eq!(news.job.as_str(), JOB);
        let Event::Call(2, CallNews::Report { reference, report }) = news.event else { panic!("no report") };
        assert_eq!(reference.as_deref(), Some("f1"));
        assert_eq!((report.outcome, report.pages, report.seconds), (Outcome::Delivered, Some(3), Some(95)));
    }

    #[test]
    fn events_that_are_not_ours_are_passed_over() {
        assert_eq!(read(br#"{"data":{"event_type":"fax.queued","payload":{"fax_id":"f"}}}"#), Ok(None));
        assert_eq!(read(&event("fax.new_kind", "")), Ok(None));
        assert_eq!(read(b"[]"), Err(WebhookRefused::Form));
    }
}
