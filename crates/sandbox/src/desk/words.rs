//! States and behaviours in words and colours, for the developer's pages.

use crate::carrier::{Fax, Status};
use crate::hooks::Progress;
use crate::line::Hearing;

/// A word with the class of its colour: `good`, `bad`, `wait`, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Badge {
    pub(super) words: String,
    pub(super) class: &'static str,
}

impl Badge {
    pub(super) fn new(words: impl Into<String>, class: &'static str) -> Self {
        Self { words: words.into(), class }
    }

    /// How a fax stands, as the carrier says.
    pub(super) fn of_fax(fax: &Fax) -> Self {
        let reason = fax.failure_reason.as_deref().unwrap_or("failed").replace('_', " ");
        match fax.status {
            Status::Delivered => Self::new("delivered", "good"),
            Status::Failed => Self::new(reason, "bad"),
            Status::Originated => Self::new("dialling", "wait"),
            other => Self::new(other.word(), "wait"),
        }
    }

    /// How a payment stands.
    pub(super) fn of_payment(status: &str) -> Self {
        match status {
            "succeeded" | "complete" => Self::new(status, "good"),
            "requires_capture" => Self::new("held", "wait"),
            "processing" | "open" | "pending" => Self::new(status, "wait"),
            "requires_payment_method" => Self::new("declined", "bad"),
            "failed" => Self::new(status, "bad"),
            _ => Self::new(status, ""),
        }
    }

    /// How a webhook stands.
    pub(super) fn of_hook(progress: Progress) -> Self {
        match progress {
            Progress::Waiting => Self::new("waiting", "wait"),
            Progress::Delivered => Self::new("delivered", "good"),
            Progress::Lost => Self::new("lost on purpose", "bad"),
            Progress::GivenUp => Self::new("given up", "bad"),
        }
    }
}

/// What was heard on the line.
pub(super) fn heard(hearing: Hearing) -> &'static str {
    match hearing {
        Hearing::Nothing => "silence",
        Hearing::NoFax => "something, but no fax machine",
        Hearing::Fax => "a fax machine",
    }
}
