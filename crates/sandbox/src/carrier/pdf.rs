//! The pages of a transmission PDF, taken out without loss.
//!
//! A real carrier would draw any document. This one takes only what JustFax sends – each page exactly one T.6 image – because a
//! page that has to be drawn again may differ from the page the sender was shown, and that is a fault of ours to find here.
//! The PDF is opened strictly: no repair of broken cross-references.

use lopdf::content::Content;
use lopdf::xobject::PdfImage;
use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::tiff::CodedPage;
use crate::line::paper;

/// The carrier's documented limit.
pub const MOST_PAGES: usize = 350;
/// T.30 pages of ISO A4 width have 1728 pixels (ITU-T T.4).
const FAX_WIDTH: u32 = 1728;
/// The tallest page taken: twice A4 at fine resolution.
const MOST_ROWS: u32 = 4600;
/// A content stream that draws one image is tiny.
const MOST_CONTENT: usize = 64 * 1024;

/// Why a document cannot be faxed.
#[derive(Debug, thiserror::Error)]
pub enum MediaFault {
    /// Not a PDF, or not one of ours.
    #[error("file_format_invalid: {0}")]
    Format(String),
    /// More than [`MOST_PAGES`].
    #[error("page_count_limit_exceeded")]
    TooManyPages,
}

/// Reads every page.
///
/// # Errors
/// [`MediaFault`] with the reason in words, for the log and the desk.
pub fn pages(bytes: &[u8]) -> Result<Vec<CodedPage>, MediaFault> {
    let options = LoadOptions { strict: true, ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|fault| format_fault(&fault.to_string()))?;
    if document.is_encrypted() {
        return Err(format_fault("the PDF is encrypted"));
    }
    let ids: Vec<_> = document.page_iter().take(MOST_PAGES + 1).collect();
    match ids.len() {
        0 => Err(format_fault("the PDF has no page")),
        count if count > MOST_PAGES => Err(MediaFault::TooManyPages),
        _ => ids.iter().enumerate().map(|(at, id)| page(&document, *id).map_err(|why| on_page(at, &why))).collect(),
    }
}

fn format_fault(why: &str) -> MediaFault {
    MediaFault::Format(why.to_owned())
}

fn on_page(at: usize, why: &str) -> MediaFault {
    MediaFault::Format(format!("page {}: {why}", at + 1))
}

fn page(document: &Document, id: lopdf::ObjectId) -> Result<CodedPage, String> {
    let images = document.get_page_images(id).map_err(|fault| fault.to_string())?;
    let [image] = images.as_slice() else {
        return Err(format!("{} images instead of one", images.len()));
    };
    let points_high = drawn_height(document, id)?;
    let parameters = CcittParameters::of(document, image)?;
    let (width, height) = (parameters.width, parameters.height);
    if width != FAX_WIDTH || height == 0 || height > MOST_ROWS {
        return Err(format!("the image has {width} x {height} pixels"));
    }
    let mut rows = 0;
    paper::decode(image.content, width, height, |_| rows += 1).ok_or("the image is not T.6 data")?;
    if rows != height {
        return Err(format!("the image has {rows} rows instead of {height}"));
    }
    Ok(CodedPage { width, height, lines_per_inch: resolution(height, points_high), data: image.content.to_vec() })
}

/// Height in points at which the page's only image is drawn; an error if anything else is drawn.
fn drawn_height(document: &Document, id: lopdf::ObjectId) -> Result<f32, String> {
    let stream = document.get_page_content_with_limit(id, MOST_CONTENT).map_err(|fault| fault.to_string())?;
    let content = Content::decode(&stream).map_err(|fault| fault.to_string())?;
    let mut height = None;
    let mut drawn = 0;
    for operation in &content.operations {
        match operation.operator.as_str() {
            "q" | "Q" => {}
            "cm" => height = operation.operands.get(3).and_then(|number| number.as_float().ok()),
            "Do" => drawn += 1,
            other => return Err(format!("draws more than an image ({other})")),
        }
    }
    match (drawn, height) {
        (1, Some(points)) if points > 0.0 => Ok(points),
        _ => Err("does not draw its image once".to_owned()),
    }
}

/// 98 or 196 lines an inch, whichever is nearer to the drawn size (72 points an inch).
fn resolution(rows: u32, points: f32) -> u32 {
    let standard_points = rows * 72 / 98;
    let fine_points = rows * 72 / 196;
    let far = |expected: u32| (f64::from(points) - f64::from(expected)).abs();
    if far(standard_points) < far(fine_points) { 98 } else { 196 }
}

/// What the PDF says about its T.6 data (ISO 32000-1, table 11).
struct CcittParameters {
    width: u32,
    height: u32,
}

impl CcittParameters {
    fn of(document: &Document, image: &PdfImage<'_>) -> Result<Self, String> {
        if image.filters.as_deref() != Some(&["CCITTFaxDecode".to_owned()]) {
            return Err("the image is not CCITTFaxDecode alone".to_owned());
        }
        let parameters = parameters(document, image.origin_dict).ok_or("no DecodeParms")?;
        let number = |name: &[u8], default: i64| parameters.get(name).map_or(Ok(default), Object::as_i64);
        let flag = |name: &[u8]| parameters.get(name).map_or(Ok(false), Object::as_bool);
        let is_t6 = number(b"K", 0).is_ok_and(|k| k < 0);
        if !is_t6 || flag(b"EncodedByteAlign").unwrap_or(true) {
            return Err("the image is not T.6 (K = -1)".to_owned());
        }
        if !black_is_black(image, flag(b"BlackIs1").map_err(|fault| fault.to_string())?) {
            return Err("the image is drawn inverted".to_owned());
        }
        let columns = number(b"Columns", 1728).map_err(|fault| fault.to_string())?;
        if columns != image.width {
            return Err("Columns and Width differ".to_owned());
        }
        let pixels = |value: i64| u32::try_from(value).map_err(|_| "a negative size".to_owned());
        Ok(Self { width: pixels(columns)?, height: pixels(image.height)? })
    }
}

/// `DecodeParms`, direct, by reference, or as the only member of an array.
fn parameters<'a>(document: &'a Document, image: &'a Dictionary) -> Option<&'a Dictionary> {
    let (_, object) = document.dereference(image.get(b"DecodeParms").ok()?).ok()?;
    let object = match object {
        Object::Array(list) => document.dereference(list.first()?).ok()?.1,
        other => other,
    };
    object.as_dict().ok()
}

/// Whether coded black comes out black: a grey image without `BlackIs1`, or the two inversions that cancel out.
fn black_is_black(image: &PdfImage<'_>, black_is_one: bool) -> bool {
    let mask = image.origin_dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false);
    let grey = mask || image.color_space.as_deref() == Some("DeviceGray");
    let first = image.origin_dict.get(b"Decode").and_then(Object::as_array).ok().and_then(|list| list.first());
    let inverted = first.is_some_and(|number| number.as_float().is_ok_and(|value| value > 0.5));
    grey && black_is_one == inverted
}
