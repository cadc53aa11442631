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
    pub(crate) rows: usize,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) turn: Turn,
}

impl AboutPage {
    /// What is to be said of a finished page.
    pub(crate) fn of((page, notes): &Finished) -> Self {
        Self { rows: page.rows(), warnings: notes.warnings(page), turn: notes.turn }
    }
}

impl RenderedPage {
    /// Codes a page. A service does this on its own side of the pipe: what it stores is coded from the bits it shows.
    pub(crate) fn new(page: FaxPage, about: AboutPage) -> Self {
        let coded = g4::encode(&page);
        Self { page, warnings: about.warnings, turn: about.turn, encoded_bytes: coded.len(), coded }
    }

    /// The page coded by T.6, as [`crate::g4::encode`] would do it again.
    pub fn coded(&self) -> &[u8] {
        &self.coded
    }
}

impl Rendered {
    /// The pages as the TIFF-F file that [`crate::tiff::write`] would make of them.
    pub fn tiff(&self) -> Vec<u8> {
        let strips: Vec<(&FaxPage, &[u8])> = self.pages.iter().map(|page| (&page.page, page.coded())).collect();
        tiff::write_encoded(&strips)
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
    let mut pages = Vec::new();
    render_each(bytes, limits, options, &mut |finished| {
        let about = AboutPage::of(&finished);
        pages.push(RenderedPage::new(finished.0, about));
        Ok(())
    })?;
    Ok(Rendered { pages })
}

/// As [`render_with`], page by page as they are finished. What was given before a refusal is void.
pub(crate) fn render_each(
    bytes: &[u8],
    limits: &Limits,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge);
    }
    let mut pages = 0;
    let mut counted = |finished: Finished| {
        pages += 1;
        each(finished)
    };
    match identify(bytes).ok_or_else(|| kind::refusal(bytes))? {
        Kind::Pdf => pdf::pages(bytes, limits, options, &mut counted)?,
        Kind::Text => text::pages(bytes, limits, options, &mut counted)?,
        Kind::Tiff => picture::tiff_pages(bytes, limits, options, &mut counted)?,
        kind @ (Kind::Png | Kind::Jpeg | Kind::WebP) => counted(picture::page(bytes, kind, limits, options)?)?,
    }
    if pages == 0 { Err(Refusal::Empty) } else { Ok(()) }
}

/// A finished page and what was noticed on the way.
pub(crate) type Finished = (FaxPage, Notes);

/// Takes a finished page; a refusal ends the document.
pub(crate) type Each<'e> = dyn FnMut(Finished) -> Result<(), Refusal> + 'e;
