//! The cover page: to whom, from whom, about what, and a message.
//!
//! It is set directly on the fax grid, like the header line, so it is as sharp as a fax can be and costs a few
//! seconds on the line. It has one page and says so when the message does not fit, because a cover that runs over is
//! a letter.

use crate::header::header_rows;
use crate::lines::broken;
use crate::page::{BYTES_PER_ROW, COLUMNS, FaxPage};
use crate::typeface::{Face, Pen};
use justfax::choices::Resolution;
use justfax::cover::{CoverLanguage, CoverText};
use justfax::job::Job;

/// What the cover page says. Empty parts are left out with their labels.
#[derive(Clone, PartialEq, Eq)]
pub struct Cover {
    /// Language of the labels; the rest is printed as given.
    pub language: CoverLanguage,
    /// Recipient's name.
    pub to: String,
    /// Recipient's number, ready to print.
    pub to_number: String,
    /// Sender's name.
    pub from: String,
    /// Sender's number or address, ready to print.
    pub from_number: String,
    /// Date, ready to print.
    pub date: String,
    /// What the fax is about.
    pub subject: String,
    /// The message; line ends are kept.
    pub message: String,
    /// Pages of the fax, the cover page among them.
    pub pages: usize,
}

impl std::fmt::Debug for Cover {
    /// Says the language and the pages only: the rest is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cover({:?}, {} pages)", self.language, self.pages)
    }
}

/// The message, or another part, is longer than the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is {surplus} lines too long for one cover page")]
pub struct TooLong {
    /// Lines that found no place.
    pub surplus: usize,
}

/// Measures in columns and in fine rows.
const LEFT: usize = 170;
const RIGHT: usize = COLUMNS - 170;
const VALUES: usize = 470;
const TOP: usize = 170;
const BOTTOM: usize = 2100;

/// The cover page of a Job as it is now, if it has one whose words are still there.
///
/// It carries neither number nor date: both stand in the header line, which is stamped when they are known, and a number
/// that is corrected later would leave a wrong one here.
///
/// # Errors
/// [`TooLong`]; not for a cover that was accepted.
pub fn of(job: &Job) -> Result<Option<FaxPage>, TooLong> {
    let text = job.cover().and_then(|cover| cover.text.as_ref());
    text.map(|text| page(text, job.page_count() as usize, job.resolution())).transpose()
}

/// The field of a cover page's words that has a letter for which there is no font here, if any: it would be printed as an
/// empty box. Pictographs, and the scripts of East and South Asia and the Near East, are such letters.
pub fn unprintable(text: &CoverText) -> Option<&'static str> {
    let pen = Pen::new(Face::Regular, 10.0, Resolution::Fine);
    let known = |letter: char| letter.is_control() || letter.is_whitespace() || pen.knows(letter);
    let fields = [("to", &text.to), ("from", &text.from), ("subject", &text.subject), ("message", &text.message)];
    fields.into_iter().find(|(_, words)| !words.chars().all(known)).map(|(field, _)| field)
}

/// The cover page that these words make, for a fax of so many pages.
///
/// # Errors
/// [`TooLong`] when the words do not fit one page.
pub fn page(text: &CoverText, pages: usize, resolution: Resolution) -> Result<FaxPage, TooLong> {
    let cover = Cover {
        language: text.language,
        to: text.to.clone(),
        to_number: String::new(),
        from: text.from.clone(),
        from_number: String::new(),
        date: String::new(),
        subject: text.subject.clone(),
        message: text.message.clone(),
        pages,
    };
    typeset(&cover, resolution)
}

/// Sets a cover page.
///
/// # Errors
/// [`TooLong`] when the text does not fit one page.
pub fn typeset(cover: &Cover, resolution: Resolution) -> Result<FaxPage, TooLong> {
    let mut sheet = Sheet::new(resolution);
    sheet.heading(match cover.language {
        CoverLanguage::De => "Telefax",
        CoverLanguage::En => "Fax",
        CoverLanguage::Fr => "Télécopie",
    });
    sheet.rule(6);
    for (label, value) in facts(cover) {
        sheet.fact(label, &value);
    }
    sheet.rule(2);
    if !cover.subject.trim().is_empty() {
        sheet.text(&cover.subject, Face::Bold, 13.0);
        sheet.skip(24);
    }
    sheet.text(&cover.message, Face::Regular, 11.5);
    sheet.finish()
}

