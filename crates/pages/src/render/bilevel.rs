//! Grey to black and white.
//!
//! A fixed threshold loses pale print and drowns print on tinted ground, so the threshold follows the sheet: for each
//! tile between the darkest and the lightest of its neighbourhood, and between tiles by interpolation. Error
//! diffusion is never used: its dust triples the bytes on the line and its dots do not survive a copier.

use super::sheet::Sheet;
use crate::page::{BYTES_PER_ROW, COLUMNS, FaxPage};
use crate::verdict::Refusal;

/// Side of a tile in pixels (about 2 mm: a letter or two).
const TILE: usize = 16;
const TILES_ACROSS: usize = COLUMNS / TILE;
/// Tiles whose lightest and darkest differ by less hold no print.
const LEAST_RANGE: u8 = 40;
/// Where between darkest (0) and lightest (100) print ends. Above the middle, so that thin strokes, which are never
/// quite black on this grid, stay whole.
const PRINT_ENDS: u16 = 66;
/// Threshold where there is no print.
const PLAIN: u8 = 128;

/// Cuts a sheet of print at local thresholds.
///
/// # Errors
/// [`Refusal::Damaged`] when the sheet has no size that a page can have.
pub(super) fn print(sheet: &Sheet) -> Result<FaxPage, Refusal> {
    let rows = sheet.rows();
    let thresholds = thresholds(sheet);
    let mut bits = vec![0; rows * BYTES_PER_ROW];
    let mut line = [0; COLUMNS];
    for (y, (grey, out)) in sheet.grey.chunks_exact(COLUMNS).zip(bits.chunks_exact_mut(BYTES_PER_ROW)).enumerate() {
        if grey.iter().all(|value| *value == 255) {
            continue;
        }
        interpolate(&thresholds, y, &mut line);
        for (byte, (grey, limit)) in out.iter_mut().zip(grey.chunks_exact(8).zip(line.chunks_exact(8))) {
            *byte = grey.iter().zip(limit).fold(0, |byte, (grey, limit)| byte << 1 | u8::from(grey < limit));
        }
    }
    FaxPage::new(sheet.resolution, bits).map_err(|_| Refusal::Damaged)
}

/// A threshold for each tile, row by row.
fn thresholds(sheet: &Sheet) -> Vec<u8> {
    let ranges: Vec<(u8, u8)> = sheet.grey.chunks(TILE * COLUMNS).flat_map(ranges_of_strip).collect();
    let down = ranges.len() / TILES_ACROSS;
    let mut thresholds = Vec::with_capacity(ranges.len());
    for y in 0..down {
        for x in 0..TILES_ACROSS {
            let mut around = (255, 0);
            for row in y.saturating_sub(1)..(y + 2).min(down) {
                for (low, high) in &ranges[row * TILES_ACROSS..][x.saturating_sub(1)..(x + 2).min(TILES_ACROSS)] {
                    around = (around.0.min(*low), around.1.max(*high));
                }
            }
            thresholds.push(threshold(around));
        }
    }
    thresholds
}

/// Darkest and lightest of each tile in a strip of at most [`TILE`] rows.
fn ranges_of_strip(strip: &[u8]) -> [(u8, u8); TILES_ACROSS] {
    let mut ranges = [(255, 0); TILES_ACROSS];
    for row in strip.chunks_exact(COLUMNS) {
        for (range, pixels) in ranges.iter_mut().zip(row.chunks_exact(TILE)) {
            let (low, high) = pixels.iter().fold((255, 0), |(low, high): (u8, u8), grey| (low.min(*grey), high.max(*grey)));
            *range = (range.0.min(low), range.1.max(high));
        }
    }
    ranges
}

#[expect(clippy::cast_possible_truncation, reason = "between low and high")]
fn threshold((low, high): (u8, u8)) -> u8 {
    let range = high.saturating_sub(low);
    if range < LEAST_RANGE { PLAIN } else { low + (u16::from(range) * PRINT_ENDS / 100) as u8 }
}

