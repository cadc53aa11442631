//! Turns an uploaded file into pages.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::record::{Recorded, record};
use crate::{
    document::{DocumentState, PageFacts, Refusal},
    fault::Fault,
    ids::{DocumentId, JobId},
    job::{
        Refused, Stage,
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
        // Prepared by a message that came twice, or taken out meanwhile: only the latter leaves pages behind.
        Recorded::Refused(Refused::Stale, now) if now.documents().iter().any(|d| d.id == *document) => Ok(()),
        Recorded::Refused(..) | Recorded::Unknown => port.erase(job, &Copies::Document(document.clone())).await,
    }
}

/// Whether an upload is awaited.
enum Awaits {
    Yes,
    /// It was prepared or refused before, and the message came twice; or a legal hold keeps it, which writes it anew.
    Again,
    /// The Job is unknown or over, or the file was taken out.
    Nobody,
}

async fn awaits<P: Jobs + Clock>(port: &P, job: &JobId, document: &DocumentId) -> Result<Awaits, Fault> {
    let Some(stored) = port.load(job).await? else { return Ok(Awaits::Nobody) };
    let nobody = match stored.job.held_until() {
        Some(until) if until > port.now() => Awaits::Again,
        _ => Awaits::Nobody,
    };
    if matches!(stored.job.stage(), Stage::Delivered(_) | Stage::Purged(_)) {
        return Ok(nobody);
    }
    Ok(match stored.job.documents().iter().find(|d| d.id == *document).map(|d| &d.state) {
        Some(DocumentState::Awaited) => Awaits::Yes,
        Some(_) => Awaits::Again,
        None => nobody,
    })
}
