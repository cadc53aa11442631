//! What happened. Webhooks, answers of providers, wishes of the sender and the passing of time are all events.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    attempt::{CallRef, DeliveryReport},
    effect::{Copies, Effect, Lease, MailKind},
    order::Order,
    payment::{IntentId, Owed, SessionId},
    resume::Resume,
};
use crate::{
    choices::{Choices, Resolution},
    cover::CoverText,
    document::{Document, Refusal, Rendering},
    ids::DocumentId,
    number::FaxNumber,
};
use jiff::SignedDuration;

/// Something that happened to a Job.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Event {
    /// The sender announced files.
    DocumentsAdded(Vec<Document>),
    /// The sender took a file out.
    DocumentRemoved(DocumentId),
    /// A file became pages.
    DocumentPrepared(DocumentId, Rendering),
    /// A rendering of a file, named by its edition, was tried and cannot be.
    DocumentRefused(DocumentId, u32, Refusal),
    /// The sender put the files into this order.
    DocumentsArranged(Vec<DocumentId>),
    /// The sender chose which pages of a file go and how they are made.
    PagesChosen(DocumentId, Choices),
    /// The sender gave the password of a file.
    Unlocked(DocumentId),
    /// The sender chose how fine the fax is.
    ResolutionChosen(Resolution),
    /// The sender wrote a cover page, which has so many bytes in ITU-T T.6.
    CoverWritten(CoverText, u32),
    /// The sender wants no cover page.
    CoverRemoved,

    /// The sender ordered.
    Ordered(Order),
    /// News of the payment of an order.
    Money(u32, MoneyNews),

    /// A worker takes up an effect.
    Claimed(Effect, Lease),
    /// A worker could not perform it now.
    Postponed(Effect, Timestamp),
    /// A worker performed an effect that needs no further news.
    Done(Effect),
    /// Copies were deleted, and looking again found none.
    Deleted(Copies),
    /// A mail was handed over.
    Mailed(MailKind, u32),
    /// A mail was handed over without the report that belongs to it, because none could be made.
    MailedBare(MailKind, u32),
    /// The sender has fetched the report.
    ReportFetched,
    /// A mail to the order's address came back, or its owner complained.
    MailTrouble(MailTrouble),

    /// News of an attempt.
    Call(u32, CallNews),

    /// The sender cancels the order.
    Cancelled,
    /// The sender sends an undelivered fax again.
    NumberCorrected(FaxNumber),
    /// The sender gives an undelivered fax up.
    MoneyBack,
    /// The sender wants the private link by mail.
    LinkAsked(Resume),
    /// The sender wants no reminder after all.
    ReminderDeclined,
    /// The sender erases everything.
    Erased,
    /// Time passed.
    Woken,
}

/// Why no more mail goes to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTrouble {
    /// The address does not exist, or takes no mail for good.
    Bounced,
    /// Its owner marked a mail as unwanted.
    Complained,
}

/// News of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MoneyNews {
    /// The payment page exists.
    Opened {
        /// The provider's name of it.
        session: SessionId,
        /// Where the sender pays.
        url: String,
        /// Until when.
        expires: Timestamp,
    },
    /// A try was declined.
    Declined,
    /// The page closed without payment.
    Closed,
    /// The amount is held until the time given.
    Held(IntentId, Timestamp),
    /// The amount was charged at once.
    Taken(IntentId),
    /// The provider did what was owed.
    Settled(Owed),
    /// The hold lapsed or was cancelled at the provider.
    Lapsed,
    /// The provider refuses for good what was owed, or a refund failed afterwards.
    Broke,
    /// Something about it changed, and the provider must be asked what.
    Changed,
    /// The provider was asked and has no news.
    Nothing,
}

/// News of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CallNews {
    /// The file for the carrier is ready, and this is its SHA-256 in hex.
    FileMade(String),
    /// The carrier was not called after all, e.g. because another Job of ours is talking to that machine: as if the
    /// attempt had not been claimed, and not again before this time.
    NotDialled(Timestamp),
    /// The carrier has it, and pages are or are not going over the line.
    Progress {
        /// The carrier's name of the call.
        reference: CallRef,
        /// Whether pages are going over.
        transmitting: bool,
    },
    /// Nobody knows whether the carrier took it.
    Silence,
    /// The carrier's list does not have it.
    Unlisted,
    /// The carrier's final word.
    Report {
        /// The carrier's name of the call, where it has one.
        reference: Option<CallRef>,
        /// The word.
        report: DeliveryReport,
    },
}

/// What an operator may tune about the course of a Job.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rules {
    /// When to dial again.
    pub redial: crate::redial::RedialRule,
    /// How long an undelivered fax can be corrected.
    pub correction: SignedDuration,
}

impl Default for Rules {
    fn default() -> Self {
        Self { redial: crate::redial::RedialRule::default(), correction: crate::retention::CORRECTION }
    }
}
