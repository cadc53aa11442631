//! What is told to the sender about a document or a page: refusals and warnings.
//!
//! They live in the light part because functions that never render still store and show them. Their serialised names
//! are those of the API.

use serde::{Deserialize, Serialize};

/// Why a document cannot become a fax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Refusal {
    /// Nothing that we can read: neither PDF nor picture nor text.
    #[error("the file is no document that can be read")]
    NotADocument,
    /// No bytes, or no page.
    #[error("the document is empty")]
    Empty,
    /// More bytes than allowed.
    #[error("the document is too large")]
    TooLarge,
    /// More pages than allowed.
    #[error("the document has {pages} pages, {limit} are allowed")]
    TooManyPages {
        /// Pages of the document; of some formats only a lower bound is known.
        pages: usize,
        /// Pages allowed.
        limit: usize,
    },
    /// A PDF that opens with a password only.
    #[error("the document needs a password")]
    PasswordNeeded,
    /// An XFA form: its pages exist only inside the program of one vendor.
    #[error("the document is an XFA form")]
    XfaForm,
    /// A document of a known kind that cannot be read.
    #[error("the document is damaged")]
    Damaged,
    /// Needs more time or memory than a document may have.
    #[error("the document is too complex")]
    TooComplex,
}

impl Refusal {
    /// The name in the API, as in the serialised form.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotADocument => "not_a_document",
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::TooManyPages { .. } => "too_many_pages",
            Self::PasswordNeeded => "password_needed",
            Self::XfaForm => "xfa_form",
            Self::Damaged => "damaged",
            Self::TooComplex => "too_complex",
        }
    }
}

/// What the sender should look at before paying for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Nothing, or next to nothing, is on the page.
    Blank,
    /// So much black that it is slow, and hard on the recipient's toner.
    VeryDark,
    /// The original is so pale that little of it is left.
    VeryPale,
    /// Letters so small that a fax machine cannot show them well.
    TinyPrint,
    /// The text runs sideways.
    Sideways,
    /// Letters whose font is neither in the document nor known here were left out or replaced.
    MissingFont,
    /// A form field holds an answer that the document gives no picture of.
    UnfilledForm,
}
