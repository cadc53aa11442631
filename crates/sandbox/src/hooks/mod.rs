//! Webhooks on their way: signed at each sending, repeated until answered, remembered for the desk.
//!
//! Each webhook has a task of its own, so a slow receiver never holds up the next: like the real providers, this one promises
//! no order. What is not delivered when the program ends is sent after the next start.

mod signature;

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::app::App;
use crate::chaos::{Misbehaviour, dice};
use crate::{clock, ids};

pub use signature::stripe_signature;

/// Seconds between sendings; the last is used again and again.
const BACK_OFF: [u64; 6] = [1, 2, 4, 8, 15, 30];
/// Sendings after which a webhook is given up (about an hour for payments; the carrier gives up after a few).
const MOST_PAYMENT_TRIES: usize = 130;
const MOST_CARRIER_TRIES: usize = 8;
/// How long a receiver may take.
const PAYMENT_PATIENCE: Duration = Duration::from_secs(10);
const CARRIER_PATIENCE: Duration = Duration::from_secs(2);
/// Older webhooks are forgotten.
const REMEMBERED: usize = 4_000;

/// Which provider sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Signature `Stripe-Signature: t=…,v1=…`.
    Payment,
    /// Signature `telnyx-signature-ed25519` over `timestamp|body`.
    Carrier,
}

impl Provider {
    /// For counting.
    fn name(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Carrier => "carrier",
        }
    }
}

/// How far a webhook has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Not answered with 2xx yet.
    Waiting,
    /// Answered with 2xx.
    Delivered,
    /// Never to be sent, by the developer's wish.
    Lost,
    /// Given up after too many tries.
    GivenUp,
}

/// One sending.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sending {
    /// RFC 3339.
    pub at: String,
    /// HTTP status; `None` if there was no answer.
    pub status: Option<u16>,
    /// Milliseconds until the answer.
    pub milliseconds: u64,
}

/// A webhook.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hook {
    /// Identifier of the event; repeats carry the same.
    pub id: String,
    /// Who sends it.
    pub provider: Provider,
    /// Type of the event.
    pub event_type: String,
    /// What it is about: fax, session, intent or refund.
    pub subject: String,
    /// Where it goes.
    pub url: String,
    /// The event without the data of the single sending.
    pub event: Value,
    /// How far it has come.
    pub progress: Progress,
    /// Every sending so far.
    pub sendings: Vec<Sending>,
}

/// All webhooks, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Outbox {
    /// In the order in which they happened.
    pub hooks: Vec<Hook>,
}

impl Hook {
    /// A webhook that has not been sent.
    #[must_use]
    pub fn new(provider: Provider, subject: &str, url: String, event: Value) -> Self {
        let text = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let event_type = match provider {
            Provider::Payment => text("type"),
            Provider::Carrier => text("event_type"),
        };
        let (id, subject) = (text("id"), subject.to_owned());
        Self { id, provider, event_type, subject, url, event, progress: Progress::Waiting, sendings: Vec::new() }
    }

    fn most_tries(&self) -> usize {
        match self.provider {
            Provider::Payment => MOST_PAYMENT_TRIES,
            Provider::Carrier => MOST_CARRIER_TRIES,
        }
    }

    /// Body of the next sending. The carrier counts its sendings in the body.
    fn body(&self) -> String {
        match self.provider {
            Provider::Payment => self.event.to_string(),
            Provider::Carrier => {
                let attempt = self.sendings.len() + 1;
                json!({"data": self.event, "meta": {"attempt": attempt, "delivered_to": self.url}}).to_string()
            }
        }
    }
}

/// Remembers a webhook and sends it until it is answered.
pub fn send(app: &Arc<App>, hook: Hook) {
    let how = match hook.provider {
        Provider::Payment => app.chaos.read(|chaos| chaos.payment.clone()),
        Provider::Carrier => app.chaos.read(|chaos| chaos.carrier.clone()),
    };
    let lost = app.tally.strikes(hook.provider.name(), "webhook_lost", how.lose);
    let (id, who) = (hook.id.clone(), hook.provider.name());
    app.hooks.change(|outbox| {
        let surplus = (outbox.hooks.len() + 1).saturating_sub(REMEMBERED);
        outbox.hooks.drain(..surplus);
        outbox.hooks.push(Hook { progress: if lost { Progress::Lost } else { Progress::Waiting }, ..hook });
    });
    if !lost {
        tokio::spawn(deliver(Arc::clone(app), who, id, how));
    }
}

