//! The sheet while a document is drawn on it: one byte a pixel that says what is there, not how light it is.
//!
//! Grey levels between ink and paper are where faxes go wrong, so they are never made: print is drawn as black or
//! white at once, and a plain area keeps the name of its tint until the page is done. Only then, when it is known
//! whether the print on that tint is darker or lighter than it, does the tint become white, black or a screen of dots.
//! Pictures that are photographs are the third kind of pixel: tones, which always become dots.

use super::screen;
use crate::page::{BYTES_PER_ROW, COLUMNS, FaxPage, MAX_ROWS};
use justfax::choices::Resolution;
use justfax::document::Refusal;

/// What a pixel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark(u8);

const TONES: u8 = 64;
const FIRST_TONE: u8 = 3;
const FIRST_TINT: u8 = FIRST_TONE + TONES;
const TINTS: usize = 256 - FIRST_TINT as usize;

/// Tints at least this light become paper when no print speaks against it, those at most [`DARK_TINT`] ink.
const LIGHT_TINT: u8 = 205;
const DARK_TINT: u8 = 64;

impl Mark {
    /// Untouched paper, and areas as white.
    pub(super) const PAPER: Self = Self(0);
    /// Print that comes out black.
    pub(super) const BLACK: Self = Self(1);
    /// Print that comes out white.
    pub(super) const WHITE: Self = Self(2);

    /// Print, or paper.
    pub(super) fn black_if(black: bool) -> Self {
        Self(u8::from(black))
    }

    /// A photograph's pixel.
    pub(super) fn tone(lightness: u8) -> Self {
        Self(FIRST_TONE + lightness / 4)
    }

    /// A plain area.
    #[expect(clippy::cast_possible_truncation, reason = "below TINTS")]
    pub(super) fn tint(lightness: u8) -> Self {
        if lightness >= 250 {
            Self::PAPER
        } else {
            Self(FIRST_TINT + (usize::from(lightness) * (TINTS - 1) / 255) as u8)
        }
    }

    /// How light the pixel is meant to be.
    #[expect(clippy::cast_possible_truncation, reason = "scaled back to a byte")]
    pub(super) fn lightness(self) -> u8 {
        match self.0 {
            0 | 2 => 255,
            1 => 0,
            tone if tone < FIRST_TINT => (tone - FIRST_TONE) * 4 + 2,
            tint => (usize::from(tint - FIRST_TINT) * 255 / (TINTS - 1)) as u8,
        }
    }

    fn tint_number(self) -> Option<usize> {
        self.0.checked_sub(FIRST_TINT).map(usize::from)
    }

    /// Whether print on this needs a ground of its own: tones have no one lightness.
    pub(super) fn is_tone(self) -> bool {
        (FIRST_TONE..FIRST_TINT).contains(&self.0)
    }

    /// Whether this is print.
    pub(super) fn is_print(self) -> bool {
        matches!(self, Self::BLACK | Self::WHITE)
    }
}

/// Print on a tint, compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Print {
    /// Darker than its ground.
    Dark,
    /// Lighter than its ground.
    Light,
}

impl Print {
    /// The mark that shows this print.
    pub(super) fn mark(self) -> Mark {
        match self {
            Self::Dark => Mark::BLACK,
            Self::Light => Mark::WHITE,
        }
    }

    fn ground(self) -> Mark {
        match self {
            Self::Dark => Mark::WHITE,
            Self::Light => Mark::BLACK,
        }
    }
}

/// The bits that eight marks have when they are paper and black print only.
const PLAIN: u64 = 0x0101_0101_0101_0101;

/// The lowest bits of eight bytes as one byte, the first byte's on top. The factor moves each bit to its place in the
/// top byte, and no two of the products meet.
fn gathered(bytes: u64) -> u8 {
    bytes.wrapping_mul(0x0102_0408_1020_4080).to_be_bytes()[0]
}

/// A sheet of marks, [`COLUMNS`] wide.
pub(super) struct Canvas {
    resolution: Resolution,
    marks: Vec<u8>,
    print_on: [Option<Print>; TINTS],
}

impl Canvas {
    /// A blank sheet.
    pub(super) fn new(resolution: Resolution, rows: usize) -> Self {
        Self::reusing(Vec::new(), resolution, rows)
    }

