//! Making room for the header strip.
//!
//! A page that is A4 already would be longer than the sheet once the strip is above it, and machines then cut it,
//! reduce it or take a second sheet. Documents leave white at the bottom or the top, so that white is taken away.

use crate::header::header_rows;
use crate::page::{BYTES_PER_ROW, FaxPage};
use justfax::choices::Resolution;

/// Rows that a page may have so that, with the header strip above it, it still fits an A4 sheet.
pub(super) const fn rows_under_header(resolution: Resolution) -> usize {
    resolution.a4_rows() - header_rows(resolution)
}

/// Takes white rows off the bottom and then off the top until the page fits under the header strip; `None` when there
/// are not enough white ones.
pub(super) fn trim(page: FaxPage) -> Option<FaxPage> {
    let Some(surplus) = page.rows().checked_sub(rows_under_header(page.resolution())) else { return Some(page) };
    let rows = || page.bits().chunks_exact(BYTES_PER_ROW);
    let is_white = |row: &&[u8]| row.iter().all(|byte| *byte == 0);
    let bottom = rows().rev().take(surplus).take_while(is_white).count();
    let top = rows().take(surplus - bottom).take_while(is_white).count();
    if bottom + top < surplus {
        return None;
    }
    let kept = page.bits()[top * BYTES_PER_ROW..(page.rows() - bottom) * BYTES_PER_ROW].to_vec();
    FaxPage::new(page.resolution(), kept).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ink_in: &[usize]) -> FaxPage {
        let mut bits = vec![0; 2292 * BYTES_PER_ROW];
        for row in ink_in {
            bits[row * BYTES_PER_ROW] = 1;
        }
        FaxPage::new(Resolution::Fine, bits).unwrap()
    }

    #[test]
    fn white_goes_from_the_bottom_first() {
        let trimmed = trim(page(&[10, 2200])).unwrap();
        assert_eq!((trimmed.rows(), trimmed.row(10)[0]), (2252, 1));
        let trimmed = trim(page(&[30, 2280])).unwrap();
        assert_eq!((trimmed.rows(), trimmed.row(1)[0]), (2252, 1));
    }

    #[test]
    fn ink_is_never_taken() {
        assert!(trim(page(&[5, 2290])).is_none());
    }
}
