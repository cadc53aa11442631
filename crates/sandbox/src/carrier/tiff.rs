//! The file that the sender's fax engine reads: T.6 pages in a TIFF, put together without touching a bit of them.
//!
//! Written by hand because nothing is encoded: each page's data is the very strip that the PDF carried.

/// A page as it lies in the file: T.6 data in which coded black is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedPage {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Vertical resolution in lines an inch: 98 (standard) or 196 (fine).
    pub lines_per_inch: u32,
    /// T.6 data, most significant bit first.
    pub data: Vec<u8>,
}

/// Horizontal resolution of every fax page in pixels an inch (ITU-T T.4, 8 per mm).
const PIXELS_PER_INCH: u32 = 204;
/// Directory entries of each page.
const ENTRIES: u16 = 14;
/// Bytes of a directory: count, entries of 12 bytes, offset of the next.
const DIRECTORY: usize = 2 + 12 * ENTRIES as usize + 4;
/// TIFF field types.
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// A multi-page TIFF (little-endian, one strip a page).
#[must_use]
pub fn write(pages: &[CodedPage]) -> Vec<u8> {
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    for (at, page) in pages.iter().enumerate() {
        push_page(&mut file, page, at, pages.len());
    }
    file
}

/// Directory, its two rationals, then the strip; padded so that the next directory starts on a word.
fn push_page(file: &mut Vec<u8>, page: &CodedPage, number: usize, count: usize) {
    let rationals = position(file) + position_of(DIRECTORY);
    let strip = rationals + 16;
    let length = position_of(page.data.len());
    let next = if number + 1 == count { 0 } else { strip + length + length % 2 };
    file.extend_from_slice(&ENTRIES.to_le_bytes());
    let page_of = u32::try_from(number).unwrap_or_default() | u32::try_from(count).unwrap_or_default() << 16;
    for (tag, kind, items, value) in [
        (254, LONG, 1, 2), // NewSubfileType: a page of a document
        (256, LONG, 1, page.width),
        (257, LONG, 1, page.height),
        (258, SHORT, 1, 1), // BitsPerSample
        (259, SHORT, 1, 4), // Compression: T.6
        (262, SHORT, 1, 0), // PhotometricInterpretation: white is zero
        (266, SHORT, 1, 1), // FillOrder: most significant bit first
        (273, LONG, 1, strip),
        (277, SHORT, 1, 1), // SamplesPerPixel
        (278, LONG, 1, page.height),
        (279, LONG, 1, length),
        (282, RATIONAL, 1, rationals),
        (283, RATIONAL, 1, rationals + 8),
        (297, SHORT, 2, page_of),
    ] {
        push_entry(file, tag, kind, items, value);
    }
    file.extend_from_slice(&next.to_le_bytes());
    for part in [PIXELS_PER_INCH, 1, page.lines_per_inch, 1] {
        file.extend_from_slice(&part.to_le_bytes());
    }
    file.extend_from_slice(&page.data);
    if page.data.len() % 2 == 1 {
        file.push(0);
    }
}

fn push_entry(file: &mut Vec<u8>, tag: u16, kind: u16, items: u32, value: u32) {
    file.extend_from_slice(&tag.to_le_bytes());
    file.extend_from_slice(&kind.to_le_bytes());
    file.extend_from_slice(&items.to_le_bytes());
    file.extend_from_slice(&value.to_le_bytes());
}

fn position(file: &[u8]) -> u32 {
    position_of(file.len())
}

/// TIFF offsets have 32 bits; a document of 50 MB, the carrier's limit, stays far below.
fn position_of(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use fax::encoder::Encoder;
    use fax::{Color, VecWriter};

    use super::*;

    fn page(width: u16, rows: &[u8]) -> CodedPage {
        let mut encoder = Encoder::new(VecWriter::new());
        let stride = usize::from(width / 8);
        for row in rows.chunks(stride) {
            let pixels = (0..usize::from(width))
                .map(|x| if row[x / 8] >> (7 - x % 8) & 1 == 1 { Color::Black } else { Color::White });
            encoder.encode_line(pixels, u32::from(width)).unwrap();
        }
        let height = u32::try_from(rows.len() / stride).unwrap();
        let data = encoder.finish().unwrap().finish();
        CodedPage { width: u32::from(width), height, lines_per_inch: 196, data }
    }

    #[test]
    fn what_is_written_is_read_page_by_page_and_bit_by_bit() {
        let pictures: [&[u8]; 3] = [&[0xff, 0x00, 0x0f, 0xf0], &[0x12, 0x34], &[0x00, 0x00, 0xaa, 0x55, 0x80, 0x01]];
        let pages: Vec<CodedPage> = pictures.iter().map(|rows| page(16, rows)).collect();
        let file = std::env::temp_dir().join(format!("justfax-tiff-{}.tif", crate::ids::uuid()));
        std::fs::write(&file, write(&pages)).unwrap();
        let read = crate::line::paper::read(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(read.iter().map(|sheet| sheet.rows.as_slice()).collect::<Vec<_>>(), pictures);
    }
}
