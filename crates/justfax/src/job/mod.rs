//! A Job: one order, from upload to purge, and the pure function that moves it.
//!
//! [`Job::apply`] consumes the Job and gives back the next one or says why not; it has no other effects. The files
//! beside this one hold the parts: [`payment`] and [`attempt`] are the two small state machines, `documents`,
//! `money`, `calls`, `wishes` and `time` hold what the events of each kind do.

pub mod attempt;
mod calls;
mod documents;
pub mod due;
pub mod effect;
pub mod event;
mod forget;
pub mod hold;
mod mails;
mod money;
pub mod order;
pub mod payment;
pub mod resume;
mod time;
mod wishes;

#[cfg(test)]
pub(crate) mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::{
    attempt::Attempt,
    effect::{Copies, Effect, Lease, MailKind, Pending},
    event::{Event, MailTrouble, Rules},
    hold::Hold,
    order::Order,
    payment::Payment,
    resume::Resume,
};
use crate::{
    choices::Resolution,
    cover::Cover,
    document::Document,
    ids::{JobId, SecretHash},
    language::Language,
    redial::Outcome,
    retention,
};

/// Why an event changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is old news, or not for this Job.
    #[error("old news")]
    Stale,
    /// The Job is not at a stage where this can be.
    #[error("not at this stage")]
    WrongStage,
    /// Files are missing, still being converted, or refused.
    #[error("the pages are not ready")]
    NotReady,
    /// Too many files, bytes or pages.
    #[error("over a limit: {0:?}")]
    Limit(Limit),
    /// Somebody else is at it, or it is too early.
    #[error("not now")]
    NotNow,
    /// The money held does not last, or does not fit the new number's price.
    #[error("needs a new payment")]
    NeedsPayment,
    /// The Job names another address already.
    #[error("another address")]
    OtherAddress,
    /// No mail goes to the address any more.
    #[error("no mail goes there any more")]
    MailStopped,
}

/// Limits of a Job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`crate::document::MOST_DOCUMENTS`]
    Documents,
    /// [`crate::document::MOST_DOCUMENT_BYTES`]
    DocumentBytes,
    /// [`crate::document::MOST_JOB_BYTES`]
    JobBytes,
    /// [`crate::document::MOST_EDITIONS`]
    Editions,
    /// [`resume::MOST_LINKS`]
    Links,
    /// [`crate::document::MOST_PAGES`]
    Pages,
}

/// What occupies the line of a paid Job.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The next dial is owed, not before this time.
    Waiting(Timestamp),
    /// An attempt is claimed and not over.
    Calling(u32),
}

/// Where a Job stands. `Draft` covers Ready: whether it can be ordered follows from its Documents.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Files are gathered.
    Draft,
    /// Ordered, not paid.
    AwaitingPayment,
    /// Paid.
    Sending {
        /// Since when, which bounds it (invariant 5).
        since: Timestamp,
        /// What occupies the line.
        line: Line,
    },
    /// Every redial failed; pages and money are kept for a while.
    Undelivered {
        /// Until when.
        until: Timestamp,
        /// How the last attempt ended.
        outcome: Outcome,
    },
    /// Given up; the money goes back, the pages are kept like any unsent upload.
    Failed(Outcome),
    /// Delivered.
    Delivered(Timestamp),
    /// Everything is deleted, unsent.
    Purged(Timestamp),
}

/// One order of a fax and all that becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Job {
    pub(crate) id: JobId,
    pub(crate) secret: SecretHash,
    pub(crate) language: Language,
    pub(crate) created: Timestamp,
    pub(crate) documents: Vec<Document>,
    #[serde(default)]
    pub(crate) resolution: Resolution,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cover: Option<Cover>,
    pub(crate) stage: Stage,
    pub(crate) order: Option<Order>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) attempts: Vec<Attempt>,
    /// First attempt at the present number: the redial rule starts anew with a corrected number.
    pub(crate) round: u32,
    pub(crate) pending: Vec<Pending>,
    pub(crate) deleted: Vec<(Copies, Timestamp)>,
    pub(crate) mailed: Vec<(MailKind, u32, Timestamp)>,
    /// The link by mail, if it was asked for, and mails with it so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) resume: Option<Resume>,
    #[serde(default)]
    pub(crate) links: u32,
    /// Since when no mail goes to its address, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mail_stopped: Option<(MailTrouble, Timestamp)>,
    /// The sender asked to erase it; done when the call under way is over and nothing is owed.
    pub(crate) leaving: bool,
    /// Legal holds, written by people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) holds: Vec<Hold>,
}

