//! What is noticed while a page is drawn, and the warnings made of it.

use crate::page::{COLUMNS, FaxPage};
use justfax::choices::{Resolution, Turn};
use justfax::document::Warning;

/// Letters smaller than this are hard to read after a fax machine, in points.
pub(super) const TINY_POINTS: f64 = 5.0;

/// Counts over a page.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing noticed, and they are independent")]
pub(crate) struct Notes {
    /// Letters drawn.
    pub(super) letters: usize,
    /// Letters under [`TINY_POINTS`].
    pub(super) tiny: usize,
    /// Letters that do not stand upright on the sheet.
    pub(super) sideways: usize,
    /// Letters so light that they were meant to be barely seen.
    pub(super) pale: usize,
    /// A picture whose darkest parts are light.
    pub(super) pale_picture: bool,
    /// How the page lies on the sheet.
    pub(super) turn: Turn,
    /// It had to be turned to fit, and the sender did not say so.
    pub(super) turned: bool,
    /// A font was neither embedded nor known.
    pub(super) missing_font: bool,
    /// A form field's answer could not be drawn.
    pub(super) unfilled_form: bool,
}

/// Black pixels that are still dirt: 2 mm².
const SPECKS: u64 = 128;
/// Share of black, in percent, from which a page is dark.
const DARK_PERCENT: u64 = 35;

impl Notes {
    /// The warnings for a page, without repetition.
    pub(super) fn warnings(&self, page: &FaxPage) -> Vec<Warning> {
        let black = page.black_pixels();
        let all = (page.rows() * COLUMNS) as u64;
        let specks = if page.resolution() == Resolution::Fine { SPECKS } else { SPECKS / 2 };
        // A tenth of the letters: a single superscript is no tiny print, a paragraph of it is.
        let many = |some: usize| some * 10 > self.letters;
        let found = [
            (black <= specks, Warning::Blank),
            (black * 100 > all * DARK_PERCENT, Warning::VeryDark),
            (self.pale_picture || self.pale * 2 > self.letters, Warning::VeryPale),
            (many(self.tiny), Warning::TinyPrint),
            (self.turned || self.sideways * 2 > self.letters, Warning::Sideways),
            (self.missing_font, Warning::MissingFont),
            (self.unfilled_form, Warning::UnfilledForm),
        ];
        found.into_iter().filter_map(|(is_so, warning)| is_so.then_some(warning)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_page_is_blank_and_a_black_one_dark() {
        let blank = FaxPage::blank(Resolution::Fine, 100);
        assert_eq!(Notes::default().warnings(&blank), [Warning::Blank]);
        let dark = FaxPage::new(Resolution::Fine, vec![0xee; 100 * 216]).unwrap();
        assert_eq!(Notes::default().warnings(&dark), [Warning::VeryDark]);
    }

    #[test]
    fn letters_are_judged_by_their_share() {
        let page = FaxPage::new(Resolution::Fine, vec![0x10; 100 * 216]).unwrap();
        let few = Notes { letters: 100, tiny: 5, sideways: 40, pale: 50, ..Notes::default() };
        assert_eq!(few.warnings(&page), []);
        let many = Notes { letters: 100, tiny: 11, sideways: 51, pale: 51, ..Notes::default() };
        assert_eq!(many.warnings(&page), [Warning::VeryPale, Warning::TinyPrint, Warning::Sideways]);
    }
}
