//! The private link by mail, for a sender who wants to come back to an unsent fax, and one reminder before its files go
//! (promise P2). Neither exists unless it was asked for.
//!
//! The mailed link has a secret of its own, made anew from the operator's key whenever a mail is written
//! ([`LookupKey::link_secret`]), so that nothing stored opens a fax although the reminder carries the link again. It is
//! bound to the address: who mistyped it and asks again for another has made the first link worthless.
//!
//! [`LookupKey::link_secret`]: crate::lookup::LookupKey::link_secret

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Job, Limit, Refused, Stage,
    effect::{Effect, MailKind},
};
use crate::{
    email::EmailAddress,
    ids::{Secret, SecretHash},
    language::Language,
    retention,
};

/// Mails with the link for one Job: enough for two mistyped addresses, too few to pester somebody.
pub const MOST_LINKS: u32 = 3;

/// A wish for the link by mail.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Resume {
    /// Where to, and its keyed hash; none once it is not needed any more. The link still opens the Job then.
    pub to: Option<(EmailAddress, String)>,
    /// What the secret of the mailed link hashes to.
    pub secret: SecretHash,
    /// Language of the mails.
    pub language: Language,
    /// When it was asked for.
    pub asked: Timestamp,
}

impl Job {
    /// Whether this secret opens it: the one handed out when it was opened, or that of the mailed link.
    pub fn opens_with(&self, secret: &Secret) -> bool {
        self.secret.opens_with(secret) || self.resume.as_ref().is_some_and(|resume| resume.secret.opens_with(secret))
    }

    /// The sender's wish for the link by mail.
    pub fn resume(&self) -> Option<&Resume> {
        self.resume.as_ref()
    }

    /// Keyed hash of the address that it belongs to: that of the order, else the one that the link was mailed to.
    pub fn email_hash(&self) -> Option<&str> {
        let asked = self.resume.as_ref().and_then(|resume| resume.to.as_ref()).map(|(_, hash)| hash.as_str());
        self.order.as_ref().map(|order| order.email_hash.as_str()).or(asked)
    }

    /// When the one reminder goes, if it is owed.
    pub fn reminder_at(&self) -> Option<Timestamp> {
        let reminds = |effect: &Effect| matches!(effect, Effect::Mail(MailKind::Expiring, _));
        self.pending.iter().find(|p| reminds(&p.effect)).map(|p| p.not_before)
    }

    /// Owes the link to an address. A second click on the same wish is the same wish. A Job that names an address
    /// already mails to no other, so that nobody is written to whom a later sender of the link thinks of.
    pub(super) fn resume_asked(mut self, resume: Resume, now: Timestamp) -> Result<Self, Refused> {
        let Some((_, hash)) = &resume.to else { return Err(Refused::Stale) };
        if !self.is_editable() || self.documents.is_empty() {
            return Err(Refused::WrongStage);
        }
        if self.order.as_ref().is_some_and(|order| order.email_hash != *hash) {
            return Err(Refused::OtherAddress);
        }
        let before = self.resume.as_ref().and_then(|resume| resume.to.as_ref());
        let same = before.is_some_and(|(_, before)| before == hash);
        if same && self.owes_link() {
            return Ok(self);
        }
        if same && self.mail_stopped.is_some() {
            return Err(Refused::MailStopped);
        }
        if self.links >= MOST_LINKS {
            return Err(Refused::Limit(Limit::Links));
        }
        if !same && self.order.is_none() {
            self.mail_stopped = None;
        }
        if self.mail_stopped.is_some() {
            return Err(Refused::MailStopped);
        }
        self.forgo_links();
        self.links += 1;
        self.resume = Some(resume);
        self.owe(Effect::Mail(MailKind::Link, self.links), now);
        Ok(self)
    }

    /// The sender wants no reminder after all: the address is forgotten, the link stays good.
    pub(super) fn reminder_declined(mut self) -> Result<Self, Refused> {
        let resume = self.resume.as_mut().filter(|resume| resume.to.is_some()).ok_or(Refused::Stale)?;
        resume.to = None;
        Ok(self)
    }

    /// Owes the reminder while the files wait unsent for their end, and not otherwise; once it went, never again.
    pub(super) fn remind(&mut self) {
        let Some(resume) = &self.resume else { return };
        let at = self.kept_until() - retention::REMINDER;
        let waits = self.is_editable() && resume.to.is_some() && resume.asked < at;
        let went = self.mailed.iter().any(|(kind, ..)| *kind == MailKind::Expiring);
        let over = matches!(self.stage, Stage::Delivered(_) | Stage::Purged(_));
        if resume.to.is_none() || over {
            self.forgo_links();
        } else if waits && !went {
            self.owe(Effect::Mail(MailKind::Expiring, self.links), at);
        } else {
            self.pending.retain(|p| !matches!(p.effect, Effect::Mail(MailKind::Expiring, _)));
        }
    }

    /// An order to another address needs the first one no more; the link that went there stays good.
    pub(super) fn settle_address(&mut self, order_hash: &str) {
        if let Some(resume) = &mut self.resume
            && resume.to.as_ref().is_some_and(|(_, hash)| hash != order_hash)
        {
            resume.to = None;
        }
    }

    fn owes_link(&self) -> bool {
        self.pending.iter().any(|p| matches!(p.effect, Effect::Mail(MailKind::Link, _)))
    }

    fn forgo_links(&mut self) {
        self.pending.retain(|p| !matches!(p.effect, Effect::Mail(MailKind::Link | MailKind::Expiring, _)));
    }
}
