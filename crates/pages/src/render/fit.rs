//! Where a document's page goes on the fax sheet.
//!
//! Nothing is enlarged and nothing is cut. A page is reduced only when it does not fit, and an A4 page always fits:
//! what it is longer than sheet minus header strip is nearly always white and is trimmed afterwards.

use super::trim::rows_under_header;
use crate::page::{COLUMNS, COLUMNS_PER_INCH};
use justfax::choices::Resolution;
use justfax::choices::Turn;

/// A page's place on the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placement {
    /// How the page is turned first.
    pub(super) turn: Turn,
    /// Columns per inch of the (turned) page's width.
    pub(super) columns_per_inch: f64,
    /// Rows per inch of the (turned) page's height.
    pub(super) rows_per_inch: f64,
    /// Column of the page's left edge.
    pub(super) left: f64,
    /// Rows of the sheet.
    pub(super) rows: usize,
    /// What the page was reduced to: 1 is its true size.
    pub(super) reduction: f64,
}

/// Fewest rows of a sheet: a machine may take less paper for a jam.
const LEAST_ROWS: f64 = 300.0;
/// Pages may be this much longer than A4 and still count as A4 (rounding of 297 mm in various units), in rows.
const TOLERANCE: f64 = 4.0;

/// Places a page of `width` by `height` inches. A page that is wider than the sheet is turned when that spares reducing
/// it, unless the sender said how to turn it. With `strict` the page must fit under the header strip as it is.
pub(super) fn place(width: f64, height: f64, resolution: Resolution, wish: Option<Turn>, strict: bool) -> Placement {
    let (across, down) = (f64::from(COLUMNS_PER_INCH), f64::from(resolution.rows_per_inch()));
    let under_header = as_f64(rows_under_header(resolution));
    let longest = if strict { under_header } else { as_f64(resolution.a4_rows()) };
    let reduction = |width: f64, height: f64| {
        let too_long = height * down > longest + if strict { 0.0 } else { TOLERANCE };
        let by_height = if too_long { under_header / (height * down) } else { 1.0 };
        (as_f64(COLUMNS) / (width * across)).min(by_height).min(1.0)
    };
    let by_itself = width > height && reduction(height, width) > reduction(width, height) * 1.05;
    let turn = wish.unwrap_or(if by_itself { Turn::Anticlockwise } else { Turn::Upright });
    let (width, height) = if turn.is_sideways() { (height, width) } else { (width, height) };
    let reduction = reduction(width, height);
    let rows = (height * down * reduction).min(longest);
    Placement {
        turn,
        columns_per_inch: across * reduction,
        rows_per_inch: down * reduction,
        left: ((as_f64(COLUMNS) - width * across * reduction) / 2.0).max(0.0).floor(),
        rows: whole(rows.max(LEAST_ROWS)),
        reduction,
    }
}

/// A size in pixels as a number to measure with.
#[expect(clippy::cast_precision_loss, reason = "sheets and pictures are far smaller than 2^52 pixels")]
pub(super) fn as_f64(value: usize) -> f64 {
    value as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between LEAST_ROWS and an A4 sheet")]
fn whole(rows: f64) -> usize {
    rows.round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millimetres(width: f64, height: f64) -> Placement {
        place(width / 25.4, height / 25.4, Resolution::Fine, None, false)
    }

    #[test]
    fn a4_keeps_its_size() {
        let a4 = millimetres(210.0, 297.0);
        assert!(a4.turn == Turn::Upright && a4.reduction >= 1.0);
        assert_eq!((a4.rows, a4.left), (2292, 20.0));
    }

    #[test]
    fn letter_is_reduced_by_its_six_columns_only() {
        let letter = place(8.5, 11.0, Resolution::Fine, None, false);
        assert!((letter.reduction - 1728.0 / 1734.0).abs() < 1e-9);
        assert_eq!(letter.rows, 2149);
    }

    #[test]
    fn a_landscape_page_is_turned_rather_than_reduced() {
        let slide = millimetres(297.0, 210.0);
        assert!(slide.turn == Turn::Anticlockwise && slide.reduction >= 1.0);
        for wish in [Turn::Half, Turn::Upright] {
            let kept = place(11.7, 8.27, Resolution::Fine, Some(wish), false);
            assert!(kept.turn == wish && kept.reduction < 0.8);
        }
    }

    #[test]
    fn a_small_page_is_not_enlarged_and_an_absurd_one_fits() {
        let a6 = millimetres(105.0, 148.0);
        assert!(a6.reduction >= 1.0 && a6.turn == Turn::Upright);
        let huge = place(200.0, 200.0, Resolution::Fine, None, false);
        assert!(huge.rows <= 2252 && huge.reduction < 0.05);
        assert_eq!(place(1.0 / 72.0, 1.0 / 72.0, Resolution::Fine, None, false).rows, 300);
    }

    #[test]
    fn a_full_a4_page_fits_under_the_header() {
        let a4 = place(210.0 / 25.4, 297.0 / 25.4, Resolution::Fine, None, true);
        assert_eq!(a4.rows, 2252);
        assert!(a4.reduction > 0.98);
    }
}
