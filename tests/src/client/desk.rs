//! The developer desk: what the carrier, the fax machine, the payment provider and the mailbox saw.
//!
//! These are the witnesses of a journey. They know our Jobs only by what we told them, and so are they asked.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Failure, Raster};

/// The desk of a stack.
#[derive(Debug, Clone)]
pub struct Desk {
    http: reqwest::Client,
    site: String,
}

/// One call at the carrier.
#[derive(Debug, Clone, Deserialize)]
pub struct Call {
    /// The carrier's name of it.
    pub id: String,
    /// Number dialled.
    pub to: String,
    /// Our reference, `<job>.<attempt>`.
    pub client_state_text: String,
    /// The carrier's state.
    pub status: String,
    /// Why it failed.
    pub failure_reason: Option<String>,
    /// When the carrier took it, RFC 3339.
    pub created_at: String,
    /// When it last changed, RFC 3339: for a call that is over, its end.
    pub updated_at: String,
    /// Whether we had it deleted.
    pub deleted: bool,
    /// The document at the carrier.
    pub carrier_copy: Option<Value>,
    /// The far end; none when nobody answered.
    pub machine: Option<Machine>,
}

/// What the far end saw.
#[derive(Debug, Clone, Deserialize)]
pub struct Machine {
    /// What it calls itself.
    pub csid: Option<String>,
    /// What it heard us call ourselves.
    pub tsi: Option<String>,
    /// Last speed in bit/s.
    pub bit_rate: u32,
    /// Its paper.
    pub pages: Vec<ReceivedPage>,
}

/// A page on the paper of the virtual machine.
#[derive(Debug, Clone, Deserialize)]
pub struct ReceivedPage {
    /// SHA-256 of its packed rows.
    pub sha256: String,
    /// Whether it came to its end.
    pub complete: bool,
    /// Path of its picture on the desk.
    pub png: String,
}

/// One payment at the provider, in minor units.
#[derive(Debug, Clone, Deserialize)]
pub struct Intent {
    /// The provider's name of it.
    pub id: String,
    /// Its state.
    pub status: String,
    /// Asked for.
    pub amount: i64,
    /// Held now.
    pub held: i64,
    /// Captured.
    pub captured: i64,
    /// Released.
    pub released: i64,
    /// Paid back.
    pub refunded: i64,
    /// The Job, as we told the provider.
    pub client_reference_id: Option<String>,
}

impl Call {
    /// Which attempt of its Job it was.
    pub fn attempt(&self) -> Option<u32> {
        self.client_state_text.rsplit_once('.')?.1.parse().ok()
    }

    /// The Job it was for, as we told the carrier.
    pub fn job(&self) -> Option<&str> {
        Some(self.client_state_text.rsplit_once('.')?.0)
    }

    /// Whether the carrier has said its last word on it.
    pub fn is_over(&self) -> bool {
        matches!(self.status.as_str(), "delivered" | "failed")
    }

    /// When the carrier took it, in milliseconds since 1970.
    pub fn created_ms(&self) -> i64 {
        milliseconds(&self.created_at)
    }

    /// When it last changed, in milliseconds since 1970.
    pub fn updated_ms(&self) -> i64 {
        milliseconds(&self.updated_at)
    }
}

impl Intent {
    /// Whether no money of the sender is held, and none is kept but what was captured.
    pub fn is_settled(&self) -> bool {
        self.held == 0 && matches!(self.status.as_str(), "succeeded" | "canceled" | "requires_payment_method")
    }
}

/// One mail.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    /// Recipients.
    pub to: Vec<String>,
    /// When it came, RFC 3339.
    pub at: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: Option<String>,
    /// HTML.
    pub html: Option<String>,
    /// All headers.
    pub headers: Vec<(String, String)>,
    /// Files that came with it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// A file that came with a mail.
#[derive(Debug, Clone, Deserialize)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// Its path on the desk.
    pub url: String,
}

