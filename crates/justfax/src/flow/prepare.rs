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
        // Prepared by a message that came twice; it may even be ordered by now. The pages are the same.
        Recorded::Refused(_, now) if keeps(&now, document) => Ok(()),
        // Taken out or over meanwhile: pages are left behind.
        Recorded::Refused(..) | Recorded::Unknown => port.erase(job, &Copies::Document(document.clone())).await,
    }
}

/// Whether the Job still needs the pages of a Document.
fn keeps(job: &Job, document: &DocumentId) -> bool {
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
