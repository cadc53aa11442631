//! Ports that ask: every call becomes a [`Request`], and waits until somebody gives the [`Reply`].
//!
//! One wire serves model and simulation alike. The model begins a flow again and feeds it the replies of its past; the
//! simulation keeps the flow alive and answers each question at its time. Neither describes a flow a second time.

mod people;
mod ports;

use std::{
    collections::VecDeque,
    future::{Future, poll_fn},
    hash::{Hash, Hasher},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use justfax::{
    SignedDuration, Timestamp,
    fault::Fault,
    ids::{DocumentId, JobId},
    job::{
        Job,
        effect::{Copies, Worker},
        event::MoneyNews,
    },
    memory::Dice,
    redial::Outcome,
};

/// What a flow asks of the world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Request {
    /// Load a Job.
    Load(JobId),
    /// Write a Job that had this version.
    Commit(Box<Job>, u64),
    /// List overdue Jobs: those due at this time, at most so many.
    Overdue(Timestamp, usize),
    /// Take a line for a holder, at this time, until that.
    Take(String, String, Timestamp, Timestamp),
    /// Free a line.
    Free(String, String),
    /// Nudge a worker after a wait.
    Nudge(Worker, JobId, SignedDuration),
    /// Read an upload.
    Read(JobId, DocumentId),
    /// Render what was read.
    Render(Vec<u8>),
    /// Keep the prepared pages of an edition.
    Store(JobId, DocumentId, u32),
    /// Delete the pages of an edition.
    Clear(JobId, DocumentId, u32),
    /// Make the file of an attempt from the pages of these Documents in these editions.
    Make(JobId, u32, Vec<(DocumentId, u32)>),
    /// Read the reduced first page of an attempt.
    Picture(JobId, u32),
    /// Dial a number for an attempt.
    Dial(JobId, u32, String),
    /// Ask about an attempt.
    Look(JobId, u32),
    /// Delete the carrier's copy.
    Forget(String),
    /// Delete copies of ours.
    Erase(JobId, Copies),
    /// Send a mail of this name.
    Send(String),
    /// Open a payment page that expires.
    Open(JobId, u32, Timestamp),
    /// Ask about a payment page.
    LookPayment(String),
    /// Close a payment page.
    Close(String),
    /// Capture a hold.
    Capture(String),
    /// Release a hold.
    Release(String),
    /// Pay a charge back.
    Refund(String),
    /// List the Jobs of an address, by its hash.
    JobsOf(String),
    /// Take one of so many of a name.
    TakeOne(String, u32),
    /// Keep a key, for a link or else a page, of somebody, until a time.
    Keep(String, bool, String, Timestamp),
    /// Ask whose a key is.
    Holder(String, bool, Timestamp),
    /// Use a key up.
    Spend(String, Timestamp),
}

impl Request {
    /// What it looks like to the one who asked when it is lost, or its answer is.
    pub fn unanswered(&self) -> Reply {
        match self {
            Self::Dial(..) => Reply::Dialled(Placed::Ambiguous),
            _ => Reply::Trouble,
        }
    }
}

/// A Job as loaded. The version follows from the content, so it alone tells two records apart.
#[derive(Debug, Clone)]
pub struct Record {
    /// The Job.
    pub job: Arc<Job>,
    /// Its version.
    pub version: u64,
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
    }
}

impl Eq for Record {}

impl Hash for Record {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.version.hash(state);
    }
}

/// What the world answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reply {
    /// To `Load`.
    Loaded(Option<Record>),
    /// To `Commit`: whether it went through.
    Committed(bool),
    /// To `Overdue` and `JobsOf`.
    Listed(Vec<JobId>),
    /// To `Take`, `TakeOne` and `Spend`.
    Taken(bool),
    /// To `Holder`.
    Whose(Option<String>),
    /// To `Read` and `Picture`.
    Read(Option<Vec<u8>>),
    /// To `Render`: pages, none when the file is refused.
    Rendered(u8),
    /// To `Dial`.
    Dialled(Placed),
    /// To `Look`.
    Word(Word),
    /// To questions about money.
    News(MoneyNews),
    /// Done.
    Done,
    /// Passing trouble; nobody can tell whether it was done.
    Trouble,
    /// Trouble for a person.
    Broken,
}

/// [`justfax::ports::Dialled`] that can be hashed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Placed {
    /// Accepted under this name.
    Accepted(String),
    /// Refused; nothing was dialled.
    Refused(Outcome),
    /// Nobody knows.
    Ambiguous,
}

/// [`justfax::ports::CarrierWord`] that can be hashed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Word {
    /// Under way.
    Progress(String),
    /// Over.
    Over(String, Outcome),
    /// Not listed.
    Unlisted,
}

#[derive(Debug)]
struct Slot {
    now: Timestamp,
    asked: Option<Request>,
    replies: VecDeque<(Reply, Timestamp)>,
}

/// The ports of one run.
#[derive(Debug)]
pub struct Wire {
    slot: Mutex<Slot>,
    dice: Dice,
}

impl Wire {
    /// A wire for a run that starts now, with this seed for its randomness.
    pub fn new(now: Timestamp, seed: u64) -> Self {
        let slot = Slot { now, asked: None, replies: VecDeque::new() };
        Self { slot: Mutex::new(slot), dice: Dice::new(seed) }
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is being asked, once.
    pub fn asked(&self) -> Option<Request> {
        self.slot().asked.take()
    }

    /// Gives the next reply, at a time.
    pub fn reply(&self, reply: Reply, at: Timestamp) {
        self.slot().replies.push_back((reply, at));
    }

    /// Answers every question of a future at once, until it is over. None when it waits for something else.
    pub fn drive<T>(&self, future: impl Future<Output = T>, mut answer: impl FnMut(&Request) -> Reply) -> Option<T> {
        let mut future = std::pin::pin!(future);
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return Some(value);
            }
            let request = self.asked()?;
            let now = self.slot().now;
            self.reply(answer(&request), now);
        }
    }

    async fn ask(&self, request: Request) -> Result<Reply, Fault> {
        let mut request = Some(request);
        let reply = poll_fn(|_| {
            let mut slot = self.slot();
            if let Some((reply, at)) = slot.replies.pop_front() {
                slot.now = at;
                return Poll::Ready(reply);
            }
            if let Some(request) = request.take() {
                slot.asked = Some(request);
            }
            Poll::Pending
        })
        .await;
        match reply {
            Reply::Trouble => Err(Fault::retry(10, "trouble")),
            Reply::Broken => Err(Fault::broken("broken")),
            reply => Ok(reply),
        }
    }

    async fn done(&self, request: Request) -> Result<(), Fault> {
        self.ask(request).await.map(|_| ())
    }

    async fn news(&self, request: Request) -> Result<MoneyNews, Fault> {
        match self.ask(request).await? {
            Reply::News(news) => Ok(news),
            other => Err(unfit(&other)),
        }
    }
}

/// A reply that does not fit its request: the fault is the harness's.
fn unfit(reply: &Reply) -> Fault {
    Fault::broken(format!("a reply that does not fit: {reply:?}"))
}

/// A future that a run is.
pub type Flow<T> = Pin<Box<dyn Future<Output = T> + Send>>;
