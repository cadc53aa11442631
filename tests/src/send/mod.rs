//! Sends one fax from a file to its end and reports what the sender, the far end and the providers saw of it.
//!
//! The report never repeats what our API claims where somebody else can be asked: money at the payment provider, pages at
//! the fax machine, copies at the storage.

mod report;

use std::path::Path;

pub use self::report::{Dial, Letter, Report};
use crate::{
    aws::{Aws, AwsError},
    client::{
        Client, Desk, Failure, JobClient, JobView, Money, NewDocument, PaymentForm, PaymentState, Raster, Stage, upload,
    },
    stack::Stack,
};

/// How long conversion, sending and settling may take, in seconds. Redials of the local stack add up to half a minute.
const PATIENCE: u64 = 300;

/// What to send, to whom.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Documents, in order.
    pub files: Vec<std::path::PathBuf>,
    /// Number as typed.
    pub to: String,
    /// `de` or `en`.
    pub language: String,
    /// Where mails go.
    pub email: String,
}

/// Why no fax was sent or no report could be made.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The service, a sandbox or the network.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// The emulator.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// A document cannot be faxed.
    #[error("a document is refused: {0}")]
    Refused(String),
    /// A step had another effect than promised.
    #[error("{0}")]
    Otherwise(String),
}

/// Sends with a client made for the wish's language, telling progress.
///
/// # Errors
/// [`NotSent`].
pub async fn send(stack: &Stack, client: &Client, wish: &Wish, tell: &dyn Fn(&str)) -> Result<Report, NotSent> {
    let (job, ready) = prepare(client, wish, tell).await?;
    let shown = previews(client, &ready).await?;
    let quote = job.quote(&wish.to, Some(country(&wish.language))).await?;
    tell(&format!(
        "{} page(s) to {} for {} minor units of {}",
        quote.pages, quote.recipient.e164, quote.price.amount, quote.price.currency
    ));
    let page = job.checkout(&quote.recipient.e164, &wish.email, &quote.price, &wish.language).await?;
    let left = PaymentForm::new(client.http(), &page.url).pay("card").await?;
    if left.status != 303 {
        return Err(NotSent::Otherwise(format!("the payment page answered {} instead of leading back", left.status)));
    }
    tell("paid");
    let ended = follow(&job, tell).await?;
    let ended = settle(&job, ended, tell).await?;
    report(stack, client, wish, &job, ended, quote.pages, quote.price, &shown).await
}

