//! The T.6 decoder, for data that may have been damaged or forged.
//!
//! It takes rows of 1728 pixels only and as many of them as it is told: nothing in the data sizes an allocation.

use std::sync::LazyLock;

use super::changes::{self, Changes, EDGE};
use super::codes::{BLACK, Code, RUN_CODES, WHITE};
use crate::page::{BYTES_PER_ROW, FaxPage, MAX_ROWS, NotAPage};
use justfax::choices::Resolution;

/// Why data is not the T.6 coding of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotG4 {
    /// A code word that T.6 does not know, or that does not fit the row, in this row.
    #[error("row {0} has an impossible code word")]
    Code(usize),
    /// The data end before this row is complete.
    #[error("the data end in row {0}")]
    End(usize),
    /// The number of rows asked for is none that a page has.
    #[error(transparent)]
    Page(#[from] NotAPage),
}

/// Decodes `rows` rows of T.6 data. What follows the last row is ignored.
///
/// # Errors
/// [`NotG4`] when the data are damaged or too short, or `rows` is 0 or over [`MAX_ROWS`].
pub fn decode(data: &[u8], rows: usize, resolution: Resolution) -> Result<FaxPage, NotG4> {
    if rows == 0 || rows > MAX_ROWS {
        return Err(NotAPage::Rows(rows).into());
    }
    let mut reader = Reader { data, at: 0 };
    let mut bits = vec![0; rows * BYTES_PER_ROW];
    let mut above = changes::of_white();
    let mut row = Changes::with_capacity(256);
    for (number, packed) in bits.chunks_exact_mut(BYTES_PER_ROW).enumerate() {
        row.clear();
        if !decode_row(&mut reader, &above, &mut row) {
            return Err(if reader.is_past_end() { NotG4::End(number) } else { NotG4::Code(number) });
        }
        row.extend([EDGE; 4]);
        changes::paint(&row, packed);
        std::mem::swap(&mut above, &mut row);
    }
    if reader.is_past_end() {
        return Err(NotG4::End(rows));
    }
    Ok(FaxPage::new(resolution, bits)?)
}

/// Decodes one row into `row`, without sentinels; false when it cannot.
fn decode_row(reader: &mut Reader<'_>, above: &[u16], row: &mut Changes) -> bool {
    let mut a0: u16 = 0;
    let mut started = false;
    // First change above that lies right of a0; since a0 never goes back, neither does this.
    let mut right = 0;
    while a0 < EDGE {
        let black = row.len() % 2 == 1;
        while started && above[right] <= a0 {
            right += 1;
        }
        // b1 turns to the colour that the coming change turns to.
        let b = right + usize::from(right % 2 != row.len() % 2);
        let Some(mode) = reader.mode() else { return false };
        match mode {
            Mode::Pass => a0 = above[b + 1],
            Mode::Vertical(shift) => {
                let a1 = above[b].saturating_add_signed(shift);
                // A change can neither stand before the last one nor, in mid-row, on it.
                if a1 < a0 || a1 > EDGE || (shift < 0 && above[b] < shift.unsigned_abs()) {
                    return false;
                }
                row.push(a1);
                a0 = a1;
            }
            Mode::Horizontal => {
                let Some(first) = reader.run(black) else { return false };
                let Some(second) = reader.run(!black) else { return false };
                let a1 = u32::from(a0) + first;
                let a2 = a1 + second;
                let (Ok(a1), Ok(a2)) = (u16::try_from(a1), u16::try_from(a2)) else { return false };
                if a2 > EDGE {
                    return false;
                }
                row.extend([a1, a2]);
                a0 = a2;
            }
        }
        started = true;
        if row.len() > usize::from(EDGE) + 2 {
            return false;
        }
    }
    true
}

enum Mode {
    Pass,
    Horizontal,
    Vertical(i16),
}

struct Reader<'a> {
    data: &'a [u8],
    /// Position in bits.
    at: usize,
}

