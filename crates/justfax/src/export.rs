//! What is stored about a fax, whole, for the person it is about (Art. 15 and 20 GDPR): the answer type `Export`.
//!
//! Beside [`crate::view`], which shows where a fax stands, because this one leaves nothing out that is about the person,
//! and has no address that opens anything. Who placed a legal hold and why is not in it: that is about somebody else.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cover::CoverText,
    job::{
        Job,
        effect::{Copies, MailKind},
    },
    language::Language,
    money::Money,
    view::{AttemptView, RecipientView, stage, told},
};

#[derive(Debug, Serialize)]
struct DocumentExport {
    name: String,
    bytes: u64,
    pages: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

#[derive(Debug, Serialize)]
struct OrderExport {
    recipient: RecipientView,
    email: String,
    pages: u32,
    price: Money,
    vat: Money,
    vat_percent: String,
    terms_version: String,
    early_performance: bool,
    language: Language,
    at: Timestamp,
}

#[derive(Debug, Serialize)]
struct LinkExport {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    language: Language,
    at: Timestamp,
}

#[derive(Debug, Serialize)]
struct PaymentExport {
    order: u32,
    amount: Money,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

#[derive(Debug, Serialize)]
struct DeletionExport {
    copies: &'static str,
    at: Timestamp,
}

#[derive(Debug, Serialize)]
struct MailExport {
    kind: MailKind,
    at: Timestamp,
}

/// Everything stored about a Job.
#[derive(Debug, Serialize)]
pub struct Export {
    job: String,
    stage: &'static str,
    language: Language,
    created: Timestamp,
    forgotten_at: Timestamp,
    documents: Vec<DocumentExport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cover: Option<CoverText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderExport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<LinkExport>,
    payments: Vec<PaymentExport>,
    attempts: Vec<AttemptView>,
    deletions: Vec<DeletionExport>,
    mails: Vec<MailExport>,
}

/// Takes out what is stored about a Job.
pub fn export(job: &Job) -> Export {
    Export {
        job: job.id.to_string(),
        stage: stage(job),
        language: job.language(),
        created: job.created,
        forgotten_at: job.forget_at(),
        documents: documents(job),
        cover: job.cover.as_ref().and_then(|cover| cover.text.clone()),
        order: order(job),
        link: link(job),
        payments: payments(job),
        attempts: job.attempts.iter().map(AttemptView::from).collect(),
        deletions: job.deleted.iter().map(|(of, at)| DeletionExport { copies: copies(of), at: *at }).collect(),
        mails: job.mailed.iter().map(|(kind, _, at)| MailExport { kind: *kind, at: *at }).collect(),
    }
}

fn documents(job: &Job) -> Vec<DocumentExport> {
    let one = |document: &crate::document::Document| DocumentExport {
        name: document.name.as_str().to_owned(),
        bytes: document.bytes,
        pages: document.pages().count(),
        sha256: document.rendering().map(|rendering| rendering.sha256.clone()),
    };
    job.documents.iter().map(one).collect()
}

fn order(job: &Job) -> Option<OrderExport> {
    let order = job.order()?;
    Some(OrderExport {
        recipient: RecipientView::from(&order.recipient),
        email: order.email.as_str().to_owned(),
        pages: order.pages,
        price: order.price,
        vat: order.vat,
        vat_percent: order.vat_percent.clone(),
        terms_version: order.terms_version.clone(),
        // Without this consent there is no order.
        early_performance: true,
        language: order.language,
        at: order.at,
    })
}

fn link(job: &Job) -> Option<LinkExport> {
    let resume = job.resume()?;
    let email = resume.to.as_ref().map(|(email, _)| email.as_str().to_owned());
    Some(LinkExport { email, language: resume.language, at: resume.asked })
}

fn payments(job: &Job) -> Vec<PaymentExport> {
    let one = |payment: &crate::job::payment::Payment| PaymentExport {
        order: payment.order,
        amount: payment.amount,
        state: told(&payment.state),
        reference: payment.state.intent().map(str::to_owned),
    };
    job.payments.iter().map(one).collect()
}

fn copies(of: &Copies) -> &'static str {
    match of {
        Copies::Document(_) => "document",
        Copies::Originals => "originals",
        Copies::Pages => "pages",
        Copies::Transmissions => "transmissions",
        Copies::Pictures => "pictures",
        Copies::CarrierCopy(_) => "carrier_copy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::{event::Event, tests::Story};

    #[test]
    fn everything_personal_in_the_record_is_in_the_export() {
        let told = serde_json::to_string(&export(&Story::delivered().job)).unwrap();
        for personal in ["+493023125001", "a@b.de", "Brief.pdf", "pi_1", "2026-11-01", "\"early_performance\":true"] {
            assert!(told.contains(personal), "{personal} is not in {told}");
        }
    }

    #[test]
    fn nothing_in_the_export_opens_the_fax_or_finds_other_people() {
        let job = Story::ordered().job;
        let told = serde_json::to_string(&export(&job)).unwrap();
        let hash = serde_json::to_string(job.secret()).unwrap();
        assert!(!told.contains("https://") && !told.contains("\"hash\"") && !told.contains(hash.trim_matches('"')));
    }

    #[test]
    fn an_erased_person_is_not_in_the_export() {
        let mut story = Story::delivered();
        story.then(Event::Erased);
        story.job.pending.clear();
        story.wait(1);
        story.then(Event::Woken);
        let told = serde_json::to_string(&export(&story.job)).unwrap();
        assert!(!told.contains("493023125001") && !told.contains("a@b.de") && !told.contains("Brief"), "{told}");
    }
}
