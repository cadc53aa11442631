//! Plain text, set on A4.
//!
//! Text that aligns columns with spaces or tabs is set with every letter in a cell of one width; prose is set
//! proportionally, which is easier to read and shorter on the line.

use super::notes::Notes;
use super::scale::Picture;
use super::trim::rows_under_header;
use super::{Each, Finished, picture};
use crate::limits::Limits;
use crate::lines::broken;
use crate::options::Options;
use crate::page::{BYTES_PER_ROW, COLUMNS, FaxPage};
use crate::typeface::{Face, Pen};
use justfax::choices::{Resolution, Turn};
use justfax::document::Refusal;

/// Margins in columns and fine rows (20 mm and 18 mm).
const MARGIN: (usize, usize) = (160, 140);
/// Columns of text.
const MEASURE: usize = COLUMNS - 2 * MARGIN.0;
/// Size of letters in points, and fine rows from line to line.
const POINTS: f32 = 11.0;
const LINE: usize = 42;
/// Size of letters in cells, and columns of a cell: 80 cells to a line.
const CELL_POINTS: f32 = 9.0;
const CELL: usize = MEASURE / 80;

/// Sets a text and keeps the wanted pages.
pub(super) fn pages(bytes: &[u8], limits: &Limits, options: &Options, each: &mut Each<'_>) -> Result<(), Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::NotADocument)?;
    let text = text.trim_start_matches('\u{feff}').trim_end();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    let style = Style::of(text, options.resolution);
    let pages = broken_into_pages(text, &style, limits)?;
    options.wanted(pages.len()).into_iter().try_for_each(|number| {
        each(match options.turns.get(&(number + 1)) {
            None | Some(Turn::Upright) => style.page(&pages[number])?,
            Some(turn) => turned(&pages[number], text, *turn, options)?,
        })
    })
}

/// A page turned as the sender says: set upright and fine, then put on the sheet like a picture.
fn turned(lines: &[String], text: &str, turn: Turn, options: &Options) -> Result<Finished, Refusal> {
    let (page, set) = Style::of(text, Resolution::Fine).page(lines)?;
    let grey = page.bits().iter().flat_map(|byte| (0..8).map(move |bit| if byte << bit & 0x80 == 0 { 255 } else { 0 }));
    let picture = Picture::new(COLUMNS, page.rows(), grey.collect()).ok_or(Refusal::Damaged)?;
    let (page, notes) = picture::finish(picture, Some(turn), options)?;
    Ok((page, Notes { missing_font: set.missing_font, ..notes }))
}

/// The lines of each page.
fn broken_into_pages(text: &str, style: &Style, limits: &Limits) -> Result<Vec<Vec<String>>, Refusal> {
    let most_lines = (rows_under_header(Resolution::Fine) - 2 * MARGIN.1) / LINE;
    let mut pages: Vec<Vec<String>> = Vec::new();
    for part in text.split('\u{c}') {
        pages.push(Vec::new());
        for line in part.lines().flat_map(|line| style.broken(line)) {
            if pages.last().is_none_or(|page| page.len() == most_lines) {
                pages.push(Vec::new());
            }
            if pages.len() > limits.pages {
                return Err(Refusal::TooManyPages);
            }
            if let Some(page) = pages.last_mut() {
                page.push(line);
            }
        }
    }
    Ok(pages)
}

/// How a text is set.
struct Style {
    pen: Pen,
    resolution: Resolution,
    in_cells: bool,
}

impl Style {
    /// Lines with gaps of three spaces, or a tab, after their first letter are columns.
    fn of(text: &str, resolution: Resolution) -> Self {
        let aligned = |line: &&str| line.trim().contains("   ") || line.trim().contains('\t');
        let in_cells =
            text.lines().filter(aligned).count() * 8 > text.lines().filter(|line| !line.trim().is_empty()).count();
        let points = if in_cells { CELL_POINTS } else { POINTS };
        Self { pen: Pen::new(Face::Regular, points, resolution), resolution, in_cells }
    }

    fn width(&self, text: &str) -> usize {
        if self.in_cells { text.chars().count() * CELL } else { self.pen.width(text) }
    }

    /// A line broken to fit the measure.
    fn broken(&self, line: &str) -> Vec<String> {
        broken(&expand_tabs(line), |line| self.width(line) <= MEASURE)
    }

