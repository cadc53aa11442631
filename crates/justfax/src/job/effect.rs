//! What must be done: effects as data, each with a name that stays the same however often it is tried.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::DocumentId;

/// Kinds of copies that are deleted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Copies {
    /// Upload and pages of one Document that was removed or refused.
    Document(DocumentId),
    /// Everything uploaded.
    Originals,
    /// Prepared pages and previews.
    Pages,
    /// Files made for the carrier.
    Transmissions,
    /// What the carrier keeps of this attempt.
    CarrierCopy(u32),
    /// Reduced pictures of the first page, kept for the report.
    Pictures,
}

/// Kinds of mail, one each per order; those with the private link are numbered by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// The order is accepted and paid.
    Ordered,
    /// The fax was delivered.
    Delivered,
    /// The sender corrected the number, and it is dialled anew.
    Corrected,
    /// Every redial failed; what the sender can do now.
    Undelivered,
    /// The money goes back.
    Released,
    /// The private link, for who asked for it.
    Link,
    /// The reminder that unsent files are deleted soon.
    Expiring,
}

/// Something owed to the world. Numbers name the order or the attempt it is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Ask the payment provider for a payment page.
    OpenCheckout(u32),
    /// Close the payment page.
    CloseCheckout(u32),
    /// Ask the payment provider what became of the payment.
    AskPayment(u32),
    /// Capture the hold.
    Capture(u32),
    /// Release the hold.
    Release(u32),
    /// Pay back the charge.
    Refund(u32),
    /// Have the carrier dial.
    Dial(u32),
    /// Ask the carrier what became of a call.
    AskCarrier(u32),
    /// Let other Jobs dial the number again.
    FreeLine(u32),
    /// Delete copies and look again.
    Delete(Copies),
    /// Send a mail about the order, or with the link.
    Mail(MailKind, u32),
    /// Ask for this rendering of a Document once more, if it has not come.
    AskPages(DocumentId, u32),
}

/// Who performs an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Worker {
    /// The checkout function, while the sender waits.
    Checkout,
    /// The function that talks to the carrier about calls.
    Dispatch,
    /// The function that settles money, deletes and mails.
    Settle,
}

impl Effect {
    /// Who performs it. The roles of the functions say the same.
    pub fn worker(&self) -> Worker {
        match self {
            Self::OpenCheckout(_) => Worker::Checkout,
            Self::Dial(_) | Self::AskCarrier(_) | Self::FreeLine(_) => Worker::Dispatch,
            _ => Worker::Settle,
        }
    }
}

impl fmt::Display for Effect {
    /// The stable name, e.g. `capture-1`: part of idempotency keys, message ids and log lines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenCheckout(n) => write!(f, "open-checkout-{n}"),
            Self::CloseCheckout(n) => write!(f, "close-checkout-{n}"),
            Self::AskPayment(n) => write!(f, "ask-payment-{n}"),
            Self::Capture(n) => write!(f, "capture-{n}"),
            Self::Release(n) => write!(f, "release-{n}"),
            Self::Refund(n) => write!(f, "refund-{n}"),
            Self::Dial(n) => write!(f, "dial-{n}"),
            Self::AskCarrier(n) => write!(f, "ask-carrier-{n}"),
            Self::FreeLine(n) => write!(f, "free-line-{n}"),
            Self::Delete(Copies::Document(id)) => write!(f, "delete-document-{id}"),
            Self::Delete(Copies::Originals) => f.write_str("delete-originals"),
            Self::Delete(Copies::Pages) => f.write_str("delete-pages"),
            Self::Delete(Copies::Transmissions) => f.write_str("delete-transmissions"),
            Self::Delete(Copies::Pictures) => f.write_str("delete-pictures"),
            Self::Delete(Copies::CarrierCopy(n)) => write!(f, "delete-carrier-copy-{n}"),
            Self::AskPages(id, edition) => write!(f, "ask-pages-{id}-{edition}"),
            Self::Mail(MailKind::Ordered, n) => write!(f, "mail-ordered-{n}"),
            Self::Mail(MailKind::Delivered, n) => write!(f, "mail-delivered-{n}"),
            Self::Mail(MailKind::Corrected, n) => write!(f, "mail-corrected-{n}"),
            Self::Mail(MailKind::Undelivered, n) => write!(f, "mail-undelivered-{n}"),
            Self::Mail(MailKind::Released, n) => write!(f, "mail-released-{n}"),
            Self::Mail(MailKind::Link, n) => write!(f, "mail-link-{n}"),
            Self::Mail(MailKind::Expiring, n) => write!(f, "mail-expiring-{n}"),
        }
    }
}

/// A worker's hold on an effect: until it lapses, nobody else performs it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lease {
    /// Random name of the holder.
    pub token: u64,
    /// When it lapses.
    pub until: Timestamp,
}

/// An effect that is owed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pending {
    /// What.
    pub effect: Effect,
    /// Not before.
    pub not_before: Timestamp,
    /// How often it was taken up.
    pub tries: u32,
    /// Who is at it.
    pub lease: Option<Lease>,
}

impl Pending {
    /// When somebody should look at it: when it may start, or when its holder must be given up.
    pub fn due(&self) -> Timestamp {
        self.lease.as_ref().map_or(self.not_before, |lease| lease.until)
    }
}
