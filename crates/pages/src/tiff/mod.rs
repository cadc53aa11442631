//! Fax pages as a multi-page TIFF of class F (RFC 2306), one T.6 strip a page.
//!
//! The reader takes only what the writer makes. Pages are read back in functions that hold payment or carrier
//! rights, so it must not grow into a parser of other people's TIFFs; those are read in the rendering child.

mod read;
mod write;

pub use read::{NotOurTiff, read};
pub use write::{write, write_encoded};

/// TIFF 6.0 field types.
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// Fields of each page, in file order (TIFF 6.0; RFC 2306 sections 2.2 and 4).
mod field {
    pub(super) const SUBFILE: u16 = 254;
    pub(super) const COLUMNS: u16 = 256;
    pub(super) const ROWS: u16 = 257;
    pub(super) const BITS: u16 = 258;
    pub(super) const COMPRESSION: u16 = 259;
    pub(super) const PHOTOMETRIC: u16 = 262;
    pub(super) const FILL_ORDER: u16 = 266;
    pub(super) const STRIP: u16 = 273;
    pub(super) const SAMPLES: u16 = 277;
    pub(super) const ROWS_PER_STRIP: u16 = 278;
    pub(super) const STRIP_BYTES: u16 = 279;
    pub(super) const X_RESOLUTION: u16 = 282;
    pub(super) const Y_RESOLUTION: u16 = 283;
    pub(super) const T6_OPTIONS: u16 = 293;
    pub(super) const RESOLUTION_UNIT: u16 = 296;
    pub(super) const PAGE_NUMBER: u16 = 297;
}

/// Number of fields of each page, as written.
const FIELD_COUNT: u16 = 16;
/// [`FIELD_COUNT`] as a size.
const FIELDS: usize = FIELD_COUNT as usize;
/// Bytes of a page's directory: count, fields, address of the next, and the two resolutions behind it.
const DIRECTORY_BYTES: usize = 2 + FIELDS * 12 + 4 + 16;