/// Opens a Job, uploads, and waits for the pages.
async fn prepare(client: &Client, wish: &Wish, tell: &dyn Fn(&str)) -> Result<(JobClient, JobView), NotSent> {
    let (mut documents, mut contents) = (Vec::new(), Vec::new());
    for file in &wish.files {
        let bytes = std::fs::read(file).map_err(|error| NotSent::File(file.display().to_string(), error))?;
        documents.push(NewDocument { name: file_name(file), bytes: bytes.len() as u64 });
        contents.push(bytes);
    }
    let opened = client.open_job(&wish.language, &documents).await?;
    let job = client.job(&opened.job, &opened.secret);
    for (form, bytes) in opened.uploads.iter().zip(&contents) {
        tell(&format!("uploading {} bytes", bytes.len()));
        let uploaded = upload(client.http(), form, bytes).await?;
        if uploaded.status != 204 {
            return Err(NotSent::Otherwise(format!(
                "the storage answered {}: {:.300}",
                uploaded.status, uploaded.body
            )));
        }
    }
    tell("converting");
    let view = job.until("pages", PATIENCE, |view| view.documents.iter().all(|d| d.state != "awaited")).await?;
    match view.documents.iter().find_map(|document| document.refusal.clone()) {
        Some(refusal) => Err(NotSent::Refused(refusal)),
        None => Ok((job, view)),
    }
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(|| "document".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The country in which a national number is read.
fn country(language: &str) -> &'static str {
    if language == "de" { "DE" } else { "US" }
}

/// The pages as the sender is shown them.
///
/// # Errors
/// [`Failure`].
pub async fn previews(client: &Client, view: &JobView) -> Result<Vec<Raster>, Failure> {
    let mut shown = Vec::new();
    for page in &view.pages {
        shown.push(crate::client::fetch_picture(client.http(), &page.preview).await?);
    }
    Ok(shown)
}

/// Watches until the fax is delivered or undelivered.
async fn follow(job: &JobClient, tell: &dyn Fn(&str)) -> Result<JobView, NotSent> {
    let told = std::cell::RefCell::new(String::new());
    let view = job
        .until("the end of sending", PATIENCE, |view| {
            let now = progress(view);
            if *told.borrow() != now {
                tell(&now);
                *told.borrow_mut() = now;
            }
            matches!(view.stage, Stage::Delivered | Stage::Undelivered | Stage::Failed)
        })
        .await?;
    Ok(view)
}

/// Where the Job stands, in words.
fn progress(view: &JobView) -> String {
    match view.attempts.last() {
        Some(attempt) if view.stage == Stage::Sending => {
            let outcome = attempt.outcome.as_deref().map(|outcome| format!(" ({outcome})")).unwrap_or_default();
            format!("attempt {}: {}{outcome}", attempt.number, attempt.state)
        }
        _ => format!("{:?}", view.stage).to_lowercase(),
    }
}

/// Takes the money of an undelivered fax back, and waits until nothing is left to be done.
async fn settle(job: &JobClient, ended: JobView, tell: &dyn Fn(&str)) -> Result<JobView, NotSent> {
    if ended.stage == Stage::Undelivered {
        job.until("the mail about it", PATIENCE, |view| view.mails.iter().all(|mail| mail.state == "sent")).await?;
        tell("taking the money back");
        job.money_back().await?;
    }
    Ok(job.until("money, copies and mails", PATIENCE, JobView::is_settled).await?)
}

#[expect(clippy::too_many_arguments, reason = "the facts of one fax, gathered on the way and used here alone")]
async fn report(
    stack: &Stack,
    client: &Client,
    wish: &Wish,
    job: &JobClient,
    view: JobView,
    pages: u32,
    price: Money,
    shown: &[Raster],
) -> Result<Report, NotSent> {
    let desk = Desk::new(client.http(), &stack.site);
    let calls = desk.calls(&job.id).await?;
    let mails = desk.mails(&job.id).await?;
    let objects = Aws::new(client.http().clone(), stack.clone()).keys_of(&job.id).await?;
    check_money(&desk, job, &view, &price).await?;
    let delivered = view.stage == Stage::Delivered;
    let last = view.attempts.last().and_then(|attempt| attempt.outcome.clone()).unwrap_or_default();
    Ok(Report {
        job: job.id.clone(),
        outcome: if delivered { "delivered".to_owned() } else { last },
        sent_sha256: view.attempts.last().and_then(|attempt| attempt.sent_sha256.clone()),
        attempts: view.attempts.into_iter().map(|attempt| Dial::of(attempt, &calls)).collect(),
        pages,
        price,
        payment: view.payment.state,
        received_pages_identical: identical(&desk, &job.id, shown).await?,
        mails: mails
            .into_iter()
            .map(|(kind, mail)| Letter {
                kind,
                to: mail.to.first().cloned().unwrap_or_default(),
                subject: mail.subject,
            })
            .collect(),
        objects_left: objects.len(),
        record: format!("{}/{}/status/#{}.{}", stack.site, wish.language, job.id, job.secret),
    })
}

/// Holds the Job's word about its money against the provider's.
async fn check_money(desk: &Desk, job: &JobClient, view: &JobView, price: &Money) -> Result<(), NotSent> {
    let payments = desk.payments(&job.id).await?;
    let Some(intent) = payments.iter().find(|intent| Some(&intent.id) == view.payment.reference.as_ref()) else {
        return Err(NotSent::Otherwise("the payment provider does not know the payment".to_owned()));
    };
    let kept = intent.captured - intent.refunded;
    let due = if view.payment.state == PaymentState::Captured { i64::from(price.amount) } else { 0 };
    if intent.is_settled() && kept == due {
        Ok(())
    } else {
        Err(NotSent::Otherwise(format!(
            "the money is not where the Job says: {due} are due, the provider has {intent:?}"
        )))
    }
}

/// Whether the paper of the last call that reached a machine is what was shown, page for page.
///
/// # Errors
/// [`Failure`].
pub async fn identical(desk: &Desk, job: &str, shown: &[Raster]) -> Result<bool, Failure> {
    let calls = desk.calls(job).await?;
    let Some(machine) = calls.iter().rev().find_map(|call| call.machine.as_ref()) else { return Ok(false) };
    if machine.pages.len() != shown.len() || shown.is_empty() {
        return Ok(false);
    }
    for (received, shown) in machine.pages.iter().zip(shown) {
        if !received.complete || !desk.picture(received).await?.is_below_strip(shown) {
            return Ok(false);
        }
    }
    Ok(true)
}
