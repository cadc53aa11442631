//! The ports of the domain, each call a question on the [`Wire`].

use justfax::{
    SignedDuration, Timestamp,
    choices::{Password, Turn},
    document::{PageFacts, Refusal},
    fault::Fault,
    flow::prepare::{Rendered, Renderer, Wanted},
    ids::{DocumentId, JobId},
    job::{
        Job,
        attempt::{Attempt, DeliveryReport},
        effect::{Copies, Worker},
        event::MoneyNews,
    },
    mail::Letter,
    ports::{
        Call, Carrier, CarrierCopies, CarrierWord, Checkouts, Clock, Committed, Dialled, Due, Entropy, Eraser,
        FirstPages, Jobs, Lines, Nudges, Originals, Overdue, PageShelf, Payments, Post, Press, Preview, ReadJobs,
        Renderings, Reports, Sheet, Stored, Upload, UploadDesk,
    },
    report::ReportFacts,
};

use super::{Placed, Reply, Request, Wire, Word, unfit};

/// A payment page is open this long.
const PAGE: SignedDuration = SignedDuration::from_mins(60);

impl Clock for Wire {
    fn now(&self) -> Timestamp {
        self.slot().now
    }
}

impl Entropy for Wire {
    fn fill(&self, buffer: &mut [u8]) {
        self.dice.fill(buffer);
    }
}

impl ReadJobs for Wire {
    async fn load(&self, id: &JobId) -> Result<Option<Stored>, Fault> {
        match self.ask(Request::Load(id.clone())).await? {
            Reply::Loaded(found) => {
                Ok(found.map(|record| Stored { job: Job::clone(&record.job), version: record.version }))
            }
            other => Err(unfit(&other)),
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
    async fn overdue(&self, now: Timestamp, most: usize) -> Result<Vec<JobId>, Fault> {
        match self.ask(Request::Overdue(now, most)).await? {
            Reply::Overdue(jobs) => Ok(jobs),
            other => Err(unfit(&other)),
        }
    }
}

impl Lines for Wire {
    async fn take(&self, line: &str, holder: &str, now: Timestamp, until: Timestamp) -> Result<bool, Fault> {
        let reply = self.ask(Request::Take(line.to_owned(), holder.to_owned(), now, until)).await?;
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

impl UploadDesk for Wire {
    fn allow(&self, _: &JobId, _: &DocumentId, _: u64, _: Timestamp) -> Result<Upload, Fault> {
        Ok(Upload { url: String::new(), fields: Vec::new() })
    }
}

impl Originals for Wire {
    async fn read(&self, job: &JobId, document: &DocumentId) -> Result<Option<Vec<u8>>, Fault> {
        match self.ask(Request::Read(job.clone(), document.clone())).await? {
            Reply::Read(bytes) => Ok(bytes),
            other => Err(unfit(&other)),
        }
    }
}

impl Renderer for Wire {
    async fn render(&self, bytes: Vec<u8>, _: Wanted) -> Result<Result<Rendered, Refusal>, Fault> {
        match self.ask(Request::Render(bytes)).await? {
            Reply::Rendered(0) => Ok(Err(Refusal::NotADocument)),
            Reply::Rendered(pages) => {
                let page = PageFacts { rows: 2292, encoded_bytes: 1, turn: Turn::Upright, warnings: Vec::new() };
                let pages = vec![page; usize::from(pages)];
                Ok(Ok(Rendered { pages, tiff: Vec::new(), previews: Vec::new() }))
            }
            other => Err(unfit(&other)),
        }
    }
}

impl PageShelf for Wire {
    async fn store(
        &self,
        job: &JobId,
        document: &DocumentId,
        edition: u32,
        _: Vec<u8>,
        _: Vec<Preview>,
    ) -> Result<(), Fault> {
        self.done(Request::Store(job.clone(), document.clone(), edition)).await
    }

    async fn clear(&self, job: &JobId, document: &DocumentId, edition: u32) -> Result<(), Fault> {
        self.done(Request::Clear(job.clone(), document.clone(), edition)).await
    }
}

impl Press for Wire {
    async fn make(&self, job: &Job, attempt: &Attempt) -> Result<Sheet, Fault> {
        let editions = job.documents().iter().map(|document| (document.id.clone(), document.edition)).collect();
        self.done(Request::Make(job.id().clone(), attempt.number, editions)).await?;
        Ok(Sheet { url: String::new(), sha256: String::new() })
    }
}

impl Carrier for Wire {
    async fn dial(&self, call: &Call<'_>) -> Result<Dialled, Fault> {
        match self.ask(Request::Dial(call.job.clone(), call.attempt, call.to.e164().to_owned())).await? {
            Reply::Dialled(Placed::Accepted(reference)) => Ok(Dialled::Accepted(reference)),
            Reply::Dialled(Placed::Refused(outcome)) => Ok(Dialled::Refused(DeliveryReport::of(outcome))),
            _ => Ok(Dialled::Ambiguous),
        }
    }

    async fn look(&self, call: &Call<'_>, _reference: Option<&str>) -> Result<CarrierWord, Fault> {
        Ok(match self.ask(Request::Look(call.job.clone(), call.attempt)).await? {
            Reply::Word(Word::Progress(reference)) => CarrierWord::Progress { reference, transmitting: true },
            Reply::Word(Word::Over(reference, outcome)) => {
                CarrierWord::Over { reference, report: DeliveryReport::of(outcome) }
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

/// Reports are empty, with or without their picture: no promise about a Job depends on what they say.
impl FirstPages for Wire {
    async fn picture(&self, _job: &JobId, _attempt: u32) -> Result<Option<Vec<u8>>, Fault> {
        Ok(None)
    }
}

/// Nothing is made anew in these worlds: their files are ready from the beginning.
impl Renderings for Wire {
    async fn ask(&self, _: &JobId, _: &DocumentId, _: u32, _: Option<&Password>) -> Result<(), Fault> {
        Ok(())
    }
}

impl Reports for Wire {
    fn report(&self, _facts: &ReportFacts, _picture: Option<Vec<u8>>) -> Result<Vec<u8>, Fault> {
        Ok(Vec::new())
    }
}

impl Post for Wire {
    async fn send(&self, letter: &Letter) -> Result<(), Fault> {
        self.done(Request::Send(letter.key.clone())).await
    }
}

impl Checkouts for Wire {
    async fn open(&self, due: &Due<'_>, _now: Timestamp) -> Result<MoneyNews, Fault> {
        self.news(Request::Open(due.job.clone(), due.number, due.order.at + PAGE)).await
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
