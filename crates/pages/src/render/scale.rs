//! Pictures to another size: means of areas when shrinking, straight lines between pixels when growing.
//!
//! Own code because it works on one grey channel, in integers, and row by row, at a tenth of the memory of general
//! scalers; on a 12-megapixel photograph that is what the memory bound is made of.

use super::fit::as_f64;
use justfax::choices::Turn;

/// A grey picture, 0 black to 255 white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Row by row, `width * height` bytes.
    pub(super) grey: Vec<u8>,
}

impl Picture {
    /// A picture of `width` by `height`; `None` when the data have another size or none.
    pub(super) fn new(width: usize, height: usize, grey: Vec<u8>) -> Option<Self> {
        let fits = width > 0 && height > 0 && width.checked_mul(height) == Some(grey.len());
        fits.then_some(Self { width, height, grey })
    }

    /// The picture scaled to `width` by `height` (both at least 1).
    pub(super) fn scaled(&self, width: usize, height: usize) -> Self {
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let across = Taps::new(self.width, width);
        let down = Taps::new(self.height, height);
        let mut grey = Vec::with_capacity(width * height);
        let mut sums = vec![0u16; self.width + across.most];
        for (first, weights) in down.each() {
            sums.fill(0);
            for (row, weight) in (first..).zip(weights).filter(|(_, weight)| **weight > 0) {
                add(&mut sums, &self.grey[row * self.width..(row + 1) * self.width], *weight);
            }
            across.means(&sums, &mut grey);
        }
        Self { width, height, grey }
    }

    /// The picture mirrored across its vertical axis, its horizontal one, or both.
    pub(super) fn flipped(mut self, across: bool, down: bool) -> Self {
        if across {
            self.grey.chunks_exact_mut(self.width).for_each(<[u8]>::reverse);
        }
        if down {
            self.grey = self.grey.chunks_exact(self.width).rev().flatten().copied().collect();
        }
        self
    }

    /// The picture with rows and columns exchanged.
    pub(super) fn transposed(&self) -> Self {
        let mut grey = Vec::with_capacity(self.grey.len());
        for x in 0..self.width {
            grey.extend(self.grey.iter().skip(x).step_by(self.width));
        }
        Self { width: self.height, height: self.width, grey }
    }

    /// The pixel that a place lies in, if any.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie inside")]
    pub(super) fn at(&self, place: hayro::kurbo::Point) -> Option<u8> {
        let inside = place.x >= 0.0 && place.y >= 0.0 && place.x < as_f64(self.width) && place.y < as_f64(self.height);
        if inside { self.grey.get(place.y as usize * self.width + place.x as usize).copied() } else { None }
    }

    /// The picture turned.
    pub(super) fn turned(self, turn: Turn) -> Self {
        match turn {
            Turn::Upright => self,
            Turn::Half => self.flipped(true, true),
            Turn::Clockwise => self.transposed().flipped(true, false),
            Turn::Anticlockwise => self.transposed().flipped(false, true),
        }
    }
}

/// Weights of a pixel sum to this: a sum of bytes so weighted just fits 16 bits, of which a processor adds eight at once.
const ONE: u16 = 1 << 8;
/// Pixels of the result that are looked at together for being plain.
const BLOCK: usize = 16;

/// Adds a weighted row to sums. As weights sum to [`ONE`], nothing wraps; the checks would only hide that from the
/// compiler.
fn add(sums: &mut [u16], row: &[u8], weight: u16) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum = sum.wrapping_add(u16::from(*value).wrapping_mul(weight));
    }
}

/// Mean of sums that carry one factor of [`ONE`] already.
fn mean(sums: &[u16], weights: &[u16]) -> u8 {
    let add =
        |total: u32, (sum, weight): (&u16, &u16)| total.wrapping_add(u32::from(*sum).wrapping_mul(u32::from(*weight)));
    (sums.iter().zip(weights).fold(1 << 15, add) >> 16).to_le_bytes()[0]
}

/// For each pixel of the result the pixels it is made of: the first, and the weights from there on.
struct Taps {
    first: Vec<usize>,
    weights: Vec<u16>,
    /// Weights kept for each pixel; those not needed are 0.
    most: usize,
}