impl Reader<'_> {
    /// The next 13 bits without taking them; zeros behind the end.
    fn peek(&self) -> usize {
        let byte = |at: usize| u32::from(self.data.get(at).copied().unwrap_or(0));
        let at = self.at / 8;
        let word = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
        (word >> (11 - self.at % 8) & 0x1fff) as usize
    }

    fn is_past_end(&self) -> bool {
        self.at > self.data.len() * 8
    }

    fn mode(&mut self) -> Option<Mode> {
        let bits = self.peek() >> 6;
        let (length, mode) = match bits {
            0b100_0000.. => (1, Mode::Vertical(0)),
            0b011_0000..=0b011_1111 => (3, Mode::Vertical(1)),
            0b010_0000..=0b010_1111 => (3, Mode::Vertical(-1)),
            0b001_0000..=0b001_1111 => (3, Mode::Horizontal),
            0b000_1000..=0b000_1111 => (4, Mode::Pass),
            0b000_0110 | 0b000_0111 => (6, Mode::Vertical(2)),
            0b000_0100 | 0b000_0101 => (6, Mode::Vertical(-2)),
            0b000_0011 => (7, Mode::Vertical(3)),
            0b000_0010 => (7, Mode::Vertical(-3)),
            _ => return None,
        };
        self.at += length;
        Some(mode)
    }

    fn run(&mut self, black: bool) -> Option<u32> {
        let table = if black { &RUNS.1 } else { &RUNS.0 };
        let mut run = 0;
        loop {
            let (part, length) = table[self.peek()];
            if length == 0 || run > u32::from(EDGE) {
                return None;
            }
            self.at += usize::from(length);
            run += u32::from(part);
            if part < 64 {
                return Some(run);
            }
        }
    }
}

/// For every 13 bits the run they begin with and the length of its code word; length 0 when there is none.
type RunTable = Vec<(u16, u8)>;

static RUNS: LazyLock<(RunTable, RunTable)> = LazyLock::new(|| (run_table(&WHITE), run_table(&BLACK)));

fn run_table(codes: &[Code; RUN_CODES]) -> RunTable {
    let mut table = vec![(0, 0); 1 << 13];
    for (run, code) in (0u16..64).chain((64..=1728).step_by(64)).zip(codes) {
        let free = 13 - code.length;
        let first = usize::from(code.bits) << free;
        table[first..first + (1 << free)].fill((run, code.length));
    }
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::encode;
    use super::*;

    /// Rows of runs as they come in faxes, and rows of noise.
    pub(crate) fn pages() -> impl Strategy<Value = FaxPage> {
        let byte = prop_oneof![4 => Just(0u8), 2 => Just(0xff), 1 => any::<u8>()];
        prop::collection::vec((byte, 1usize..80), 1..400).prop_map(|runs| {
            let mut bits: Vec<u8> =
                runs.into_iter().flat_map(|(byte, times)| std::iter::repeat_n(byte, times)).collect();
            let rows = bits.len().div_ceil(BYTES_PER_ROW);
            bits.resize(rows * BYTES_PER_ROW, 0);
            FaxPage::new(Resolution::Fine, bits).unwrap()
        })
    }

    proptest! {
        #[test]
        fn every_page_survives_coding(page in pages()) {
            prop_assert_eq!(decode(&encode(&page), page.rows(), Resolution::Fine).unwrap(), page);
        }

        #[test]
        fn noise_survives_coding(bits in prop::collection::vec(any::<u8>(), BYTES_PER_ROW * 8)) {
            let page = FaxPage::new(Resolution::Fine, bits).unwrap();
            prop_assert_eq!(decode(&encode(&page), 8, Resolution::Fine).unwrap(), page);
        }

        #[test]
        fn any_bytes_decode_or_are_refused(data in prop::collection::vec(any::<u8>(), 0..600), rows in 1usize..40) {
            let _ = decode(&data, rows, Resolution::Fine);
        }
    }

    #[test]
    fn a_white_page_is_a_bit_a_row() {
        let page = FaxPage::blank(Resolution::Fine, 2292);
        let coded = encode(&page);
        assert_eq!(coded.len(), (2292 + 24usize).div_ceil(8));
        assert_eq!(decode(&coded, 2292, Resolution::Fine).unwrap(), page);
    }

    #[test]
    fn data_cut_short_are_refused() {
        let mut bits = vec![0; 40 * BYTES_PER_ROW];
        bits.iter_mut().step_by(3).for_each(|byte| *byte = 0x5a);
        let coded = encode(&FaxPage::new(Resolution::Fine, bits).unwrap());
        assert!(decode(&coded[..coded.len() / 2], 40, Resolution::Fine).is_err());
        assert!(matches!(decode(&coded, 0, Resolution::Fine), Err(NotG4::Page(_))));
    }
}
