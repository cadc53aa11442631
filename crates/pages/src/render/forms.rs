//! Answers in form fields that the document gives no picture of.
//!
//! Readers are expected to draw such answers themselves (ISO 32000-1, 12.7.3.3), and some programs rely on it. A fax
//! without them would look complete to the sender and empty to the recipient, so text is drawn here, plainly, and for
//! what is not text the sender is warned.

use hayro::hayro_interpret::RectExt;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, Rect};

use super::Finished;
use super::fit::as_f64;
use super::notes::Notes;
use crate::page::FaxPage;
use crate::typeface::{Face, Pen};
use justfax::document::Refusal;

/// Flags of annotations that are not shown (table 165: hidden, no view).
const NOT_SHOWN: u32 = 1 << 1 | 1 << 5;
/// Largest size of an answer in points, where the field does not say one.
const LARGEST: f64 = 12.0;
/// Levels of fields above a widget that are searched for its answer.
const MOST_PARENTS: usize = 8;

/// Draws the missing answers into a finished page that has not been trimmed yet.
pub(super) fn complete(
    page: &Page<'_>,
    transform: Affine,
    drawn: FaxPage,
    notes: &mut Notes,
) -> Result<Finished, Refusal> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return Ok((drawn, *notes)) };
    let mut bits = None;
    for widget in annotations.iter::<Dict<'_>>() {
        let shown = widget.get::<u32>(b"F").unwrap_or(0) & NOT_SHOWN == 0;
        if !shown || widget.get::<Dict<'_>>(b"AP").is_some() {
            continue;
        }
        match (answer(&widget), widget.get::<hayro::hayro_syntax::object::Rect>(b"Rect")) {
            (Some(Answer::Text(text)), Some(rect)) => {
                let field = transform.transform_rect_bbox(rect.to_kurbo());
                let bits = bits.get_or_insert_with(|| drawn.bits().to_vec());
                write(&text, field, drawn.resolution(), bits);
            }
            (Some(_), _) => notes.unfilled_form = true,
            (None, _) => {}
        }
    }
    let page = match bits {
        Some(bits) => FaxPage::new(drawn.resolution(), bits).map_err(|_| Refusal::Damaged)?,
        None => drawn,
    };
    Ok((page, *notes))
}

enum Answer {
    Text(String),
    Choice,
}

/// The answer of a field, which may stand in a field above the widget.
fn answer(widget: &Dict<'_>) -> Option<Answer> {
    let mut field = widget.clone();
    for _ in 0..MOST_PARENTS {
        match field.get::<Object<'_>>(b"V") {
            Some(Object::String(text)) => {
                let text = decode(&text);
                return (!text.trim().is_empty()).then_some(Answer::Text(text));
            }
            Some(Object::Name(name)) => return (name_of(&name) != b"Off").then_some(Answer::Choice),
            _ => field = field.get::<Dict<'_>>(b"Parent")?,
        }
    }
    None
}

fn name_of<'n>(name: &'n Name<'_>) -> &'n [u8] {
    name
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 by its mark, UTF-8 by its, else close to Latin-1.
fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Writes an answer into its field, given in pixels: one line in the middle, several from the top.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
fn write(text: &str, field: Rect, resolution: justfax::choices::Resolution, bits: &mut [u8]) {
    let rows_per_point = f64::from(resolution.rows_per_inch()) / 72.0;
    let lines: Vec<&str> = text.split(['\r', '\n']).collect();
    let per_line = field.height() / rows_per_point / as_f64(lines.len().max(1));
    let points = (per_line * 0.75).min(LARGEST);
    if points.is_nan() || points <= 1.0 {
        return;
    }
    let pen = Pen::new(Face::Regular, points as f32, resolution);
    let leading = (points * 1.25 * rows_per_point) as usize;
    let height = leading * lines.len();
    let top = (field.y0 + (field.height() - as_f64(height)).max(0.0) / 2.0).max(0.0) as usize;
    let left = (field.x0.max(0.0) as usize).saturating_add(8);
    for (number, line) in lines.iter().enumerate() {
        let printable: String = line.chars().filter(|letter| !letter.is_control()).collect();
        pen.draw(&printable, left, top + number * leading + leading * 4 / 5, bits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_read_in_their_three_codings() {
        assert_eq!(decode(b"\xfe\xff\x00G\x00r\x00\xfc"), "Grü");
        assert_eq!(decode(b"\xef\xbb\xbfGr\xc3\xbc"), "Grü");
        assert_eq!(decode(b"Gr\xfc"), "Grü");
    }
}
