//! What lies around a photographed sheet, or at the edge of a scanned one.
//!
//! A dark table costs the sender minutes on the line and the recipient toner. It is told from print by being dark over
//! whole blocks of pixels and by reaching the picture's edge.

use super::scale::Picture;

/// Side of a block in pixels (1 mm).
const BLOCK: usize = 8;
/// Darker than this part of the sheet's light, in percent, is not the sheet.
pub(super) const DARK_PERCENT: u32 = 55;
/// Blocks beyond the dark ones that are taken with them: the sheet's edge and its shadow.
const FRINGE: usize = 2;
/// Share of the picture, in percent, that may be taken; more is no surrounding.
const MOST: usize = 60;

/// Makes the surroundings white in `flat`, finding them in `picture`, a sheet on which `paper_light` falls.
pub(super) fn whiten(picture: &Picture, paper_light: u32, flat: &mut Picture) {
    let blocks = picture.scaled(picture.width.div_ceil(BLOCK), picture.height.div_ceil(BLOCK));
    let limit = paper_light * DARK_PERCENT / 100;
    let mut taken = reached_from_edge(&blocks, limit);
    if taken.iter().filter(|taken| **taken).count() * 100 > taken.len() * MOST {
        return;
    }
    for _ in 0..FRINGE {
        taken = grown(&taken, blocks.width);
    }
    for (y, row) in flat.grey.chunks_exact_mut(flat.width).enumerate() {
        let blocks = &taken[y / BLOCK * blocks.width..][..blocks.width];
        for (pixels, _) in row.chunks_mut(BLOCK).zip(blocks).filter(|(_, taken)| **taken) {
            pixels.fill(255);
        }
    }
}

/// The light on the sheet: what a quarter of all places exceed.
pub(super) fn paper_light(light: &Picture) -> u32 {
    let mut values = light.grey.clone();
    values.sort_unstable();
    values.get(values.len() * 3 / 4).map_or(255, |value| u32::from(*value))
}

/// Dark blocks connected with the edge through dark blocks.
fn reached_from_edge(blocks: &Picture, limit: u32) -> Vec<bool> {
    let (width, height) = (blocks.width, blocks.height);
    let dark = |at: usize| u32::from(blocks.grey[at]) < limit;
    let mut taken = vec![false; blocks.grey.len()];
    let edge = (0..taken.len())
        .filter(|at| at % width == 0 || at % width == width - 1 || at / width == 0 || at / width == height - 1);
    let mut open: Vec<usize> = edge.filter(|at| dark(*at)).collect();
    while let Some(at) = open.pop() {
        if taken[at] {
            continue;
        }
        taken[at] = true;
        open.extend(beside(at, width, height).filter(|at| !taken[*at] && dark(*at)));
    }
    taken
}

/// The blocks left, right, above and below.
fn beside(at: usize, width: usize, height: usize) -> impl Iterator<Item = usize> {
    let (x, y) = (at % width, at / width);
    let neighbours = [
        (x > 0, at.wrapping_sub(1)),
        (x + 1 < width, at + 1),
        (y > 0, at.wrapping_sub(width)),
        (y + 1 < height, at + width),
    ];
    neighbours.into_iter().filter_map(|(exists, at)| exists.then_some(at))
}

/// The blocks taken and those beside them.
fn grown(taken: &[bool], width: usize) -> Vec<bool> {
    let height = taken.len() / width;
    (0..taken.len()).map(|at| taken[at] || beside(at, width, height).any(|at| taken[at])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet with a black square on a dark table.
    fn sheet_on_table() -> Picture {
        let paint = |at: usize| match (at % 400, at / 400) {
            (180..220, 180..220) => 10,
            (80..320, 60..340) => 220,
            _ => 50,
        };
        Picture::new(400, 400, (0..160_000).map(paint).collect()).unwrap()
    }

    #[test]
    fn the_table_goes_and_the_print_stays() {
        let picture = sheet_on_table();
        let mut flat = picture.clone();
        whiten(&picture, 220, &mut flat);
        assert_eq!((flat.grey[5 * 400 + 5], flat.grey[399 * 400 + 399]), (255, 255));
        assert_eq!(flat.grey[200 * 400 + 200], 10);
    }

    #[test]
    fn a_dark_picture_is_left_alone() {
        let picture =
            Picture::new(400, 400, (0..160_000).map(|at| if at % 400 < 20 { 250 } else { 30 }).collect()).unwrap();
        let mut flat = picture.clone();
        whiten(&picture, 220, &mut flat);
        assert_eq!(flat, picture);
    }
}
