//! Ports that ask: every call becomes a [`Request`], and waits until somebody gives the [`Reply`].

use std::{
    collections::VecDeque,
    future::{Future, poll_fn},
    hash::{Hash, Hasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Poll,
};

use justfax::{
    SignedDuration, Timestamp,
    fault::Fault,
    ids::JobId,
    job::{
        Job,
        attempt::Attempt,
        effect::{Copies, Worker},
        event::MoneyNews,
    },
    mail::Letter,
    ports::{
        Call, Carrier, CarrierCopies, CarrierWord, Checkouts, Clock, Committed, Dialled, Due, Entropy, Eraser, Jobs,
        Lines, Nudges, Overdue, Payments, Post, Press, ReadJobs, Sheet, Stored,
    },
};

/// What a flow asks of the world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Request {
    /// Load a Job.
    Load(JobId),
    /// Write a Job that had this version.
    Commit(Box<Job>, u64),
    /// List overdue Jobs.
    Overdue,
    /// Take a line for a holder until a time.
    Take(String, String, Timestamp),
    /// Free a line.
    Free(String, String),
    /// Nudge a worker after a wait.
    Nudge(Worker, JobId, SignedDuration),
    /// Make the file of an attempt.
    Make(JobId, u32),
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
    /// To `Overdue`.
    Overdue(Vec<JobId>),
    /// To `Take`.
    Taken(bool),
    /// To `Dial`.
    Dialled(Dialled2),
    /// To `Look`.
    Word(Word2),
    /// To questions about money.
    News(MoneyNews),
    /// Done.
    Done,
    /// Passing trouble; nobody can tell whether it was done.
    Trouble,
}

/// [`Dialled`] that can be hashed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Dialled2 {
    /// Accepted under this name.
    Accepted(String),
    /// Nobody knows.
    Ambiguous,
}

/// [`CarrierWord`] that can be hashed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Word2 {
    /// Under way.
    Progress(String),
    /// Over.
    Over(String, justfax::redial::Outcome),
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
pub struct Wire(Mutex<Slot>);

impl Wire {
    /// A wire for a run that starts now.
    pub fn new(now: Timestamp) -> Self {
        Self(Mutex::new(Slot { now, asked: None, replies: VecDeque::new() }))
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is being asked, once.
    pub fn asked(&self) -> Option<Request> {
        self.slot().asked.take()
    }

    /// Gives the next reply, at a time.
    pub fn reply(&self, reply: Reply, at: Timestamp) {
        self.slot().replies.push_back((reply, at));
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
        if reply == Reply::Trouble { Err(Fault::retry(10, "trouble")) } else { Ok(reply) }
    }

    async fn done(&self, request: Request) -> Result<(), Fault> {
        self.ask(request).await.map(|_| ())
    }

    async fn news(&self, request: Request) -> Result<MoneyNews, Fault> {
        match self.ask(request).await? {
            Reply::News(news) => Ok(news),
            other => Err(Fault::broken(format!("{other:?}"))),
        }
    }
}

impl Clock for Wire {
    fn now(&self) -> Timestamp {
        self.slot().now
    }
}

impl Entropy for Wire {
    /// Lease tokens name their holder for people; nothing compares them.
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

impl ReadJobs for Wire {
    async fn load(&self, id: &JobId) -> Result<Option<Stored>, Fault> {
        match self.ask(Request::Load(id.clone())).await? {
            Reply::Loaded(found) => {
                Ok(found.map(|record| Stored { job: Job::clone(&record.job), version: record.version }))
            }
            other => Err(Fault::broken(format!("{other:?}"))),
        }
    }
}

impl Jobs for Wire {
    async fn commit(&self, job: &Job, seen: u64) -> Result<Committed, Fault> {
        match self.ask(Request::Commit(Box::new(job.clone()), seen)).await? {
            Reply::Committed(true) => Ok(Committed::Done),
            _ => Ok(Committed::Conflict),
        }
    }
}

impl Overdue for Wire {
    async fn overdue(&self, _now: Timestamp, _most: usize) -> Result<Vec<JobId>, Fault> {
        match self.ask(Request::Overdue).await? {
            Reply::Overdue(jobs) => Ok(jobs),
            other => Err(Fault::broken(format!("{other:?}"))),
        }
    }
}

impl Lines for Wire {
    async fn take(&self, line: &str, holder: &str, _now: Timestamp, until: Timestamp) -> Result<bool, Fault> {
        let reply = self.ask(Request::Take(line.to_owned(), holder.to_owned(), until)).await?;
        Ok(reply == Reply::Taken(true))
    }