    fn page(&self, lines: &[String]) -> Result<Finished, Refusal> {
        let mut bits = vec![0; rows_under_header(self.resolution) * BYTES_PER_ROW];
        for (number, line) in lines.iter().enumerate() {
            let top = (MARGIN.1 + number * LINE) * self.resolution.a4_rows() / Resolution::Fine.a4_rows();
            self.draw(line, top + self.pen.ascent(), &mut bits);
        }
        let unknown = lines.iter().flat_map(|line| line.chars()).any(|letter| !self.pen.knows(letter));
        let page = FaxPage::new(self.resolution, bits).map_err(|_| Refusal::Damaged)?;
        Ok((page, Notes { missing_font: unknown, ..Notes::default() }))
    }

    fn draw(&self, line: &str, baseline: usize, bits: &mut [u8]) {
        if !self.in_cells {
            self.pen.draw(line, MARGIN.0, baseline, bits);
            return;
        }
        let mut text = [0; 4];
        for (at, letter) in line.chars().enumerate() {
            let letter = &*letter.encode_utf8(&mut text);
            let inset = CELL.saturating_sub(self.pen.width(letter)) / 2;
            self.pen.draw(letter, MARGIN.0 + at * CELL + inset, baseline, bits);
        }
    }
}

/// Tabs as spaces up to the next multiple of eight, other control characters as nothing.
fn expand_tabs(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for letter in line.chars() {
        if letter == '\t' {
            let spaces = 8 - column % 8;
            out.extend(std::iter::repeat_n(' ', spaces));
            column += spaces;
        } else if !letter.is_control() {
            out.push(letter);
            column += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, limits: &Limits, options: &Options) -> Result<Vec<Finished>, Refusal> {
        let mut set = Vec::new();
        pages(text.as_bytes(), limits, options, &mut |page| {
            set.push(page);
            Ok(())
        })?;
        Ok(set)
    }

    #[test]
    fn prose_is_broken_between_words_and_nothing_is_lost() {
        let text = "Wir bestätigen den Eingang Ihres Schreibens vom 3. November. ".repeat(20);
        let style = Style::of(&text, Resolution::Fine);
        let lines = style.broken(&text);
        assert!(lines.len() > 5 && lines.iter().all(|line| style.width(line.trim_end()) <= MEASURE));
        assert_eq!(lines.concat(), text);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        let lines = Style::of("x", Resolution::Fine).broken(&"W".repeat(300));
        assert_eq!(lines.concat(), "W".repeat(300));
    }

    #[test]
    fn columns_keep_their_alignment() {
        assert!(Style::of("Artikel        Preis\nTee               4\n", Resolution::Fine).in_cells);
        assert!(!Style::of("Ein Brief.\nMit zwei Zeilen.", Resolution::Fine).in_cells);
        assert_eq!(expand_tabs("a\tb"), "a       b");
    }

    #[test]
    fn a_form_feed_begins_a_page_and_pages_are_counted() {
        let limits = Limits { pages: 3, ..Limits::default() };
        assert_eq!(set("one\x0ctwo", &limits, &Options::default()).unwrap().len(), 2);
        let long = "line\n".repeat(500);
        assert!(matches!(set(&long, &limits, &Options::default()), Err(Refusal::TooManyPages)));
        assert_eq!(set(" \n\n", &limits, &Options::default()).unwrap_err(), Refusal::Empty);
    }

    #[test]
    fn a_turned_page_of_text_lies_as_the_sender_says() {
        let of = |turn| {
            let options = Options { turns: [(1, turn)].into(), ..Options::default() };
            let (page, notes) = set("one line", &Limits::default(), &options).unwrap().remove(0);
            let rows: Vec<usize> =
                (0..page.rows()).filter(|row| page.row(*row).iter().any(|byte| *byte != 0)).collect();
            (notes.turn, rows[0], rows.len())
        };
        let (upright, half, side) = (of(Turn::Upright), of(Turn::Half), of(Turn::Clockwise));
        assert_eq!((upright.0, half.0, side.0), (Turn::Upright, Turn::Half, Turn::Clockwise));
        assert!(upright.1 < 300 && half.1 > 1800, "{upright:?} {half:?}");
        assert!(side.2 > 2 * upright.2, "a line on its side is higher than wide: {side:?} {upright:?}");
    }
}
