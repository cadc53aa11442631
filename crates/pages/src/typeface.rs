//! Letters of our own on fax pages, for the header line, the cover page and plain text.
//!
//! Noto Sans was chosen because one small file has every letter of the Latin, Greek and Cyrillic alphabets, open
//! shapes that survive 200 dpi, and a free licence (OFL 1.1). Letters are drawn from their outlines at the page's own
//! grid and cut at a fixed coverage; hinting and grey levels have no place on a 1-bit page.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, GlyphId, Point, PxScale, ScaleFont, point};

use crate::page::{BYTES_PER_ROW, COLUMNS};
use justfax::choices::Resolution;

/// Part of a pixel that a letter must cover to make it black. Under a half, so that thin strokes never break.
const COVERAGE: f32 = 0.35;

/// A face to write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Face {
    /// For running text.
    Regular,
    /// For headings and labels.
    Bold,
}

type Parsed = Option<FontRef<'static>>;

static REGULAR: LazyLock<Parsed> = LazyLock::new(|| FontRef::try_from_slice(notosans::REGULAR_TTF).ok());
static BOLD: LazyLock<Parsed> = LazyLock::new(|| FontRef::try_from_slice(notosans::BOLD_TTF).ok());

/// A face at a size, on the grid of a resolution.
pub(crate) struct Pen {
    font: &'static Parsed,
    scale: PxScale,
}

impl Pen {
    /// A pen for letters of `points` points (1/72 inch).
    pub(crate) fn new(face: Face, points: f32, resolution: Resolution) -> Self {
        let font = match face {
            Face::Regular => &*REGULAR,
            Face::Bold => &*BOLD,
        };
        // ab_glyph scales the face's ascent-to-descent height, we mean its em.
        let height_per_em = font.as_ref().map_or(1.0, |font| font.height_unscaled() / units_per_em(font));
        let pixels = |per_inch: u16| points * height_per_em * f32::from(per_inch) / 72.0;
        let down = match resolution {
            Resolution::Standard => 98,
            Resolution::Fine => 196,
        };
        let scale = PxScale { x: pixels(204), y: pixels(down) };
        Self { font, scale }
    }

    /// Rows from the top of the tallest letters to the baseline, rounded up.
    #[cfg(feature = "render")]
    pub(crate) fn ascent(&self) -> usize {
        self.font.as_ref().map_or(0, |font| pixels(font.as_scaled(self.scale).ascent().ceil()))
    }

    /// Width of `text` in columns, rounded up.
    pub(crate) fn width(&self, text: &str) -> usize {
        let mut end = 0.0;
        self.walk(text, |_, _, after| end = after);
        pixels(end.ceil())
    }

    /// Whether the face has a shape for this letter.
    pub(crate) fn knows(&self, letter: char) -> bool {
        self.font.as_ref().is_some_and(|font| font.glyph_id(letter).0 != 0)
    }

    /// Draws `text` into packed rows with its left end at `column` and its baseline at `row`. What lies outside the
    /// rows is cut.
    pub(crate) fn draw(&self, text: &str, column: usize, row: usize, bits: &mut [u8]) {
        let Some(font) = self.font else { return };
        #[expect(clippy::cast_precision_loss, reason = "positions on a page are small")]
        let (left, baseline) = (column as f32, row as f32);
        self.walk(text, |glyph, before, _| {
            let placed = glyph.with_scale_and_position(self.scale, point(left + before, baseline));
            let Some(outlined) = font.outline_glyph(placed) else { return };
            let corner = outlined.px_bounds().min;
            outlined.draw(|x, y, coverage| {
                if coverage >= COVERAGE {
                    set(bits, corner, (x, y));
                }
            });
        });
    }

    /// Calls `each` with the glyph of every letter and the positions before and after it.
    fn walk(&self, text: &str, mut each: impl FnMut(GlyphId, f32, f32)) {
        let Some(font) = self.font else { return };
        let scaled = font.as_scaled(self.scale);
        let mut at = 0.0;
        let mut last = None;
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            at += last.map_or(0.0, |last| scaled.kern(last, glyph));
            let after = at + scaled.h_advance(glyph);
            each(glyph, at, after);
            at = after;
            last = Some(glyph);
        }
    }
}

fn units_per_em(font: &FontRef<'_>) -> f32 {
    font.units_per_em().filter(|units| *units > 0.0).unwrap_or(1000.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; casts of floats saturate")]
fn pixels(length: f32) -> usize {
    length.max(0.0) as usize
}

/// Blackens the pixel `offset` right of and below `corner`, if it is on the page.
#[expect(clippy::cast_precision_loss, reason = "a page is far smaller than 2^24")]
fn set(bits: &mut [u8], corner: Point, offset: (u32, u32)) {
    let (x, y) = (corner.x + offset.0 as f32, corner.y + offset.1 as f32);
    if x < 0.0 || y < 0.0 || x >= COLUMNS as f32 {
        return;
    }
    let (x, y) = (pixels(x), pixels(y));
    if let Some(byte) = bits.get_mut(y * BYTES_PER_ROW + x / 8) {
        *byte |= 0x80 >> (x % 8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_latin_scripts_can_be_written() {
        let pen = Pen::new(Face::Regular, 10.0, Resolution::Fine);
        for letter in "ÄÖÜäöüßẞéèêëñçåøæœłżźćśąęőűčšžěřůďťňğışțăđþðŵŷľĺŕģķļņčēīū€§„“–—".chars()
        {
            assert!(pen.knows(letter), "{letter}");
        }
    }

    #[test]
    fn text_outside_the_page_is_cut() {
        let mut bits = vec![0; BYTES_PER_ROW * 10];
        Pen::new(Face::Bold, 40.0, Resolution::Fine).draw("Wide Wide Wide Wide Wide", 1500, 5, &mut bits);
        assert!(bits.iter().any(|byte| *byte != 0));
    }
}