/// Takes up what an earlier run of the program left.
pub fn resume(app: &Arc<App>) {
    let waiting: Vec<String> = app.hooks.read(|outbox| {
        outbox.hooks.iter().filter(|hook| hook.progress == Progress::Waiting).map(|hook| hook.id.clone()).collect()
    });
    for id in waiting {
        tokio::spawn(deliver(Arc::clone(app), "", id, Misbehaviour::default()));
    }
}

async fn deliver(app: Arc<App>, who: &'static str, id: String, how: Misbehaviour) {
    if app.tally.strikes(who, "webhook_delayed", how.delay) {
        sleep(Duration::from_millis(u64::from(dice(how.delay_ms)))).await;
    }
    if app.tally.strikes(who, "webhook_reordered", how.reorder) {
        let_another_overtake(&app, &id, how.delay_ms).await;
    }
    let mut tries = 0;
    while !send_once(&app, &id).await {
        let seconds = BACK_OFF.get(tries).or(BACK_OFF.last()).copied().unwrap_or(1);
        tries += 1;
        sleep(Duration::from_secs(seconds)).await;
    }
    if app.tally.strikes(who, "webhook_repeated", how.repeat) {
        for _ in 0..=dice(3) {
            sleep(Duration::from_millis(u64::from(dice(how.delay_ms)))).await;
            send_once(&app, &id).await;
        }
    }
}

/// Waits until a later webhook about the same thing was sent, or the time is up.
async fn let_another_overtake(app: &App, id: &str, patience_ms: u32) {
    let since = Instant::now();
    while since.elapsed() < Duration::from_millis(u64::from(patience_ms)) {
        let overtaken = app.hooks.read(|outbox| {
            let mut later = outbox.hooks.iter().skip_while(|hook| hook.id != id);
            let subject = later.next().map(|hook| &hook.subject);
            later.any(|hook| Some(&hook.subject) == subject && !hook.sendings.is_empty())
        });
        if overtaken {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// Sends once and writes down what came of it. `true` when nothing is left to do.
async fn send_once(app: &App, id: &str) -> bool {
    let Some(hook) = app.hooks.read(|outbox| outbox.hooks.iter().find(|hook| hook.id == id).cloned()) else {
        return true;
    };
    let body = hook.body();
    let since = Instant::now();
    let request = signature::signed(app, &hook, &body).header("content-type", "application/json").body(body);
    let status = request.send().await.map(|answer| answer.status().as_u16()).ok();
    let milliseconds = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
    let accepted = status.is_some_and(|status| (200..300).contains(&status));
    tracing::info!(event.kind = hook.event_type, http.status = status, duration_ms = milliseconds, "webhook sent");
    app.hooks.change(|outbox| {
        let Some(kept) = outbox.hooks.iter_mut().find(|kept| kept.id == id) else {
            return true;
        };
        kept.sendings.push(Sending { at: clock::rfc3339(), status, milliseconds });
        if accepted {
            kept.progress = Progress::Delivered;
        } else if kept.progress == Progress::Waiting && kept.sendings.len() >= kept.most_tries() {
            kept.progress = Progress::GivenUp;
        }
        kept.progress != Progress::Waiting
    })
}

/// A fresh event identifier.
#[must_use]
pub fn event_id(provider: Provider) -> String {
    match provider {
        Provider::Payment => ids::prefixed("evt"),
        Provider::Carrier => ids::uuid(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carrier_counts_its_sendings_in_the_body() {
        let event = json!({"id": "1", "event_type": "fax.queued"});
        let mut hook = Hook::new(Provider::Carrier, "f", "http://127.0.0.1/x".to_owned(), event);
        assert!(hook.body().contains(r#""attempt":1"#));
        hook.sendings.push(Sending { at: String::new(), status: None, milliseconds: 1 });
        assert!(hook.body().contains(r#""attempt":2"#));
        assert_eq!(hook.event_type, "fax.queued");
    }
}
