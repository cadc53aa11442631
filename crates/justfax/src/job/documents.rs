//! What happens to the files of a Job before it is ordered.

use jiff::Timestamp;

use super::{Copies, Effect, Job, Limit, Refused, Stage};
use crate::{
    document::{
        Document, DocumentState, MOST_DOCUMENT_BYTES, MOST_DOCUMENTS, MOST_JOB_BYTES, MOST_PAGES, PageFacts, Refusal,
    },
    ids::DocumentId,
};

impl Job {
    pub(super) fn add_documents(mut self, documents: Vec<Document>) -> Result<Self, Refused> {
        self.refuse_unless_editable()?;
        if documents.iter().any(|d| d.bytes > MOST_DOCUMENT_BYTES) {
            return Err(Refused::Limit(Limit::DocumentBytes));
        }
        self.documents.extend(documents);
        if self.documents.len() > MOST_DOCUMENTS {
            return Err(Refused::Limit(Limit::Documents));
        }
        if self.documents.iter().map(|d| d.bytes).sum::<u64>() > MOST_JOB_BYTES {
            return Err(Refused::Limit(Limit::JobBytes));
        }
        Ok(self)
    }

    pub(super) fn remove_document(mut self, document: &DocumentId, now: Timestamp) -> Result<Self, Refused> {
        self.refuse_unless_editable()?;
        let before = self.documents.len();
        self.documents.retain(|d| d.id != *document);
        if self.documents.len() == before {
            return Err(Refused::Stale);
        }
        self.owe(Effect::Delete(Copies::Document(document.clone())), now);
        Ok(self)
    }

    pub(super) fn document_prepared(
        mut self,
        document: &DocumentId,
        sha256: String,
        pages: Vec<PageFacts>,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let pages_then = self.page_count() as usize + pages.len();
        if pages.is_empty() {
            return self.document_refused(document, Refusal::Empty, now);
        }
        if pages_then > MOST_PAGES as usize {
            return self.document_refused(document, Refusal::TooManyPages, now);
        }
        self.awaited(document)?.state = DocumentState::Prepared { sha256, pages };
        Ok(self)
    }

    pub(super) fn document_refused(
        mut self,
        document: &DocumentId,
        why: Refusal,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        self.awaited(document)?.state = DocumentState::Refused(why);
        self.owe(Effect::Delete(Copies::Document(document.clone())), now);
        Ok(self)
    }

    fn awaited(&mut self, document: &DocumentId) -> Result<&mut Document, Refused> {
        self.refuse_unless_editable()?;
        self.documents.iter_mut().find(|d| d.id == *document && d.state == DocumentState::Awaited).ok_or(Refused::Stale)
    }

    fn refuse_unless_editable(&self) -> Result<(), Refused> {
        match self.stage {
            Stage::Draft | Stage::Failed(_) => Ok(()),
            _ => Err(Refused::WrongStage),
        }
    }
}