impl Mail {
    /// A header, by its name in lower case.
    pub fn header(&self, wanted: &str) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    }

    /// Whether it is a letter of this kind that is about no Job: `<kind>.<random>`.
    pub fn is(&self, kind: &str) -> bool {
        self.header("x-justfax-letter").and_then(|key| key.split('.').next()) == Some(kind)
    }

    /// Its kind, if it is about this Job: the header `X-JustFax-Letter` is `<job>.<kind>.<order>…`.
    pub fn kind_for(&self, job: &str) -> Option<&str> {
        self.key()?.strip_prefix(job)?.strip_prefix('.')?.split('.').next()
    }

    /// Its stable name: a repeat has the same.
    pub fn key(&self) -> Option<&str> {
        self.header("x-justfax-letter")
    }

    /// When it came, in milliseconds since 1970.
    pub fn at_ms(&self) -> i64 {
        milliseconds(&self.at)
    }
}

impl Desk {
    /// The desk on the site's origin.
    pub fn new(http: &reqwest::Client, site: &str) -> Self {
        Self { http: http.clone(), site: site.to_owned() }
    }

    /// The calls of a Job, oldest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn calls(&self, job: &str) -> Result<Vec<Call>, Failure> {
        Ok(self.all_calls().await?.into_iter().filter(|call| call.job() == Some(job)).collect())
    }

    /// The calls of all Jobs, oldest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn all_calls(&self) -> Result<Vec<Call>, Failure> {
        self.list("/desk/fax.json", "calls").await
    }

    /// The payments of a Job, oldest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn payments(&self, job: &str) -> Result<Vec<Intent>, Failure> {
        let intents = self.all_payments().await?;
        Ok(intents.into_iter().filter(|intent| intent.client_reference_id.as_deref() == Some(job)).collect())
    }

    /// The payments of all Jobs, oldest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn all_payments(&self) -> Result<Vec<Intent>, Failure> {
        self.list("/desk/payments.json", "intents").await
    }

    /// Everything that the payment provider has about a Job: its sessions, with their raw fields.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn sessions(&self, job: &str) -> Result<Vec<Value>, Failure> {
        let sessions: Vec<Value> = self.list("/desk/payments.json", "sessions").await?;
        Ok(sessions.into_iter().filter(|session| session["request"]["client_reference_id"] == job).collect())
    }

    /// The mails about a Job with their kinds, oldest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn mails(&self, job: &str) -> Result<Vec<(String, Mail)>, Failure> {
        let ours = self.all_mails().await?.into_iter().filter_map(|mail| Some((mail.kind_for(job)?.to_owned(), mail)));
        Ok(ours.collect())
    }

    /// The mails to an address, newest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn mails_to(&self, address: &str) -> Result<Vec<Mail>, Failure> {
        let mails: Vec<Mail> = self.list("/desk/mail.json", "mails").await?;
        Ok(mails.into_iter().filter(|mail| mail.to.iter().any(|to| to == address)).collect())
    }

    /// All mails, oldest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn all_mails(&self) -> Result<Vec<Mail>, Failure> {
        let newest_first: Vec<Mail> = self.list("/desk/mail.json", "mails").await?;
        Ok(newest_first.into_iter().rev().collect())
    }

    /// Sets the providers' misbehaviour; what is left out behaves.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn misbehave(&self, how: &Value) -> Result<(), Failure> {
        let answer = self.http.put(format!("{}/desk/chaos.json", self.site)).json(how).send().await?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(unreadable("misbehaviour", format!("status {status}"))) }
    }

    /// How often the providers have misbehaved since the sandbox started, by kind.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn misbehaved(&self) -> Result<BTreeMap<String, u64>, Failure> {
        Ok(self.http.get(format!("{}/desk/faults.json", self.site)).send().await?.json().await?)
    }

    /// Makes a refund fail after the fact.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn fail_refund(&self, refund: &str) -> Result<(), Failure> {
        self.press(&format!("refunds/{refund}/fail")).await
    }

    /// Makes the cardholder's bank dispute a payment.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn dispute(&self, intent: &str) -> Result<(), Failure> {
        self.press(&format!("intents/{intent}/dispute")).await
    }

    /// The refunds of a payment, raw.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn refunds(&self, intent: &str) -> Result<Vec<Value>, Failure> {
        let refunds: Vec<Value> = self.list("/desk/payments.json", "refunds").await?;
        Ok(refunds.into_iter().filter(|refund| refund["intent"] == intent).collect())
    }

    async fn press(&self, button: &str) -> Result<(), Failure> {
        let answer = self.http.post(format!("{}/desk/payments/{button}", self.site)).send().await?;
        let status = answer.status();
        if status.is_redirection() { Ok(()) } else { Err(unreadable("desk", answer.text().await?)) }
    }

    /// The webhooks sent so far, raw, oldest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn webhooks(&self) -> Result<Vec<Value>, Failure> {
        self.list("/desk/webhooks.json", "webhooks").await
    }

    /// The picture of a received page.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn picture(&self, page: &ReceivedPage) -> Result<Raster, Failure> {
        fetch_picture(&self.http, &format!("{}{}", self.site, page.png)).await
    }

    /// A file that came with a mail.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn attachment(&self, attachment: &Attachment) -> Result<Vec<u8>, Failure> {
        let response = self.http.get(format!("{}{}", self.site, attachment.url)).send().await?;
        Ok(response.error_for_status()?.bytes().await?.to_vec())
    }

    async fn list<T: DeserializeOwned>(&self, path: &str, name: &str) -> Result<Vec<T>, Failure> {
        let mut all: Value = self.http.get(format!("{}{path}", self.site)).send().await?.json().await?;
        serde_json::from_value(all[name].take()).map_err(|error| unreadable("desk", error.to_string()))
    }
}

