//! Turns an uploaded file into pages.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::record::{Recorded, record};
use crate::{
    document::{DocumentState, PageFacts, Refusal},
    fault::Fault,
    ids::{DocumentId, JobId},
    job::{
        Job, Stage,
        effect::Copies,
        event::{Event, Rules},
    },
    ports::{Answer, Clock, Eraser, Jobs, Nudges, Originals, PageShelf, Preview},
};

/// What rendering gives.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// Facts of each page.
    pub pages: Vec<PageFacts>,
    /// All pages as TIFF, ITU-T T.6.
    pub tiff: Vec<u8>,
    /// Their pictures.
    pub previews: Vec<Preview>,
}

/// Renders a document, within limits of time and memory.
pub trait Renderer: Sync {
    /// Its pages, or why there are none.
    fn render(&self, bytes: Vec<u8>) -> impl Answer<Result<Rendered, Refusal>>;
}

/// Prepares the uploaded file of a Job. A file that nobody awaits is deleted at once.
///
/// # Errors
/// A [`Fault`] of a port; the upload stays and is prepared when the message comes again.
pub async fn prepare<P>(port: &P, job: &JobId, document: &DocumentId) -> Result<(), Fault>
where
    P: Jobs + Nudges + Clock + Originals + PageShelf + Eraser + Renderer,
{
    match awaits(port, job, document).await? {
        Awaits::Yes => {}
        Awaits::Again => return Ok(()),
        Awaits::Nobody => return port.erase(job, &Copies::Document(document.clone())).await,
    }
    let Some(bytes) = port.read(job, document).await? else { return Ok(()) };
    let sha256 = HEXLOWER.encode(&Sha256::digest(&bytes));
    let event = match port.render(bytes).await? {
        Ok(rendered) => {
            let pages = rendered.pages;
            port.store(job, document, rendered.tiff, rendered.previews).await?;
            Event::DocumentPrepared { document: document.clone(), sha256, pages }
        }
        Err(why) => Event::DocumentRefused(document.clone(), why),
    };
    match record(port, &Rules::default(), job, &event).await? {
        Recorded::Moved(_) => Ok(()),
        // Prepared by a message that came twice: the pages are needed, until the Job is over.
        Recorded::Refused(_, now) if needs(&now, document) => Ok(()),
        Recorded::Refused(..) | Recorded::Unknown => port.erase(job, &Copies::Document(document.clone())).await,
    }
}

/// Whether the pages of a Document are still needed: it was not taken out, and the Job is not over.
fn needs(job: &Job, document: &DocumentId) -> bool {
    !is_over(job) && job.documents().iter().any(|d| d.id == *document)
}

fn is_over(job: &Job) -> bool {
    matches!(job.stage(), Stage::Delivered(_) | Stage::Purged(_))
}

/// Whether an upload is awaited.
enum Awaits {
    Yes,
    /// It was prepared or refused before: the message came twice.
    Again,
    /// The Job is unknown or over, or the file was taken out.
    Nobody,
}

async fn awaits<P: Jobs>(port: &P, job: &JobId, document: &DocumentId) -> Result<Awaits, Fault> {
    let Some(stored) = port.load(job).await? else { return Ok(Awaits::Nobody) };
    if is_over(&stored.job) {
        return Ok(Awaits::Nobody);
    }
    Ok(match stored.job.documents().iter().find(|d| d.id == *document).map(|d| &d.state) {
        Some(DocumentState::Awaited) => Awaits::Yes,
        Some(_) => Awaits::Again,
        None => Awaits::Nobody,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::{
        document::{Document, FileName},
        ids::Secret,
        job::effect::Worker,
        language::Language,
        memory::Dice,
        ports::{Committed, ReadJobs, Stored},
    };

    /// One Job, and what happens to it while its file is being rendered.
    struct World {
        job: Mutex<Job>,
        meanwhile: fn(Job) -> Job,
        erased: Mutex<Vec<Copies>>,
    }

    impl ReadJobs for World {
        async fn load(&self, _: &JobId) -> Result<Option<Stored>, Fault> {
            Ok(Some(Stored { job: self.job.lock().unwrap().clone(), version: 1 }))
        }
    }

    impl Jobs for World {
        async fn commit(&self, job: &Job, _: u64) -> Result<Committed, Fault> {
            *self.job.lock().unwrap() = job.clone();
            Ok(Committed::Done)
        }
    }

    impl Nudges for World {
        async fn nudge(&self, _: Worker, _: &JobId, _: SignedDuration) -> Result<(), Fault> {
            Ok(())
        }
    }

    impl Clock for World {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }
    }

    impl Originals for World {
        async fn read(&self, _: &JobId, _: &DocumentId) -> Result<Option<Vec<u8>>, Fault> {
            Ok(Some(b"text".to_vec()))
        }
    }

    impl PageShelf for World {
        async fn store(&self, _: &JobId, _: &DocumentId, _: Vec<u8>, _: Vec<Preview>) -> Result<(), Fault> {
            Ok(())
        }
    }

    impl Eraser for World {
        async fn erase(&self, _: &JobId, copies: &Copies) -> Result<(), Fault> {
            self.erased.lock().unwrap().push(copies.clone());
            Ok(())
        }
    }

    impl Renderer for World {
        async fn render(&self, _: Vec<u8>) -> Result<Result<Rendered, Refusal>, Fault> {
            let mut job = self.job.lock().unwrap();
            *job = (self.meanwhile)(job.clone());
            let pages = vec![PageFacts { rows: 2292, encoded_bytes: 3_000, warnings: vec![] }];
            Ok(Ok(Rendered { pages, tiff: vec![], previews: vec![] }))
        }
    }

    /// What is erased when a file is prepared while something else happens to its Job.
    fn erased(meanwhile: fn(Job) -> Job) -> Vec<Copies> {
        let dice = Dice::new(1);
        let id = DocumentId::random(&dice);
        let document =
            Document { id: id.clone(), name: FileName::new("a.txt"), bytes: 4, state: DocumentState::Awaited };
        let job = Job::open(JobId::random(&dice), Secret::random(&dice).hash(), Language::De, Timestamp::UNIX_EPOCH);
        let job = job.apply(Event::DocumentsAdded(vec![document]), &Rules::default(), Timestamp::UNIX_EPOCH).unwrap().0;
        let name = job.id().clone();
        let world = World { job: Mutex::new(job), meanwhile, erased: Mutex::default() };
        let mut run = std::pin::pin!(prepare(&world, &name, &id));
        let polled = run.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
        assert!(matches!(polled, std::task::Poll::Ready(Ok(()))));
        world.erased.lock().unwrap().clone()
    }

    fn prepared(mut job: Job) -> Job {
        let pages = vec![PageFacts { rows: 2292, encoded_bytes: 3_000, warnings: vec![] }];
        job.documents[0].state = DocumentState::Prepared { sha256: String::new(), pages };
        job
    }

    #[test]
    fn a_message_that_came_twice_takes_no_pages_from_a_fax_that_was_ordered_meanwhile() {
        assert_eq!(erased(|job| Job { stage: Stage::AwaitingPayment, ..prepared(job) }), []);
        assert_eq!(erased(prepared), []);
    }

    #[test]
    fn pages_that_are_made_after_the_end_do_not_stay() {
        let delivered = erased(|job| Job { stage: Stage::Delivered(Timestamp::UNIX_EPOCH), ..prepared(job) });
        let taken_out = erased(|job| Job { documents: vec![], ..job });
        assert!(matches!((&delivered[..], &taken_out[..]), ([Copies::Document(_)], [Copies::Document(_)])));
    }
}
