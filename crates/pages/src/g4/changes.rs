//! Rows as lists of the columns where the colour changes, and back.
//!
//! A list ends with sentinels at the right edge, so that the coder can look two changes ahead without asking.

use crate::page::{BYTES_PER_ROW, COLUMNS};

/// The right edge as a change.
pub(super) const EDGE: u16 = 1728;
const _: () = assert!(EDGE as usize == COLUMNS);

/// Columns where the colour changes, starting from white: even entries turn black, odd ones turn white.
/// Ascending, then [`EDGE`] four times.
pub(super) type Changes = Vec<u16>;

/// The changes of a white row.
pub(super) fn of_white() -> Changes {
    vec![EDGE; 4]
}

/// Finds the changes of a packed row into `changes`.
pub(super) fn find(row: &[u8], changes: &mut Changes) {
    changes.clear();
    let mut before = 0;
    let mut column = 0;
    for chunk in row.as_chunks::<8>().0 {
        let word = u64::from_be_bytes(*chunk);
        let mut edges = word ^ (word >> 1 | before << 63);
        before = word & 1;
        while edges != 0 {
            #[expect(clippy::cast_possible_truncation, reason = "at most 63")]
            let at = edges.leading_zeros() as u16;
            changes.push(column + at);
            edges &= !(1 << 63 >> at);
        }
        column += 64;
    }
    changes.extend([EDGE; 4]);
}

/// Paints the black runs of `changes` into a white packed row.
pub(super) fn paint(changes: &[u16], row: &mut [u8]) {
    for run in changes.chunks_exact(2) {
        fill(row, usize::from(run[0].min(EDGE)), usize::from(run[1].min(EDGE)));
    }
}

fn fill(row: &mut [u8], from: usize, to: usize) {
    if from >= to || row.len() != BYTES_PER_ROW {
        return;
    }
    let (first, last) = (from / 8, (to - 1) / 8);
    let head = 0xff >> (from % 8);
    let tail = 0xff << (7 - (to - 1) % 8);
    if first == last {
        row[first] |= head & tail;
    } else {
        row[first] |= head;
        row[first + 1..last].fill(0xff);
        row[last] |= tail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(row: &[u8]) -> Vec<u8> {
        let mut changes = Changes::new();
        find(row, &mut changes);
        let mut back = vec![0; BYTES_PER_ROW];
        paint(&changes, &mut back);
        back
    }

    #[test]
    fn rows_survive_as_changes() {
        for pattern in [0x00, 0xff, 0xaa, 0x01, 0x80, 0x7e] {
            let row = vec![pattern; BYTES_PER_ROW];
            assert_eq!(there_and_back(&row), row);
        }
    }

    #[test]
    fn a_black_row_changes_at_its_first_column() {
        let mut changes = Changes::new();
        find(&[0xff; BYTES_PER_ROW], &mut changes);
        assert_eq!(changes, [0, EDGE, EDGE, EDGE, EDGE]);
    }
}
