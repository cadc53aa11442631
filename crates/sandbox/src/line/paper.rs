//! What came out of the virtual machine: the pages of the file that its fax engine wrote.
//!
//! The file is read here by a small TIFF reader and decoded by another T.6 decoder than the one that wrote it, so that a page
//! counted as received really is readable. Only the baseline that the engine writes is understood (one strip, T.6, either
//! bit order); anything else is an error and shows as "nothing received".

use std::path::Path;

use data_encoding::HEXLOWER;
use fax::Color;
use sha2::{Digest, Sha256};

/// TIFF 6.0 tags and the values of Compression (4 = T.6) and `FillOrder` (2 = least significant bit first).
mod tag {
    pub(super) const WIDTH: u16 = 256;
    pub(super) const LENGTH: u16 = 257;
    pub(super) const COMPRESSION: u16 = 259;
    pub(super) const PHOTOMETRIC: u16 = 262;
    pub(super) const FILL_ORDER: u16 = 266;
    pub(super) const STRIP_OFFSETS: u16 = 273;
    pub(super) const STRIP_BYTE_COUNTS: u16 = 279;
    pub(super) const T6: u32 = 4;
    pub(super) const LOW_BIT_FIRST: u32 = 2;
}

/// More pages than the carrier takes are not read.
const MOST_PAGES: usize = 400;

/// One received page: 1 bit a pixel, 1 = black, most significant bit first, rows padded to whole bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `height` rows of `width.div_ceil(8)` bytes.
    pub rows: Vec<u8>,
    /// Whether the page came to its end; otherwise these are the rows before the line was lost.
    pub whole: bool,
}

/// Why a file cannot be read as received pages.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The file itself.
    #[error("cannot read the received file: {0}")]
    File(#[from] std::io::Error),
    /// Not the TIFF that the fax engine writes.
    #[error("the received file is not a fax TIFF: {0}")]
    Format(&'static str),
    /// The PNG encoder.
    #[error("cannot write the page picture: {0}")]
    Picture(#[from] png::EncodingError),
}

impl Sheet {
    /// Lower-case hexadecimal SHA-256 of the packed rows.
    #[must_use]
    pub fn sha256(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(&self.rows))
    }

    /// The page as a 1-bit greyscale PNG.
    ///
    /// # Errors
    /// When the page has no pixels.
    pub fn png(&self) -> Result<Vec<u8>, PaperError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let white_is_one: Vec<u8> = self.rows.iter().map(|byte| !byte).collect();
        encoder.write_header()?.write_image_data(&white_is_one)?;
        Ok(bytes)
    }

    /// A page from runs of T.6 (see [`decode`]).
    fn from_t6(data: &[u8], width: u32, height: u32) -> Option<Self> {
        let stride = usize::try_from(width.div_ceil(8)).ok()?;
        let mut rows = Vec::with_capacity(stride * usize::try_from(height).ok()?);
        decode(data, width, height, |row| rows.extend_from_slice(row))?;
        rows.resize(stride * usize::try_from(height).ok()?, 0);
        Some(Self { width, height, rows, whole: true })
    }
}

/// Decodes T.6 into packed rows, 1 = black; `None` if the data is not T.6 at all.
pub(crate) fn decode(data: &[u8], width: u32, height: u32, mut each: impl FnMut(&[u8])) -> Option<()> {
    let stride = usize::try_from(width.div_ceil(8)).ok()?;
    fax::decoder::decode_g4(data.iter().copied(), width, Some(height), |transitions| {
        let mut row = vec![0_u8; stride];
        for (at, colour) in fax::decoder::pels(transitions, width).enumerate() {
            if colour == Color::Black {
                row[at / 8] |= 0x80 >> (at % 8);
            }
        }
        each(&row);
    })
}

/// Reads every page of a file that the fax engine wrote. A file that is not there has no pages.
///
/// # Errors
/// When the file cannot be read or is not such a TIFF.
pub fn read(file: &Path) -> Result<Vec<Sheet>, PaperError> {
    match std::fs::read(file) {
        Ok(bytes) => parse(&bytes),
        Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(other) => Err(other.into()),
    }
}

