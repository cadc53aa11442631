//! What the browser shows: the page's own bits, and a small grey picture of them.
//!
//! The preview is a 1-bit picture of the very pixels that are sent - no smoothing, no scaling - because it is what
//! the sender agrees to. Only the thumbnail, which nobody can read anyway, is grey.

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};

use crate::page::{BYTES_PER_ROW, COLUMNS, COLUMNS_PER_INCH, FaxPage};

/// Width of a thumbnail in pixels: one for eight columns.
pub const THUMBNAIL_COLUMNS: usize = COLUMNS / 8;

/// Width of the reduced page in pixels: one for two columns.
pub const REDUCED_COLUMNS: usize = COLUMNS / 2;

/// The page as a 1-bit PNG, with its resolution, so that viewers keep its proportions.
pub fn png(page: &FaxPage) -> Vec<u8> {
    let light: Vec<u8> = page.bits().iter().map(|byte| !byte).collect();
    let dimensions = PixelDimensions {
        xppu: per_metre(COLUMNS_PER_INCH),
        yppu: per_metre(page.resolution().rows_per_inch()),
        unit: Unit::Meter,
    };
    write(COLUMNS, page.rows(), BitDepth::One, &light, Some(dimensions))
}

/// The page as a grey PNG of [`THUMBNAIL_COLUMNS`] pixels width, in true proportions.
pub fn thumbnail(page: &FaxPage) -> Vec<u8> {
    let per_inch = page.resolution().rows_per_inch() as usize;
    // A thumbnail's pixel is 8 columns wide, so 8/204 inch high.
    let height = (page.rows() * COLUMNS_PER_INCH as usize / (8 * per_inch)).max(1);
    let mut grey = Vec::with_capacity(height * THUMBNAIL_COLUMNS);
    for y in 0..height {
        let from = y * page.rows() / height;
        let to = ((y + 1) * page.rows() / height).max(from + 1);
        let rows = &page.bits()[from * BYTES_PER_ROW..to * BYTES_PER_ROW];
        grey.extend(black_in_bytes(rows).map(|black| lightness(black, to - from)));
    }
    write(THUMBNAIL_COLUMNS, height, BitDepth::Eight, &grey, None)
}

/// The page as a grey PNG of half its resolution, 102 by 98 pixels an inch: readable, but no copy of the fax.
///
/// A pixel stands for two columns and, on a fine page, for two rows.
pub fn reduced(page: &FaxPage) -> Vec<u8> {
    let together = if page.resolution().rows_per_inch() > 98 { 2 } else { 1 };
    let height = page.rows().div_ceil(together);
    let mut grey = Vec::with_capacity(height * REDUCED_COLUMNS);
    for rows in page.bits().chunks(together * BYTES_PER_ROW) {
        let pixels = u32::try_from(rows.len() / BYTES_PER_ROW * 2).unwrap_or(2);
        grey.extend((0..REDUCED_COLUMNS).map(|x| {
            let pair = 0xc0_u8 >> (x % 4 * 2);
            let black: u32 =
                rows.iter().skip(x / 4).step_by(BYTES_PER_ROW).map(|byte| (byte & pair).count_ones()).sum();
            u8::try_from(255 * (pixels - black) / pixels).unwrap_or(u8::MAX)
        }));
    }
    write(REDUCED_COLUMNS, height, BitDepth::Eight, &grey, None)
}

/// Black pixels of each byte column over the rows of `bits`, eight columns at a time: at most 31 rows, or the sum of a
/// column leaves its byte.
fn black_in_bytes(bits: &[u8]) -> impl Iterator<Item = u8> {
    let mut sums = [0u64; BYTES_PER_ROW / 8];
    for row in bits.chunks_exact(BYTES_PER_ROW).take(31) {
        for (sum, eight) in sums.iter_mut().zip(row.as_chunks::<8>().0) {
            *sum = sum.wrapping_add(black_of_each(u64::from_le_bytes(*eight)));
        }
    }
    sums.into_iter().flat_map(u64::to_le_bytes)
}

