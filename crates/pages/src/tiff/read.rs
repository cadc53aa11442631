//! The reader of our own TIFFs.
//!
//! Directories must lie behind one another in the file, which rules out endless chains without a list of the visited.

use super::{FIELDS, field};
use crate::g4::{self, NotG4};
use crate::limits::Limits;
use crate::page::{COLUMNS, COLUMNS_PER_INCH, FaxPage};
use justfax::choices::Resolution;

/// Why a file is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOurTiff {
    /// More bytes than the limits allow.
    #[error("the file is too large")]
    TooLarge,
    /// More pages than the limits allow.
    #[error("the file has too many pages")]
    TooManyPages,
    /// No page at all.
    #[error("the file has no page")]
    NoPage,
    /// Not the structure that [`super::write`] makes.
    #[error("the file was not written here")]
    Foreign,
    /// The right structure around data that do not decode.
    #[error("page {0} does not decode: {1}")]
    Page(usize, NotG4),
}

/// Reads the pages of a TIFF made by [`super::write`].
///
/// # Errors
/// [`NotOurTiff`] for everything else, and for more bytes or pages than `limits` allow.
pub fn read(file: &[u8], limits: &Limits) -> Result<Vec<FaxPage>, NotOurTiff> {
    if file.len() > limits.bytes {
        return Err(NotOurTiff::TooLarge);
    }
    if file.get(..4) != Some(b"II\x2a\0") {
        return Err(NotOurTiff::Foreign);
    }
    let mut pages = Vec::new();
    let mut directory = long(file, 4)?;
    while directory != 0 {
        if pages.len() == limits.pages {
            return Err(NotOurTiff::TooManyPages);
        }
        let (page, next) = read_page(file, directory, pages.len())?;
        if next != 0 && next <= directory {
            return Err(NotOurTiff::Foreign);
        }
        pages.push(page);
        directory = next;
    }
    if pages.is_empty() { Err(NotOurTiff::NoPage) } else { Ok(pages) }
}

/// Reads the page whose directory is at `directory`, and the address of the next directory.
fn read_page(file: &[u8], directory: usize, number: usize) -> Result<(FaxPage, usize), NotOurTiff> {
    if usize::from(short(file, directory)?) != FIELDS {
        return Err(NotOurTiff::Foreign);
    }
    let value = |tag| value_of(file, directory, tag);
    let fixed = [
        (field::COLUMNS, COLUMNS),
        (field::BITS, 1),
        (field::COMPRESSION, 4),
        (field::PHOTOMETRIC, 0),
        (field::FILL_ORDER, 1),
        (field::SAMPLES, 1),
        (field::T6_OPTIONS, 0),
        (field::RESOLUTION_UNIT, 2),
    ];
    for (tag, expected) in fixed {
        if value(tag)? != expected {
            return Err(NotOurTiff::Foreign);
        }
    }
    if long(file, value(field::X_RESOLUTION)?)? != COLUMNS_PER_INCH as usize {
        return Err(NotOurTiff::Foreign);
    }
    let resolution = match long(file, value(field::Y_RESOLUTION)?)? {
        98 => Resolution::Standard,
        196 => Resolution::Fine,
        _ => return Err(NotOurTiff::Foreign),
    };
    let (at, bytes) = (value(field::STRIP)?, value(field::STRIP_BYTES)?);
    let strip = file.get(at..at.saturating_add(bytes)).ok_or(NotOurTiff::Foreign)?;
    let page =
        g4::decode(strip, value(field::ROWS)?, resolution).map_err(|error| NotOurTiff::Page(number + 1, error))?;
    Ok((page, long(file, directory + 2 + FIELDS * 12)?))
}

/// The value of the field `tag` of a directory.
fn value_of(file: &[u8], directory: usize, tag: u16) -> Result<usize, NotOurTiff> {
    for at in (0..FIELDS).map(|field| directory + 2 + field * 12) {
        if short(file, at)? == tag {
            return if short(file, at + 2)? == super::SHORT {
                Ok(usize::from(short(file, at + 8)?))
            } else {
                long(file, at + 8)
            };
        }
    }
    Err(NotOurTiff::Foreign)
}

fn short(file: &[u8], at: usize) -> Result<u16, NotOurTiff> {
    let bytes = file.get(at..at.saturating_add(2)).and_then(|bytes| bytes.try_into().ok());
    bytes.map(u16::from_le_bytes).ok_or(NotOurTiff::Foreign)
}

fn long(file: &[u8], at: usize) -> Result<usize, NotOurTiff> {
    let bytes = file.get(at..at.saturating_add(4)).and_then(|bytes| bytes.try_into().ok());
    bytes.map(|bytes| u32::from_le_bytes(bytes) as usize).ok_or(NotOurTiff::Foreign)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::write;
    use super::*;
    use crate::page::BYTES_PER_ROW;

    fn page(rows: usize, seed: u8, resolution: Resolution) -> FaxPage {
        let bits = (0..rows * BYTES_PER_ROW)
            .map(|at| if at % 7 < 3 { seed ^ u8::try_from(at / 216 % 256).unwrap() } else { 0 })
            .collect();
        FaxPage::new(resolution, bits).unwrap()
    }

    #[test]
    fn pages_of_both_resolutions_survive() {
        let pages =
            vec![page(2292, 3, Resolution::Fine), page(1, 9, Resolution::Standard), page(500, 77, Resolution::Fine)];
        assert_eq!(read(&write(&pages), &Limits::default()).unwrap(), pages);
    }

    #[test]
    fn too_much_is_refused() {
        let file = write(&[page(5, 1, Resolution::Fine), page(5, 2, Resolution::Fine)]);
        let limits = Limits::default();
        assert_eq!(read(&file, &Limits { pages: 1, ..limits }), Err(NotOurTiff::TooManyPages));
        assert_eq!(read(&file, &Limits { bytes: 10, ..limits }), Err(NotOurTiff::TooLarge));
        assert_eq!(read(&write(&[]), &limits), Err(NotOurTiff::NoPage));
    }

    #[test]
    fn an_endless_chain_of_pages_is_refused() {
        let mut file = write(&[page(5, 1, Resolution::Fine)]);
        let first = long(&file, 4).unwrap();
        let link = first + 2 + FIELDS * 12;
        let address = file[4..8].to_vec();
        file[link..link + 4].copy_from_slice(&address);
        assert_eq!(read(&file, &Limits::default()), Err(NotOurTiff::Foreign));
    }

    proptest! {
        #[test]
        fn a_damaged_file_never_panics(at in 0usize..900, byte in any::<u8>()) {
            let mut file = write(&[page(12, 1, Resolution::Fine), page(3, 5, Resolution::Fine)]);
            let at = at % file.len();
            file[at] = byte;
            let _ = read(&file, &Limits::default());
        }
    }
}
