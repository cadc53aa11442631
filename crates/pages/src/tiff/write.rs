//! The TIFF-F writer.
//!
//! A page's strip comes first and its directory after it, so that the file is written in one pass.

use super::{DIRECTORY_BYTES, FIELD_COUNT, FIELDS, LONG, RATIONAL, SHORT, field};
use crate::g4;
use crate::page::{COLUMNS, COLUMNS_PER_INCH, FaxPage};
use justfax::choices::Resolution;

/// Writes pages as a multi-page TIFF. No page makes a file without a page, which [`super::read`] refuses.
///
/// The file must stay under 4 GiB, the bound of the format; pages beyond it are left out.
pub fn write(pages: &[FaxPage]) -> Vec<u8> {
    let encoded: Vec<Vec<u8>> = pages.iter().map(g4::encode).collect();
    let strips: Vec<_> = pages.iter().zip(&encoded).map(|(page, strip)| (page, strip.as_slice())).collect();
    write_encoded(&strips)
}

/// As [`write`], for pages whose T.6 coding is at hand.
pub fn write_encoded(pages: &[(&FaxPage, &[u8])]) -> Vec<u8> {
    let mut file = b"II\x2a\0\0\0\0\0".to_vec();
    let mut link = 4;
    for (number, (page, strip)) in pages.iter().enumerate() {
        let at = file.len();
        if u32::try_from(at + strip.len() + 1 + DIRECTORY_BYTES).is_err() {
            break;
        }
        file.extend_from_slice(strip);
        file.resize(at + strip.len() + strip.len() % 2, 0);
        let directory = file.len();
        file[link..link + 4].copy_from_slice(&u32_of(directory).to_le_bytes());
        put_directory(&mut file, page, at, strip.len(), (number, pages.len()));
        link = directory + 2 + FIELDS * 12;
    }
    file
}

fn put_directory(file: &mut Vec<u8>, page: &FaxPage, strip: usize, bytes: usize, (number, total): (usize, usize)) {
    let behind = file.len() + 2 + FIELDS * 12 + 4;
    let rows_per_inch = Resolution::rows_per_inch(page.resolution());
    let page_number = u32_of(number) & 0xffff | (u32_of(total) & 0xffff) << 16;
    let fields: [(u16, u16, u32, u32); FIELDS] = [
        (field::SUBFILE, LONG, 1, 2),
        (field::COLUMNS, LONG, 1, u32_of(COLUMNS)),
        (field::ROWS, LONG, 1, u32_of(page.rows())),
        (field::BITS, SHORT, 1, 1),
        (field::COMPRESSION, SHORT, 1, 4),
        (field::PHOTOMETRIC, SHORT, 1, 0),
        (field::FILL_ORDER, SHORT, 1, 1),
        (field::STRIP, LONG, 1, u32_of(strip)),
        (field::SAMPLES, SHORT, 1, 1),
        (field::ROWS_PER_STRIP, LONG, 1, u32_of(page.rows())),
        (field::STRIP_BYTES, LONG, 1, u32_of(bytes)),
        (field::X_RESOLUTION, RATIONAL, 1, u32_of(behind)),
        (field::Y_RESOLUTION, RATIONAL, 1, u32_of(behind + 8)),
        (field::T6_OPTIONS, LONG, 1, 0),
        (field::RESOLUTION_UNIT, SHORT, 1, 2),
        (field::PAGE_NUMBER, SHORT, 2, page_number),
    ];
    file.extend_from_slice(&FIELD_COUNT.to_le_bytes());
    for (tag, kind, count, value) in fields {
        file.extend_from_slice(&tag.to_le_bytes());
        file.extend_from_slice(&kind.to_le_bytes());
        file.extend_from_slice(&count.to_le_bytes());
        file.extend_from_slice(&value.to_le_bytes());
    }
    file.extend_from_slice(&[0; 4]);
    for value in [COLUMNS_PER_INCH, 1, rows_per_inch, 1] {
        file.extend_from_slice(&value.to_le_bytes());
    }
}

/// Sizes are checked against 4 GiB before they come here.
fn u32_of(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
