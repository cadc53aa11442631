//! Documents a sender uploads, and what preparing made of them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::DocumentId;

/// Files in one Job.
pub const MOST_DOCUMENTS: usize = 20;
/// Bytes of one file: 20 MiB.
pub const MOST_DOCUMENT_BYTES: u64 = 20 * 1024 * 1024;
/// Bytes of all files of a Job: 50 MiB.
pub const MOST_JOB_BYTES: u64 = 50 * 1024 * 1024;
/// Pages of one fax. The carrier takes 350; at about a minute a page 200 are more than three hours on the line.
pub const MOST_PAGES: u32 = 200;

/// A file's name as the sender has it: shown back to the sender, never logged, never used as a path.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    /// Takes a name without control characters, cut to 200 characters.
    pub fn new(text: &str) -> Self {
        Self(text.chars().filter(|c| !c.is_control()).take(200).collect())
    }

    /// The name in clear.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileName(…)")
    }
}

/// Why a file does not become pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Not of a kind we can read.
    NotADocument,
    /// No bytes, or no pages.
    Empty,
    /// More bytes than announced or allowed.
    TooLarge,
    /// More pages than one fax may have.
    TooManyPages,
    /// Encrypted with a password we do not have.
    PasswordNeeded,
    /// An XFA form, which only its maker's viewer can draw.
    XfaForm,
    /// Broken beyond reading.
    Damaged,
    /// It would take more time or memory than one document may have.
    TooComplex,
}

/// What the sender should look at on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Nothing on it.
    Blank,
    /// Mostly black.
    VeryDark,
    /// Hardly any ink.
    VeryPale,
    /// Letters too small for the fax grid.
    TinyPrint,
    /// Seems to lie on its side.
    Sideways,
    /// A font was not in the file; letters may be missing.
    MissingFont,
    /// Form fields without appearance; what was typed may be missing.
    UnfilledForm,
}

/// Facts of one prepared page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageFacts {
    /// Scan lines.
    pub rows: u32,
    /// Bytes in ITU-T T.6, from which the time on the line is predicted.
    pub encoded_bytes: u32,
    /// What to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// Where a Document stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// Being uploaded or converted.
    Awaited,
    /// Its pages are ready.
    Prepared {
        /// SHA-256 of the uploaded bytes, hex.
        sha256: String,
        /// In order.
        pages: Vec<PageFacts>,
    },
    /// It cannot be faxed.
    Refused(Refusal),
}

/// One uploaded file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Document {
    /// Its name in keys and paths.
    pub id: DocumentId,
    /// Its name for the sender.
    pub name: FileName,
    /// Its announced size.
    pub bytes: u64,
    /// Where it stands.
    pub state: DocumentState,
}

impl Document {
    /// Its pages; none unless prepared.
    pub fn pages(&self) -> &[PageFacts] {
        match &self.state {
            DocumentState::Prepared { pages, .. } => pages,
            _ => &[],
        }
    }
}
