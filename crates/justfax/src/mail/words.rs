//! The words of the mails: one file a language, each saying the same, and the tables that are the same for all.
//!
//! A language is a value of a trait and not a table of texts, because sentences differ in what they need to know: whether
//! money was charged, whether there was more than one attempt. A sentence that is missing does not compile.

mod de;
mod en;
mod fr;

use super::{Facts, LinkFacts, Words};
use crate::{
    deletion::{self, CopyKind, Fate},
    job::{
        Stage,
        attempt::{Attempt, AttemptState},
        effect::MailKind,
        payment::PaymentState,
    },
    language::Language,
    receipt::Receipt,
    redial::Outcome,
};

type Pair = (String, String);

/// Subject and paragraphs.
pub(super) type Said = (String, Vec<String>);

/// Names of rows, titles of tables, and values that are the same every time.
pub(super) struct Labels {
    pub(super) greeting: &'static str,
    pub(super) automatic: &'static str,
    recipient: &'static str,
    pages: &'static str,
    job: &'static str,
    price: &'static str,
    began: &'static str,
    delivered: &'static str,
    csid: &'static str,
    no_csid: &'static str,
    attempt: &'static str,
    sent_sha256: &'static str,
    kept_until: &'static str,
    deletion: &'static str,
    originals: &'static str,
    page_copies: &'static str,
    transmissions: &'static str,
    picture: &'static str,
    carrier_copy: &'static str,
    picture_waits: &'static str,
    picture_kept: &'static str,
    not_deleted: &'static str,
    receipt: &'static str,
    receipt_number: &'static str,
    service: &'static str,
    supplied: &'static str,
    net: &'static str,
    vat: &'static str,
    gross: &'static str,
    supplier: &'static str,
}

