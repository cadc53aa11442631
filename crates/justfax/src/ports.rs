//! What the flows need from the world, one capability each: a function that does not name a port cannot use it, and
//! its role grants no more than its ports say. Adapters class their failures as [`Fault`] where they happen.

use std::future::Future;

use jiff::Timestamp;

use crate::{
    choices::Password,
    fault::Fault,
    ids::{DocumentId, JobId, SecretHash},
    job::{
        Job,
        attempt::{Attempt, DeliveryReport},
        effect::{Copies, Worker},
        event::MoneyNews,
        order::Order,
    },
    mail::Letter,
    number::FaxNumber,
    report::ReportFacts,
};
use jiff::SignedDuration;

/// The answer of an asynchronous port.
pub trait Answer<T>: Future<Output = Result<T, Fault>> + Send {}
impl<T, F: Future<Output = Result<T, Fault>> + Send> Answer<T> for F {}

/// The time.
pub trait Clock: Sync {
    /// Now, in whole milliseconds.
    fn now(&self) -> Timestamp;
}

/// Randomness fit for secrets.
pub trait Entropy: Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);

    /// Some random bytes.
    fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// A Job as stored, with the version that a commit must name.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The Job.
    pub job: Job,
    /// Its version.
    pub version: u64,
}

/// Whether a conditional write went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    /// It did.
    Done,
    /// Somebody else wrote first: load and try again.
    Conflict,
}

/// Reads Jobs.
pub trait ReadJobs: Sync {
    /// The Job, strongly consistent; none when unknown or forgotten.
    fn load(&self, id: &JobId) -> impl Answer<Option<Stored>>;
}

/// Moves Jobs.
pub trait Jobs: ReadJobs {
    /// Writes the Job if its version is still `seen`; 0 means that it must not exist.
    fn commit(&self, job: &Job, seen: u64) -> impl Answer<Committed>;
}

/// Finds Jobs that must be looked at.
pub trait Overdue: Sync {
    /// Some Jobs whose due time has passed, oldest first, at most `most`.
    fn overdue(&self, now: Timestamp, most: usize) -> impl Answer<Vec<JobId>>;
}

/// Finds the Jobs of an address.
pub trait JobsOf: Sync {
    /// Every Job whose order names the address of this keyed hash.
    fn jobs_of(&self, email_hash: &str) -> impl Answer<Vec<JobId>>;
}

/// Keeps, hashed, the keys with which people reach what is stored about their address.
pub trait DataKeys: Sync {
    /// Keeps a key of this use for the address of a keyed hash.
    fn keep(&self, key: &SecretHash, used: KeyUse, whose: &str, until: Timestamp) -> impl Answer<()>;
    /// Whose it is, if it is good now for this use.
    fn holder(&self, key: &SecretHash, used: KeyUse, now: Timestamp) -> impl Answer<Option<String>>;
    /// Uses a mailed key up; true for one caller only.
    fn spend(&self, key: &SecretHash, now: Timestamp) -> impl Answer<bool>;
}

/// What a key to an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// Mailed; good once, to get one of the other kind.
    Link,
    /// In the hands of the page that was opened by the link.
    Page,
}

/// Lets things happen only so often.
pub trait Limits: Sync {
    /// Takes one of `most` under this name; whether one was left. The name begins with what is limited and holds the
    /// window of time, which is over at `until`; a person in it is a keyed hash.
    fn take_one(&self, name: &str, most: u32, until: Timestamp) -> impl Answer<bool>;
}

/// Keeps two Jobs from dialling one machine at once.
pub trait Lines: Sync {
    /// Takes the line for the holder until the time given, unless another holder has it; whether it did.
    fn take(&self, line: &str, holder: &str, now: Timestamp, until: Timestamp) -> impl Answer<bool>;
    /// Frees the line if this holder has it.
    fn free(&self, line: &str, holder: &str) -> impl Answer<()>;
}

/// The queue that a worker reads from.
pub trait Inbox: Sync {
    /// Has a received message come again after this wait instead of after the queue's whole visibility time-out.
    fn put_back(&self, receipt: &str, wait: SignedDuration) -> impl Answer<()>;
}

/// Says "this Job has work" to a worker. May be lost or doubled freely.
pub trait Nudges: Sync {
    /// Nudges after the wait, which is at most 15 minutes.
    fn nudge(&self, worker: Worker, job: &JobId, wait: SignedDuration) -> impl Answer<()>;
}

/// A presigned upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where the form is posted.
    pub url: String,
    /// Its fields, in order, before the file.
    pub fields: Vec<(String, String)>,
}

/// Hands out presigned uploads.
pub trait UploadDesk: Sync {
    /// A form that takes exactly this Document, of exactly this size, for some minutes.
    ///
    /// # Errors
    /// A [`Fault`] when the form cannot be signed.
    fn allow(&self, job: &JobId, document: &DocumentId, bytes: u64, now: Timestamp) -> Result<Upload, Fault>;
}

/// Reads what was uploaded.
pub trait Originals: Sync {
    /// The bytes; none when it is gone or was never there.
    fn read(&self, job: &JobId, document: &DocumentId) -> impl Answer<Option<Vec<u8>>>;
}

/// The picture of a page in two sizes, as PNG.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Every bit.
    pub full: Vec<u8>,
    /// Small and grey.
    pub small: Vec<u8>,
}