impl Job {
    /// A new Job without files.
    pub fn open(id: JobId, secret: SecretHash, language: Language, now: Timestamp) -> Self {
        Self {
            id,
            secret,
            language,
            created: now,
            documents: Vec::new(),
            resolution: Resolution::default(),
            cover: None,
            stage: Stage::Draft,
            order: None,
            payments: Vec::new(),
            attempts: Vec::new(),
            round: 1,
            pending: Vec::new(),
            deleted: Vec::new(),
            mailed: Vec::new(),
            resume: None,
            links: 0,
            mail_stopped: None,
            leaving: false,
            holds: Vec::new(),
        }
    }

    /// What the Job is after an event, and the effects it newly owes or owes at another time.
    ///
    /// # Errors
    /// [`Refused`] when the event changes nothing; the Job as stored stays right.
    pub fn apply(self, event: Event, rules: &Rules, now: Timestamp) -> Result<(Self, Vec<Effect>), Refused> {
        let before: Vec<(Effect, Timestamp)> = self.pending.iter().map(|p| (p.effect.clone(), p.not_before)).collect();
        let mut job = match event {
            Event::DocumentsAdded(documents) => self.add_documents(documents),
            Event::DocumentRemoved(document) => self.remove_document(&document, now),
            Event::DocumentPrepared(document, rendering) => self.document_prepared(&document, rendering, now),
            Event::DocumentRefused(document, edition, why) => self.document_refused(&document, edition, why, now),
            Event::DocumentsArranged(order) => self.documents_arranged(&order),
            Event::PagesChosen(document, choices) => self.pages_chosen(&document, choices, now),
            Event::Unlocked(document) => self.unlocked(&document, now),
            Event::ResolutionChosen(resolution) => self.resolution_chosen(resolution, now),
            Event::CoverWritten(text, bytes) => {
                self.cover_chosen(Some(Cover { text: Some(text), encoded_bytes: bytes }))
            }
            Event::CoverRemoved => self.cover_chosen(None),
            Event::Ordered(order) => self.ordered(order, now),
            Event::Money(order, news) => self.money_news(order, news, now),
            Event::Claimed(effect, lease) => self.claimed(&effect, lease, now),
            Event::Postponed(effect, until) => self.postponed(&effect, until),
            Event::Done(effect) => self.done(&effect),
            Event::Deleted(copies) => self.copies_deleted(copies, now),
            Event::Mailed(kind, order) => self.mail_sent(kind, order, now),
            Event::MailedBare(kind, order) => self.mail_sent_bare(kind, order, now),
            Event::ReportFetched => self.report_fetched(now),
            Event::LinkAsked(resume) => self.resume_asked(resume, now),
            Event::ReminderDeclined => self.reminder_declined(),
            Event::MailTrouble(why) => self.stop_mail(why, now),
            Event::Call(attempt, news) => self.call_news(attempt, news, rules, now),
            Event::Cancelled => self.cancelled(now),
            Event::NumberCorrected(to) => self.number_corrected(to, now),
            Event::MoneyBack => self.money_back(now),
            Event::Erased => self.erased(now),
            Event::Woken => self.woken(rules, now),
        }?;
        job.remind();
        job.forget(now);
        let is_new = |p: &&Pending| !before.iter().any(|(effect, at)| *effect == p.effect && *at == p.not_before);
        let new = job.pending.iter().filter(is_new).map(|p| p.effect.clone()).collect();
        Ok((job, new))
    }

    /// Its name.
    pub fn id(&self) -> &JobId {
        &self.id
    }

    /// What its secret hashes to.
    pub fn secret(&self) -> &SecretHash {
        &self.secret
    }

    /// Where it stands.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Its order, if it has one.
    pub fn order(&self) -> Option<&Order> {
        self.order.as_ref()
    }

