//! PDF documents.
//!
//! An encrypted document is tried with the empty user password, as every reader does; only when that fails is the
//! sender asked for one. XFA forms are refused by their catalog, because their one page says "please wait" for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_interpret::{InterpreterSettings, InterpreterWarning, TransformExt};
use hayro::hayro_syntax::object::{Array, Dict, Object};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::fit::{Placement, place};
use super::sheet::{Sheet, rows_under_header};
use super::{Finished, bilevel};
use crate::limits::Limits;
use crate::page::{COLUMNS, Resolution};
use crate::verdict::{Refusal, Warning};

/// Points per inch.
const POINTS: f64 = 72.0;

/// Renders all pages of a PDF.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Finished>, Refusal> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(refusal)?;
    if is_dynamic_xfa(&pdf) {
        return Err(Refusal::XfaForm);
    }
    let count = pdf.pages().len();
    if count > limits.pages {
        return Err(Refusal::TooManyPages { pages: count, limit: limits.pages });
    }
    let cache = RenderCache::new();
    pdf.pages().iter().map(|page| render_page(page, &cache)).collect()
}

fn refusal(error: LoadPdfError) -> Refusal {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Refusal::PasswordNeeded,
        _ => Refusal::Damaged,
    }
}

/// Whether the pages are only a stand-in for an XFA form (ISO 32000-1, 12.7.8: `NeedsRendering`, or no field of its
/// own).
fn is_dynamic_xfa(pdf: &Pdf) -> bool {
    let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return false };
    let Some(form) = catalog.get::<Dict<'_>>(b"AcroForm") else { return false };
    let has_xfa = form.get::<Object<'_>>(b"XFA").is_some();
    let has_fields = form.get::<Array<'_>>(b"Fields").is_some_and(|fields| fields.raw_iter().next().is_some());
    has_xfa && (catalog.get::<bool>(b"NeedsRendering") == Some(true) || !has_fields)
}

fn render_page<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>) -> Result<Finished, Refusal> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width) / POINTS, f64::from(height) / POINTS);
    let missing = Arc::new(AtomicBool::new(false));
    let settings = settings(&missing);
    let mut sheet = draw(page, cache, &settings, &place(width, height, Resolution::Fine, false));
    if !sheet.trim(rows_under_header(Resolution::Fine)) {
        sheet = draw(page, cache, &settings, &place(width, height, Resolution::Fine, true));
        sheet.trim(rows_under_header(Resolution::Fine));
    }
    let mut warnings = Vec::new();
    if missing.load(Ordering::Relaxed) {
        warnings.push(Warning::MissingFont);
    }
    if has_undrawn_answers(page) {
        warnings.push(Warning::UnfilledForm);
    }
    Ok((bilevel::print(&sheet)?, warnings))
}

/// Interpreter settings that note when a font is neither embedded nor one of the standard ones.
fn settings(missing: &Arc<AtomicBool>) -> InterpreterSettings {
    let (fallback, unsupported) = (missing.clone(), missing.clone());
    let standard = InterpreterSettings::default().font_resolver;
    InterpreterSettings {
        font_resolver: Arc::new(move |query| {
            if matches!(query, FontQuery::Fallback(query) if query.character_collection.is_some()) {
                fallback.store(true, Ordering::Relaxed);
            }
            standard(query)
        }),
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                unsupported.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    }
}

fn draw<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    settings: &InterpreterSettings,
    placement: &Placement,
) -> Sheet {
    let mut sheet = Sheet::white(Resolution::Fine, placement.rows);
    #[expect(clippy::cast_possible_truncation, reason = "a sheet is 1728 by at most 2292")]
    let (width, height) = (COLUMNS as u16, placement.rows as u16);
    let mut context = RenderContext::new(width, height);
    let settings = settings.clone();
    let rendering = RenderSettings { hinting: false, ..RenderSettings::default() };
    render_into(page, cache, &settings, &rendering, &mut context, transform(page, placement));
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let rasterizer = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), rasterizer);
    for (grey, pixel) in sheet.grey.iter_mut().zip(pixmap.data()) {
        *grey = lightness(pixel.r, pixel.g, pixel.b);
    }
    sheet
}

/// Lightness of a colour (ITU-R BT.601, in 256ths).
#[expect(clippy::cast_possible_truncation, reason = "a weighted mean of bytes")]
fn lightness(red: u8, green: u8, blue: u8) -> u8 {
    ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
}

/// From the page's user space to the sheet.
fn transform(page: &Page<'_>, placement: &Placement) -> Affine {
    let upright = page.initial_transform(true).to_kurbo();
    let (width, _) = page.render_dimensions();
    // Anticlockwise: what was right comes to the top.
    let turn = if placement.turned {
        Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, f64::from(width)])
    } else {
        Affine::IDENTITY
    };
    Affine::translate((placement.left, 0.0))
        * Affine::scale_non_uniform(placement.columns_per_inch / POINTS, placement.rows_per_inch / POINTS)
        * turn
        * upright
}

/// Whether a form field of the page holds an answer without a picture of it: nothing would be drawn.
fn has_undrawn_answers(page: &Page<'_>) -> bool {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return false };
    annotations.iter::<Dict<'_>>().any(|widget| {
        let text = widget.get::<Object<'_>>(b"V").is_some_and(|value| matches!(value, Object::String(text) if !text.is_empty()));
        text && widget.get::<Dict<'_>>(b"AP").is_none()
    })
}
