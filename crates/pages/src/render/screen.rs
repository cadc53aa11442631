//! The halftone screen.
//!
//! Clustered dots on a grid of 45°, eight pixels from dot to dot across two cells: large enough for scanners and
//! copiers, and in T.6 half the bytes of error diffusion, whose single pixels cost a code word each.

/// Side of the square that repeats.
pub(super) const SIDE: usize = 8;

/// Thresholds 0 to 255: a pixel is black when it is darker than its threshold.
pub(super) const SCREEN: [[u8; SIDE]; SIDE] = screen();

#[expect(clippy::cast_possible_truncation, reason = "32 ranks of 8")]
const fn screen() -> [[u8; SIDE]; SIDE] {
    // Rank of each place in a cell of 4 by 4, the dot's centre first.
    const DOT: [[u16; 4]; 4] = [[12, 5, 6, 13], [4, 0, 1, 7], [11, 3, 2, 8], [15, 10, 9, 14]];
    let mut screen = [[0; SIDE]; SIDE];
    let mut y = 0;
    while y < SIDE {
        let mut x = 0;
        while x < SIDE {
            let rank = DOT[y % 4][x % 4];
            // Every other cell runs backwards, so that white dots grow as black ones join.
            let rank = if (y / 4 + x / 4) % 2 == 1 { 31 - rank } else { rank };
            screen[y][x] = (255 - (rank * 8 + 4)) as u8;
            x += 1;
        }
        y += 1;
    }
    screen
}

/// The eight pixels that `lightness` makes in row `y` of the screen, most significant bit first.
pub(super) fn row(y: usize, lightness: u8) -> u8 {
    SCREEN[y % SIDE].iter().fold(0, |bits, limit| bits << 1 | u8::from(lightness < *limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lightness_keeps_its_share_of_black() {
        for lightness in 0..=255u8 {
            let black: u32 = (0..SIDE).map(|y| row(y, lightness).count_ones()).sum();
            let expected = 64.0 * (1.0 - f64::from(lightness) / 255.0);
            assert!((f64::from(black) - expected).abs() <= 2.1, "{lightness}: {black}");
        }
    }
}