/// Labels and values, without those that are empty.
fn facts(cover: &Cover) -> Vec<(&'static str, String)> {
    let [to, from, date, pages] = match cover.language {
        CoverLanguage::De => ["An", "Von", "Datum", "Seiten"],
        CoverLanguage::En => ["To", "From", "Date", "Pages"],
        CoverLanguage::Fr => ["À", "De", "Date", "Pages"],
    };
    let both = |one: &str, other: &str| {
        [one, other].map(str::trim).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let count = match cover.language {
        CoverLanguage::De => format!("{} (mit diesem Deckblatt)", cover.pages),
        CoverLanguage::En => format!("{} (including this cover page)", cover.pages),
        CoverLanguage::Fr => format!("{} (page de garde comprise)", cover.pages),
    };
    let all = [
        (to, both(&cover.to, &cover.to_number)),
        (from, both(&cover.from, &cover.from_number)),
        (date, cover.date.trim().to_owned()),
        (pages, count),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A sheet that is written from the top.
struct Sheet {
    resolution: Resolution,
    bits: Vec<u8>,
    /// Fine row reached.
    at: usize,
    surplus: usize,
}

impl Sheet {
    fn new(resolution: Resolution) -> Self {
        let rows = resolution.a4_rows() - header_rows(resolution);
        Self { resolution, bits: vec![0; rows * BYTES_PER_ROW], at: TOP, surplus: 0 }
    }

    /// Row of the sheet for a fine row.
    fn row(&self, fine: usize) -> usize {
        fine * self.resolution.a4_rows() / Resolution::Fine.a4_rows()
    }

    fn skip(&mut self, rows: usize) {
        self.at += rows;
    }

    fn heading(&mut self, text: &str) {
        Pen::new(Face::Bold, 30.0, self.resolution).draw(text, LEFT, self.row(self.at + 70), &mut self.bits);
        self.skip(110);
    }

    fn rule(&mut self, thickness: usize) {
        for row in self.row(self.at)..self.row(self.at + thickness).max(self.row(self.at) + 1) {
            self.bits[row * BYTES_PER_ROW + LEFT / 8..row * BYTES_PER_ROW + RIGHT / 8].fill(0xff);
        }
        self.skip(thickness + 40);
    }

    /// A label and its value, which may have several lines.
    fn fact(&mut self, label: &str, value: &str) {
        Pen::new(Face::Bold, 10.0, self.resolution).draw(label, LEFT, self.row(self.at + 38), &mut self.bits);
        self.lines(value, Face::Regular, 12.0, VALUES);
        self.skip(18);
    }

    fn text(&mut self, text: &str, face: Face, points: f32) {
        self.lines(text, face, points, LEFT);
    }

    fn lines(&mut self, text: &str, face: Face, points: f32, left: usize) {
        let pen = Pen::new(face, points, self.resolution);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of letters are small")]
        let leading = (points * 1.35 * 196.0 / 72.0) as usize;
        for paragraph in text.trim_end().lines() {
            let printable: String = paragraph.chars().filter(|letter| !letter.is_control()).collect();
            for line in broken(&printable, |line| left + pen.width(line) <= RIGHT) {
                if self.at + leading > BOTTOM {
                    self.surplus += 1;
                    continue;
                }
                pen.draw(line.trim_end(), left, self.row(self.at + leading * 4 / 5), &mut self.bits);
                self.at += leading;
            }
        }
    }

    fn finish(self) -> Result<FaxPage, TooLong> {
        let too_long = TooLong { surplus: self.surplus };
        if self.surplus > 0 {
            return Err(too_long);
        }
        FaxPage::new(self.resolution, self.bits).map_err(|_| too_long)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover(message: &str) -> Cover {
        Cover {
            language: CoverLanguage::De,
            to: "Fernsprech-Gesellschaft Übersee mbH".to_owned(),
            to_number: "+49 30 23125001".to_owned(),
            from: "Łukasz Nováková-Ångström".to_owned(),
            from_number: String::new(),
            date: "24. November 2026".to_owned(),
            subject: "Kündigung meines Vertrags".to_owned(),
            message: message.to_owned(),
            pages: 3,
        }
    }

    #[test]
    fn a_cover_fits_a_sheet_under_the_header_in_both_resolutions() {
        for resolution in [Resolution::Fine, Resolution::Standard] {
            let page = typeset(&cover("Guten Tag,\n\nanbei meine Kündigung."), resolution).unwrap();
            assert_eq!(page.rows(), resolution.a4_rows() - header_rows(resolution));
            assert!(page.black_pixels() > 3000);
        }
    }

    #[test]
    fn a_message_of_a_thousand_lines_is_refused_with_its_surplus() {
        let error = typeset(&cover(&"Zeile\n".repeat(1000)), Resolution::Fine).unwrap_err();
        assert!(error.surplus > 900);
    }

    #[test]
    fn letters_without_a_font_are_found() {
        let [to, from, subject] = ["Łukasz Ångström", "Ελένη, Иван", "„Kündigung“ – 5 €"].map(str::to_owned);
        let plain = CoverText { language: CoverLanguage::En, to, from, subject, message: "One\n\ttwo".to_owned() };
        assert_eq!(unprintable(&plain), None);
        assert_eq!(
            unprintable(&CoverText { message: "Thanks \u{1f600}".to_owned(), ..plain.clone() }),
            Some("message")
        );
        assert_eq!(unprintable(&CoverText { to: "東京支店".to_owned(), ..plain }), Some("to"));
    }

    #[test]
    fn empty_parts_have_no_label() {
        let labels: Vec<_> = facts(&Cover { to: String::new(), to_number: String::new(), ..cover("") })
            .into_iter()
            .map(|(label, _)| label)
            .collect();
        assert_eq!(labels, ["Von", "Datum", "Seiten"]);
    }
}