fn parse(bytes: &[u8]) -> Result<Vec<Sheet>, PaperError> {
    let reader = Reader { bytes };
    if bytes.get(..4) != Some(b"II*\0") {
        return Err(PaperError::Format("no little-endian TIFF"));
    }
    let mut sheets = Vec::new();
    let mut directory = reader.long(4)?;
    while directory != 0 && sheets.len() < MOST_PAGES {
        let (sheet, next) = reader.page(directory)?;
        sheets.push(sheet);
        directory = next;
    }
    Ok(sheets)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn at<const N: usize>(&self, offset: u32) -> Result<[u8; N], PaperError> {
        usize::try_from(offset)
            .ok()
            .and_then(|start| self.bytes.get(start..)?.first_chunk::<N>().copied())
            .ok_or(PaperError::Format("cut off"))
    }

    fn long(&self, offset: u32) -> Result<u32, PaperError> {
        Ok(u32::from_le_bytes(self.at(offset)?))
    }

    fn short(&self, offset: u32) -> Result<u16, PaperError> {
        Ok(u16::from_le_bytes(self.at(offset)?))
    }

    /// The page whose directory lies at an offset, and the offset of the next directory.
    fn page(&self, directory: u32) -> Result<(Sheet, u32), PaperError> {
        let entries = u32::from(self.short(directory)?);
        let field = |wanted: u16| -> Result<Option<u32>, PaperError> {
            for entry in 0..entries {
                let at = directory.saturating_add(2 + entry * 12);
                if self.short(at)? == wanted {
                    return self.value(at).map(Some);
                }
            }
            Ok(None)
        };
        let needed = |wanted| field(wanted)?.ok_or(PaperError::Format("a field is missing"));
        if needed(tag::COMPRESSION)? != tag::T6 || field(tag::PHOTOMETRIC)?.unwrap_or(0) != 0 {
            return Err(PaperError::Format("not T.6 with white as zero"));
        }
        let strip = self.strip(needed(tag::STRIP_OFFSETS)?, needed(tag::STRIP_BYTE_COUNTS)?)?;
        let low_bit_first = field(tag::FILL_ORDER)?.is_some_and(|order| order == tag::LOW_BIT_FIRST);
        let data: Vec<u8> =
            if low_bit_first { strip.iter().map(|byte| byte.reverse_bits()).collect() } else { strip.to_vec() };
        let sheet = Sheet::from_t6(&data, needed(tag::WIDTH)?, needed(tag::LENGTH)?)
            .ok_or(PaperError::Format("damaged T.6 data"))?;
        Ok((sheet, self.long(directory.saturating_add(2 + entries * 12))?))
    }

    /// The single value of a directory entry of type SHORT (3) or LONG (4).
    fn value(&self, entry: u32) -> Result<u32, PaperError> {
        match (self.short(entry + 2)?, self.long(entry + 4)?) {
            (3, 1) => Ok(u32::from(self.short(entry + 8)?)),
            (4, 1) => self.long(entry + 8),
            _ => Err(PaperError::Format("more than one strip")),
        }
    }

    fn strip(&self, offset: u32, length: u32) -> Result<&[u8], PaperError> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
        self.bytes.get(start..end).ok_or(PaperError::Format("cut off"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_has_no_pages() {
        assert!(read(Path::new("/nowhere/at/all.tif")).unwrap().is_empty());
    }

    #[test]
    fn rubbish_is_an_error_and_not_a_panic() {
        for rubbish in
            [&b""[..], b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*", &[0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 255, 255]]
        {
            assert!(parse(rubbish).is_err(), "{rubbish:?}");
        }
    }

    #[test]
    fn the_picture_of_a_page_has_black_where_the_bits_are_one() {
        let sheet = Sheet { width: 8, height: 2, rows: vec![0b1010_0000, 0xff], whole: true };
        let picture = sheet.png().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
        let mut rows = vec![0; 2];
        reader.next_frame(&mut rows).unwrap();
        assert_eq!(rows, [0b0101_1111, 0]);
        assert_eq!(sheet.sha256().len(), 64);
    }
}