    /// Its files in the sender's order.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Its attempts, oldest first.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// Its payments, oldest first.
    pub fn payments(&self) -> &[Payment] {
        &self.payments
    }

    /// What it owes.
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// Language of its pages and mails.
    pub fn language(&self) -> Language {
        self.order.as_ref().map_or(self.language, |order| order.language)
    }

    /// How fine its pages are.
    pub fn resolution(&self) -> Resolution {
        self.resolution
    }

    /// Its cover page, which is sent first.
    pub fn cover(&self) -> Option<&Cover> {
        self.cover.as_ref()
    }

    /// Pages that are sent, the cover page among them.
    pub fn page_count(&self) -> u32 {
        let covers = usize::from(self.cover.is_some());
        u32::try_from(covers + self.documents.iter().flat_map(Document::pages).count()).unwrap_or(u32::MAX)
    }

    /// Bytes of the pages that are sent as they go over the line.
    pub fn encoded_bytes(&self) -> u64 {
        let pages = self.documents.iter().flat_map(Document::pages).map(|(_, page)| page.encoded_bytes);
        pages.chain(self.cover.iter().map(|cover| cover.encoded_bytes)).map(u64::from).sum()
    }

    /// Whether all files are pages as wanted and at least one of them is sent, so that it can be ordered. A cover page
    /// alone covers nothing.
    pub fn is_ready(&self) -> bool {
        let any = self.documents.iter().flat_map(Document::pages).next().is_some();
        any && self.documents.iter().all(Document::is_ready)
    }

    /// Whether it has ended, so that nothing of its documents may be left.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Delivered(_) | Stage::Purged(_))
    }

    /// Whether its files and pages can be changed: only while nothing is ordered.
    pub fn is_editable(&self) -> bool {
        matches!(self.stage, Stage::Draft | Stage::Failed(_))
    }

    /// When unsent files are deleted.
    pub fn kept_until(&self) -> Timestamp {
        self.created + retention::UNSENT
    }

    /// Number of the present order, 0 before the first.
    pub(crate) fn order_number(&self) -> u32 {
        self.payments.last().map_or(0, |payment| payment.order)
    }

    /// Owes an effect, once.
    pub(crate) fn owe(&mut self, effect: Effect, not_before: Timestamp) {
        if self.mail_stopped.is_some() && matches!(effect, Effect::Mail(..)) {
            return;
        }
        if !self.pending.iter().any(|p| p.effect == effect) {
            self.pending.push(Pending { effect, not_before, tries: 0, lease: None });
        }
    }

    /// Owes an effect, and not later than this if it is owed already.
    pub(crate) fn hasten(&mut self, effect: Effect, not_before: Timestamp) {
        match self.pending.iter_mut().find(|p| p.effect == effect) {
            Some(pending) => pending.not_before = pending.not_before.min(not_before),
            None => self.owe(effect, not_before),
        }
    }

    /// Owes an effect no more.
    pub(crate) fn forgo(&mut self, effect: &Effect) -> bool {
        let before = self.pending.len();
        self.pending.retain(|p| p.effect != *effect);
        self.pending.len() < before
    }

    fn claimed(mut self, effect: &Effect, lease: Lease, now: Timestamp) -> Result<Self, Refused> {
        let due = self.pending.iter().find(|p| p.effect == *effect).map(|p| self.due_of(p));
        if due.ok_or(Refused::Stale)? > now {
            return Err(Refused::NotNow);
        }
        let pending = self.pending.iter_mut().find(|p| p.effect == *effect).ok_or(Refused::Stale)?;
        pending.lease = Some(lease);
        pending.tries = pending.tries.saturating_add(1);
        match effect {
            Effect::Dial(number) => self.claim_dial(*number, now),
            _ => Ok(self),
        }
    }

    fn postponed(mut self, effect: &Effect, until: Timestamp) -> Result<Self, Refused> {
        let pending = self.pending.iter_mut().find(|p| p.effect == *effect).ok_or(Refused::Stale)?;
        pending.lease = None;
        pending.not_before = until;
        Ok(self)
    }

    fn done(mut self, effect: &Effect) -> Result<Self, Refused> {
        if self.forgo(effect) { Ok(self) } else { Err(Refused::Stale) }
    }
}
