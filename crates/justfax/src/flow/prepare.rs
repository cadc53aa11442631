//! Turns an uploaded file into pages, the first time or anew.
//!
//! Pages of each rendering lie under its own edition, so a page that is looked at never changes under its address, and
//! a rendering that comes too late overwrites nothing.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::record::{Recorded, record};
use crate::{
    choices::{Choices, Password, Resolution},
    document::{Document, PageFacts, Refusal, Rendering},
    fault::Fault,
    ids::{DocumentId, JobId},
    job::{
        Job,
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

/// How a document is rendered.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What the sender chose; pages left out are rendered like the others.
    pub choices: Choices,
    /// How fine.
    pub resolution: Resolution,
    /// What opens it.
    pub password: Option<Password>,
}

/// Renders a document, within limits of time and memory.
pub trait Renderer: Sync {
    /// Its pages, or why there are none.
    fn render(&self, bytes: Vec<u8>, wanted: Wanted) -> impl Answer<Result<Rendered, Refusal>>;
}

/// A message about a Document whose pages are to be made.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Whose.
    pub job: JobId,
    /// Which.
    pub document: DocumentId,
    /// Which rendering; without it, an upload: the rendering wanted when it is looked at.
    pub edition: Option<u32>,
    /// The password that came with it.
    pub password: Option<Password>,
}

/// Prepares a file of a Job. A file that nobody awaits is deleted at once.
///
/// A message with a password is worked on only once, so that it does not lie in a queue: when that fails, the sender is
/// asked for the password again.
///
/// # Errors
/// A [`Fault`] of a port; the upload stays and is prepared when the message comes again.
pub async fn prepare<P>(port: &P, ask: &Ask) -> Result<(), Fault>
where
    P: Jobs + Nudges + Clock + Originals + PageShelf + Eraser + Renderer,
{
    let fault = match tried(port, ask).await {
        Err(fault) if ask.password.is_some() => fault,
        other => return other,
    };
    tracing::warn!(job.id = %ask.job, document.id = %ask.document, error = %fault, "the password is asked for again");
    let event = Event::DocumentRefused(ask.document.clone(), ask.edition.unwrap_or(1), Refusal::PasswordNeeded);
    record(port, &Rules::default(), &ask.job, &event).await.map(|_| ())
}

async fn tried<P>(port: &P, ask: &Ask) -> Result<(), Fault>
where
    P: Jobs + Nudges + Clock + Originals + PageShelf + Eraser + Renderer,
{
    let Ask { job, document, edition, password } = ask;
    let loaded = port.load(job).await?.map(|stored| stored.job);
    let Some((job_now, awaited)) = loaded.as_ref().and_then(|job| Some((job, find(job, document)?))) else {
        return unwanted(port, ask, loaded.as_ref()).await;
    };
    if !awaited.is_awaited() || edition.is_some_and(|edition| edition != awaited.edition) {
        // The message came twice, or the sender has changed something since and another message follows.
        return Ok(());
    }
    let Some(bytes) = port.read(job, document).await? else { return Ok(()) };
    let sha256 = HEXLOWER.encode(&Sha256::digest(&bytes));
    let (edition, resolution) = (awaited.edition, job_now.resolution());
    let wanted = Wanted { choices: awaited.choices.clone(), resolution, password: password.clone() };
    let event = match port.render(bytes, wanted).await? {
        Ok(rendered) => {
            let pages = rendered.pages;
            port.store(job, document, edition, rendered.tiff, rendered.previews).await?;
            Event::DocumentPrepared(document.clone(), Rendering { edition, resolution, sha256, pages })
        }
        Err(why) => Event::DocumentRefused(document.clone(), edition, why),
    };
    let before = awaited.rendering().map(|rendering| rendering.edition);
    recorded(port, ask, edition, before, &event).await
}

/// Records what came of it and clears away the pages that are of no use any more.
async fn recorded<P>(port: &P, ask: &Ask, edition: u32, before: Option<u32>, event: &Event) -> Result<(), Fault>
where
    P: Jobs + Nudges + Clock + PageShelf + Eraser,
{
    let Ask { job, document, .. } = ask;
    let (stale, now) = match record(port, &Rules::default(), job, event).await? {
        Recorded::Moved(now) => (before, Some(now)),
        Recorded::Refused(_, now) => (Some(edition), Some(now)),
        Recorded::Unknown => (None, None),
    };
    let Some(kept) = now.as_ref().and_then(|now| find(now, document)) else {
        return unwanted(port, ask, now.as_deref()).await;
    };
    // Refused also when a message that came twice had prepared the same edition: its pages stay.
    match stale {
        Some(stale) if kept.rendering().is_none_or(|rendering| rendering.edition != stale) => {
            port.clear(job, document, stale).await
        }
        _ => Ok(()),
    }
}

/// Deletes a file that nobody awaits. Under a legal hold it stays: the hold writes files anew, and each comes here as if
/// it were an upload.
async fn unwanted<P: Clock + Eraser>(port: &P, ask: &Ask, job: Option<&Job>) -> Result<(), Fault> {
    if job.and_then(Job::held_until).is_some_and(|until| until > port.now()) {
        return Ok(());
    }
    port.erase(&ask.job, &Copies::Document(ask.document.clone())).await
}

/// The Document, unless its Job is over or does not have it any more.
fn find<'a>(job: &'a Job, document: &DocumentId) -> Option<&'a Document> {
    let over = job.is_over();
    job.documents().iter().find(|d| !over && d.id == *document)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::{
        document::DocumentState,
        ids::Secret,
        job::{
            Stage,
            effect::Worker,
            tests::{document, rendering},
        },
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
        async fn store(&self, _: &JobId, _: &DocumentId, _: u32, _: Vec<u8>, _: Vec<Preview>) -> Result<(), Fault> {
            Ok(())
        }

        async fn clear(&self, _: &JobId, document: &DocumentId, _: u32) -> Result<(), Fault> {
            self.erased.lock().unwrap().push(Copies::Document(document.clone()));
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
        async fn render(&self, _: Vec<u8>, _: Wanted) -> Result<Result<Rendered, Refusal>, Fault> {
            let mut job = self.job.lock().unwrap();
            *job = (self.meanwhile)(job.clone());
            Ok(Ok(Rendered { pages: rendering(1, 1).pages, tiff: vec![], previews: vec![] }))
        }
    }

    /// What is erased when a file is prepared while something else happens to its Job.
    fn erased(meanwhile: fn(Job) -> Job) -> Vec<Copies> {
        let dice = Dice::new(1);
        let document = document(1);
        let id = document.id.clone();
        let job = Job::open(JobId::random(&dice), Secret::random(&dice).hash(), Language::De, Timestamp::UNIX_EPOCH);
        let job = job.apply(Event::DocumentsAdded(vec![document]), &Rules::default(), Timestamp::UNIX_EPOCH).unwrap().0;
        let ask = Ask { job: job.id().clone(), document: id, edition: None, password: None };
        let world = World { job: Mutex::new(job), meanwhile, erased: Mutex::default() };
        let mut run = std::pin::pin!(prepare(&world, &ask));
        let polled = run.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
        assert!(matches!(polled, std::task::Poll::Ready(Ok(()))));
        world.erased.lock().unwrap().clone()
    }

    fn prepared(mut job: Job) -> Job {
        job.documents[0].state = DocumentState::Prepared(rendering(1, 1));
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
