//! The header line that 47 CFR 68.318(d) and German practice ask for on every page.
//!
//! It goes into a strip of its own above the page instead of over its first rows: nothing of the document is ever
//! covered, and everything below the strip stays bit for bit what the sender was shown.

use crate::page::{BYTES_PER_ROW, COLUMNS, FaxPage, MAX_ROWS};
use crate::typeface::{Face, Pen};
use justfax::choices::Resolution;
use justfax::number::FaxNumber;

/// Rows of the strip at fine resolution (5 mm).
pub const HEADER_ROWS: usize = 40;

/// Columns kept free at both ends, since machines do not print to the edge (6 mm).
const MARGIN: usize = 48;
/// Columns between two parts at least.
const GAP: usize = 30;
/// Size of the letters in points; capitals come out 2.3 mm high.
const POINTS: f32 = 9.0;

/// The parts of the line, ready to print.
#[derive(Clone, PartialEq, Eq)]
pub struct HeaderLine {
    /// Who sends: name or number.
    pub sender: String,
    /// Local date and time of dialling with its zone, e.g. `24.11.2026 09:15 CET`.
    pub time: String,
    /// Number dialled.
    pub recipient: String,
    /// This page, counted from 1.
    pub page: usize,
    /// Pages in all.
    pub pages: usize,
}

impl std::fmt::Debug for HeaderLine {
    /// Says the page number only: the rest is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HeaderLine({}/{})", self.page, self.pages)
    }
}

/// Who sends, as the line begins: the service's name and its number (47 CFR 68.318(d)).
pub fn sender(service: &str, from: &FaxNumber) -> String {
    format!("{service} {}", from.display())
}

/// Rows of the strip at a resolution.
pub const fn header_rows(resolution: Resolution) -> usize {
    match resolution {
        Resolution::Standard => HEADER_ROWS / 2,
        Resolution::Fine => HEADER_ROWS,
    }
}

/// The page with the header strip above it; every row of `page` follows unchanged.
///
/// Letters the face does not have become question marks, and what is too long is cut with an ellipsis: a header is
/// never a reason not to send. A page that would exceed [`MAX_ROWS`] comes back without a strip.
pub fn stamp(page: &FaxPage, line: &HeaderLine) -> FaxPage {
    let strip_rows = header_rows(page.resolution());
    if page.rows() + strip_rows > MAX_ROWS {
        return page.clone();
    }
    let mut bits = vec![0; strip_rows * BYTES_PER_ROW];
    draw(line, page.resolution(), &mut bits);
    bits.extend_from_slice(page.bits());
    FaxPage::new(page.resolution(), bits).unwrap_or_else(|_| page.clone())
}

/// Draws sender left, time and recipient in the middle, page number right.
fn draw(line: &HeaderLine, resolution: Resolution, strip: &mut [u8]) {
    let pen = Pen::new(Face::Regular, POINTS, resolution);
    let baseline = header_rows(resolution) * 7 / 10;
    let number = format!("{}/{}", line.page, line.pages);
    let number_at = (COLUMNS - MARGIN).saturating_sub(pen.width(&number));
    pen.draw(&number, number_at, baseline, strip);

    let to = printable(&pen, &line.recipient);
    let time = printable(&pen, &line.time);
    let room = number_at.saturating_sub(MARGIN + 2 * GAP);
    let middle = cut(&pen, &format!("{time}   \u{2192}  {to}"), room * 2 / 3);
    let middle_width = pen.width(&middle);
    let sender = cut(&pen, &printable(&pen, &line.sender), room - middle_width);
    let sender_end = MARGIN + pen.width(&sender);
    pen.draw(&sender, MARGIN, baseline, strip);
    let centred = (COLUMNS - middle_width) / 2;
    let middle_at = centred.clamp(sender_end + GAP, (number_at - GAP - middle_width).max(sender_end + GAP));
    pen.draw(&middle, middle_at, baseline, strip);
}

/// The text without control characters and with a question mark for each letter the face lacks.
fn printable(pen: &Pen, text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !letter.is_control())
        .map(|letter| if pen.knows(letter) { letter } else { '?' })
        .collect()
}

/// The text, shortened to at most `columns` columns.
fn cut(pen: &Pen, text: &str, columns: usize) -> String {
    let mut text = text.to_owned();
    if pen.width(&text) <= columns {
        return text;
    }
    while !text.is_empty() && pen.width(&text) + pen.width("…") > columns {
        text.pop();
    }
    text.push('…');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sender: &str) -> HeaderLine {
        HeaderLine {
            sender: sender.to_owned(),
            time: "24.11.2026 09:15 CET".to_owned(),
            recipient: "+49 30 23125001".to_owned(),
            page: 2,
            pages: 13,
        }
    }

    fn page() -> FaxPage {
        let bits = (0..300 * BYTES_PER_ROW).map(|at| u8::try_from(at % 253).unwrap()).collect();
        FaxPage::new(Resolution::Fine, bits).unwrap()
    }

    #[test]
    fn the_page_below_the_strip_is_bit_identical() {
        for sender in ["JustFax", "", "Königlich-Preußische Porzellan-Manufaktur ".repeat(9).as_str(), "北京\u{7}\n"]
        {
            let stamped = stamp(&page(), &line(sender));
            assert_eq!(stamped.rows(), 300 + HEADER_ROWS);
            assert_eq!(&stamped.bits()[HEADER_ROWS * BYTES_PER_ROW..], page().bits());
        }
    }

    #[test]
    fn the_strip_is_written_on_but_keeps_its_edges_free() {
        let stamped = stamp(&FaxPage::blank(Resolution::Fine, 10), &line("Ängström & Söhne, München"));
        let strip = &stamped.bits()[..HEADER_ROWS * BYTES_PER_ROW];
        assert!(strip.iter().any(|byte| *byte != 0));
        for row in strip.chunks_exact(BYTES_PER_ROW) {
            assert!(row[..MARGIN / 8 - 1].iter().chain(&row[(COLUMNS - MARGIN) / 8 + 1..]).all(|byte| *byte == 0));
        }
        assert!(strip[..2 * BYTES_PER_ROW].iter().all(|byte| *byte == 0));
    }

    #[test]
    fn standard_resolution_has_half_the_rows() {
        let stamped = stamp(&FaxPage::blank(Resolution::Standard, 10), &line("JustFax"));
        assert_eq!(stamped.rows(), 10 + HEADER_ROWS / 2);
    }
}
