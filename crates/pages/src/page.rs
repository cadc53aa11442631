//! The fax page: what the sender sees, what is hashed and what goes over the line are these bits.
//!
//! Rows are kept packed (most significant bit first, 1 = black) because every consumer - coder, hash, preview, PDF -
//! wants exactly that; a byte per pixel would be eight times the memory for nothing.

use justfax::choices::Resolution;
use sha2::{Digest, Sha256};

/// Picture elements in a scan line (ITU-T T.4, section 2.1: 215 mm, the width every machine takes).
pub const COLUMNS: usize = 1728;
/// Packed bytes of one row.
pub const BYTES_PER_ROW: usize = COLUMNS / 8;
/// Most rows a page may have: four A4 pages at fine resolution, more than any paper a machine holds.
pub const MAX_ROWS: usize = 4 * 2292;

/// Pixels per inch along a row.
pub(crate) const COLUMNS_PER_INCH: u32 = 204;

/// Why bytes are no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPage {
    /// The bytes are not a whole number of rows of [`BYTES_PER_ROW`].
    #[error("{0} bytes are not a whole number of rows")]
    BrokenRow(usize),
    /// There is no row at all, or there are more than [`MAX_ROWS`].
    #[error("a page has 1 to {MAX_ROWS} rows, not {0}")]
    Rows(usize),
}

/// One fax page: 1728 columns, 1 bit a pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct FaxPage {
    resolution: Resolution,
    bits: Vec<u8>,
}

impl std::fmt::Debug for FaxPage {
    /// Says the size only: a page's content never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FaxPage({}x{} {:?})", COLUMNS, self.rows(), self.resolution)
    }
}

impl FaxPage {
    /// Takes packed rows (most significant bit first, 1 = black, [`BYTES_PER_ROW`] bytes a row).
    ///
    /// # Errors
    /// [`NotAPage`] when the length is no whole number of rows, or the number of rows is 0 or over [`MAX_ROWS`].
    pub fn new(resolution: Resolution, bits: Vec<u8>) -> Result<Self, NotAPage> {
        if !bits.len().is_multiple_of(BYTES_PER_ROW) {
            return Err(NotAPage::BrokenRow(bits.len()));
        }
        let rows = bits.len() / BYTES_PER_ROW;
        if rows == 0 || rows > MAX_ROWS {
            return Err(NotAPage::Rows(rows));
        }
        Ok(Self { resolution, bits })
    }

    /// A white page; `rows` is brought into 1 to [`MAX_ROWS`].
    pub fn blank(resolution: Resolution, rows: usize) -> Self {
        let rows = rows.clamp(1, MAX_ROWS);
        Self { resolution, bits: vec![0; rows * BYTES_PER_ROW] }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.bits.len() / BYTES_PER_ROW
    }

    /// Vertical resolution.
    pub fn resolution(&self) -> Resolution {
        self.resolution
    }

    /// All packed rows, top first.
    pub fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// One packed row; empty when `row` is below the page.
    pub fn row(&self, row: usize) -> &[u8] {
        self.bits.chunks_exact(BYTES_PER_ROW).nth(row).unwrap_or_default()
    }

    /// Whether the pixel is black; white outside the page.
    pub fn is_black(&self, column: usize, row: usize) -> bool {
        self.row(row).get(column / 8).is_some_and(|byte| byte & (0x80 >> (column % 8)) != 0)
    }

    /// Number of black pixels.
    pub fn black_pixels(&self) -> u64 {
        let (words, rest) = self.bits.as_chunks::<8>();
        let of_words: u64 = words.iter().map(|word| u64::from(u64::from_ne_bytes(*word).count_ones())).sum();
        of_words + rest.iter().map(|byte| u64::from(byte.count_ones())).sum::<u64>()
    }

    /// SHA-256 over the packed rows.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.bits).into()
    }

    /// [`Self::sha256`] as 64 lowercase hexadecimal digits.
    pub fn sha256_hex(&self) -> String {
        const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        self.sha256().iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| DIGITS[usize::from(digit)]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_whole_number_of_rows() {
        assert_eq!(FaxPage::new(Resolution::Fine, vec![0; 217]), Err(NotAPage::BrokenRow(217)));
        assert_eq!(FaxPage::new(Resolution::Fine, Vec::new()), Err(NotAPage::Rows(0)));
        assert_eq!(
            FaxPage::new(Resolution::Fine, vec![0; (MAX_ROWS + 1) * BYTES_PER_ROW]),
            Err(NotAPage::Rows(MAX_ROWS + 1))
        );
    }

    #[test]
    fn the_first_pixel_is_the_most_significant_bit() {
        let mut bits = vec![0; BYTES_PER_ROW];
        bits[0] = 0x80;
        bits[215] = 0x01;
        let page = FaxPage::new(Resolution::Fine, bits).unwrap();
        assert!(page.is_black(0, 0) && page.is_black(1727, 0));
        assert!(!page.is_black(1, 0) && !page.is_black(0, 1) && !page.is_black(1728, 0));
        assert_eq!(page.black_pixels(), 2);
    }

    #[test]
    fn the_hash_is_over_the_packed_rows() {
        let page = FaxPage::blank(Resolution::Standard, 1);
        assert_eq!(page.sha256_hex(), "a5645e7a3fa0866cde8842c4dab96567507c3d1a3c028b816bc63f6966367b70");
        assert_ne!(page.sha256(), FaxPage::blank(Resolution::Standard, 2).sha256());
    }
}
