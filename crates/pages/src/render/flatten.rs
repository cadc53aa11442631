//! Photographs and scans of paper: taking off the shadow, the tint and what lies around the sheet.
//!
//! Paper is bright nearly everywhere around print, so the brightest of a neighbourhood, smoothed, is the light that
//! fell there; dividing by it leaves print on white. On a picture that is no paper the same division makes nonsense,
//! so [`paper`] looks at the light found, and at the result, before it believes in either.

use super::scale::Picture;
use super::surroundings;

/// Side of the neighbourhoods, as a fraction of the picture's longer side: larger than a heading's stroke, smaller
/// than a shadow.
const CELLS: usize = 64;
/// Light under this is taken for this, so that black areas do not turn white.
const LEAST_LIGHT: u8 = 70;

/// The print on a picture of paper, on white; `None` when the picture shows something else.
pub(super) fn paper(picture: &Picture) -> Option<Picture> {
    let light = light(picture);
    let paper_light = surroundings::paper_light(&light);
    if !is_even(&light, paper_light) {
        return None;
    }
    let light = smoothed(&light).scaled(picture.width, picture.height);
    let grey = picture.grey.iter().zip(&light.grey).map(|(grey, light)| divide(*grey, *light)).collect();
    let mut flat = Picture { width: picture.width, height: picture.height, grey };
    surroundings::whiten(picture, paper_light, &mut flat);
    is_paper(&flat).then_some(flat)
}

/// Light changes by no more than this from cell to cell, in percent, except at the edge of a shadow.
const STEP: u32 = 12;
/// Steps that are larger, in percent of all.
const MOST_STEPS: usize = 2;

/// Whether light falls on the picture as it falls on a sheet. The lights and darks of a scene have edges everywhere.
fn is_even(light: &Picture, paper_light: u32) -> bool {
    let (mut pairs, mut steps) = (0, 0);
    let mut compare = |one: u8, other: u8| {
        let (low, high) = (u32::from(one.min(other)), u32::from(one.max(other)));
        if low * 100 >= paper_light * surroundings::DARK_PERCENT {
            pairs += 1;
            steps += usize::from((high - low) * 100 > high * STEP);
        }
    };
    for row in light.grey.chunks_exact(light.width) {
        row.windows(2).for_each(|pair| compare(pair[0], pair[1]));
    }
    light.grey.iter().zip(light.grey.iter().skip(light.width)).for_each(|(above, below)| compare(*above, *below));
    steps * 100 <= pairs * MOST_STEPS
}

fn divide(grey: u8, light: u8) -> u8 {
    // Paper itself is taken to end a little under its brightest, or its grain would stay.
    u8::try_from(u32::from(grey) * 270 / u32::from(light.max(LEAST_LIGHT))).unwrap_or(u8::MAX)
}

/// Side of the tiles in which [`is_paper`] looks for white.
const TILE: usize = 16;
/// Share of tiles without anything white, in percent, up to which a picture is paper.
const MOST_DIM: usize = 5;
/// Share of pixels between ink and paper, in percent of the pixels of tiles with print, up to which they are print.
const MOST_BETWEEN: usize = 33;

/// Whether a flattened picture is print on paper: nearly every tile has white in it, and where there is print, most
/// pixels are clearly ink or clearly paper.
fn is_paper(flattened: &Picture) -> bool {
    let (mut tiles, mut dim, mut printed, mut between) = (0, 0, 0, 0);
    for top in (0..flattened.height).step_by(TILE) {
        for left in (0..flattened.width).step_by(TILE) {
            let (low, high) = pixels(flattened, left, top)
                .fold((255, 0), |(low, high): (u8, u8), grey| (low.min(grey), high.max(grey)));
            tiles += 1;
            dim += usize::from(high < 190);
            let range = high.saturating_sub(low);
            if range >= 80 {
                let (from, to) = (low + range / 10 * 3, high - range / 10 * 3);
                printed += pixels(flattened, left, top).count();
                between += pixels(flattened, left, top).filter(|grey| (from..to).contains(grey)).count();
            }
        }
    }
    dim * 100 <= tiles * MOST_DIM && between * 100 <= printed * MOST_BETWEEN
}

/// The pixels of a tile.
fn pixels(picture: &Picture, left: usize, top: usize) -> impl Iterator<Item = u8> + '_ {
    let right = (left + TILE).min(picture.width);
    let rows = top..(top + TILE).min(picture.height);
    rows.flat_map(move |row| picture.grey[row * picture.width + left..row * picture.width + right].iter().copied())
}

/// Whether a picture was made by a program rather than a camera: most neighbours are exactly equal.
pub(super) fn is_synthetic(picture: &Picture) -> bool {
    let equal = picture.grey.windows(2).filter(|pair| pair[0] == pair[1]).count();
    equal * 10 > picture.grey.len() * 6
}

/// The light as a small picture: bright values of each cell, closed over dark cells.
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
    around(&around(&cells, |values| values.iter().copied().max()), |values| values.iter().copied().min())
}

/// Each cell the mean of those around it.
fn smoothed(cells: &Picture) -> Picture {
    around(cells, |values| {
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
        let flat = paper(&shaded()).unwrap();
        for (x, y) in [(10, 15), (300, 15), (590, 15)] {
            assert!(flat.grey[y * 600 + x] > 235, "paper at {x}");
        }
        assert!(flat.grey[100 * 600 + 294] < 100 && flat.grey[100 * 600 + 504] < 100);
    }

    #[test]
    fn a_picture_of_a_scene_is_no_paper() {
        let scene = |at: usize| u8::try_from((at % 600 * 7 / 13 + at / 600 * 3) % 255).unwrap();
        let scene = Picture::new(600, 400, (0..600 * 400).map(scene).collect()).unwrap();
        assert!(paper(&scene).is_none());
    }
}
