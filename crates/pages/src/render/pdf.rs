//! PDF documents.
//!
//! An encrypted document is tried with the empty user password, as every reader does; only when that fails is the
//! sender asked for one. XFA forms are refused by their catalog, because their one page says "please wait" for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::RenderCache;
use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, TransformExt, interpret_page,
};
use hayro::hayro_syntax::object::{Array, Dict, Object};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::kurbo::{Affine, Rect};

use super::canvas::Canvas;
use super::device::{FaxDevice, GlyphCache};
use super::fit::{Placement, place};
use super::notes::TINY_POINTS;
use super::trim::trim;
use super::{Each, Finished, forms, general};
use crate::limits::Limits;
use crate::options::Options;
use crate::page::COLUMNS;
use justfax::choices::Turn;
use justfax::document::Refusal;

/// Points per inch.
const POINTS: f64 = 72.0;

/// Renders the wanted pages of a PDF.
pub(super) fn pages(bytes: &[u8], limits: &Limits, options: &Options, each: &mut Each<'_>) -> Result<(), Refusal> {
    let password = options.password.as_deref().unwrap_or_default();
    let pdf = Pdf::new_with_password(bytes.to_vec(), password).map_err(refusal)?;
    if is_dynamic_xfa(&pdf) {
        return Err(Refusal::XfaForm);
    }
    let count = pdf.pages().len();
    if count > limits.pages {
        return Err(Refusal::TooManyPages);
    }
    let mut press = Press::new(limits, options);
    let wanted = options.wanted(count).into_iter();
    wanted
        .filter_map(|number| Some((number, pdf.pages().get(number)?)))
        .try_for_each(|(number, page)| each(press.page(number, page)?))
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

/// What all pages of a document share.
struct Press<'a> {
    limits: &'a Limits,
    options: &'a Options,
    interpreter: InterpreterCache<'a>,
    glyphs: GlyphCache,
    /// Memory for the next page.
    sheet: Vec<u8>,
    /// Made for the first page that needs it.
    general: Option<RenderCache<'a>>,
    settings: InterpreterSettings,
    missing_font: Arc<AtomicBool>,
}

impl<'a> Press<'a> {
    fn new(limits: &'a Limits, options: &'a Options) -> Self {
        let missing_font = Arc::new(AtomicBool::new(false));
        Self {
            limits,
            options,
            interpreter: InterpreterCache::new(),
            glyphs: GlyphCache::default(),
            sheet: Vec::new(),
            general: None,
            settings: settings(&missing_font),
            missing_font,
        }
    }

    /// Renders a page, a second time and smaller when it is so full that nothing can be trimmed.
    fn page(&mut self, number: usize, page: &'a Page<'a>) -> Result<Finished, Refusal> {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width) / POINTS, f64::from(height) / POINTS);
        let wish = self.options.turns.get(&(number + 1)).copied();
        let resolution = self.options.resolution;
        let placement = place(width, height, resolution, wish, false);
        let (drawn, notes) = self.draw(page, &placement, wish.is_some())?;
        if let Some(page) = trim(drawn) {
            return Ok((page, notes));
        }
        let placement = place(width, height, resolution, wish, true);
        let (drawn, notes) = self.draw(page, &placement, wish.is_some())?;
        Ok((trim(drawn).ok_or(Refusal::Damaged)?, notes))
    }

    fn draw(&mut self, page: &'a Page<'a>, placement: &Placement, wished: bool) -> Result<Finished, Refusal> {
        self.missing_font.store(false, Ordering::Relaxed);
        let transform = transform(page, placement);
        let canvas = Canvas::reusing(std::mem::take(&mut self.sheet), self.options.resolution, placement.rows);
        let mut device = FaxDevice::new(canvas, &mut self.glyphs, self.limits, self.options.photo);
        #[expect(clippy::cast_precision_loss, reason = "sizes of a sheet")]
        let sheet = Rect::new(0.0, 0.0, COLUMNS as f64, placement.rows as f64);
        let mut context = Context::new(transform, sheet, &self.interpreter, page.xref(), self.settings.clone());
        clip_to_page(&mut device, page, transform);
        interpret_page(page, &mut context, &mut device);
        if device.too_complex() {
            return Err(Refusal::TooComplex);
        }
        let gave_up = device.gave_up();
        let (mut canvas, mut notes) = device.finish();
        if gave_up {
            let cache = self.general.get_or_insert_with(RenderCache::new);
            let sheet = (self.options.resolution, placement.rows, self.options.photo);
            canvas = general::draw(page, cache, &self.settings, transform, sheet);
        }
        notes.missing_font = self.missing_font.load(Ordering::Relaxed);
        notes.turn = placement.turn;
        notes.turned = placement.turn != Turn::Upright && !wished;
        if placement.reduction * 10.0 < TINY_POINTS {
            notes.tiny = notes.letters.max(1);
        }
        let drawn = canvas.develop()?;
        self.sheet = canvas.into_sheet();
        forms::complete(page, transform, drawn, &mut notes)
    }
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

/// Nothing outside the crop box is part of the page.
fn clip_to_page(device: &mut FaxDevice<'_>, page: &Page<'_>, transform: Affine) {
    use hayro::hayro_interpret::{Device, RectExt};
    let shown = transform.transform_rect_bbox(page.intersected_crop_box().to_kurbo());
    if shown.is_finite() && !shown.is_zero_area() {
        device.push_clip_rect(&shown);
    }
}

/// From the page's user space to the sheet.
fn transform(page: &Page<'_>, placement: &Placement) -> Affine {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let turn = match placement.turn {
        Turn::Upright => Affine::IDENTITY,
        Turn::Clockwise => Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
        Turn::Half => Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
        Turn::Anticlockwise => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
    };
    Affine::translate((placement.left, 0.0))
        * Affine::scale_non_uniform(placement.columns_per_inch / POINTS, placement.rows_per_inch / POINTS)
        * turn
        * page.initial_transform(true).to_kurbo()
}
