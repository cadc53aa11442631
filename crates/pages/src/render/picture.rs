//! Pictures: photographs, scans and screenshots.
//!
//! A picture's stated resolution is not believed unless it makes a sensible page, because cameras and browsers write
//! 72 dpi into everything; otherwise the picture fills the sheet's width.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use super::canvas::Canvas;
use super::fit::{as_f64, place};
use super::grey::{lightness, over_white};
use super::notes::Notes;
use super::scale::Picture;
use super::trim::rows_under_header;
use super::{Each, Finished, Kind, reading, tiff_image};
use crate::limits::Limits;
use crate::options::Options;
use crate::page::COLUMNS;
use justfax::choices::Turn;
use justfax::document::Refusal;

/// Margin left around a picture that is fitted to the sheet, in inches.
const MARGIN: f64 = 0.2;
/// Inches of an A4 sheet under the header strip.
const SHEET: (f64, f64) = (1728.0 / 204.0, 2252.0 / 196.0);

/// The single page of a picture file.
pub(super) fn page(bytes: &[u8], kind: Kind, limits: &Limits, options: &Options) -> Result<Finished, Refusal> {
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::WebP => ImageFormat::WebP,
        Kind::Pdf | Kind::Tiff | Kind::Text => return Err(Refusal::NotADocument),
    };
    let mut decoder =
        ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height, limits)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
    image.apply_orientation(orientation);
    finish(grey(image)?, options.turns.get(&1).copied(), options)
}

/// The pages of a TIFF that are wanted.
pub(super) fn tiff_pages(bytes: &[u8], limits: &Limits, options: &Options, each: &mut Each<'_>) -> Result<(), Refusal> {
    let count = count_tiff_pages(bytes, limits)?;
    let open = || tiff::decoder::Decoder::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged);
    let read = |number: usize| {
        let mut decoder = open()?;
        decoder.seek_to_image(number).map_err(|_| Refusal::Damaged)?;
        let picture = tiff_image::read(&mut decoder, limits)?;
        finish(picture, options.turns.get(&(number + 1)).copied(), options)
    };
    options.wanted(count).into_iter().try_for_each(|number| each(read(number)?))
}

fn count_tiff_pages(bytes: &[u8], limits: &Limits) -> Result<usize, Refusal> {
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let mut pages = 1;
    while decoder.more_images() {
        if pages == limits.pages {
            return Err(Refusal::TooManyPages);
        }
        decoder.next_image().map_err(|_| Refusal::Damaged)?;
        pages += 1;
    }
    Ok(pages)
}

/// Refuses pictures of more pixels than allowed, before anything is decoded.
pub(super) fn check_size(width: u32, height: u32, limits: &Limits) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Empty);
    }
    if u64::from(width) * u64::from(height) > limits.image_pixels {
        return Err(Refusal::TooComplex);
    }
    Ok(())
}

/// Grey on white: what is transparent shows paper.
fn grey(image: DynamicImage) -> Result<Picture, Refusal> {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let data = match image {
        DynamicImage::ImageLuma8(grey) => grey.into_raw(),
        DynamicImage::ImageRgb8(colour) => {
            colour.as_raw().as_chunks::<3>().0.iter().map(|[red, green, blue]| lightness(*red, *green, *blue)).collect()
        }
        image if image.color().has_alpha() => {
            let with_alpha = image.into_luma_alpha8();
            with_alpha.pixels().map(|pixel| over_white(pixel.0[0], pixel.0[1])).collect()
        }
        image => image.into_luma8().into_raw(),
    };
    Picture::new(width, height, data).ok_or(Refusal::Damaged)
}

/// Puts a picture on a sheet and makes it black and white as its content asks.
pub(super) fn finish(picture: Picture, turn: Option<Turn>, options: &Options) -> Result<Finished, Refusal> {
    let resolution = options.resolution;
    let (width, height) = size_in_inches(&picture);
    let placement = place(width, height, resolution, turn, true);
    let picture = picture.turned(placement.turn);
    let (width, height) = if placement.turn.is_sideways() { (height, width) } else { (width, height) };
    let columns = pixels(width * placement.columns_per_inch).min(COLUMNS);
    let rows = pixels(height * placement.rows_per_inch).min(rows_under_header(resolution));
    let picture = picture.scaled(columns, rows);
    let mut canvas = Canvas::new(resolution, placement.rows.max(rows));
    let left = i32::try_from(pixels(placement.left).min(COLUMNS - columns)).unwrap_or(0);
    let marks = reading::marks(&picture, options.photo);
    for (y, row) in (0..).zip(marks.chunks_exact(columns)) {
        canvas.copy(y, left, row);
    }
    let darkest = picture.grey.iter().min().copied().unwrap_or(0);
    let pale_picture = (190..250).contains(&darkest);
    let notes = Notes { pale_picture, turn: placement.turn, ..Notes::default() };
    Ok((canvas.develop()?, notes))
}

/// A picture has no size of its own: it fills the sheet up to a margin, but no pixel becomes larger than 1/100 inch.
fn size_in_inches(picture: &Picture) -> (f64, f64) {
    let (width, height) = (as_f64(picture.width), as_f64(picture.height));
    let (across, down) = if width > height { (SHEET.1, SHEET.0) } else { SHEET };
    let per_pixel = ((across - 2.0 * MARGIN) / width).min((down - 2.0 * MARGIN) / height).min(0.01);
    (width * per_pixel, height * per_pixel)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
fn pixels(length: f64) -> usize {
    (length.round() as usize).max(1)
}
