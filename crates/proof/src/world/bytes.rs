//! Which bytes exist: uploads, prepared pages, files for the carrier.

use std::collections::{BTreeMap, BTreeSet};

use justfax::{
    ids::{DocumentId, JobId},
    job::{Job, effect::Copies},
};

use super::{Broken, World};
use crate::wire::{Reply, Request};

/// What a Job has in the bucket. Content is one byte: into how many pages it renders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Bytes {
    /// Uploads.
    pub originals: BTreeMap<DocumentId, u8>,
    /// Prepared pages, by edition.
    pub pages: BTreeSet<(DocumentId, u32)>,
    /// Files for the carrier, by attempt.
    pub transmissions: BTreeSet<u32>,
    /// Reduced first pages for the report, by attempt.
    pub pictures: BTreeSet<u32>,
}

impl Bytes {
    /// Of a Job whose files are all prepared.
    pub fn of(job: &Job) -> Self {
        let originals = job.documents().iter().map(|document| (document.id.clone(), 1)).collect();
        let pages = job.documents().iter().map(|document| (document.id.clone(), document.edition)).collect();
        Self { originals, pages, ..Self::default() }
    }

    /// Whether anything is left.
    pub fn any(&self) -> bool {
        !(self.originals.is_empty()
            && self.pages.is_empty()
            && self.transmissions.is_empty()
            && self.pictures.is_empty())
    }

    fn erase(&mut self, copies: &Copies) {
        match copies {
            Copies::Document(id) => {
                self.originals.remove(id);
                self.pages.retain(|(document, _)| document != id);
            }
            Copies::Originals => self.originals.clear(),
            Copies::Pages => self.pages.clear(),
            Copies::Transmissions => self.transmissions.clear(),
            Copies::Pictures => self.pictures.clear(),
            Copies::CarrierCopy(_) => {}
        }
    }
}

impl World {
    pub(super) fn bytes(&mut self, request: &Request) -> Reply {
        match request {
            Request::Read(job, id) => {
                let pages = self.bytes.get(job).and_then(|bytes| bytes.originals.get(id));
                Reply::Read(pages.map(|pages| vec![*pages]))
            }
            Request::Render(bytes) => Reply::Rendered(bytes.first().copied().unwrap_or(0)),
            Request::Store(job, id, edition) => {
                self.bytes_of(job).pages.insert((id.clone(), *edition));
                Reply::Done
            }
            Request::Clear(job, id, edition) => {
                self.bytes_of(job).pages.remove(&(id.clone(), *edition));
                Reply::Done
            }
            Request::Picture(job, attempt) => {
                let there = self.bytes.get(job).is_some_and(|bytes| bytes.pictures.contains(attempt));
                Reply::Read(there.then(|| vec![1]))
            }
            Request::Make(job, attempt, pages) => self.make(job, *attempt, pages),
            Request::Erase(job, copies) => {
                self.bytes_of(job).erase(copies);
                Reply::Done
            }
            _ => Reply::Broken,
        }
    }

    fn bytes_of(&mut self, job: &JobId) -> &mut Bytes {
        self.bytes.entry(job.clone()).or_default()
    }

    /// Pages that are gone are a broken promise unless the Job is over: then somebody is late, and is told so.
    fn make(&mut self, job: &JobId, attempt: u32, pages: &[(DocumentId, u32)]) -> Reply {
        let over = self.jobs.get(job).is_none_or(|record| Self::is_over(&record.job));
        let bytes = self.bytes_of(job);
        if pages.iter().all(|edition| bytes.pages.contains(edition)) {
            bytes.transmissions.insert(attempt);
            bytes.pictures.insert(attempt);
            return Reply::Done;
        }
        if !over {
            self.broken.insert(Broken::PagesLost);
        }
        Reply::Broken
    }
}