    async fn free(&self, line: &str, holder: &str) -> Result<(), Fault> {
        self.done(Request::Free(line.to_owned(), holder.to_owned())).await
    }
}

impl Nudges for Wire {
    async fn nudge(&self, worker: Worker, job: &JobId, wait: SignedDuration) -> Result<(), Fault> {
        self.done(Request::Nudge(worker, job.clone(), wait)).await
    }
}

impl Press for Wire {
    async fn make(&self, job: &Job, attempt: &Attempt) -> Result<Sheet, Fault> {
        self.done(Request::Make(job.id().clone(), attempt.number)).await?;
        Ok(Sheet { url: String::new(), sha256: String::new() })
    }
}

impl Carrier for Wire {
    async fn dial(&self, call: &Call<'_>) -> Result<Dialled, Fault> {
        match self.ask(Request::Dial(call.job.clone(), call.attempt, call.to.e164().to_owned())).await? {
            Reply::Dialled(Dialled2::Accepted(reference)) => Ok(Dialled::Accepted(reference)),
            _ => Ok(Dialled::Ambiguous),
        }
    }

    async fn look(&self, call: &Call<'_>, _reference: Option<&str>) -> Result<CarrierWord, Fault> {
        Ok(match self.ask(Request::Look(call.job.clone(), call.attempt)).await? {
            Reply::Word(Word2::Progress(reference)) => CarrierWord::Progress { reference, transmitting: true },
            Reply::Word(Word2::Over(reference, outcome)) => {
                let report = justfax::job::attempt::DeliveryReport::of(outcome);
                CarrierWord::Over { reference, report }
            }
            _ => CarrierWord::Unlisted,
        })
    }
}

impl CarrierCopies for Wire {
    async fn forget(&self, reference: &str) -> Result<(), Fault> {
        self.done(Request::Forget(reference.to_owned())).await
    }
}

impl Eraser for Wire {
    async fn erase(&self, job: &JobId, copies: &Copies) -> Result<(), Fault> {
        self.done(Request::Erase(job.clone(), copies.clone())).await
    }
}

impl Post for Wire {
    async fn send(&self, letter: &Letter) -> Result<(), Fault> {
        self.done(Request::Send(letter.key.clone())).await
    }
}

impl Checkouts for Wire {
    async fn open(&self, due: &Due<'_>, _now: Timestamp) -> Result<MoneyNews, Fault> {
        let expires = due.order.at + SignedDuration::from_mins(60);
        self.news(Request::Open(due.job.clone(), due.number, expires)).await
    }
}

impl Payments for Wire {
    async fn look(&self, session: &str) -> Result<MoneyNews, Fault> {
        self.news(Request::LookPayment(session.to_owned())).await
    }
    async fn close(&self, _job: &JobId, _order: u32, session: &str) -> Result<MoneyNews, Fault> {
        self.news(Request::Close(session.to_owned())).await
    }
    async fn capture(&self, _job: &JobId, _order: u32, intent: &str) -> Result<MoneyNews, Fault> {
        self.news(Request::Capture(intent.to_owned())).await
    }
    async fn release(&self, _job: &JobId, _order: u32, intent: &str) -> Result<MoneyNews, Fault> {
        self.news(Request::Release(intent.to_owned())).await
    }
    async fn refund(&self, _job: &JobId, _order: u32, intent: &str) -> Result<MoneyNews, Fault> {
        self.news(Request::Refund(intent.to_owned())).await
    }
}

/// A future that a run is.
pub type Flow = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;
