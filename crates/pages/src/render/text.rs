//! Plain text, set on A4.
//!
//! Text that aligns columns with spaces or tabs is set with every letter in a cell of one width; prose is set
//! proportionally, which is easier to read and shorter on the line.

use super::Finished;
use super::sheet::rows_under_header;
use crate::limits::Limits;
use crate::page::{BYTES_PER_ROW, COLUMNS, FaxPage, Resolution};
use crate::typeface::{Face, Pen};
use crate::verdict::{Refusal, Warning};

/// Margins in columns and rows (20 mm and 18 mm).
const MARGIN: (usize, usize) = (160, 140);
/// Columns of text.
const MEASURE: usize = COLUMNS - 2 * MARGIN.0;
/// Size of letters in points, and rows from line to line.
const POINTS: f32 = 11.0;
const LINE: usize = 42;
/// Size of letters in cells, and columns of a cell: 80 cells to a line.
const CELL_POINTS: f32 = 9.0;
const CELL: usize = MEASURE / 80;

/// Sets a text.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Finished>, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::NotADocument)?;
    let text = text.trim_start_matches('\u{feff}').trim_end();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    let style = Style::of(text);
    let mut pages = vec![Page::default()];
    for (sheet, part) in text.split('\u{c}').enumerate() {
        if sheet > 0 {
            pages.push(Page::default());
        }
        for line in part.lines().flat_map(|line| style.broken(line)) {
            if pages.last().is_none_or(Page::is_full) {
                pages.push(Page::default());
            }
            if pages.len() > limits.pages {
                return Err(Refusal::TooManyPages { pages: pages.len(), limit: limits.pages });
            }
            if let Some(page) = pages.last_mut() {
                page.add(line);
            }
        }
    }
    pages.iter().map(|page| page.draw(&style)).collect()
}

/// The lines of one page.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
}

impl Page {
    fn is_full(&self) -> bool {
        (self.lines.len() + 1) * LINE + 2 * MARGIN.1 > rows_under_header(Resolution::Fine)
    }

    fn add(&mut self, line: String) {
        self.lines.push(line);
    }

    fn draw(&self, style: &Style) -> Result<Finished, Refusal> {
        let rows = rows_under_header(Resolution::Fine);
        let mut bits = vec![0; rows * BYTES_PER_ROW];
        for (number, line) in self.lines.iter().enumerate() {
            style.draw(line, MARGIN.1 + number * LINE + style.pen.ascent(), &mut bits);
        }
        let unknown = self.lines.iter().flat_map(|line| line.chars()).any(|letter| !style.pen.knows(letter));
        let warnings = if unknown { vec![Warning::MissingFont] } else { Vec::new() };
        let page = FaxPage::new(Resolution::Fine, bits).map_err(|_| Refusal::Damaged)?;
        Ok((page, warnings))
    }
}

/// How a text is set.
struct Style {
    pen: Pen,
    in_cells: bool,
}

impl Style {
    /// Lines with gaps of three spaces, or a tab, after their first letter are columns.
    fn of(text: &str) -> Self {
        let aligned = |line: &&str| line.trim().contains("   ") || line.trim().contains('\t');
        let in_cells = text.lines().filter(aligned).count() * 8 > text.lines().filter(|line| !line.trim().is_empty()).count();
        let points = if in_cells { CELL_POINTS } else { POINTS };
        Self { pen: Pen::new(Face::Regular, points, Resolution::Fine), in_cells }
    }

    fn width(&self, text: &str) -> usize {
        if self.in_cells { text.chars().count() * CELL } else { self.pen.width(text) }
    }

    /// A line broken between words, or within words that are too long, to fit the measure.
    fn broken(&self, line: &str) -> Vec<String> {
        let line = expand_tabs(line);
        if self.width(&line) <= MEASURE {
            return vec![line];
        }
        let mut lines = vec![String::new()];
        for word in line.split_inclusive(' ') {
            let fits = |line: &String, more: &str| self.width(&format!("{line}{}", more.trim_end())) <= MEASURE;
            let last = lines.len() - 1;
            if fits(&lines[last], word) {
                lines[last].push_str(word);
                continue;
            }
            lines.push(String::new());
            for letter in word.chars() {
                let last = lines.len() - 1;
                if fits(&lines[last], letter.encode_utf8(&mut [0; 4])) {
                    lines[last].push(letter);
                } else {
                    lines.push(letter.to_string());
                }
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
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

    #[test]
    fn prose_is_broken_between_words_and_nothing_is_lost() {
        let text = "Wir bestätigen den Eingang Ihres Schreibens vom 3. November. ".repeat(20);
        let style = Style::of(&text);
        let lines = style.broken(&text);
        assert!(lines.len() > 5 && lines.iter().all(|line| style.width(line.trim_end()) <= MEASURE));
        assert_eq!(lines.concat(), text);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        let lines = Style::of("x").broken(&"W".repeat(300));
        assert_eq!(lines.concat(), "W".repeat(300));
    }

    #[test]
    fn columns_keep_their_alignment() {
        assert!(Style::of("Artikel        Preis\nTee               4\n").in_cells);
        assert!(!Style::of("Ein Brief.\nMit zwei Zeilen.").in_cells);
        assert_eq!(expand_tabs("a\tb"), "a       b");
    }

    #[test]
    fn a_form_feed_begins_a_page_and_pages_are_counted() {
        let limits = Limits { pages: 3, ..Limits::default() };
        assert_eq!(pages(b"one\x0ctwo", &limits).unwrap().len(), 2);
        let long = "line\n".repeat(500);
        assert!(matches!(pages(long.as_bytes(), &limits), Err(Refusal::TooManyPages { limit: 3, .. })));
        assert_eq!(pages(b" \n\n", &limits).unwrap_err(), Refusal::Empty);
    }
}
