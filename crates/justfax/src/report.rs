//! The transmission report: what may be stated about a fax once its line is quiet.
//!
//! Facts only, without words and without layout: the same facts are set as a page, attached to it for machines, and
//! signed. They are taken from the record, so a report can be made for as long as the record is kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    choices::Resolution,
    job::{
        Job,
        attempt::{Attempt, AttemptState},
    },
    language::Language,
    money::Money,
    redial::Outcome,
};

/// What a report states. Its `Debug` says the Job only: the rest is personal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFacts {
    /// The Job.
    pub job: String,
    /// Language of the page.
    pub language: Language,
    /// How the last attempt ended, or the one that delivered.
    pub result: Outcome,
    /// Whom to, as people write it.
    pub recipient: String,
    /// Country of the number, ISO 3166.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    /// Station id that the far end gave.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub csid: Option<String>,
    /// When that attempt was handed to the carrier.
    pub began: Timestamp,
    /// When we learned how it ended.
    pub ended: Timestamp,
    /// Length of the call in seconds, as the carrier says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seconds: Option<u32>,
    /// Resolution of all pages.
    pub resolution: Resolution,
    /// Pages ordered.
    pub pages: u32,
    /// Pages that the far end confirmed, as the carrier says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pages_confirmed: Option<u32>,
    /// Every attempt, oldest first.
    pub attempts: Vec<AttemptFacts>,
    /// Every file, in the order in which they were sent.
    pub documents: Vec<DocumentFacts>,
    /// Gross price.
    pub price: Money,
    /// Tax in it.
    pub vat: Money,
    /// Its rate, a decimal.
    pub vat_percent: String,
    /// When the report was made.
    pub made: Timestamp,
}

/// What a report states about one attempt.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptFacts {
    /// From 1.
    pub number: u32,
    /// Number dialled, E.164.
    pub to: String,
    /// When it was handed to the carrier.
    pub began: Timestamp,
    /// When we learned how it ended; none while it is not over.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended: Option<Timestamp>,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outcome: Option<Outcome>,
    /// The carrier's own code for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// Length of the call in seconds, as the carrier says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seconds: Option<u32>,
    /// Pages that the far end confirmed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pages: Option<u32>,
    /// SHA-256 in hex of the PDF file that was handed to the carrier: all pages with their header lines.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sent_sha256: Option<String>,
}

/// What a report states about one uploaded file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Its name as the sender had it.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Pages of it that were sent.
    pub pages: usize,
    /// SHA-256 in hex of the file as it was uploaded, byte for byte.
    pub sha256: String,
}

impl std::fmt::Debug for ReportFacts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReportFacts({})", self.job)
    }
}

impl ReportFacts {
    /// The facts of a Job that was ordered and has an attempt that is over; else none.
    pub fn of(job: &Job, now: Timestamp) -> Option<Self> {
        let order = job.order()?;
        let decisive = decisive(job)?;
        let AttemptState::Ended { at, report } = &decisive.state else { return None };
        Some(Self {
            job: job.id().to_string(),
            language: order.language,
            result: report.outcome,
            recipient: decisive.to.display(),
            country: decisive.to.country().map(|country| country.to_string()),
            csid: report.csid.clone(),
            began: decisive.began,
            ended: *at,
            seconds: report.seconds,
            resolution: job.resolution(),
            pages: order.pages,
            pages_confirmed: report.pages,
            attempts: job.attempts().iter().map(AttemptFacts::from).collect(),
            documents: documents(job),
            price: order.price,
            vat: order.vat,
            vat_percent: order.vat_percent.clone(),
            made: now,
        })
    }

    /// SHA-256 of what was sent in the attempt that decided.
    pub fn sent_sha256(&self) -> Option<&str> {
        let decisive = self.attempts.iter().find(|a| a.began == self.began && a.outcome == Some(self.result))?;
        decisive.sent_sha256.as_deref()
    }
}

/// The attempt that a report is about: the one that delivered, else the last; none until it is over.
pub fn decisive(job: &Job) -> Option<&Attempt> {
    let delivered = job.attempts().iter().find(|attempt| attempt.outcome() == Some(Outcome::Delivered));
    delivered.or(job.attempts().last()).filter(|attempt| attempt.is_over())
}

/// Name of the report's file.
pub fn file_name(job: &Job) -> String {
    let name = match job.language() {
        Language::De => "Sendebericht",
        Language::En => "transmission-report",
        Language::Fr => "rapport-d-envoi",
    };
    format!("{name}-{}.pdf", &job.id().as_str()[..8])
}

impl From<&Attempt> for AttemptFacts {
    fn from(attempt: &Attempt) -> Self {
        let (ended, report) = match &attempt.state {
            AttemptState::Ended { at, report } => (Some(*at), Some(report)),
            _ => (None, None),
        };
        Self {
            number: attempt.number,
            to: attempt.to.e164().to_owned(),
            began: attempt.began,
            ended,
            outcome: report.map(|report| report.outcome),
            code: report.and_then(|report| report.reason.clone()),
            seconds: report.and_then(|report| report.seconds),
            pages: report.and_then(|report| report.pages),
            sent_sha256: attempt.sent_sha256.clone(),
        }
    }
}

fn documents(job: &Job) -> Vec<DocumentFacts> {
    let facts = job.documents().iter().filter_map(|document| {
        Some(DocumentFacts {
            name: document.name.as_str().to_owned(),
            bytes: document.bytes,
            pages: document.pages().count(),
            sha256: document.rendering()?.sha256.clone(),
        })
    });
    facts.collect()
}
