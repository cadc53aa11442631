//! A page on its way to black and white: one byte a pixel on the fax grid, 0 black to 255 white.

use crate::header::header_rows;
use crate::page::{COLUMNS, MAX_ROWS, Resolution};

/// A grey sheet, [`COLUMNS`] wide.
pub(super) struct Sheet {
    pub(super) resolution: Resolution,
    /// Lightness, row by row; a whole number of rows.
    pub(super) grey: Vec<u8>,
}

/// Rows that a page may have so that, with the header strip above it, it still fits an A4 sheet.
pub(super) const fn rows_under_header(resolution: Resolution) -> usize {
    resolution.a4_rows() - header_rows(resolution)
}

impl Sheet {
    /// A white sheet.
    pub(super) fn white(resolution: Resolution, rows: usize) -> Self {
        Self { resolution, grey: vec![255; rows.clamp(1, MAX_ROWS) * COLUMNS] }
    }

    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.grey.len() / COLUMNS
    }

    /// Takes white rows off the bottom and then off the top until `rows` are left; false, and nothing taken, when
    /// there are not enough white ones.
    pub(super) fn trim(&mut self, rows: usize) -> bool {
        let Some(surplus) = self.rows().checked_sub(rows) else { return true };
        let is_white = |row: &&[u8]| row.iter().all(|grey| *grey >= NEARLY_WHITE);
        let bottom = self.grey.chunks_exact(COLUMNS).rev().take(surplus).take_while(is_white).count();
        let top = self.grey.chunks_exact(COLUMNS).take(surplus - bottom).take_while(is_white).count();
        if bottom + top < surplus {
            return false;
        }
        self.grey.truncate((self.rows() - bottom) * COLUMNS);
        self.grey.drain(..top * COLUMNS);
        true
    }
}

/// Lightness that is white on paper.
const NEARLY_WHITE: u8 = 250;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_rows_are_trimmed() {
        let mut sheet = Sheet::white(Resolution::Fine, 100);
        sheet.grey[20 * COLUMNS + 5] = 0;
        sheet.grey[89 * COLUMNS + 5] = 0;
        assert!(sheet.trim(85));
        assert_eq!(sheet.rows(), 85);
        assert_eq!(sheet.grey[15 * COLUMNS + 5], 0);
        assert!(!sheet.trim(60));
        assert_eq!(sheet.rows(), 85);
        assert!(sheet.trim(200));
    }
}
