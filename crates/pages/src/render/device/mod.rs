//! What the PDF interpreter draws, drawn on a [`Canvas`].
//!
//! A renderer for screens blends everything into colours, and a fax would then have to guess what was print. Here each
//! object is decided when it is drawn, while it is known what it is: glyphs, strokes and thin shapes are print, black or
//! white by comparison with what lies under them; large shapes are tints; images are print or photographs as a whole.
//! What has no such reading - soft masks, rare blend modes - is left to the general renderer for the whole page
//! ([`FaxDevice::gave_up`]): it costs time, not pages.

mod clip;
mod glyphs;
mod image;
mod outline;
mod paint;
mod scan;
mod strokes;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, Paint, SoftMask,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};

use self::clip::Clips;
pub(super) use self::glyphs::GlyphCache;
use self::paint::Ink;
use self::scan::Scanner;
use super::canvas::Canvas;
use super::notes::Notes;
use crate::limits::Limits;

/// Draws a page on a canvas.
pub(super) struct FaxDevice<'c> {
    canvas: Canvas,
    clips: Clips,
    glyphs: &'c mut GlyphCache,
    scanner: Scanner,
    /// Opacity of the open groups, multiplied.
    opacity: Vec<f32>,
    notes: Notes,
    image_pixels: u64,
    photo: bool,
    gave_up: bool,
    too_complex: bool,
}

impl<'c> FaxDevice<'c> {
    /// A device for a blank canvas. `photo` takes every image for a photograph.
    pub(super) fn new(canvas: Canvas, glyphs: &'c mut GlyphCache, limits: &Limits, photo: bool) -> Self {
        let clips = Clips::new(canvas.rows());
        Self {
            clips,
            canvas,
            glyphs,
            scanner: Scanner::default(),
            opacity: vec![1.0],
            notes: Notes::default(),
            image_pixels: limits.image_pixels,
            photo,
            gave_up: false,
            too_complex: false,
        }
    }

    /// Whether something was drawn that this device cannot show.
    pub(super) fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// Whether an image exceeded the limits.
    pub(super) fn too_complex(&self) -> bool {
        self.too_complex
    }

    /// The canvas, and what was noted while drawing.
    pub(super) fn finish(self) -> (Canvas, Notes) {
        (self.canvas, self.notes)
    }

    fn opacity(&self) -> f32 {
        self.opacity.last().copied().unwrap_or(1.0)
    }

    /// Takes note of properties that this device does not know.
    fn accepts(&mut self, mask: Option<&SoftMask<'_>>, mode: BlendMode) -> bool {
        let known = matches!(mode, BlendMode::Normal | BlendMode::Multiply | BlendMode::Darken);
        self.gave_up |= mask.is_some() || !known;
        !self.gave_up
    }
}

impl<'a> Device<'a> for FaxDevice<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        if !self.accepts(props.soft_mask.as_ref(), props.blend_mode) {
            return;
        }
        match draw_mode {
            DrawMode::Fill(rule) => self.fill_shape(&(props.transform * path), *rule, &props),
            DrawMode::Stroke(stroke) => self.stroke_shape(path, stroke, &props),
            DrawMode::FillAndStroke(rule, stroke) => {
                self.fill_shape(&(props.transform * path), *rule, &props);
                self.stroke_shape(path, stroke, &props);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, draw_mode: &DrawMode) {
        let [_, b, c, _, _, _] = props.transform.as_coeffs();
        let upright = b == 0.0 && c == 0.0;
        match (draw_mode, &props.paint) {
            (DrawMode::Fill(_), Paint::Color(_)) if upright => {
                if self.accepts(props.soft_mask.as_ref(), props.blend_mode) {
                    self.fill_rect(props.transform.transform_rect_bbox(*rect), &props);
                }
            }
            _ => self.draw_path(&rect.to_path(0.1), props, draw_mode),
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.clips.push_path(&clip_path.path, clip_path.fill == FillRule::EvenOdd, &mut self.scanner);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.clips.push_rect(rect);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend_mode: BlendMode) {
        self.accepts(mask.as_ref(), blend_mode);
        self.opacity.push(self.opacity() * opacity);
    }

    fn pop_transparency_group(&mut self) {
        if self.opacity.len() > 1 {
            self.opacity.pop();
        }
    }

    fn draw_glyph_run(&mut self, glyph_run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        if matches!(draw_mode, DrawMode::Invisible) || !self.accepts(props.soft_mask.as_ref(), props.blend_mode) {
            return;
        }
        let ink = Ink::of(&props.paint, self.opacity());
        for glyph in glyph_run.glyphs() {
            let transform = glyph.transform();
            match &**glyph {
                Glyph::Type3(glyph) => glyph.interpret(self, props.transform, transform, &props.paint),
                Glyph::Outline(outline) => match draw_mode {
                    DrawMode::Stroke(stroke) => {
                        self.stroke_shape(&(transform * outline.outline()), stroke, &props);
                    }
                    _ => self.draw_glyph(outline, props.transform * transform, ink),
                },
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if self.accepts(props.soft_mask.as_ref(), props.blend_mode) {
            self.place_image(&image, props.transform);
        }
    }
}

/// Length of the images of the unit vectors.
fn scales(transform: &Affine) -> (f64, f64) {
    let [a, b, c, d, _, _] = transform.as_coeffs();
    (a.hypot(b), c.hypot(d))
}
