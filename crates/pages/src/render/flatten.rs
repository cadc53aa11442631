//! Photographs of paper: taking the shadow off the sheet.
//!
//! Paper is bright nearly everywhere around print, so the brightest of a neighbourhood, smoothed, is the light that
//! fell there; dividing by it leaves print on white. On a picture that is no paper the same division makes nonsense,
//! so [`is_paper`] has to be asked first.

use super::scale::Picture;

/// Side of the neighbourhoods, as a fraction of the picture's longer side: larger than a heading's stroke, smaller
/// than a shadow.
const CELLS: usize = 64;
/// Light under this is taken for this, so that black areas do not turn white.
const LEAST_LIGHT: u8 = 70;

/// The picture divided by the light that falls on it.
pub(super) fn flatten(picture: &Picture) -> Picture {
    let light = light(picture).scaled(picture.width, picture.height);
    let grey = picture.grey.iter().zip(&light.grey).map(|(grey, light)| divide(*grey, *light)).collect();
    Picture { width: picture.width, height: picture.height, grey }
}

#[expect(clippy::cast_possible_truncation, reason = "clamped")]
fn divide(grey: u8, light: u8) -> u8 {
    // Paper itself is taken to end a little under its brightest, or its grain would stay.
    (u32::from(grey) * 270 / u32::from(light.max(LEAST_LIGHT))).min(255) as u8
}

/// Whether a flattened picture is print on paper: nearly all of it is white or clearly ink.
pub(super) fn is_paper(flattened: &Picture) -> bool {
    let between = flattened.grey.iter().filter(|grey| (90..200).contains(*grey)).count();
    let white = flattened.grey.iter().filter(|grey| **grey >= 225).count();
    let all = flattened.grey.len();
    between * 100 < all * 15 && white * 100 > all * 50
}

/// Whether a picture was made by a program rather than a camera: most neighbours are exactly equal.
pub(super) fn is_synthetic(picture: &Picture) -> bool {
    let equal = picture.grey.windows(2).filter(|pair| pair[0] == pair[1]).count();
    equal * 10 > picture.grey.len() * 6
}

/// The light as a small picture: bright values of each cell, closed over dark cells, smoothed.
fn light(picture: &Picture) -> Picture {
    let longer = picture.width.max(picture.height);
    let cell = longer.div_ceil(CELLS).max(1);
    let (width, height) = (picture.width.div_ceil(cell), picture.height.div_ceil(cell));
    let mut grey = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            grey.push(bright_value(picture, x * cell, y * cell, cell));
        }
    }
    let cells = Picture { width, height, grey };
    let closed = around(&around(&cells, |values| values.iter().copied().max()), |values| values.iter().copied().min());
    around(&closed, |values| {
        let sum: u32 = values.iter().map(|value| u32::from(*value)).sum();
        u8::try_from(sum / u32::try_from(values.len()).ok()?).ok()
    })
}

/// The value that nine tenths of a cell do not exceed.
fn bright_value(picture: &Picture, left: usize, top: usize, cell: usize) -> u8 {
    let mut counts = [0usize; 256];
    let mut all = 0;
    for y in top..(top + cell).min(picture.height) {
        let row = &picture.grey[y * picture.width..(y + 1) * picture.width];
        for grey in &row[left..(left + cell).min(picture.width)] {
            counts[usize::from(*grey)] += 1;
            all += 1;
        }
    }
    let mut seen = 0;
    let value = counts.iter().position(|count| {
        seen += count;
        seen * 10 >= all * 9
    });
    value.and_then(|value| u8::try_from(value).ok()).unwrap_or(255)
}

/// Each value replaced by what `choose` makes of the 3 by 3 around it.
fn around(picture: &Picture, choose: impl Fn(&[u8]) -> Option<u8>) -> Picture {
    let mut grey = Vec::with_capacity(picture.grey.len());
    let mut values = Vec::with_capacity(9);
    for y in 0..picture.height {
        for x in 0..picture.width {
            values.clear();
            for row in y.saturating_sub(1)..(y + 2).min(picture.height) {
                let row = &picture.grey[row * picture.width..(row + 1) * picture.width];
                values.extend_from_slice(&row[x.saturating_sub(1)..(x + 2).min(picture.width)]);
            }
            grey.push(choose(&values).unwrap_or(255));
        }
    }
    Picture { width: picture.width, height: picture.height, grey }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Print on paper under light that falls off to the right.
    fn shaded() -> Picture {
        let paint = |at: usize| {
            let (x, y) = (at % 600, at / 600);
            let light = 240 - x * 140 / 600;
            let ink = y % 20 < 8 && x % 14 < 3;
            u8::try_from(if ink { light / 5 } else { light }).unwrap()
        };
        Picture::new(600, 400, (0..600 * 400).map(paint).collect()).unwrap()
    }

    #[test]
    fn shadow_is_taken_off_paper() {
        let flat = flatten(&shaded());
        assert!(is_paper(&flat));
        for (x, y) in [(10, 15), (300, 15), (590, 15)] {
            assert!(flat.grey[y * 600 + x] > 235, "paper at {x}");
        }
        assert!(flat.grey[588] < 100 && flat.grey[0] < 100);
    }

    #[test]
    fn a_picture_of_a_scene_is_no_paper() {
        let scene = |at: usize| ((at % 600 * 7 / 13 + at / 600 * 3) % 255) as u8;
        let scene = Picture::new(600, 400, (0..600 * 400).map(scene).collect()).unwrap();
        assert!(!is_paper(&flatten(&scene)));
    }
}
