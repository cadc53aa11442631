//! How much a 1-bit page looks like the document: structural similarity (Wang et al., 2004) of the page, blurred as an
//! eye at reading distance blurs it, with the grey rendering of the same page.
//!
//! Programs place a page differently, and one that must fit the sheet reduces it a little, so each is measured at the
//! size and the shift that suit it best.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult};

/// Pixels of a side of the square that is seen as one shade: a millimetre.
const SEEN: usize = 8;
/// Squares of a side of the window whose structure is compared.
const WINDOW: usize = 8;
/// Shifts that are tried, in pixels each way.
const SHIFTS: std::ops::RangeInclusive<isize> = -6..=6;
/// The two constants of the measure for shades up to 255.
const STEADY: (f64, f64) = (6.5025, 58.5225);
/// A document counts as a picture when at least this share of its squares is grey in every pixel, which text never is.
const GREYS_OF_A_PICTURE: f64 = 0.03;
/// What is grey: neither paper nor ink.
const GREY: std::ops::Range<u8> = 40..215;

/// A grey page, row by row, 255 is white.
pub(crate) struct Shades {
    width: usize,
    grey: Vec<u8>,
}

impl Shades {
    fn height(&self) -> usize {
        self.grey.len() / self.width.max(1)
    }

    /// The first page of a document in grey, by poppler, on the fax grid.
    pub(crate) fn of_document(document: &Path, work: &Path) -> Option<Self> {
        let stem = work.join("grey");
        let mut command = Command::new("timeout");
        command.args(["30", "pdftoppm", "-gray", "-rx", "204", "-ry", "196", "-f", "1", "-l", "1", "-singlefile"]);
        command.arg(document).arg(&stem).stdin(Stdio::null()).stderr(Stdio::null());
        command.status().ok()?.success().then(|| Self::read(&stem.with_extension("pgm")))?
    }

    /// A page that a program left behind: PBM, PGM, or the first page of a TIFF.
    pub(crate) fn read(file: &Path) -> Option<Self> {
        if file.extension().is_some_and(|extension| extension == "tif") {
            return Self::from_tiff(&fs::read(file).ok()?);
        }
        let bytes = fs::read(file).ok()?;
        let mut words = bytes.splitn(4, u8::is_ascii_whitespace);
        let (kind, width) = (words.next()?, number(words.next()?)?);
        let (_, rest) = (number(words.next()?)?, words.next()?);
        let grey = match kind {
            b"P4" => rest.chunks_exact(width.div_ceil(8)).flat_map(|row| unpacked(row, width, false)).collect(),
            b"P5" => rest.strip_prefix(b"255\n")?.to_vec(),
            _ => return None,
        };
        Some(Self { width, grey })
    }

    fn from_tiff(bytes: &[u8]) -> Option<Self> {
        let mut decoder = Decoder::new(std::io::Cursor::new(bytes)).ok()?;
        let width = decoder.dimensions().ok()?.0 as usize;
        let color = decoder.colortype().ok()?;
        let DecodingResult::U8(samples) = decoder.read_image().ok()? else { return None };
        let grey = match color {
            ColorType::Gray(1) => {
                samples.chunks_exact(width.div_ceil(8)).flat_map(|row| unpacked(row, width, true)).collect()
            }
            ColorType::Gray(8) => samples,
            _ => return None,
        };
        Some(Self { width, grey })
    }

    /// Whether the page is a picture rather than text.
    pub(crate) fn is_picture(&self) -> bool {
        let (columns, rows) = (self.width / SEEN, self.height() / SEEN);
        let is_grey = |square: usize| {
            let (left, top) = (square % columns * SEEN, square / columns * SEEN);
            let mut pixels = (0..SEEN * SEEN).map(|pixel| (left + pixel % SEEN, top + pixel / SEEN));
            pixels.all(|(x, y)| GREY.contains(&self.at(Some(x), Some(y))))
        };
        let greys = (0..columns * rows).filter(|square| is_grey(*square)).count();
        greys as f64 > GREYS_OF_A_PICTURE * (columns * rows) as f64
    }

    /// The squares that are seen, of the page moved by some pixels; what is moved in is white.
    fn seen(&self, right: isize, down: isize) -> Vec<Vec<f64>> {
        let (columns, rows) = (self.width / SEEN, self.height() / SEEN);
        let shade = |column: usize, row: usize| {
            let mut sum = 0.0;
            for y in row * SEEN..(row + 1) * SEEN {
                for x in column * SEEN..(column + 1) * SEEN {
                    sum += f64::from(self.at(x.checked_add_signed(-right), y.checked_add_signed(-down)));
                }
            }
            sum / (SEEN * SEEN) as f64
        };
        (0..rows).map(|row| (0..columns).map(|column| shade(column, row)).collect()).collect()
    }

    fn at(&self, x: Option<usize>, y: Option<usize>) -> u8 {
        let (Some(x), Some(y)) = (x, y) else { return 255 };
        if x < self.width { self.grey.get(y * self.width + x).copied().unwrap_or(255) } else { 255 }
    }

