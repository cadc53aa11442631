//! The answers of the API, typed; `docs/openapi.yaml` says what they mean.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where a Job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Files are awaited, converted or refused.
    Draft,
    /// Can be ordered.
    Ready,
    /// Ordered, not paid.
    AwaitingPayment,
    /// Paid.
    Sending,
    /// Every redial failed; the hold is kept.
    Undelivered,
    /// Money released, pages kept.
    Failed,
    /// Delivered.
    Delivered,
    /// Erased.
    Purged,
}

/// Where the money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// No payment, or one that was closed.
    None,
    /// The page is open.
    Open,
    /// Held on the card.
    Held,
    /// Being captured.
    Capturing,
    /// Ours.
    Captured,
    /// Being given back.
    Releasing,
    /// The hold is gone.
    Released,
    /// Paid back.
    Refunded,
    /// A person must look.
    InDispute,
}

/// An amount of money in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Money {
    /// Minor units, e.g. cents.
    pub amount: u32,
    /// ISO 4217.
    pub currency: String,
}

/// A file to be announced.
#[derive(Debug, Clone, Serialize)]
pub struct NewDocument {
    /// Its name.
    pub name: String,
    /// Its exact size.
    pub bytes: u64,
}

/// A presigned upload.
#[derive(Debug, Clone, Deserialize)]
pub struct Upload {
    /// Which Document.
    pub document: String,
    /// Where to post the form.
    pub url: String,
    /// Fields before the field `file`.
    pub fields: BTreeMap<String, String>,
}

/// A new Job.
#[derive(Debug, Clone, Deserialize)]
pub struct OpenedJob {
    /// Its id.
    pub job: String,
    /// Its secret, told once.
    pub secret: String,
    /// One for each file announced.
    pub uploads: Vec<Upload>,
}

/// Further uploads.
#[derive(Debug, Clone, Deserialize)]
pub struct Uploads {
    /// One for each file announced.
    pub uploads: Vec<Upload>,
}

/// A file of a Job.
#[derive(Debug, Clone, Deserialize)]
pub struct DocumentView {
    /// Its id.
    pub id: String,
    /// `awaited`, `prepared` or `refused`.
    pub state: String,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// How many of its pages are sent.
    pub pages: u32,
    /// Pages that are not sent.
    pub left_out: Vec<u32>,
}

/// A prepared page.
#[derive(Debug, Clone, Deserialize)]
pub struct PageView {
    /// Page of the fax; none when it is left out.
    pub number: Option<u32>,
    /// Of which file.
    pub document: String,
    /// Page of the file.
    pub source: u32,
    /// How it lies, in degrees to the right.
    pub turn: u32,
    /// 98 or 196.
    pub rows_per_inch: u32,
    /// Scan lines.
    pub rows: usize,
    /// PNG of the bits that are sent.
    pub preview: String,
    /// Small picture.
    pub thumbnail: String,
}

/// Whom to.
#[derive(Debug, Clone, Deserialize)]
pub struct Recipient {
    /// E.164.
    pub e164: String,
}

/// A price before ordering.
#[derive(Debug, Clone, Deserialize)]
pub struct Quote {
    /// Whom to.
    pub recipient: Recipient,
    /// Pages.
    pub pages: u32,
    /// Gross.
    pub price: Money,
}

/// The page where the sender pays.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub struct PaymentPage {
    /// Its address.
    pub url: String,
}

/// The payment of a Job.
#[derive(Debug, Clone, Deserialize)]
pub struct Payment {
    /// Where the money is.
    pub state: PaymentState,
    /// The last try was declined.
    #[serde(default)]
    pub declined: bool,
    /// The provider's name of it.
    pub reference: Option<String>,
}

/// One dial.
#[derive(Debug, Clone, Deserialize)]
pub struct AttemptView {
    /// From 1.
    pub number: u32,
    /// E.164 number dialled.
    pub to: String,
    /// `dialling`, `transmitting`, `unknown` or `ended`.
    pub state: String,
    /// How it ended.
    pub outcome: Option<String>,
    /// Length of the call.
    pub seconds: Option<u32>,
    /// Pages confirmed.
    pub pages: Option<u32>,
    /// What the far end calls itself.
    pub csid: Option<String>,
    /// SHA-256 of the file handed to the carrier.
    pub sent_sha256: Option<String>,
}

/// What became of one kind of copies.
#[derive(Debug, Clone, Deserialize)]
pub struct DeletionView {
    /// Which copies.
    pub copies: String,
    /// `kept`, `deleting` or `deleted`.
    pub state: String,
}

/// A mail about a Job.
#[derive(Debug, Clone, Deserialize)]
pub struct MailView {
    /// `ordered`, `delivered`, `undelivered` or `released`.
    pub kind: String,
    /// `due` or `sent`.
    pub state: String,
}

/// Everything the sender may know about a Job.
#[derive(Debug, Clone, Deserialize)]
pub struct JobView {
    /// Its id.
    pub job: String,
    /// Where it stands.
    pub stage: Stage,
    /// Its files.
    pub documents: Vec<DocumentView>,
    /// Its pages, none once they are deleted.
    pub pages: Vec<PageView>,
    /// Pages that are not sent.
    pub left_out: Vec<PageView>,
    /// Whom to.
    pub recipient: Option<Recipient>,
    /// Gross price of the order.
    pub price: Option<Money>,
    /// Its payment.
    pub payment: Payment,
    /// Its attempts.
    pub attempts: Vec<AttemptView>,
    /// What became of the copies.
    pub deletions: Vec<DeletionView>,
    /// The link by mail, where it was asked for.
    pub link: Option<LinkView>,
    /// Why no more mail goes out.
    pub mail_stopped: Option<String>,
    /// Its mails.
    pub mails: Vec<MailView>,
    /// What the sender may do now.
    pub actions: Vec<String>,
}

impl JobView {
    /// Whether a wish can be made now.
    pub fn allows(&self, action: &str) -> bool {
        self.actions.iter().any(|allowed| allowed == action)
    }

    /// Whether nothing is left to be done for an ended Job: money settled, copies deleted or kept, mails sent.
    pub fn is_settled(&self) -> bool {
        let money =
            !matches!(self.payment.state, PaymentState::Capturing | PaymentState::Releasing | PaymentState::Held);
        money && self.deletions.iter().all(|d| d.state != "deleting") && self.mails.iter().all(|m| m.state == "sent")
    }
}

/// A wish for the link by mail.
#[derive(Debug, Clone, Deserialize)]
pub struct LinkView {
    /// Where it went.
    pub email: String,
    /// When the reminder goes, RFC 3339.
    pub reminder: Option<String>,
}

/// Why not, as RFC 9457 problem details.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: String,
    /// In a few words.
    pub title: String,
    /// What to do.
    #[serde(default)]
    pub detail: String,
    /// Field of the request.
    pub field: Option<String>,
}
