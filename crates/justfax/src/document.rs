//! Documents a sender uploads, and what preparing made of them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    choices::{Choices, Resolution, Turn},
    ids::DocumentId,
};

/// Files in one Job.
pub const MOST_DOCUMENTS: usize = 20;
/// Bytes of one file: 20 MiB.
pub const MOST_DOCUMENT_BYTES: u64 = 20 * 1024 * 1024;
/// Bytes of all files of a Job: 50 MiB.
pub const MOST_JOB_BYTES: u64 = 50 * 1024 * 1024;
/// Pages of one fax. The carrier takes 350; at about a minute a page 200 are more than three hours on the line.
pub const MOST_PAGES: u32 = 200;
/// Pages made of all files of a Job, those left out among them: they are stored, shown and listed in the Job's one record.
pub const MOST_RENDERED: u32 = 400;
/// Renderings of one Document. Each costs some seconds of computing; nobody turns a page so often in earnest.
pub const MOST_EDITIONS: u32 = 300;

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

/// Why a file does not become pages. Its serialised names are those of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Not of a kind we can read: neither PDF nor picture nor text.
    #[error("the file is no document that can be read")]
    NotADocument,
    /// A text document or web page that only the program it was made with can lay out: it can save it as PDF.
    #[error("the file is of an office program")]
    OfficeDocument,
    /// A photograph in the format of some telephones (HEIC, AVIF), for which there is no sound decoder here.
    #[error("the picture is of a kind that cannot be read")]
    HeicPicture,
    /// No bytes, or no pages.
    #[error("the document is empty")]
    Empty,
    /// More bytes than announced or allowed.
    #[error("the document is too large")]
    TooLarge,
    /// More pages than one fax may have.
    #[error("the document has too many pages")]
    TooManyPages,
    /// Encrypted with a password we do not have.
    #[error("the document needs a password")]
    PasswordNeeded,
    /// An XFA form, which only its maker's viewer can draw.
    #[error("the document is an XFA form")]
    XfaForm,
    /// Broken beyond reading.
    #[error("the document is damaged")]
    Damaged,
    /// It would take more time or memory than one document may have.
    #[error("the document is too complex")]
    TooComplex,
}

/// What the sender should look at on a page. Its serialised names are those of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Nothing, or next to nothing, is on it.
    Blank,
    /// So much black that it is slow, and hard on the recipient's toner.
    VeryDark,
    /// The original is so pale that little of it is left.
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
    /// How the page of the file lies on the sheet.
    #[serde(default)]
    pub turn: Turn,
    /// What to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// What preparing made of a Document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rendering {
    /// Which of the Document's renderings; it is part of the names of the stored pages.
    pub edition: u32,
    /// How fine its pages are.
    pub resolution: Resolution,
    /// SHA-256 of the uploaded bytes, hex.
    pub sha256: String,
    /// All pages of the file in its order, those left out among them.
    pub pages: Vec<PageFacts>,
}

/// Where a Document stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// Being uploaded, or converted for the first time.
    Awaited,
    /// It has pages: those wanted, or while [`Document::edition`] is ahead, those before the last change.
    Prepared(Rendering),
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
    /// What the sender chose for its pages.
    #[serde(default, skip_serializing_if = "Choices::is_default")]
    pub choices: Choices,
    /// The rendering wanted: counted up whenever pages must be made anew.
    pub edition: u32,
}

impl Document {
    /// An announced file.
    pub fn announced(id: DocumentId, name: FileName, bytes: u64) -> Self {
        Self { id, name, bytes, state: DocumentState::Awaited, choices: Choices::default(), edition: 1 }
    }

    /// Its pages as they are now, made for what is wanted or for what was wanted before; none unless prepared.
    pub fn rendering(&self) -> Option<&Rendering> {
        match &self.state {
            DocumentState::Prepared(rendering) => Some(rendering),
            _ => None,
        }
    }

    /// Whether its pages are those wanted.
    pub fn is_ready(&self) -> bool {
        self.rendering().is_some_and(|rendering| rendering.edition == self.edition)
    }

    /// Whether pages are being made of it.
    pub fn is_awaited(&self) -> bool {
        self.state == DocumentState::Awaited || (self.rendering().is_some() && !self.is_ready())
    }

    /// All its pages, those left out among them.
    pub fn all_pages(&self) -> &[PageFacts] {
        self.rendering().map_or(&[], |rendering| &rendering.pages)
    }

    /// The pages that are sent, each with its number in the file.
    pub fn pages(&self) -> impl Iterator<Item = (u32, &PageFacts)> {
        (1..).zip(self.all_pages()).filter(|(number, _)| !self.choices.left_out.contains(number))
    }
}
