//! The mails: what they say, in the sender's language, as plain text and as HTML of the same words.
//!
//! Mails carry no link that opens the fax: the secret of a Job is not stored, so it cannot be mailed by accident.

pub(crate) mod requests;
mod words;

#[cfg(test)]
mod tests;

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    email::EmailAddress,
    job::{Job, effect::MailKind, payment::PaymentState},
    language::Language,
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

/// Writes the mail of a kind about an order; none when the order is not there any more.
pub fn compose(head: &Letterhead, job: &Job, kind: MailKind, order_number: u32) -> Option<Letter> {
    let order = job.order()?;
    let payment = job.payments().iter().find(|p| p.order == order_number)?;
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
    };
    let words = words::of(kind, &facts);
    // Named after the round of dialling it tells of, not after the attempts so far: those may be more by the time a
    // repeat is composed, and the same before the first dial of the next round.
    let round = job.round;
    Some(Letter {
        to: order.email.clone(),
        reply_to: None,
        key: match kind {
            MailKind::Undelivered | MailKind::Corrected => {
                format!("{}.{}.{order_number}.{round}", job.id(), name(kind))
            }
            _ => format!("{}.{}.{order_number}", job.id(), name(kind)),
        },
        language: order.language,
        text: as_text(&words),
        html: as_html(&words, order.language),
        subject: words.subject,
        report: None,
    })
}

fn name(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Ordered => "ordered",
        MailKind::Delivered => "delivered",
        MailKind::Corrected => "corrected",
        MailKind::Undelivered => "undelivered",
        MailKind::Released => "released",
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
}

/// Styles stand in the elements: many mail programs drop style sheets.
const BODY_STYLE: &str = "font-family:system-ui,sans-serif;line-height:1.5;max-width:40em;margin:0 auto;padding:1em";
const NAME_STYLE: &str = "text-align:left;vertical-align:top;padding:.25em 1em .25em 0;font-weight:normal";
const VALUE_STYLE: &str = "padding:.25em 0;overflow-wrap:anywhere";

fn as_text(words: &Words) -> String {
    let mut parts = words.paragraphs.clone();
    parts.push(text_table(&words.facts));
    for (title, rows) in &words.sections {
        parts.push(format!("{title}\n{}\n{}", "-".repeat(title.chars().count()), text_table(rows)));
    }
    parts.push(words.closing.clone());
    format!("{}\n", parts.join("\n\n"))
}

fn text_table(rows: &[(String, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let row = |(name, value): &(String, String)| {
        let gap = " ".repeat(width - name.chars().count());
        format!("{name}:{gap} {value}")
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

fn as_html(words: &Words, language: Language) -> String {
    let paragraph = |text: &String| format!("<p>{}</p>", escape(text));
    let section = |(title, rows): &(String, Vec<(String, String)>)| {
        format!("<h2 style=\"font-size:1.1em\">{}</h2>\n{}", escape(title), html_table(rows))
    };
    let mut parts: Vec<String> = words.paragraphs.iter().map(paragraph).collect();
    parts.push(html_table(&words.facts));
    parts.extend(words.sections.iter().map(section));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head>\n<body style=\"{BODY_STYLE}\">\n<h1 style=\"font-size:1.3em\">{title}</h1>\n\
         {parts}\n<p>{closing}</p>\n</body></html>\n",
        lang = language.as_str(),
        title = escape(&words.subject),
        parts = parts.join("\n"),
        closing = escape(&words.closing).replace('\n', "<br>"),
    )
}

fn html_table(rows: &[(String, String)]) -> String {
    let row = |(name, value): &(String, String)| {
        let (name, value) = (escape(name), escape(value));
        format!(
            "<tr><th scope=\"row\" style=\"{NAME_STYLE}\">{name}</th><td style=\"{VALUE_STYLE}\"><strong>{value}</strong></td></tr>"
        )
    };
    format!("<table>\n{}\n</table>", rows.iter().map(row).collect::<Vec<_>>().join("\n"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