/// Each byte replaced by the number of its bits: pairs, then fours, then eights are added up side by side.
fn black_of_each(bytes: u64) -> u64 {
    let pairs = bytes.wrapping_sub(bytes >> 1 & 0x5555_5555_5555_5555);
    let fours = (pairs & 0x3333_3333_3333_3333).wrapping_add(pairs >> 2 & 0x3333_3333_3333_3333);
    fours.wrapping_add(fours >> 4) & 0x0f0f_0f0f_0f0f_0f0f
}

/// Mean lightness of a byte column over `rows` rows, 0 black to 255 white.
fn lightness(black: u8, rows: usize) -> u8 {
    let pixels = rows.min(31) * 8;
    u8::try_from(255 * pixels.saturating_sub(usize::from(black)) / pixels.max(1)).unwrap_or(u8::MAX)
}

fn per_metre(per_inch: u32) -> u32 {
    (per_inch * 10_000 + 127) / 254
}

/// Writes a grey picture. Writing to memory cannot fail for sizes within [`crate::MAX_ROWS`]; if the coder still
/// refused, the answer would be empty, which no viewer takes for a page.
fn write(width: usize, height: usize, depth: BitDepth, data: &[u8], dimensions: Option<PixelDimensions>) -> Vec<u8> {
    let mut file = Vec::with_capacity(data.len() / 4 + 1024);
    let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height)) else { return file };
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::Fast);
    encoder.set_pixel_dims(dimensions);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(data)?;
        writer.finish()
    });
    if written.is_err() {
        file.clear();
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use justfax::choices::Resolution;

    fn decode(file: &[u8]) -> (png::Info<'static>, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut data).unwrap();
        (reader.info().clone(), data)
    }

    fn striped() -> FaxPage {
        let bits = (0..2292 * BYTES_PER_ROW)
            .map(|at| if at / BYTES_PER_ROW % 20 < 4 { u8::try_from(at % 251).unwrap() } else { 0 });
        FaxPage::new(Resolution::Fine, bits.collect()).unwrap()
    }

    #[test]
    fn the_preview_is_exactly_the_bits() {
        let page = striped();
        let (info, data) = decode(&png(&page));
        assert_eq!((info.width, info.height, info.bit_depth), (1728, 2292, BitDepth::One));
        let back: Vec<u8> = data.iter().map(|byte| !byte).collect();
        assert_eq!(back, page.bits());
    }

    #[test]
    fn a_thumbnail_keeps_the_proportions_of_a_sheet() {
        for page in [FaxPage::blank(Resolution::Fine, 2292), FaxPage::blank(Resolution::Standard, 1146)] {
            let (info, data) = decode(&thumbnail(&page));
            assert_eq!((info.width, info.height), (216, 298));
            assert!(data.iter().all(|grey| *grey == 255));
        }
    }

    #[test]
    fn a_reduced_page_has_the_grey_of_two_by_two_pixels() {
        let mut bits = vec![0; 3 * BYTES_PER_ROW];
        bits[0] = 0b1101_0000;
        bits[BYTES_PER_ROW] = 0b1100_0001;
        bits[2 * BYTES_PER_ROW] = 0b1000_0000;
        let (info, data) = decode(&reduced(&FaxPage::new(Resolution::Fine, bits).unwrap()));
        assert_eq!((info.width, info.height), (864, 2));
        assert_eq!(data[..5], [0, 191, 255, 191, 255]);
        assert_eq!(data[864..866], [127, 255]);
        let (info, _) = decode(&reduced(&FaxPage::blank(Resolution::Standard, 1146)));
        assert_eq!((info.width, info.height), (864, 1146));
    }

    #[test]
    fn a_thumbnail_is_as_dark_as_its_page() {
        let bits = (0..2292 * BYTES_PER_ROW).map(|at| if at % 4 == 1 { 0xff } else { 0x80 }).collect();
        let (_, data) = decode(&thumbnail(&FaxPage::new(Resolution::Fine, bits).unwrap()));
        assert!(data.chunks_exact(4).all(|four| four == [223, 0, 223, 223]), "{:?}", &data[..8]);
    }

    #[test]
    fn a_page_of_one_row_has_pictures() {
        let page = FaxPage::blank(Resolution::Fine, 1);
        assert!(!png(&page).is_empty() && !thumbnail(&page).is_empty() && !reduced(&page).is_empty());
    }
}