/// The confirmation of a withdrawal.
pub(super) struct Withdrawal {
    pub(super) subject: &'static str,
    pub(super) paragraph: &'static str,
    /// Declaration, name, contract, e-mail address, received.
    pub(super) names: [&'static str; 5],
    pub(super) declared: &'static str,
    pub(super) closing: &'static str,
}

/// A language of mails.
pub(super) trait Tongue: Sync {
    /// The short words.
    fn labels(&self) -> &'static Labels;
    /// A mail about an order.
    fn order(&self, kind: MailKind, facts: &Facts<'_>) -> Said;
    /// Why an attempt did not deliver, as a sentence.
    fn cause(&self, outcome: Outcome) -> &'static str;
    /// The price with the tax in it.
    fn price(&self, gross: &str, percent: &str, vat: &str) -> String;
    /// Name and rate of the tax.
    fn rate(&self, percent: &str) -> String;
    /// What was supplied.
    fn supply(&self, to: &str, pages: u32) -> String;
    /// That copies were deleted and looked for at this time.
    fn deleted(&self, at: &str) -> String;
    /// The link to an unsent fax.
    fn link(&self, facts: &LinkFacts<'_>) -> Said;
    /// The reminder of its end.
    fn expiring(&self, facts: &LinkFacts<'_>) -> Said;
    /// The link to one's data.
    fn data(&self, service: &str, url: &str) -> Said;
    /// The confirmation of a withdrawal.
    fn withdrawal(&self) -> &'static Withdrawal;
}

/// The words of a language.
pub(super) fn tongue(language: Language) -> &'static dyn Tongue {
    match language {
        Language::De => &de::German,
        Language::En => &en::English,
        Language::Fr => &fr::French,
    }
}

/// A mail about an order.
pub(super) fn of(kind: MailKind, facts: &Facts<'_>) -> Words {
    let tongue = tongue(facts.language);
    let mut facts_rows = rows(tongue, facts);
    let mut sections = vec![];
    if kind == MailKind::Delivered {
        facts_rows.extend(delivery(tongue, facts));
        sections = proofs(tongue, facts);
    }
    words(tongue, facts.head, tongue.order(kind, facts), facts_rows, sections)
}

/// A mail with the link to an unsent fax.
pub(super) fn of_link(kind: MailKind, language: Language, facts: &LinkFacts<'_>) -> Words {
    let tongue = tongue(language);
    let labels = tongue.labels();
    let said = if kind == MailKind::Expiring { tongue.expiring(facts) } else { tongue.link(facts) };
    let rows = vec![
        (labels.job.to_owned(), facts.job.to_owned()),
        (labels.kept_until.to_owned(), language.time(facts.until, &facts.head.zone)),
    ];
    words(tongue, facts.head, said, rows, vec![])
}

/// Everything of a mail between a greeting and who wrote it.
pub(super) fn words(
    tongue: &dyn Tongue,
    head: &super::Letterhead,
    (subject, mut paragraphs): Said,
    facts: Vec<Pair>,
    sections: Vec<(String, Vec<Pair>)>,
) -> Words {
    let labels = tongue.labels();
    paragraphs.insert(0, labels.greeting.to_owned());
    Words {
        subject,
        paragraphs,
        facts,
        sections,
        closing: format!("{}\n{}\n{}", head.name, head.site_url, labels.automatic),
    }
}

/// The sentence, where there was more than one attempt.
fn redialled<'a>(facts: &Facts<'_>, sentence: &'a str) -> &'a str {
    if facts.job.attempts().len() > 1 { sentence } else { "" }
}

/// Whether the money was charged at once, because the method cannot be held.
fn is_charged(facts: &Facts<'_>) -> bool {
    matches!(facts.payment, PaymentState::Taken(_) | PaymentState::Refunding(_) | PaymentState::Refunded(_))
}

/// Whether the money that goes back was charged before.
fn is_refund(facts: &Facts<'_>) -> bool {
    matches!(facts.payment, PaymentState::Refunding(_) | PaymentState::Refunded(_))
}

/// Until when an undelivered fax can be corrected.
fn until(facts: &Facts<'_>) -> String {
    match facts.job.stage() {
        Stage::Undelivered { until, .. } => facts.time(*until),
        _ => "…".into(),
    }
}

/// Why the last attempt did not deliver.
fn cause(tongue: &dyn Tongue, facts: &Facts<'_>) -> &'static str {
    let last = facts.job.attempts().iter().rev().find_map(Attempt::outcome);
    tongue.cause(last.unwrap_or(Outcome::CarrierTrouble))
}

fn rows(tongue: &dyn Tongue, facts: &Facts<'_>) -> Vec<Pair> {
    let labels = tongue.labels();
    let price = tongue.price(&facts.amount(facts.price), facts.vat_percent, &facts.amount(facts.vat));
    vec![
        (labels.recipient.to_owned(), facts.to.clone()),
        (labels.pages.to_owned(), facts.pages.to_string()),
        (labels.job.to_owned(), facts.job.id().to_string()),
        (labels.price.to_owned(), price),
    ]
}

fn delivery(tongue: &dyn Tongue, facts: &Facts<'_>) -> Vec<Pair> {
    let labels = tongue.labels();
    let delivered = facts.job.attempts().iter().rev().find(|a| a.outcome() == Some(Outcome::Delivered));
    let Some(attempt) = delivered else { return vec![] };
    let AttemptState::Ended { at, report } = &attempt.state else { return vec![] };
    let csid = report.csid.clone().unwrap_or_else(|| labels.no_csid.to_owned());
    let mut rows = vec![
        (labels.began.to_owned(), facts.time(attempt.began)),
        (labels.delivered.to_owned(), facts.time(*at)),
        (labels.csid.to_owned(), csid),
        (labels.attempt.to_owned(), attempt.number.to_string()),
    ];
    rows.extend(attempt.sent_sha256.clone().map(|hash| (labels.sent_sha256.to_owned(), hash)));
    rows
}

/// What became of the copies, and the receipt.
fn proofs(tongue: &dyn Tongue, facts: &Facts<'_>) -> Vec<(String, Vec<Pair>)> {
    let labels = tongue.labels();
    let copies = deletion::receipt(facts.job).into_iter().map(|(kind, fate)| copy(tongue, facts, kind, fate)).collect();
    let mut sections = vec![(labels.deletion.to_owned(), copies)];
    sections.extend(Receipt::of(facts.job).map(|receipt| (labels.receipt.to_owned(), bill(tongue, facts, &receipt))));
    sections
}

fn copy(tongue: &dyn Tongue, facts: &Facts<'_>, kind: CopyKind, fate: Fate) -> Pair {
    let labels = tongue.labels();
    let name = match kind {
        CopyKind::Originals => labels.originals,
        CopyKind::Pages => labels.page_copies,
        CopyKind::Transmissions => labels.transmissions,
        CopyKind::Pictures => labels.picture,
        CopyKind::CarrierCopy => labels.carrier_copy,
    };
    let told = match fate {
        Fate::Deleted(at) => tongue.deleted(&facts.time(at)),
        _ if kind == CopyKind::Pictures && !facts.encloses => labels.picture_kept.to_owned(),
        _ if kind == CopyKind::Pictures => labels.picture_waits.to_owned(),
        _ => labels.not_deleted.to_owned(),
    };
    (name.to_owned(), told)
}

fn bill(tongue: &dyn Tongue, facts: &Facts<'_>, receipt: &Receipt<'_>) -> Vec<Pair> {
    let labels = tongue.labels();
    vec![
        (labels.receipt_number.to_owned(), receipt.number.to_owned()),
        (labels.service.to_owned(), tongue.supply(&facts.to, receipt.pages)),
        (labels.supplied.to_owned(), facts.time(receipt.supplied)),
        (labels.net.to_owned(), facts.amount(receipt.net)),
        (tongue.rate(receipt.vat_percent), facts.amount(receipt.vat)),
        (labels.gross.to_owned(), facts.amount(receipt.gross)),
        (labels.supplier.to_owned(), facts.head.seller.clone()),
    ]
}
