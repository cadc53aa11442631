//! Colours to grey. A fax has no colour, so how light a colour looks is all that is kept of it.

/// Lightness of a colour (ITU-R BT.601, in 256ths).
#[expect(clippy::cast_possible_truncation, reason = "a weighted mean of bytes")]
pub(super) fn lightness(red: u8, green: u8, blue: u8) -> u8 {
    ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
}

/// Lightness of something transparent on white paper.
#[expect(clippy::cast_possible_truncation, reason = "a weighted mean of bytes")]
pub(super) fn over_white(grey: u8, alpha: u8) -> u8 {
    ((u32::from(grey) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_white_and_yellow_is_lighter_than_blue() {
        assert_eq!((lightness(255, 255, 255), lightness(0, 0, 0)), (255, 0));
        assert!(lightness(255, 255, 0) > 200 && lightness(0, 0, 255) < 40);
    }

    #[test]
    fn what_is_transparent_shows_paper() {
        assert_eq!((over_white(10, 0), over_white(10, 255)), (255, 10));
    }
}