/// Keeps prepared pages.
pub trait PageShelf: Sync {
    /// Stores the pages of a Document (TIFF, ITU-T T.6) and their pictures.
    fn store(
        &self,
        job: &JobId,
        document: &DocumentId,
        edition: u32,
        tiff: Vec<u8>,
        previews: Vec<Preview>,
    ) -> impl Answer<()>;
    /// Deletes the pages of one edition, with all versions.
    fn clear(&self, job: &JobId, document: &DocumentId, edition: u32) -> impl Answer<()>;
}

/// Has pages made anew. A message may be lost or doubled: what is wanted stands in the Job, and is asked for again.
pub trait Renderings: Sync {
    /// Asks for this edition; the password goes nowhere but to the renderer.
    fn ask(&self, job: &JobId, document: &DocumentId, edition: u32, password: Option<&Password>) -> impl Answer<()>;
}

/// Links to page pictures.
pub trait PreviewLinks: Sync {
    /// Addresses of the full and the small picture of page `number` (from 1) of an edition, good for some minutes.
    fn link(&self, job: &JobId, document: &DocumentId, edition: u32, number: u32) -> impl Answer<(String, String)>;
}

/// What the carrier fetches.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Where, for an hour.
    pub url: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
}

/// Makes the file that is transmitted.
pub trait Press: Sync {
    /// Puts the pages of the Job together for this attempt, with the header line of its time.
    fn make(&self, job: &Job, attempt: &Attempt) -> impl Answer<Sheet>;
}

/// Reads the reduced picture of the first page, the one thing that may outlive the documents for some hours.
pub trait FirstPages: Sync {
    /// The picture as it was made for this attempt, PNG; none when it is gone.
    fn picture(&self, job: &JobId, attempt: u32) -> impl Answer<Option<Vec<u8>>>;
}

/// Makes transmission reports.
pub trait Reports: Sync {
    /// The signed PDF of these facts, with the reduced first page where it is still there.
    ///
    /// # Errors
    /// A [`Fault`] that a person must look at.
    fn report(&self, facts: &ReportFacts, picture: Option<Vec<u8>>) -> Result<Vec<u8>, Fault>;
}

/// Deletes copies.
pub trait Eraser: Sync {
    /// Deletes these copies with all versions and unfinished uploads, looks again, and succeeds only when none is left.
    fn erase(&self, job: &JobId, copies: &Copies) -> impl Answer<()>;
}

/// A call to be placed.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// For whom.
    pub job: &'a JobId,
    /// Attempt number: with the Job, our reference at the carrier.
    pub attempt: u32,
    /// Whom to dial.
    pub to: &'a FaxNumber,
    /// What to fetch.
    pub sheet_url: &'a str,
    /// When it was claimed; calls of ours at the carrier are not older.
    pub began: Timestamp,
}

/// The carrier's answer to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialled {
    /// It has the call under this name.
    Accepted(String),
    /// It refuses the call; nothing was dialled.
    Refused(DeliveryReport),
    /// It may or may not have it.
    Ambiguous,
}

/// What the carrier says when asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarrierWord {
    /// Under way.
    Progress {
        /// Its name of the call.
        reference: String,
        /// Whether pages are going over.
        transmitting: bool,
    },
    /// Over.
    Over {
        /// Its name of the call.
        reference: String,
        /// How.
        report: DeliveryReport,
    },
    /// It has no such call.
    Unlisted,
}

/// Places calls.
pub trait Carrier: Sync {
    /// Has the carrier dial. Only an answer that surely means "not dialled" may be a refusal or a [`Fault`].
    fn dial(&self, call: &Call<'_>) -> impl Answer<Dialled>;
    /// Asks about a call, by its name or else by our reference.
    fn look(&self, call: &Call<'_>, reference: Option<&str>) -> impl Answer<CarrierWord>;
}

/// Deletes what a carrier keeps.
pub trait CarrierCopies: Sync {
    /// Deletes the carrier's copy and asks again; succeeds only when it is gone.
    fn forget(&self, reference: &str) -> impl Answer<()>;
}

/// An order to be paid.
#[derive(Debug, Clone)]
pub struct Due<'a> {
    /// For whom.
    pub job: &'a JobId,
    /// Number of the order: with the Job and the step, the idempotency key.
    pub number: u32,
    /// What was ordered.
    pub order: &'a Order,
}

/// Opens payment pages.
pub trait Checkouts: Sync {
    /// Opens the page for this order; asked again with the same order it gives the same page.
    fn open(&self, due: &Due<'_>, now: Timestamp) -> impl Answer<MoneyNews>;
}

/// Settles payments. Each answers with news, which is `Settled` when done, now or before.
pub trait Payments: Sync {
    /// What became of the payment page.
    fn look(&self, session: &str) -> impl Answer<MoneyNews>;
    /// Closes the payment page.
    fn close(&self, job: &JobId, order: u32, session: &str) -> impl Answer<MoneyNews>;
    /// Captures the hold.
    fn capture(&self, job: &JobId, order: u32, intent: &str) -> impl Answer<MoneyNews>;
    /// Releases the hold.
    fn release(&self, job: &JobId, order: u32, intent: &str) -> impl Answer<MoneyNews>;
    /// Pays back the charge.
    fn refund(&self, job: &JobId, order: u32, intent: &str) -> impl Answer<MoneyNews>;
}

/// Sends mail.
pub trait Post: Sync {
    /// Hands the letter over.
    fn send(&self, letter: &Letter) -> impl Answer<()>;
}