    /// A blank sheet in the memory of an earlier one: a page is four megabytes, and fresh memory costs more than the
    /// drawing of a plain page.
    pub(super) fn reusing(mut sheet: Vec<u8>, resolution: Resolution, rows: usize) -> Self {
        let pixels = rows.clamp(1, MAX_ROWS) * COLUMNS;
        if sheet.capacity() < pixels {
            sheet = vec![0; pixels];
        } else {
            sheet.clear();
            sheet.resize(pixels, 0);
        }
        Self { resolution, marks: sheet, print_on: [None; TINTS] }
    }

    /// The memory of the sheet.
    pub(super) fn into_sheet(self) -> Vec<u8> {
        self.marks
    }

    /// Rows per inch, as a resolution.
    pub(super) fn resolution(&self) -> Resolution {
        self.resolution
    }

    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.marks.len() / COLUMNS
    }

    /// The mark at a place, paper outside the sheet.
    pub(super) fn at(&self, x: i32, y: i32) -> Mark {
        let inside = usize::try_from(x).ok().filter(|x| *x < COLUMNS).zip(usize::try_from(y).ok());
        let mark = inside.and_then(|(x, y)| self.marks.get(y * COLUMNS + x));
        mark.map_or(Mark::PAPER, |mark| Mark(*mark))
    }

    /// The pixels of row `y` from `from` to before `to`; both ends and the row are clipped to the sheet.
    pub(super) fn span(&mut self, y: i32, from: i32, to: i32) -> &mut [u8] {
        let clip = |x: i32| usize::try_from(x.max(0)).unwrap_or(0).min(COLUMNS);
        let (from, to) = (clip(from), clip(to));
        let Some(row) = usize::try_from(y).ok().filter(|row| *row < self.rows()) else { return &mut [] };
        if from >= to { &mut [] } else { &mut self.marks[row * COLUMNS + from..row * COLUMNS + to] }
    }

    /// Marks a span.
    pub(super) fn fill(&mut self, y: i32, from: i32, to: i32, mark: Mark) {
        self.span(y, from, to).fill(mark.0);
    }

    /// Marks the pixels of row `y` from column `from` on, one by one.
    pub(super) fn copy(&mut self, y: i32, from: i32, marks: &[Mark]) {
        let skipped = usize::try_from(from.saturating_neg()).unwrap_or(0).min(marks.len());
        let to = from.saturating_add(i32::try_from(marks.len()).unwrap_or(i32::MAX));
        for (pixel, mark) in self.span(y, from, to).iter_mut().zip(&marks[skipped..]) {
            *pixel = mark.0;
        }
    }

    /// Marks one pixel.
    pub(super) fn set(&mut self, x: i32, y: i32, mark: Mark) {
        self.fill(y, x, x + 1, mark);
    }

    /// Makes the ground `around` (left, top, right, bottom) fit for print of the kind `print` on `ground`: the first
    /// print on a tint decides what becomes of the tint; print of the other kind, and print on tones, gets a ground
    /// of its own.
    pub(super) fn prepare_ground(&mut self, ground: Mark, print: Print, around: (i32, i32, i32, i32)) {
        if let Some(tint) = ground.tint_number() {
            match self.print_on[tint] {
                None => self.print_on[tint] = Some(print),
                Some(first) if first == print => {}
                Some(_) => self.replace(around, print.ground(), |mark| mark == ground),
            }
        } else if ground.is_tone() {
            self.replace(around, print.ground(), Mark::is_tone);
        }
    }

    fn replace(&mut self, (left, top, right, bottom): (i32, i32, i32, i32), by: Mark, which: impl Fn(Mark) -> bool) {
        for y in top..bottom {
            for mark in self.span(y, left, right) {
                if which(Mark(*mark)) {
                    *mark = by.0;
                }
            }
        }
    }

    /// The page in black and white.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when the sheet has no size that a page can have, which [`Canvas::new`] excludes.
    pub(super) fn develop(&self) -> Result<FaxPage, Refusal> {
        let patterns = self.patterns();
        let mut bits = vec![0; self.rows() * BYTES_PER_ROW];
        for (y, (marks, out)) in self.marks.chunks_exact(COLUMNS).zip(bits.chunks_exact_mut(BYTES_PER_ROW)).enumerate()
        {
            let pattern = &patterns[y % screen::SIDE];
            for (byte, marks) in out.iter_mut().zip(marks.as_chunks::<8>().0) {
                let together = u64::from_be_bytes(*marks);
                if together & !PLAIN == 0 {
                    *byte = gathered(together);
                } else {
                    let pixel = |x: usize| pattern[usize::from(marks[x])] & (0x80 >> x);
                    *byte = (0..8).fold(0, |byte, x| byte | pixel(x));
                }
            }
        }
        FaxPage::new(self.resolution, bits).map_err(|_| Refusal::Damaged)
    }

    /// For each row of the screen and each mark the eight pixels that the mark makes there.
    fn patterns(&self) -> [[u8; 256]; screen::SIDE] {
        let mut patterns = [[0; 256]; screen::SIDE];
        for mark in 0..=255 {
            let shown = self.shown(Mark(mark));
            for (y, pattern) in patterns.iter_mut().enumerate() {
                pattern[usize::from(mark)] = screen::row(y, shown);
            }
        }
        patterns
    }

    /// The lightness that a mark is shown with: 0, 255 or a tone.
    fn shown(&self, mark: Mark) -> u8 {
        let lightness = mark.lightness();
        let Some(tint) = mark.tint_number() else { return lightness };
        match self.print_on[tint] {
            Some(Print::Dark) => 255,
            Some(Print::Light) => 0,
            None if lightness >= LIGHT_TINT => 255,
            None if lightness <= DARK_TINT => 0,
            None => lightness,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canvas_of(mark: Mark) -> Canvas {
        let mut canvas = Canvas::new(Resolution::Fine, 16);
        for y in 0..16 {
            canvas.fill(y, -5, 5000, mark);
        }
        canvas
    }

    /// Black pixels in a thousand.
    fn share_of_black(canvas: &Canvas) -> u64 {
        canvas.develop().unwrap().black_pixels() * 1000 / (16 * COLUMNS as u64)
    }

    #[test]
    fn a_tint_becomes_what_its_print_needs() {
        let mut yellow = canvas_of(Mark::tint(200));
        assert!(share_of_black(&yellow) > 100);
        yellow.prepare_ground(Mark::tint(200), Print::Dark, (0, 0, 9, 9));
        assert!(share_of_black(&yellow) < 1);
        let mut blue = canvas_of(Mark::tint(90));
        blue.prepare_ground(Mark::tint(90), Print::Light, (0, 0, 9, 9));
        assert!(share_of_black(&blue) > 999);
    }

    #[test]
    fn print_of_both_kinds_on_one_tint_stays_readable() {
        let mut canvas = canvas_of(Mark::tint(128));
        canvas.prepare_ground(Mark::tint(128), Print::Dark, (0, 0, 9, 9));
        canvas.prepare_ground(Mark::tint(128), Print::Light, (100, 2, 120, 10));
        canvas.fill(5, 105, 110, Mark::WHITE);
        let page = canvas.develop().unwrap();
        assert!(page.is_black(104, 5) && !page.is_black(106, 5) && !page.is_black(50, 5));
    }

    #[test]
    fn very_light_and_very_dark_tints_are_plain_and_the_rest_is_screened() {
        assert!(share_of_black(&canvas_of(Mark::tint(230))) < 1);
        assert!(share_of_black(&canvas_of(Mark::tint(30))) > 999);
        assert!(share_of_black(&canvas_of(Mark::tint(128))).abs_diff(500) < 50);
    }

    #[test]
    fn drawing_outside_the_sheet_is_harmless() {
        let mut canvas = Canvas::new(Resolution::Standard, 4);
        canvas.fill(-1, 0, 10, Mark::BLACK);
        canvas.fill(4, 0, 10, Mark::BLACK);
        canvas.fill(2, i32::MIN, i32::MAX, Mark::BLACK);
        assert_eq!(canvas.develop().unwrap().black_pixels(), COLUMNS as u64);
        assert_eq!(canvas.at(-1, 99), Mark::PAPER);
    }
}
