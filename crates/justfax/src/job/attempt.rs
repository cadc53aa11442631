//! One dial: what was claimed, what the carrier said, how it ended.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Refused;
use crate::{number::FaxNumber, redial::Outcome};

/// The carrier's name of a call.
pub type CallRef = String;

/// The carrier's final word on an attempt.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeliveryReport {
    /// How it ended.
    pub outcome: Outcome,
    /// Length of the call.
    pub seconds: Option<u32>,
    /// Pages the far end confirmed.
    pub pages: Option<u32>,
    /// Station id of the far end (T.30 CSI), as far as the carrier passes it on.
    pub csid: Option<String>,
    /// The carrier's own reason, from its list of codes.
    pub reason: Option<String>,
}

impl DeliveryReport {
    /// A report of an outcome alone.
    pub fn of(outcome: Outcome) -> Self {
        Self { outcome, seconds: None, pages: None, csid: None, reason: None }
    }
}

impl fmt::Debug for DeliveryReport {
    /// Without the station id, which is chosen by the far end and often holds its number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeliveryReport({:?}, {:?} s, {:?} pages)", self.outcome, self.seconds, self.pages)
    }
}

/// Where an attempt stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// Written down before the carrier is called.
    Claimed,
    /// The carrier has it.
    Placed {
        /// Whether pages are going over the line.
        transmitting: bool,
        /// Last news.
        heard: Timestamp,
    },
    /// The carrier may or may not have it: ask, never dial.
    Unknown {
        /// Since when.
        since: Timestamp,
    },
    /// Over.
    Ended {
        /// When we learned it.
        at: Timestamp,
        /// The carrier's word.
        report: DeliveryReport,
    },
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attempt {
    /// From 1, through the whole life of the Job.
    pub number: u32,
    /// Under which order.
    pub order: u32,
    /// Number dialled.
    pub to: FaxNumber,
    /// When it was claimed.
    pub began: Timestamp,
    /// The carrier's name of the call, once known; needed to delete its copy.
    pub reference: Option<CallRef>,
    /// SHA-256 of the file handed to the carrier, hex.
    pub sent_sha256: Option<String>,
    /// Where it stands.
    pub state: AttemptState,
}

impl Attempt {
    /// Whether the carrier's word on it is final.
    pub fn is_over(&self) -> bool {
        matches!(self.state, AttemptState::Ended { .. })
    }

    /// How it ended.
    pub fn outcome(&self) -> Option<Outcome> {
        match &self.state {
            AttemptState::Ended { report, .. } => Some(report.outcome),
            _ => None,
        }
    }

    /// Whether later news may still change how it ended: it was taken for never placed, or somebody else's word
    /// ended it, and now the carrier says that it was delivered.
    fn may_turn_into(&self, outcome: Outcome) -> bool {
        self.outcome().is_some_and(|old| old != Outcome::Delivered && outcome == Outcome::Delivered)
    }

    /// News of a call under way.
    ///
    /// # Errors
    /// [`Refused::Stale`] when it is over, or when the news is older than what is known.
    pub fn progressed(mut self, reference: CallRef, transmitting: bool, now: Timestamp) -> Result<Self, Refused> {
        if self.is_over() {
            return Err(Refused::Stale);
        }
        let before = matches!(self.state, AttemptState::Placed { transmitting: true, .. });
        self.reference.get_or_insert(reference);
        self.state = AttemptState::Placed { transmitting: before || transmitting, heard: now };
        Ok(self)
    }

    /// Nobody knows whether the carrier took the call.
    ///
    /// # Errors
    /// [`Refused::Stale`] unless it was merely claimed.
    pub fn lost_sight(mut self, now: Timestamp) -> Result<Self, Refused> {
        match self.state {
            AttemptState::Claimed => {
                self.state = AttemptState::Unknown { since: now };
                Ok(self)
            }
            _ => Err(Refused::Stale),
        }
    }

    /// The final word.
    ///
    /// # Errors
    /// [`Refused::Stale`] when a final word was had before, unless this one says "delivered" after all.
    pub fn ended(
        mut self,
        reference: Option<CallRef>,
        report: DeliveryReport,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        if self.is_over() && !self.may_turn_into(report.outcome) {
            return Err(Refused::Stale);
        }
        self.reference = self.reference.or(reference);
        self.state = AttemptState::Ended { at: now, report };
        Ok(self)
    }
}
