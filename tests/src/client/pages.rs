//! Page pictures, compared bit by bit.

use justfax_pages::{BYTES_PER_ROW, COLUMNS, Resolution, header::header_rows};

/// A picture of one bit a pixel: 1 = black, most significant bit first, rows of whole bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Raster {
    columns: usize,
    bits: Vec<u8>,
}

/// The bytes are no picture of the kind that a fax page has.
#[derive(Debug, thiserror::Error)]
pub enum NotAPicture {
    /// Not a PNG.
    #[error("not a PNG: {0}")]
    Png(#[from] png::DecodingError),
    /// Not black and white.
    #[error("a PNG of {0:?} with {1:?} bits, not black and white")]
    Kind(png::ColorType, png::BitDepth),
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raster({}×{})", self.columns, self.rows())
    }
}

impl Raster {
    /// Reads a PNG of one bit a pixel, grey or with a palette of black and white.
    ///
    /// # Errors
    /// [`NotAPicture`].
    pub fn read(png: &[u8]) -> Result<Self, NotAPicture> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info()?;
        let mut bits = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let info = reader.next_frame(&mut bits)?;
        let set_is_white = match (info.color_type, info.bit_depth) {
            (png::ColorType::Grayscale, png::BitDepth::One) => true,
            (png::ColorType::Indexed, png::BitDepth::One) => {
                reader.info().palette.as_ref().is_some_and(|palette| palette.get(3).is_some_and(|red| *red > 127))
            }
            (color, depth) => return Err(NotAPicture::Kind(color, depth)),
        };
        bits.truncate(info.line_size * info.height as usize);
        if set_is_white {
            for byte in &mut bits {
                *byte = !*byte;
            }
        }
        let columns = info.width as usize;
        clear_padding(&mut bits, columns);
        Ok(Self { columns, bits })
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.bits.len() / self.columns.div_ceil(8).max(1)
    }

    /// Black pixels.
    pub fn ink(&self) -> u32 {
        self.bits.iter().map(|byte| byte.count_ones()).sum()
    }

    /// Whether this received page is the page shown, bit for bit, below the header strip; and the strip is written on.
    pub fn is_below_strip(&self, shown: &Self) -> bool {
        let rows = self.rows().saturating_sub(shown.rows());
        let strip = rows * BYTES_PER_ROW;
        let fits = self.columns == COLUMNS && shown.columns == COLUMNS;
        let is_strip = [Resolution::Fine, Resolution::Standard].into_iter().any(|one| header_rows(one) == rows);
        fits && is_strip && self.bits[strip..] == shown.bits && self.bits[..strip].iter().any(|byte| *byte != 0)
    }
}

fn clear_padding(bits: &mut [u8], columns: usize) {
    let used = columns % 8;
    if used > 0 {
        for row in bits.chunks_exact_mut(columns.div_ceil(8)) {
            if let Some(last) = row.last_mut() {
                *last &= 0xff << (8 - used);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey PNG of one bit a pixel from rows where 1 is black.
    fn png(columns: usize, bits: &[u8]) -> Vec<u8> {
        let rows = bits.len() / columns.div_ceil(8);
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, u32::try_from(columns).unwrap(), u32::try_from(rows).unwrap());
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let white: Vec<u8> = bits.iter().map(|byte| !byte).collect();
        encoder.write_header().unwrap().write_image_data(&white).unwrap();
        file
    }

    fn page(rows: usize) -> Vec<u8> {
        (0..rows * BYTES_PER_ROW).map(|at| u8::try_from(at % 251).unwrap()).collect()
    }

    #[test]
    fn only_the_strip_may_differ() {
        let shown = Raster::read(&png(COLUMNS, &page(100))).unwrap();
        let mut received = vec![0; header_rows(Resolution::Fine) * BYTES_PER_ROW];
        received[1000] = 1;
        received.extend(page(100));
        assert!(Raster::read(&png(COLUMNS, &received)).unwrap().is_below_strip(&shown));
        let last = received.len() - 1;
        received[last] ^= 1;
        assert!(!Raster::read(&png(COLUMNS, &received)).unwrap().is_below_strip(&shown));
        assert!(!shown.is_below_strip(&shown));
    }

    #[test]
    fn an_unwritten_strip_is_not_a_header() {
        let shown = Raster::read(&png(COLUMNS, &page(10))).unwrap();
        let mut received = vec![0; header_rows(Resolution::Fine) * BYTES_PER_ROW];
        received.extend(page(10));
        assert!(!Raster::read(&png(COLUMNS, &received)).unwrap().is_below_strip(&shown));
    }

    #[test]
    fn ink_is_counted_without_padding() {
        assert_eq!(Raster::read(&png(12, &[0xff, 0xff, 0x00, 0x00])).unwrap().ink(), 12);
        assert!(Raster::read(b"no picture").is_err());
    }
}
