//! Takes what the sender changes about files and pages, and has pages made anew where that needs it.
//!
//! The Job is written first and the rendering asked for after, so a message can be lost between the two. That is told
//! from the Job itself: the same wish again changes nothing and asks again, and the page repeats it while it waits.

use super::record::{Recorded, record};
use crate::{
    choices::{Choices, Password, Resolution},
    fault::Fault,
    ids::{DocumentId, JobId},
    job::event::{Event, Rules},
    ports::{Clock, Jobs, Nudges, Renderings},
};

/// A change of the sender's.
#[derive(Debug, Clone)]
pub enum Change {
    /// The files in this order.
    Order(Vec<DocumentId>),
    /// How fine the fax is, and the passwords of files that need one again.
    Resolution(Resolution, Vec<(DocumentId, Password)>),
    /// What is wanted of the pages of a file, and its password where it has one.
    Pages(DocumentId, Choices, Option<Password>),
}

impl Change {
    fn events(&self) -> Vec<Event> {
        match self {
            Self::Order(order) => vec![Event::DocumentsArranged(order.clone())],
            Self::Resolution(resolution, _) => vec![Event::ResolutionChosen(*resolution)],
            Self::Pages(document, choices, password) => {
                let unlocked = password.is_some().then(|| Event::Unlocked(document.clone()));
                std::iter::once(Event::PagesChosen(document.clone(), choices.clone())).chain(unlocked).collect()
            }
        }
    }

    fn password(&self, document: &DocumentId) -> Option<&Password> {
        match self {
            Self::Order(_) => None,
            Self::Resolution(_, passwords) => passwords.iter().find(|(id, _)| id == document).map(|(_, word)| word),
            Self::Pages(id, _, password) => password.as_ref().filter(|_| id == document),
        }
    }

    /// Whether a file may have to be made anew by this.
    fn concerns(&self, document: &DocumentId) -> bool {
        match self {
            Self::Order(_) => false,
            Self::Resolution(..) => true,
            Self::Pages(id, ..) => id == document,
        }
    }
}

/// Makes a change of a Job that is not ordered.
///
/// # Errors
/// A [`Fault`] of a port; the change may be made all the same, and asking again is harmless.
pub async fn arrange<P>(port: &P, rules: &Rules, id: &JobId, change: &Change) -> Result<Recorded, Fault>
where
    P: Jobs + Nudges + Clock + Renderings,
{
    let mut job = None;
    for event in change.events() {
        match record(port, rules, id, &event).await? {
            Recorded::Moved(moved) => job = Some(moved),
            other => return Ok(other),
        }
    }
    let Some(job) = job else { return Ok(Recorded::Unknown) };
    // The first rendering is asked for by the upload itself.
    for document in job.documents().iter().filter(|d| d.edition > 1 && d.is_awaited() && change.concerns(&d.id)) {
        port.ask(id, &document.id, document.edition, change.password(&document.id)).await?;
    }
    Ok(Recorded::Moved(job))
}
