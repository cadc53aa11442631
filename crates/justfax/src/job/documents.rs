//! What happens to the files of a Job before it is ordered.
//!
//! A change that needs other pages counts the Document's edition up and leaves the pages it has; they are shown until
//! the new ones come, and nothing can be ordered meanwhile. News of another edition than the one wanted is old news.

use jiff::{SignedDuration, Timestamp};

use super::{Copies, Effect, Job, Limit, Refused};
use crate::{
    choices::{Choices, Resolution},
    cover::Cover,
    document::{
        Document, DocumentState, MOST_DOCUMENT_BYTES, MOST_DOCUMENTS, MOST_EDITIONS, MOST_JOB_BYTES, MOST_PAGES,
        MOST_RENDERED, Refusal, Rendering,
    },
    ids::DocumentId,
};

/// Pages are asked for once more this long after they were wanted, unless they came: the wish and the message that asks
/// are two writes, and the second can be lost. Longer than the slowest rendering takes, its tries included.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(5);

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
        self.ask_no_more(document);
        self.owe(Effect::Delete(Copies::Document(document.clone())), now);
        Ok(self)
    }

    /// Takes a file's pages. How many of them are sent is counted when they are ordered: the sender may leave some out.
    pub(super) fn document_prepared(
        mut self,
        document: &DocumentId,
        rendering: Rendering,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let others: usize = self.documents.iter().filter(|d| d.id != *document).map(|d| d.all_pages().len()).sum();
        let edition = rendering.edition;
        if rendering.pages.is_empty() {
            return self.document_refused(document, edition, Refusal::Empty, now);
        }
        if others + rendering.pages.len() > MOST_RENDERED as usize {
            return self.document_refused(document, edition, Refusal::TooManyPages, now);
        }
        self.awaited(document, edition)?.state = DocumentState::Prepared(rendering);
        self.ask_no_more(document);
        Ok(self)
    }

    /// A file that cannot be faxed is deleted, except one that only lacks its password: the sender may still give it.
    pub(super) fn document_refused(
        mut self,
        document: &DocumentId,
        edition: u32,
        why: Refusal,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        self.awaited(document, edition)?.state = DocumentState::Refused(why);
        self.ask_no_more(document);
        if why != Refusal::PasswordNeeded {
            self.owe(Effect::Delete(Copies::Document(document.clone())), now);
        }
        Ok(self)
    }

    /// Puts the files into this order; it must name each exactly once, or it was made for other files.
    pub(super) fn documents_arranged(mut self, order: &[DocumentId]) -> Result<Self, Refused> {
        self.refuse_unless_editable()?;
        let mut left = std::mem::take(&mut self.documents);
        for id in order {
            let at = left.iter().position(|d| d.id == *id).ok_or(Refused::Stale)?;
            self.documents.push(left.remove(at));
        }
        if left.is_empty() { Ok(self) } else { Err(Refused::Stale) }
    }

    pub(super) fn pages_chosen(mut self, id: &DocumentId, choices: Choices, now: Timestamp) -> Result<Self, Refused> {
        let document = self.document(id)?;
        let pages = document.rendering().map_or(MOST_PAGES as usize, |rendering| rendering.pages.len());
        if choices.names_page_zero() || choices.last_page() as usize > pages {
            return Err(Refused::Stale);
        }
        let anew = !choices.renders_like(&document.choices);
        document.choices = choices;
        if anew {
            self.demand_anew(id, now)?;
        }
        Ok(self)
    }

    /// Has a file tried again with the password that the sender gave.
    pub(super) fn unlocked(mut self, id: &DocumentId, now: Timestamp) -> Result<Self, Refused> {
        let document = self.document(id)?;
        if document.state == DocumentState::Refused(Refusal::PasswordNeeded) {
            document.state = DocumentState::Awaited;
            self.demand_anew(id, now)?;
        }
        Ok(self)
    }

    /// Has every file made anew at another resolution; pages of two resolutions never make one fax.
    pub(super) fn resolution_chosen(mut self, resolution: Resolution, now: Timestamp) -> Result<Self, Refused> {
        self.refuse_unless_editable()?;
        if resolution != self.resolution {
            self.resolution = resolution;
            let ids: Vec<DocumentId> = self.documents.iter().map(|d| d.id.clone()).collect();
            ids.iter().try_for_each(|id| self.demand_anew(id, now))?;
        }
        Ok(self)
    }

    /// Takes a cover page, or none.
    pub(super) fn cover_chosen(mut self, cover: Option<Cover>) -> Result<Self, Refused> {
        self.refuse_unless_editable()?;
        self.cover = cover;
        Ok(self)
    }

    /// Wants another rendering.
    fn demand_anew(&mut self, id: &DocumentId, now: Timestamp) -> Result<(), Refused> {
        let document = self.document(id)?;
        if document.edition >= MOST_EDITIONS {
            return Err(Refused::Limit(Limit::Editions));
        }
        document.edition += 1;
        let edition = document.edition;
        self.ask_no_more(id);
        self.owe(Effect::AskPages(id.clone(), edition), now + ASK_AGAIN);
        Ok(())
    }

    fn ask_no_more(&mut self, document: &DocumentId) {
        self.pending.retain(|p| !matches!(&p.effect, Effect::AskPages(asked, _) if asked == document));
    }

    fn document(&mut self, document: &DocumentId) -> Result<&mut Document, Refused> {
        self.refuse_unless_editable()?;
        self.documents.iter_mut().find(|d| d.id == *document).ok_or(Refused::Stale)
    }

    /// The file if this rendering of it is awaited.
    fn awaited(&mut self, document: &DocumentId, edition: u32) -> Result<&mut Document, Refused> {
        let document = self.document(document)?;
        if document.is_awaited() && document.edition == edition { Ok(document) } else { Err(Refused::Stale) }
    }

    fn refuse_unless_editable(&self) -> Result<(), Refused> {
        if self.is_editable() { Ok(()) } else { Err(Refused::WrongStage) }
    }
}
