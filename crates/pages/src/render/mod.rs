//! Foreign documents to fax pages.
//!
//! Everything here parses what strangers upload, with parsers that can be neither stopped nor bounded from inside. So
//! [`render`] is for programs that are ready to die of a document; a service calls [`crate::child::render_in_child`].

mod bilevel;
mod canvas;
mod device;
mod fit;
mod flatten;
mod forms;
mod general;
mod grey;
mod kind;
mod notes;
mod pdf;
mod picture;
mod reading;
mod scale;
mod screen;
mod surroundings;
mod text;
mod tiff_image;
mod trim;

pub use kind::{Kind, identify};

use self::notes::Notes;
use crate::g4;
use crate::limits::Limits;
use crate::options::Options;
use crate::page::FaxPage;
use crate::tiff;
use justfax::choices::Turn;
use justfax::document::{Refusal, Warning};
use serde::{Deserialize, Serialize};

/// A document as fax pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The pages in document order; at least one.
    pub pages: Vec<RenderedPage>,
    tiff: Vec<u8>,
}

/// One page, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedPage {
    /// The page itself.
    pub page: FaxPage,
    /// What the sender should look at, without repetition.
    pub warnings: Vec<Warning>,
    /// How the page of the document lies on the sheet.
    pub turn: Turn,
    /// Bytes of the page coded by T.6, for [`crate::transmission_seconds`].
    pub encoded_bytes: usize,
    coded: Vec<u8>,
}

/// What a child process says of a page besides its bits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AboutPage {
    pub(crate) warnings: Vec<Warning>,
    pub(crate) turn: Turn,
}

impl RenderedPage {
    /// What is to be said of it besides its bits.
    pub(crate) fn about(&self) -> AboutPage {
        AboutPage { warnings: self.warnings.clone(), turn: self.turn }
    }

    /// The page coded by T.6, as [`crate::g4::encode`] would do it again.
    pub fn coded(&self) -> &[u8] {
        &self.coded
    }
}

impl Rendered {
    /// The pages as the TIFF-F file that [`crate::tiff::write`] would make of them.
    pub fn tiff(&self) -> &[u8] {
        &self.tiff
    }

    /// Codes finished pages.
    fn encode(pages: Vec<Finished>) -> Self {
        let coded: Vec<Vec<u8>> = pages.iter().map(|(page, _)| g4::encode(page)).collect();
        let strips: Vec<_> = pages.iter().zip(&coded).map(|((page, _), strip)| (page, strip.as_slice())).collect();
        let tiff = tiff::write_encoded(&strips);
        let pages = pages
            .into_iter()
            .zip(coded)
            .map(|((page, notes), coded)| RenderedPage {
                warnings: notes.warnings(&page),
                turn: notes.turn,
                page,
                encoded_bytes: coded.len(),
                coded,
            })
            .collect();
        Self { pages, tiff }
    }

    /// Puts together what came from a child process.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when the parts do not fit each other.
    pub(crate) fn from_parts(tiff: Vec<u8>, about: Vec<AboutPage>, limits: &Limits) -> Result<Self, Refusal> {
        // The bound on a document's bytes is none on its pages' bytes.
        let limits = Limits { bytes: usize::MAX, ..*limits };
        let pages = tiff::read_coded(&tiff, &limits).map_err(|_| Refusal::Damaged)?;
        if pages.len() != about.len() {
            return Err(Refusal::Damaged);
        }
        let pages = pages
            .into_iter()
            .zip(about)
            .map(|((page, coded), AboutPage { warnings, turn })| RenderedPage {
                page,
                warnings,
                turn,
                encoded_bytes: coded.len(),
                coded: coded.to_vec(),
            })
            .collect();
        Ok(Self { pages, tiff })
    }
}

/// As [`render_with`], with the default [`Options`].
///
/// # Errors
/// A [`Refusal`] that can be shown to the sender.
pub fn render(bytes: &[u8], limits: &Limits) -> Result<Rendered, Refusal> {
    render_with(bytes, limits, &Options::default())
}

/// Turns a document into fax pages, its kind found by its content.
///
/// Only bytes, pages and pixels are held to `limits` here; time and memory need a process of their own. The parsers
/// used may panic on hostile documents.
///
/// # Errors
/// A [`Refusal`] that can be shown to the sender.
pub fn render_with(bytes: &[u8], limits: &Limits, options: &Options) -> Result<Rendered, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge);
    }
    let pages = match identify(bytes).ok_or_else(|| kind::refusal(bytes))? {
        Kind::Pdf => pdf::pages(bytes, limits, options)?,
        Kind::Text => text::pages(bytes, limits, options)?,
        Kind::Tiff => picture::tiff_pages(bytes, limits, options)?,
        kind @ (Kind::Png | Kind::Jpeg | Kind::WebP) => vec![picture::page(bytes, kind, limits, options)?],
    };
    if pages.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(Rendered::encode(pages))
}

/// A finished page and what was noticed on the way.
type Finished = (FaxPage, Notes);
