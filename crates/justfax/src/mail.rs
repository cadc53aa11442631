//! The mails: what they say, in the sender's language, as plain text and as HTML of the same words.
//!
//! A mail carries a link that opens the fax only where its sender has asked for that: the secret of a Job is not stored, so
//! it cannot be mailed by accident, and that of the mailed link is made from the operator's key for these mails alone.

mod layout;
pub(crate) mod requests;
mod words;

#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod tests;

use jiff::{Timestamp, tz::TimeZone};

use self::layout::{as_html, as_text};
use crate::{
    email::EmailAddress,
    job::{Job, effect::MailKind, payment::PaymentState},
    language::{Language, Page},
    lookup::LookupKey,
    money::Money,
};

/// Who writes, from where, and in which zone times are told.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// Name of the service or operator.
    pub name: String,
    /// Address of the site, without trailing slash.
    pub site_url: String,
    /// Who renders the service and gives receipts: name, address and VAT number in one line.
    pub seller: String,
    /// Zone for times.
    pub zone: TimeZone,
}

/// A mail ready to be sent.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Whom to.
    pub to: EmailAddress,
    /// Whom an answer goes to, where that is not us.
    pub reply_to: Option<EmailAddress>,
    /// Stable name, from which the Message-ID is made: a repeat is recognisable.
    pub key: String,
    /// Language of the words.
    pub language: Language,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// The transmission report, where it belongs to the mail.
    pub report: Option<Attachment>,
}

/// A PDF file that goes with a mail.
#[derive(Clone)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// The file.
    pub pdf: Vec<u8>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({} bytes)", self.pdf.len())
    }
}

/// What a mail is made of: a subject, paragraphs, facts.
pub(crate) struct Words {
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) facts: Vec<(String, String)>,
    /// Titled tables below: deletion receipt, receipt.
    pub(crate) sections: Vec<(String, Vec<(String, String)>)>,
    pub(crate) closing: String,
}

/// Writes the mail of a kind about an order, or the one of this number with the link; none when what it is about is not
/// there any more. `encloses` says whether the report will be attached, where one belongs to the mail.
pub fn compose(
    head: &Letterhead,
    lookup: &LookupKey,
    job: &Job,
    kind: MailKind,
    number: u32,
    encloses: bool,
) -> Option<Letter> {
    if matches!(kind, MailKind::Link | MailKind::Expiring) {
        return with_link(head, lookup, job, kind, number);
    }
    let order = job.order()?;
    let payment = job.payments().iter().find(|p| p.order == number)?;
    let facts = Facts {
        head,
        job,
        language: order.language,
        to: order.recipient.display(),
        pages: order.pages,
        price: order.price,
        vat: order.vat,
        vat_percent: &order.vat_percent,
        payment: &payment.state,
        encloses,
        link: link(head, lookup, job, order.language, Page::Status),
    };
    // Named after the round of dialling it tells of, not after the attempts so far: those may be more by the time a
    // repeat is composed, and the same before the first dial of the next round.
    let round = job.round;
    let key = match kind {
        MailKind::Undelivered | MailKind::Corrected => format!("{}.{}.{number}.{round}", job.id(), name(kind)),
        _ => format!("{}.{}.{number}", job.id(), name(kind)),
    };
    Some(letter(&order.email, None, order.language, key, words::of(kind, &facts)))
}

fn with_link(head: &Letterhead, lookup: &LookupKey, job: &Job, kind: MailKind, number: u32) -> Option<Letter> {
    let resume = job.resume()?;
    let (to, _) = resume.to.as_ref()?;
    let facts = LinkFacts {
        head,
        job: job.id().as_str(),
        url: link(head, lookup, job, resume.language, Page::Preview)?,
        until: job.kept_until(),
        reminder: job.reminder_at(),
    };
    let key = format!("{}.{}.{number}", job.id(), name(kind));
    Some(letter(to, None, resume.language, key, words::of_link(kind, resume.language, &facts)))
}

/// The link that was asked for, if it was: it opens a page of the site, and no server is told its secret.
fn link(head: &Letterhead, lookup: &LookupKey, job: &Job, language: Language, page: Page) -> Option<String> {
    let resume = job.resume()?;
    let (_, hash) = resume.to.as_ref()?;
    // After a change of the operator's key the old link cannot be made any more, and a wrong one is worse than none.
    let secret = lookup.link_secret(job.id(), hash).ok().filter(|secret| resume.secret.opens_with(secret))?;
    Some(format!("{}{}#{}.{}", head.site_url, language.path(page), job.id(), secret.reveal()))
}

fn letter(to: &EmailAddress, reply_to: Option<&EmailAddress>, language: Language, key: String, words: Words) -> Letter {
    Letter {
        to: to.clone(),
        reply_to: reply_to.cloned(),
        key,
        language,
        text: as_text(&words),
        html: as_html(&words, language),
        subject: words.subject,
        report: None,
    }
}

fn name(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Ordered => "ordered",
        MailKind::Delivered => "delivered",
        MailKind::Corrected => "corrected",
        MailKind::Undelivered => "undelivered",
        MailKind::Released => "released",
        MailKind::Link => "link",
        MailKind::Expiring => "expiring",
    }
}

/// Everything the words may speak of.
pub(crate) struct Facts<'a> {
    pub(crate) head: &'a Letterhead,
    pub(crate) job: &'a Job,
    pub(crate) language: Language,
    pub(crate) to: String,
    pub(crate) pages: u32,
    pub(crate) price: Money,
    pub(crate) vat: Money,
    pub(crate) vat_percent: &'a str,
    pub(crate) payment: &'a PaymentState,
    /// Whether the report is attached.
    pub(crate) encloses: bool,
    /// The link to the fax, where the sender asked for it.
    pub(crate) link: Option<String>,
}

/// What the mails with the link may speak of. Nothing that somebody typed is in it: whoever asks for the link decides whose
/// mailbox it goes to, and must not decide what stands in it.
pub(crate) struct LinkFacts<'a> {
    pub(crate) head: &'a Letterhead,
    pub(crate) job: &'a str,
    pub(crate) url: String,
    pub(crate) until: Timestamp,
    reminder: Option<Timestamp>,
}

impl LinkFacts<'_> {
    /// The last day of the files.
    pub(crate) fn end(&self, language: Language) -> String {
        language.day(self.until, &self.head.zone)
    }

    /// The day of the reminder, if there will be one.
    pub(crate) fn reminder(&self, language: Language) -> Option<String> {
        self.reminder.map(|at| language.day(at, &self.head.zone))
    }
}

impl Facts<'_> {
    /// An amount as people write it in the language.
    pub(crate) fn amount(&self, money: Money) -> String {
        self.language.amount(money)
    }

    /// A time with its zone.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        self.language.time(at, &self.head.zone)
    }

    /// The address of a page.
    pub(crate) fn page(&self, page: Page) -> String {
        format!("{}{}", self.head.site_url, self.language.path(page))
    }
}