impl Taps {
    fn new(from: usize, to: usize) -> Self {
        let ratio = as_f64(from) / as_f64(to);
        // Growing takes the two nearest pixels: an area as wide as one of them.
        let reach = ratio.max(1.0) / 2.0;
        let taps: Vec<(usize, Vec<u16>)> = (0..to).map(|at| taps_of((as_f64(at) + 0.5) * ratio, reach, from)).collect();
        let most = taps.iter().map(|(_, weights)| weights.len()).max().unwrap_or(1);
        let mut all = Self { first: Vec::with_capacity(to), weights: Vec::with_capacity(to * most), most };
        for (first, mut weights) in taps {
            weights.resize(most, 0);
            all.first.push(first);
            all.weights.extend(weights);
        }
        all
    }

    /// Adds the mean for each pixel. The common numbers of weights have a loop of their own, which is unrolled.
    fn means(&self, sums: &[u16], grey: &mut Vec<u8>) {
        match self.most {
            1 => self.means_of::<1>(sums, grey),
            2 => self.means_of::<2>(sums, grey),
            3 => self.means_of::<3>(sums, grey),
            4 => self.means_of::<4>(sums, grey),
            _ => grey.extend(self.each().map(|(first, weights)| mean(&sums[first..], weights))),
        }
    }

    /// Paper is plain for most of a page, and the mean of equal values need not be computed.
    fn means_of<const N: usize>(&self, sums: &[u16], grey: &mut Vec<u8>) {
        let (weights, _) = self.weights.as_chunks::<N>();
        for (firsts, weights) in self.first.chunks(BLOCK).zip(weights.chunks(BLOCK)) {
            let (Some(from), Some(to)) = (firsts.first(), firsts.last()) else { return };
            let under = &sums[*from..to + N];
            if under.iter().fold(0, |all, sum| all | (sum ^ under[0])) == 0 {
                grey.resize(grey.len() + firsts.len(), mean(&[under[0]], &[ONE]));
            } else {
                grey.extend(firsts.iter().zip(weights).map(|(first, weights)| mean(&sums[*first..first + N], weights)));
            }
        }
    }

    fn each(&self) -> impl Iterator<Item = (usize, &[u16])> {
        self.first.iter().copied().zip(self.weights.chunks_exact(self.most))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
fn taps_of(centre: f64, reach: f64, from: usize) -> (usize, Vec<u16>) {
    let (start, end) = ((centre - reach).max(0.0), (centre + reach).min(as_f64(from)));
    let (first, last) = (start.floor() as usize, (end.ceil() as usize).clamp(1, from) - 1);
    let first = first.min(last);
    // Weights are steps of what is covered so far, so that what is rounded off one is given to the next.
    let covered = |column: usize| {
        let share = (end.min(as_f64(column)) - start).max(0.0) / (end - start);
        if column > last { ONE } else { (share * f64::from(ONE)).round() as u16 }
    };
    (first, (first..=last).map(|column| covered(column + 1).saturating_sub(covered(column))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks(width: usize, height: usize) -> Picture {
        let grey =
            (0..width * height).map(|at| if (at % width + at / width).is_multiple_of(2) { 0 } else { 255 }).collect();
        Picture::new(width, height, grey).unwrap()
    }

    #[test]
    fn shrinking_takes_means() {
        let small = checks(64, 64).scaled(16, 8);
        assert!(small.grey.iter().all(|grey| (126..=129).contains(grey)));
    }

    #[test]
    fn plain_pictures_stay_plain_at_any_size() {
        let plain = Picture::new(7, 5, vec![200; 35]).unwrap();
        for (width, height) in [(1, 1), (3, 2), (7, 5), (100, 9), (2, 300)] {
            assert_eq!(plain.scaled(width, height).grey, vec![200; width * height]);
        }
    }

    #[test]
    fn flipping_mirrors_rows_and_columns() {
        let picture = Picture::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        assert_eq!(picture.clone().flipped(true, false).grey, [3, 2, 1, 6, 5, 4]);
        assert_eq!(picture.flipped(false, true).grey, [4, 5, 6, 1, 2, 3]);
    }

    #[test]
    fn turning_four_times_changes_nothing() {
        let picture = Picture::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let left = Turn::Anticlockwise;
        let turned = picture.clone().turned(left);
        assert_eq!(turned.grey, [3, 6, 2, 5, 1, 4]);
        assert_eq!(turned.clone().turned(Turn::Clockwise), picture);
        assert_eq!(turned.turned(left).turned(left).turned(left), picture);
        assert_eq!(picture.clone().turned(Turn::Half).grey, [6, 5, 4, 3, 2, 1]);
    }
}