/// Thresholds of row `y`, interpolated between the centres of the tiles.
#[expect(clippy::cast_possible_truncation, reason = "a weighted mean of bytes")]
fn interpolate(thresholds: &[u8], y: usize, line: &mut [u8; COLUMNS]) {
    let down = thresholds.len() / TILES_ACROSS;
    let position = (y + TILE / 2).saturating_sub(TILE);
    let (above, weight) = (position / TILE, if y < TILE / 2 { 0 } else { position % TILE });
    let below = (above + 1).min(down - 1);
    let mut mixed = [0u32; TILES_ACROSS];
    for (x, mixed) in mixed.iter_mut().enumerate() {
        let (a, b) = (thresholds[above * TILES_ACROSS + x], thresholds[below * TILES_ACROSS + x]);
        *mixed = u32::from(a) * (TILE - weight) as u32 + u32::from(b) * weight as u32;
    }
    for (x, value) in line.iter_mut().enumerate() {
        let position = (x + TILE / 2).saturating_sub(TILE);
        let (left, weight) = (position / TILE, if x < TILE / 2 { 0 } else { position % TILE });
        let right = (left + 1).min(TILES_ACROSS - 1);
        let mean = mixed[left] * (TILE - weight) as u32 + mixed[right] * weight as u32;
        *value = (mean / (TILE * TILE) as u32) as u8;
    }
}

/// A clustered-dot screen of 8 by 8 at 45°, as thresholds 0 to 255: dots grow from the centre of two diagonal cells,
/// large enough for any scanner and cheap to code.
const SCREEN: [[u8; 8]; 8] = screen();

#[expect(clippy::cast_possible_truncation, reason = "32 ranks of 8")]
const fn screen() -> [[u8; 8]; 8] {
    // Rank of each place in a 4 by 4 half cell, dark places first.
    const DOT: [[u16; 4]; 4] = [[12, 5, 6, 13], [4, 0, 1, 7], [11, 3, 2, 8], [15, 10, 9, 14]];
    let mut screen = [[0; 8]; 8];
    let mut y = 0;
    while y < 8 {
        let mut x = 0;
        while x < 8 {
            let rank = DOT[y % 4][x % 4];
            let light_cell = (y / 4 + x / 4) % 2 == 1;
            // Light cells run backwards, so that white dots grow as black ones join.
            let rank = if light_cell { 31 - rank } else { rank };
            screen[y][x] = (255 - (rank * 8 + 4)) as u8;
            x += 1;
        }
        y += 1;
    }
    screen
}

/// Renders a sheet of photograph by the screen.
///
/// # Errors
/// [`Refusal::Damaged`] when the sheet has no size that a page can have.
pub(super) fn photograph(sheet: &Sheet) -> Result<FaxPage, Refusal> {
    let mut bits = vec![0; sheet.rows() * BYTES_PER_ROW];
    for (y, (grey, out)) in sheet.grey.chunks_exact(COLUMNS).zip(bits.chunks_exact_mut(BYTES_PER_ROW)).enumerate() {
        let screen = &SCREEN[y % 8];
        for (byte, grey) in out.iter_mut().zip(grey.chunks_exact(8)) {
            *byte = grey.iter().zip(screen).fold(0, |byte, (grey, limit)| byte << 1 | u8::from(grey < limit));
        }
    }
    FaxPage::new(sheet.resolution, bits).map_err(|_| Refusal::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Resolution;

    fn sheet(paint: impl Fn(usize, usize) -> u8) -> Sheet {
        let mut sheet = Sheet::white(Resolution::Fine, 64);
        for y in 0..64 {
            for x in 0..COLUMNS {
                sheet.grey[y * COLUMNS + x] = paint(x, y);
            }
        }
        sheet
    }

    #[test]
    fn pale_print_and_print_on_tinted_ground_become_black_on_white() {
        for (ink, ground) in [(150, 255), (0, 120), (90, 160), (200, 255)] {
            let page = print(&sheet(|x, _| if x % 12 < 3 { ink } else { ground })).unwrap();
            assert!(page.is_black(121, 30) && !page.is_black(126, 30), "{ink} on {ground}");
        }
    }

    #[test]
    fn a_photograph_keeps_its_mean_lightness() {
        for grey in [20u8, 64, 128, 200, 240] {
            let page = photograph(&sheet(|_, _| grey)).unwrap();
            let share = page.black_pixels() as f64 / (64 * COLUMNS) as f64;
            assert!((share - (1.0 - f64::from(grey) / 255.0)).abs() < 0.04, "{grey}: {share}");
        }
    }
}
