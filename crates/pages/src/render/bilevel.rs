//! Pictures of print to black and white.
//!
//! A fixed threshold loses pale print and drowns print on tinted ground, so the threshold follows the picture: for
//! each tile between the darkest and the lightest of its neighbourhood, and between tiles by interpolation. Error
//! diffusion is never used: its dust triples the bytes on the line and its dots do not survive a copier.

use super::canvas::Mark;
use super::scale::Picture;

/// Side of a tile in pixels (about 2 mm: a letter or two).
const TILE: usize = 16;
/// Tiles whose lightest and darkest differ by less hold no print.
const LEAST_RANGE: u8 = 40;
/// Where between darkest (0) and lightest (100) print ends. Above the middle, so that thin strokes, which are never
/// quite black on this grid, stay whole.
const PRINT_ENDS: u16 = 62;
/// Threshold where there is no print.
const PLAIN: u8 = 128;

/// Cuts a picture at local thresholds into black and paper.
pub(super) fn print(picture: &Picture) -> Vec<Mark> {
    let thresholds = Thresholds::of(picture);
    let mut marks = Vec::with_capacity(picture.grey.len());
    // One tile more than the row needs, so that whole tiles can be filled.
    let mut line = vec![0; (thresholds.across + 1) * TILE];
    for (y, grey) in picture.grey.chunks_exact(picture.width).enumerate() {
        thresholds.interpolate(y, &mut line);
        marks.extend(grey.iter().zip(&line).map(|(grey, limit)| Mark::black_if(grey < limit)));
    }
    marks
}

/// A threshold for each tile, row by row.
struct Thresholds {
    across: usize,
    down: usize,
    values: Vec<u8>,
}

impl Thresholds {
    fn of(picture: &Picture) -> Self {
        let across = picture.width.div_ceil(TILE);
        let ranges: Vec<(u8, u8)> =
            picture.grey.chunks(TILE * picture.width).flat_map(|strip| ranges_of_strip(strip, picture.width)).collect();
        let down = ranges.len() / across;
        let mut values = Vec::with_capacity(ranges.len());
        for y in 0..down {
            for x in 0..across {
                let mut around = (255, 0);
                for row in y.saturating_sub(1)..(y + 2).min(down) {
                    for (low, high) in &ranges[row * across..][x.saturating_sub(1)..(x + 2).min(across)] {
                        around = (around.0.min(*low), around.1.max(*high));
                    }
                }
                values.push(threshold(around));
            }
        }
        Self { across, down, values }
    }

    /// Thresholds of row `y`, interpolated between the centres of the tiles. Sums stay under 2^16: 255 by 16 by 16.
    fn interpolate(&self, y: usize, line: &mut [u8]) {
        let position = y.saturating_sub(TILE / 2);
        let above = (position / TILE).min(self.down - 1);
        let below = if y < TILE / 2 { above } else { (above + 1).min(self.down - 1) };
        let weight = WEIGHTS[position % TILE];
        let row = |row: usize| &self.values[row * self.across..(row + 1) * self.across];
        let (above, below) = (row(above), row(below));
        let mixed = |x: usize| u16::from(above[x]) * (16 - weight) + u16::from(below[x]) * weight;
        let mut left = mixed(0);
        line[..TILE / 2].fill(u8::try_from(left / 16).unwrap_or(u8::MAX));
        for (x, values) in (1..).zip(line[TILE / 2..].as_chunks_mut::<TILE>().0) {
            let right = if x < self.across { mixed(x) } else { left };
            if left == right {
                values.fill((left >> 4).to_le_bytes()[0]);
                continue;
            }
            for (value, weight) in values.iter_mut().zip(WEIGHTS) {
                *value = left.wrapping_mul(16 - weight).wrapping_add(right.wrapping_mul(weight)).to_be_bytes()[0];
            }
            left = right;
        }
    }
}

/// Steps from one tile's centre to the next.
const WEIGHTS: [u16; TILE] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Darkest and lightest of each tile in a strip of at most [`TILE`] rows.
fn ranges_of_strip(strip: &[u8], width: usize) -> Vec<(u8, u8)> {
    let mut ranges = vec![(255, 0); width.div_ceil(TILE)];
    for row in strip.chunks_exact(width) {
        for (range, pixels) in ranges.iter_mut().zip(row.chunks(TILE)) {
            let low = pixels.iter().copied().fold(u8::MAX, u8::min);
            let high = pixels.iter().copied().fold(u8::MIN, u8::max);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(paint: impl Fn(usize) -> u8) -> Picture {
        Picture::new(333, 64, (0..333 * 64).map(|at| paint(at % 333)).collect()).unwrap()
    }

    #[test]
    fn pale_print_and_print_on_tinted_ground_become_black_on_white() {
        for (ink, ground) in [(150, 255), (0, 120), (90, 160), (200, 255)] {
            let black = print(&picture(|x| if x % 12 < 3 { ink } else { ground }));
            assert!(black[333 * 30 + 121] == Mark::BLACK && black[333 * 30 + 126] == Mark::PAPER, "{ink} on {ground}");
        }
    }

    #[test]
    fn plain_pictures_of_any_size_are_plain() {
        for size in [(1, 1), (15, 17), (16, 16), (40, 3)] {
            let plain = Picture::new(size.0, size.1, vec![200; size.0 * size.1]).unwrap();
            assert!(print(&plain).iter().all(|mark| *mark == Mark::PAPER));
        }
    }
}
