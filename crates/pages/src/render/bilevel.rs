//! Pictures of print to black and white.
//!
//! A fixed threshold loses pale print and drowns print on tinted ground, so the threshold follows the picture: for
//! each tile between the darkest and the lightest of its neighbourhood, and between tiles by interpolation. Error
//! diffusion is never used: its dust triples the bytes on the line and its dots do not survive a copier.

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

/// Cuts a picture at local thresholds: true is black.
pub(super) fn print(picture: &Picture) -> Vec<bool> {
    let thresholds = Thresholds::of(picture);
    let mut black = Vec::with_capacity(picture.grey.len());
    let mut line = vec![0; picture.width];
    for (y, grey) in picture.grey.chunks_exact(picture.width).enumerate() {
        thresholds.interpolate(y, &mut line);
        black.extend(grey.iter().zip(&line).map(|(grey, limit)| grey < limit));
    }
    black
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

    /// Thresholds of row `y`, interpolated between the centres of the tiles.
    #[expect(clippy::cast_possible_truncation, reason = "a weighted mean of bytes")]
    fn interpolate(&self, y: usize, line: &mut [u8]) {
        let (above, below, weight) = between_tiles(y, self.down);
        let mix = |x: usize| {
            let (a, b) = (self.values[above * self.across + x], self.values[below * self.across + x]);
            u32::from(a) * (TILE as u32 - weight) + u32::from(b) * weight
        };
        let mixed: Vec<u32> = (0..self.across).map(mix).collect();
        for (x, value) in line.iter_mut().enumerate() {
            let (left, right, weight) = between_tiles(x, self.across);
            let mean = mixed[left] * (TILE as u32 - weight) + mixed[right] * weight;
            *value = (mean / (TILE * TILE) as u32) as u8;
        }
    }
}

/// The tiles around a pixel and the weight of the second, in sixteenths.
#[expect(clippy::cast_possible_truncation, reason = "under 16")]
fn between_tiles(at: usize, tiles: usize) -> (usize, usize, u32) {
    let Some(position) = at.checked_sub(TILE / 2) else { return (0, 0, 0) };
    let first = (position / TILE).min(tiles - 1);
    (first, (first + 1).min(tiles - 1), (position % TILE) as u32)
}

/// Darkest and lightest of each tile in a strip of at most [`TILE`] rows.
fn ranges_of_strip(strip: &[u8], width: usize) -> Vec<(u8, u8)> {
    let mut ranges = vec![(255, 0); width.div_ceil(TILE)];
    for row in strip.chunks_exact(width) {
        for (range, pixels) in ranges.iter_mut().zip(row.chunks(TILE)) {
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
            assert!(black[333 * 30 + 121] && !black[333 * 30 + 126], "{ink} on {ground}");
        }
    }

    #[test]
    fn plain_pictures_of_any_size_are_plain() {
        for size in [(1, 1), (15, 17), (16, 16), (40, 3)] {
            let plain = Picture::new(size.0, size.1, vec![200; size.0 * size.1]).unwrap();
            assert!(print(&plain).iter().all(|black| !black));
        }
    }
}
