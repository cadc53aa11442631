//! What the sender may see of a Job: the answer types of `docs/openapi.yaml`.

mod calls;
mod kept;

use jiff::Timestamp;
use serde::Serialize;

pub(crate) use self::calls::AttemptView;
pub use self::calls::RedialsView;
use self::{
    calls::planned,
    kept::{DeletionView, LinkView, MailView, deletions, link, mails},
};
use crate::{
    choices::Resolution,
    cover::CoverText,
    document::{Document, DocumentState, Refusal, Warning},
    job::{
        Job, Line, Stage,
        attempt::Attempt,
        event::{MailTrouble, Rules},
        payment::PaymentState,
    },
    money::Money,
    number::FaxNumber,
    receipt::Receipt,
};

/// A recipient, for people and machines.
#[derive(Debug, Serialize)]
pub struct RecipientView {
    e164: String,
    display: String,
    country: String,
}

impl From<&FaxNumber> for RecipientView {
    fn from(number: &FaxNumber) -> Self {
        Self {
            e164: number.e164().to_owned(),
            display: number.display(),
            country: number.country().map(|c| c.to_string()).unwrap_or_default(),
        }
    }
}

#[derive(Debug, Serialize)]
struct DocumentView {
    id: String,
    name: String,
    bytes: u64,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
    pages: usize,
    photo: bool,
    turns: Vec<TurnView>,
    left_out: Vec<u32>,
}

#[derive(Debug, Serialize)]
struct TurnView {
    page: u32,
    degrees: u16,
}

