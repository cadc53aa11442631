//! Forgetting a person: the record of an ended Job without whom, to whom and what. At once at their word (promise P12),
//! else a month after the end (promise P5), when the table's own expiry, which may take days, should delete it whole.
//!
//! It waits until nothing is owed any more, because a refund needs its payment and the last mail its address. A call that
//! the carrier did not list may still turn up there, with a copy to be deleted, so such an attempt is kept for another
//! day. What stays until the record expires says only that there was a fax and how its money ended, which the
//! payment provider keeps anyway as the law demands.

use jiff::Timestamp;

use super::{Job, Stage, attempt::AttemptState};
use crate::{redial::Outcome, retention};

impl Job {
    /// Whether everything personal has left the record.
    pub fn is_forgotten(&self) -> bool {
        self.order.is_none()
            && self.resume.is_none()
            && self.documents.is_empty()
            && self.attempts.is_empty()
            && self.mailed.is_empty()
    }

    /// When the person is forgotten, not before the end of a legal hold; none while the fax is under way, or something is
    /// owed.
    pub(super) fn forgets(&self) -> Option<Timestamp> {
        let (Stage::Delivered(ended) | Stage::Purged(ended)) = self.stage else { return None };
        if self.is_forgotten() || !self.pending.is_empty() {
            return None;
        }
        let at = if self.leaving { ended } else { ended + retention::ENDED };
        let unlisted = self.attempts.iter().filter_map(|attempt| match &attempt.state {
            AttemptState::Ended { at, report } if report.outcome == Outcome::NotPlaced => {
                Some(*at + retention::LATE_CALL)
            }
            _ => None,
        });
        unlisted.chain(self.held_until()).chain([at]).max()
    }

    /// Forgets, if it is time.
    pub(super) fn forget(&mut self, now: Timestamp) {
        if self.forgets().is_some_and(|at| at <= now) {
            self.order = None;
            self.resume = None;
            self.documents.clear();
            self.attempts.clear();
            self.mailed.clear();
            self.cover = None;
            self.mail_stopped = None;
        }
    }
}