    /// The page at another size, each pixel the one in its place.
    fn resized(&self, width: usize, height: usize) -> Self {
        let from = |at: usize, to: usize, of: usize| Some((2 * at + 1) * of / (2 * to.max(1)));
        let pixel = |at: usize| self.at(from(at % width, width, self.width), from(at / width, height, self.height()));
        Self { width, grey: (0..width * height).map(pixel).collect() }
    }

    /// Similarity with the grey page in percent, at the best size and shift.
    pub(crate) fn similarity(&self, grey: &Self) -> f64 {
        let in_the_middle = isize::try_from(self.width.saturating_sub(grey.width) / 2).unwrap_or(0);
        let as_it_is = self.similarity_of_size(grey, 0).max(self.similarity_of_size(grey, in_the_middle));
        let (by_width, by_height) = ((self.width, grey.width), (self.height(), grey.height()));
        let reduced =
            [by_width, by_height].into_iter().filter(|(is, was)| is < was && is * 4 > *was).map(|(is, was)| {
                let reduced = grey.resized(grey.width * is / was, grey.height() * is / was);
                self.similarity_of_size(&reduced, 0)
            });
        reduced.fold(as_it_is, f64::max)
    }

    /// Similarity with a grey page of the same scale that begins about `margin` columns from the left.
    fn similarity_of_size(&self, grey: &Self, margin: isize) -> f64 {
        let wanted = grey.seen(0, 0);
        let at = |right: isize, down: isize| similarity(&self.seen(right, down), &wanted);
        let best = |shifts: &mut dyn Iterator<Item = (isize, isize)>| {
            shifts
                .map(|(right, down)| (at(right, down), right, down))
                .fold((f64::MIN, 0, 0), |best, next| if next.0 > best.0 { next } else { best })
        };
        // One direction after the other: a page is moved, not turned.
        let (_, right, _) = best(&mut SHIFTS.step_by(2).map(|right| (right - margin, 0)));
        let (_, _, down) = best(&mut SHIFTS.step_by(2).map(|down| (right, down)));
        100.0 * best(&mut (-1..=1).map(|by| (right + by, down))).0
    }
}

fn number(word: &[u8]) -> Option<usize> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// A row of bits as shades; `light` says whether a set bit is white.
fn unpacked(row: &[u8], width: usize, light: bool) -> impl Iterator<Item = u8> + '_ {
    (0..width).map(move |x| if (row[x / 8] >> (7 - x % 8) & 1 == 1) == light { 255 } else { 0 })
}

/// Mean over all windows of the product of likeness in light, contrast and structure.
fn similarity(one: &[Vec<f64>], other: &[Vec<f64>]) -> f64 {
    let rows = one.len().min(other.len());
    let columns = one.first().map_or(0, Vec::len).min(other.first().map_or(0, Vec::len));
    let (mut sum, mut count) = (0.0, 0.0);
    for top in (0..rows.saturating_sub(WINDOW - 1)).step_by(WINDOW / 2) {
        for left in (0..columns.saturating_sub(WINDOW - 1)).step_by(WINDOW / 2) {
            sum += of_window(one, other, left, top);
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

fn of_window(one: &[Vec<f64>], other: &[Vec<f64>], left: usize, top: usize) -> f64 {
    let n = (WINDOW * WINDOW) as f64;
    let (mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (p, q) in one[top..top + WINDOW].iter().zip(&other[top..top + WINDOW]) {
        for (p, q) in p[left..left + WINDOW].iter().zip(&q[left..left + WINDOW]) {
            (a, b, aa, bb, ab) = (a + p, b + q, aa + p * p, bb + q * q, ab + p * q);
        }
    }
    let (a, b) = (a / n, b / n);
    let (va, vb, vab) = (aa / n - a * a, bb / n - b * b, ab / n - a * b);
    (2.0 * a * b + STEADY.0) * (2.0 * vab + STEADY.1) / ((a * a + b * b + STEADY.0) * (va + vb + STEADY.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope(from: usize) -> Shades {
        let shade = |at: usize| u8::try_from((at + from) * 2 % 251).unwrap();
        Shades { width: 160, grey: (0..160 * 160).map(|i| shade(i % 160 + i / 160)).collect() }
    }

    #[test]
    fn a_page_is_wholly_like_itself_also_when_moved_a_little() {
        assert!((slope(0).similarity(&slope(0)) - 100.0).abs() < 1e-6);
        assert!(slope(2).similarity(&slope(0)) > 95.0);
    }

    #[test]
    fn a_page_that_was_reduced_or_set_in_the_middle_is_like_itself() {
        let page = slope(0);
        assert!(page.resized(150, 150).similarity(&page) > 95.0);
        let wide = Shades {
            width: 200,
            grey: (0..200 * 160).map(|i| page.at((i % 200usize).checked_sub(20), Some(i / 200))).collect(),
        };
        assert!(wide.similarity(&page) > 95.0);
    }

    #[test]
    fn a_white_page_is_not_like_a_picture() {
        let white = Shades { width: 160, grey: vec![255; 160 * 160] };
        assert!(white.similarity(&slope(0)) < 30.0);
        assert!(slope(0).is_picture() && !white.is_picture());
    }
}