/// Milliseconds since 1970 of an RFC 3339 time; 0 when it is none.
fn milliseconds(time: &str) -> i64 {
    time.parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_millisecond)
}

/// Fetches and reads a page picture.
///
/// # Errors
/// [`Failure`].
pub async fn fetch_picture(http: &reqwest::Client, url: &str) -> Result<Raster, Failure> {
    let response = http.get(url).send().await?;
    let status = response.status();
    let bytes = response.bytes().await?;
    if !status.is_success() {
        return Err(unreadable("picture", format!("status {status}")));
    }
    Raster::read(&bytes).map_err(|error| unreadable("picture", error.to_string()))
}

fn unreadable(operation: &'static str, why: String) -> Failure {
    Failure::Unpromised { operation, status: 200, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_belongs_to_the_job_before_the_last_full_stop() {
        let call = |state: &str| -> Call {
            serde_json::from_value(serde_json::json!({
                "id": "c", "to": "+1", "client_state_text": state, "status": "delivered", "deleted": false,
                "created_at": "1970-01-01T00:00:01Z", "updated_at": "soon",
            }))
            .unwrap()
        };
        assert_eq!((call("a.b.2").job(), call("a.b.2").attempt()), (Some("a.b"), Some(2)));
        assert_eq!((call("abc").job(), call("abc").attempt()), (None, None));
        assert_eq!((call("a.1").created_ms(), call("a.1").updated_ms()), (1_000, 0));
    }

    #[test]
    fn the_kind_of_a_mail_is_read_from_its_letter_header() {
        let mail = |key: &str| Mail {
            to: vec![],
            at: String::new(),
            subject: String::new(),
            text: None,
            html: None,
            headers: vec![("x-justfax-letter".to_owned(), key.to_owned())],
            attachments: vec![],
        };
        assert_eq!(mail("abc.undelivered.1.5").kind_for("abc"), Some("undelivered"));
        assert_eq!(mail("abcd.ordered.1").kind_for("abc"), None);
        assert_eq!(mail("").kind_for("abc"), None);
    }

    #[test]
    fn money_on_hold_is_not_settled() {
        let mut intent: Intent = serde_json::from_value(serde_json::json!({
            "id": "pi", "status": "requires_capture", "amount": 199, "held": 199, "captured": 0, "released": 0, "refunded": 0
        }))
        .unwrap();
        assert!(!intent.is_settled());
        intent.status = "canceled".to_owned();
        intent.held = 0;
        assert!(intent.is_settled());
    }
}