impl From<&Document> for DocumentView {
    fn from(document: &Document) -> Self {
        let (state, refusal) = match &document.state {
            DocumentState::Refused(why) => ("refused", Some(*why)),
            _ if document.is_ready() => ("prepared", None),
            _ => ("awaited", None),
        };
        let choices = &document.choices;
        Self {
            id: document.id.to_string(),
            name: document.name.as_str().to_owned(),
            bytes: document.bytes,
            state,
            refusal,
            pages: document.pages().count(),
            photo: choices.photo,
            turns: choices.turns.iter().map(|(page, turn)| TurnView { page: *page, degrees: turn.degrees() }).collect(),
            left_out: choices.left_out.iter().copied().collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct PageView {
    /// Its number in the fax; none for a page that is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<usize>,
    document: String,
    source: u32,
    columns: u32,
    rows: u32,
    rows_per_inch: u32,
    turn: u16,
    preview: String,
    thumbnail: String,
    warnings: Vec<Warning>,
}

#[derive(Debug, Serialize)]
struct PaymentView {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    declined: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// The receipt of a delivered fax; who gives it is the operator, whom the page names.
#[derive(Debug, Serialize)]
struct ReceiptView {
    number: String,
    supplied: Timestamp,
    net: Money,
    vat: Money,
    vat_percent: String,
    gross: Money,
}

impl From<Receipt<'_>> for ReceiptView {
    fn from(receipt: Receipt<'_>) -> Self {
        Self {
            number: receipt.number.to_owned(),
            supplied: receipt.supplied,
            net: receipt.net,
            vat: receipt.vat,
            vat_percent: receipt.vat_percent.to_owned(),
            gross: receipt.gross,
        }
    }
}

/// Everything the sender may know about a Job.
#[derive(Debug, Serialize)]
pub struct JobView {
    job: String,
    language: &'static str,
    stage: &'static str,
    created: Timestamp,
    kept_until: Timestamp,
    documents: Vec<DocumentView>,
    resolution: Resolution,
    pages: Vec<PageView>,
    left_out: Vec<PageView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cover: Option<CoverText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header_sender: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<RecipientView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<Money>,
    payment: PaymentView,
    attempts: Vec<AttemptView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts_planned: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redials: Option<RedialsView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_attempt: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correct_until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivered: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<ReceiptView>,
    deletions: Vec<DeletionView>,
    mails: Vec<MailView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<LinkView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mail_stopped: Option<MailTrouble>,
    actions: Vec<&'static str>,
}

impl JobView {
    /// The view with what the header line of its pages begins with.
    #[must_use]
    pub fn with_header(self, sender: &str) -> Self {
        Self { header_sender: Some(sender.to_owned()), ..self }
    }
}

/// The view of a Job. `links` are the addresses of the full and the small picture of every page of every Document, in
/// order; pages without one are not shown, as none is once the documents are gone.
pub fn view(job: &Job, rules: &Rules, links: Vec<(String, String)>) -> JobView {
    let order = job.order();
    let (next_attempt, correct_until, delivered) = match job.stage {
        Stage::Sending { line: Line::Waiting(at), .. } => (Some(at), None, None),
        Stage::Undelivered { until, .. } => (None, Some(until), None),
        Stage::Delivered(at) => (None, None, Some(at)),
        _ => (None, None, None),
    };
    let (pages, left_out) = pages(job, links);
    JobView {
        job: job.id.to_string(),
        language: job.language().as_str(),
        stage: stage(job),
        created: job.created,
        kept_until: job.kept_until(),
        documents: job.documents.iter().map(DocumentView::from).collect(),
        resolution: job.resolution,
        pages,
        left_out,
        cover: job.cover.as_ref().filter(|_| !job.is_over()).and_then(|cover| cover.text.clone()),
        header_sender: None,
        recipient: order.map(|o| RecipientView::from(&o.recipient)),
        email: order.map(|o| o.email.as_str().to_owned()),
        price: order.map(|o| o.price),
        payment: payment(job),
        attempts: job.attempts.iter().map(AttemptView::from).collect(),
        attempts_planned: planned(job, rules),
        redials: matches!(job.stage, Stage::Sending { .. }).then(|| RedialsView::from(rules)),
        next_attempt,
        correct_until,
        delivered,
        receipt: Receipt::of(job).map(ReceiptView::from),
        deletions: deletions(job),
        mails: mails(job),
        link: link(job),
        mail_stopped: job.mail_stopped.map(|(why, _)| why),
        actions: actions(job),
    }
}

pub(crate) fn stage(job: &Job) -> &'static str {
    match job.stage {
        Stage::Draft if job.is_ready() => "ready",
        Stage::Draft => "draft",
        Stage::AwaitingPayment => "awaiting_payment",
        Stage::Sending { .. } => "sending",
        Stage::Undelivered { .. } => "undelivered",
        Stage::Failed(_) => "failed",
        Stage::Delivered(_) => "delivered",
        Stage::Purged(_) => "purged",
    }
}

/// The pages that are sent, numbered, and those that are left out.
fn pages(job: &Job, links: Vec<(String, String)>) -> (Vec<PageView>, Vec<PageView>) {
    let all = job.documents.iter().filter_map(|document| Some((document, document.rendering()?)));
    let all = all.flat_map(|(document, rendering)| {
        (1..).zip(&rendering.pages).map(move |(source, page)| (document, rendering.resolution, source, page))
    });
    let first = 1 + usize::from(job.cover.is_some());
    let (mut sent, mut left_out) = (Vec::new(), Vec::new());
    for ((document, resolution, source, page), (preview, thumbnail)) in all.zip(links) {
        let goes = !document.choices.left_out.contains(&source);
        let view = PageView {
            number: goes.then_some(sent.len() + first),
            document: document.id.to_string(),
            source,
            columns: 1728,
            rows: page.rows,
            rows_per_inch: resolution.rows_per_inch(),
            turn: page.turn.degrees(),
            preview,
            thumbnail,
            warnings: page.warnings.clone(),
        };
        if goes { sent.push(view) } else { left_out.push(view) }
    }
    (sent, left_out)
}

fn payment(job: &Job) -> PaymentView {
    let Some(payment) = job.payments.last() else {
        return PaymentView { state: "none", url: None, declined: false, reference: None };
    };
    let (url, was_declined) = match &payment.state {
        PaymentState::Open { url, declined, .. } => (Some(url.clone()), *declined),
        _ => (None, false),
    };
    let reference = payment.state.intent().map(str::to_owned);
    PaymentView { state: told(&payment.state), url, declined: was_declined, reference }
}

/// Where a payment stands, in the words of the API.
pub(crate) fn told(state: &PaymentState) -> &'static str {
    match state {
        PaymentState::Opening | PaymentState::Open { .. } => "open",
        PaymentState::Closing(_) | PaymentState::Closed => "none",
        PaymentState::Held { .. } => "held",
        PaymentState::Capturing(_) => "capturing",
        PaymentState::Taken(_) | PaymentState::Captured(_) => "captured",
        PaymentState::Releasing(_) | PaymentState::Refunding(_) => "releasing",
        PaymentState::Released(_) => "released",
        PaymentState::Refunded(_) => "refunded",
        PaymentState::Trouble(_) => "in_dispute",
    }
}

fn actions(job: &Job) -> Vec<&'static str> {
    match &job.stage {
        Stage::Draft | Stage::Failed(_) if job.is_ready() => vec!["add_documents", "order", "erase"],
        Stage::Draft | Stage::Failed(_) => vec!["add_documents", "erase"],
        Stage::AwaitingPayment => vec!["pay", "cancel", "erase"],
        Stage::Sending { line: Line::Waiting(_), .. } => vec!["cancel", "erase"],
        Stage::Undelivered { .. } if job.attempts.iter().all(Attempt::is_over) => {
            vec!["correct_number", "money_back", "erase"]
        }
        Stage::Undelivered { .. } => vec!["money_back", "erase"],
        Stage::Sending { .. } => vec!["erase"],
        // What is left to erase of an ended fax is the person in its record.
        Stage::Delivered(_) | Stage::Purged(_) if !job.leaving => vec!["erase"],
        Stage::Delivered(_) | Stage::Purged(_) => vec![],
    }
}
