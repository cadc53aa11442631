//! Opens Jobs and hands out uploads.

use crate::{
    document::{Document, FileName},
    fault::Fault,
    ids::{DocumentId, JobId, Secret},
    job::{
        Job, Refused,
        event::{Event, Rules},
    },
    language::Language,
    ports::{Clock, Committed, Entropy, Jobs, Upload, UploadDesk},
};

/// A file the sender wants to upload.
#[derive(Debug, Clone)]
pub struct Announced {
    /// Its name.
    pub name: String,
    /// Its exact size.
    pub bytes: u64,
}

/// Why no Job was opened or no file taken.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// The Job does not take them.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Trouble on our side.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Uploads by Document, in the order announced.
pub type Uploads = Vec<(DocumentId, Upload)>;

/// Opens a Job with files to come.
///
/// # Errors
/// [`NotOpened`].
pub async fn open<P>(port: &P, language: Language, files: &[Announced]) -> Result<(Job, Secret, Uploads), NotOpened>
where
    P: Jobs + Clock + Entropy + UploadDesk,
{
    let secret = Secret::random(port);
    let job = Job::open(JobId::random(port), secret.hash(), language, port.now());
    let (job, uploads) = announce(port, job, files)?;
    match port.commit(&job, 0).await? {
        Committed::Done => Ok((job, secret, uploads)),
        Committed::Conflict => Err(Fault::retry(1, "the new id is taken").into()),
    }
}

/// Takes more files into a Job.
///
/// # Errors
/// [`NotOpened`].
pub async fn add<P>(port: &P, job: Job, seen: u64, files: &[Announced]) -> Result<Uploads, NotOpened>
where
    P: Jobs + Clock + Entropy + UploadDesk,
{
    let (job, uploads) = announce(port, job, files)?;
    match port.commit(&job, seen).await? {
        Committed::Done => Ok(uploads),
        Committed::Conflict => Err(Fault::retry(1, "the Job changed meanwhile").into()),
    }
}

fn announce<P: Clock + Entropy + UploadDesk>(
    port: &P,
    job: Job,
    files: &[Announced],
) -> Result<(Job, Uploads), NotOpened> {
    let now = port.now();
    let documents: Vec<Document> = files
        .iter()
        .map(|file| Document::announced(DocumentId::random(port), FileName::new(&file.name), file.bytes))
        .collect();
    let (job, _) = job.apply(Event::DocumentsAdded(documents.clone()), &Rules::default(), now)?;
    let uploads = documents
        .into_iter()
        .map(|d| Ok((d.id.clone(), port.allow(job.id(), &d.id, d.bytes, now)?)))
        .collect::<Result<_, Fault>>()?;
    Ok((job, uploads))
}
