//! Letters.
//!
//! A letter's spans are kept for four positions along the line of writing; across it, letters are moved to whole
//! pixels, so that all of a line sit on one baseline and equal letters look equal.

use std::collections::HashMap;
use std::rc::Rc;

use hayro::hayro_interpret::font::OutlineGlyph;
use hayro::kurbo::{Affine, BezPath, Rect};

use super::super::notes::TINY_POINTS;
use super::paint::{Ink, bounds_of};
use super::scan::{Bounds, Coverage, Scanner, Span};
use super::{FaxDevice, scales};

/// Positions kept for each pixel along the line of writing.
const PHASES: i32 = 4;
/// Letters taller than this are drawn anew each time, in pixels to the em.
const TALLEST_KEPT: f64 = 160.0;
/// Letters kept at most.
const MOST_KEPT: usize = 20_000;
/// Letters lighter than this were meant to be barely seen.
const PALE: u8 = 190;

type Key = (u128, [u32; 4], (u8, u8));

/// A letter's spans, and the box around them: left, top, right, bottom.
#[derive(Clone)]
struct Shape {
    spans: Rc<[Span]>,
    bounds: Bounds,
}

/// Letters drawn before, for all pages of a document.
#[derive(Default)]
pub(in super::super) struct GlyphCache {
    outlines: HashMap<u128, Rc<BezPath>>,
    shapes: HashMap<Key, Shape>,
    scanner: Scanner,
}

impl GlyphCache {
    fn outline(&mut self, id: u128, glyph: &OutlineGlyph) -> Rc<BezPath> {
        self.outlines.entry(id).or_insert_with(|| Rc::new(glyph.outline())).clone()
    }

    /// The spans of a letter under the linear part of `transform`, whose origin is at `phases` quarters of a pixel.
    fn shape(&mut self, glyph: &OutlineGlyph, transform: Affine, phases: (u8, u8)) -> Shape {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let id = glyph.identifier().cache_key();
        #[expect(clippy::cast_possible_truncation, reason = "a key, not a measure")]
        let key = (id, [a, b, c, d].map(|part| (part as f32).to_bits()), phases);
        if let Some(shape) = self.shapes.get(&key) {
            return shape.clone();
        }
        let outline = self.outline(id, glyph);
        let offset = (f64::from(phases.0) / f64::from(PHASES), f64::from(phases.1) / f64::from(PHASES));
        let placed = Affine::new([a, b, c, d, offset.0, offset.1]) * outline.as_ref();
        let mut spans = Vec::new();
        let reach = 1 << 12;
        self.scanner.scan(&placed, false, Coverage::PRINT, (-reach, -reach, reach, reach), |span| spans.push(span));
        let shape = Shape { bounds: bounds_of(&spans), spans: spans.into() };
        if self.shapes.len() < MOST_KEPT {
            self.shapes.insert(key, shape.clone());
        }
        shape
    }
}

impl FaxDevice<'_> {
    /// Draws a letter; `transform` leads from thousandths of an em to pixels.
    pub(super) fn draw_glyph(&mut self, glyph: &OutlineGlyph, transform: Affine, ink: Ink) {
        if !transform.is_finite() || ink.opacity < 0.04 || !self.may_be_seen(&transform) {
            return;
        }
        let (_, height) = scales(&transform);
        if height * 1000.0 > TALLEST_KEPT {
            let id = glyph.identifier().cache_key();
            let shape = transform * self.glyphs.outline(id, glyph).as_ref();
            return self.draw_large_letter(&shape, ink);
        }
        let ((column, across), (row, down)) = place(&transform);
        let shape = self.glyphs.shape(glyph, transform, (across, down));
        if shape.spans.is_empty() {
            return;
        }
        self.note(&transform, ink);
        self.print_letter(&shape.spans, shape.bounds, (column, row), ink);
    }

    /// Large pale letters are watermarks, which must not bury what they lie under.
    fn draw_large_letter(&mut self, shape: &BezPath, ink: Ink) {
        let mut spans = Vec::new();
        self.scanner.scan(shape, false, Coverage::PRINT, self.clips.bounds(), |span| spans.push(span));
        let seen = f32::from(ink.lightness).mul_add(ink.opacity, 255.0 * (1.0 - ink.opacity));
        if seen > f32::from(PALE) - 30.0 {
            self.tint(
                &spans,
                Ink { opacity: ink.opacity.min(0.6), ..ink },
                hayro::hayro_interpret::BlendMode::Multiply,
            );
        } else {
            self.print(&spans, ink);
        }
    }

    fn may_be_seen(&self, transform: &Affine) -> bool {
        let (width, height) = scales(transform);
        let reach = 3000.0 * width.max(height);
        let (left, top, right, bottom) = self.clips.bounds();
        let visible = Rect::new(f64::from(left), f64::from(top), f64::from(right), f64::from(bottom));
        visible.inflate(reach, reach).contains(transform.translation().to_point())
    }

    fn note(&mut self, transform: &Affine, ink: Ink) {
        let [a, b, ..] = transform.as_coeffs();
        let (_, height) = scales(transform);
        let points = height * 1000.0 * 72.0 / f64::from(self.canvas.resolution().rows_per_inch());
        self.notes.letters += 1;
        self.notes.tiny += usize::from(points < TINY_POINTS);
        self.notes.sideways += usize::from(a <= b.abs());
        self.notes.pale += usize::from(ink.lightness > PALE);
    }
}

/// Whole pixels and quarters of the origin, in the direction of writing; across it, whole pixels only.
fn place(transform: &Affine) -> ((i32, u8), (i32, u8)) {
    let [a, b, ..] = transform.as_coeffs();
    let at = transform.translation();
    let (level, upright) = (b.abs() < a.abs() * 0.01, a.abs() < b.abs() * 0.01);
    (quarters(at.x, upright), quarters(at.y, level))
}

/// A place as whole pixels and quarters, or rounded to whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "a sheet is small, and casts of floats saturate")]
fn quarters(at: f64, rounded: bool) -> (i32, u8) {
    if rounded {
        return (at.round() as i32, 0);
    }
    let quarters = (at * f64::from(PHASES)).round() as i32;
    (quarters.div_euclid(PHASES), u8::try_from(quarters.rem_euclid(PHASES)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_line_share_its_baseline() {
        assert_eq!(place(&Affine::new([1.0, 0.0, 0.0, -1.0, 10.3, 20.6])), ((10, 1), (21, 0)));
        assert_eq!(place(&Affine::new([0.0, -1.0, -1.0, 0.0, 10.3, -0.3])), ((10, 0), (-1, 3)));
    }
}
