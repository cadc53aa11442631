//! The cover page that a sender may write: personal data of the Job, deleted with its pages.
//!
//! Only its words are stored. The page is set from them whenever it is shown or sent, because the number of pages printed
//! on it changes with every page that is left out or taken back.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Characters of recipient, sender and subject.
pub const MOST_LINE: usize = 200;
/// Characters of the message; what does not fit the page is refused when it is set.
pub const MOST_MESSAGE: usize = 4000;

/// Language of the labels; the rest is printed as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CoverLanguage {
    /// Deutsch.
    De,
    /// English.
    En,
    /// Français.
    Fr,
}

/// What the sender wrote. Empty parts are left out of the page with their labels.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverText {
    /// Language of the labels.
    pub language: CoverLanguage,
    /// Recipient's name.
    pub to: String,
    /// Sender's name.
    pub from: String,
    /// What the fax is about.
    pub subject: String,
    /// The message; line ends are kept.
    pub message: String,
}

impl fmt::Debug for CoverText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CoverText({:?}, …)", self.language)
    }
}

impl CoverText {
    /// Whether no part is longer than it may be.
    pub fn is_bounded(&self) -> bool {
        let lines = [&self.to, &self.from, &self.subject];
        lines.iter().all(|line| line.chars().count() <= MOST_LINE) && self.message.chars().count() <= MOST_MESSAGE
    }
}

/// The cover page of a Job.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cover {
    /// What it says; none once the pages are deleted.
    pub text: Option<CoverText>,
    /// Bytes in ITU-T T.6 when it was written, from which the time on the line is predicted.
    pub encoded_bytes: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cover_is_bounded_in_letters_and_keeps_its_words_to_itself() {
        let text = |to: &str, message: &str| CoverText {
            language: CoverLanguage::De,
            to: to.to_owned(),
            from: String::new(),
            subject: "Kündigung".to_owned(),
            message: message.to_owned(),
        };
        assert!(text(&"ß".repeat(MOST_LINE), &"ß".repeat(MOST_MESSAGE)).is_bounded());
        assert!(
            !text(&"x".repeat(MOST_LINE + 1), "").is_bounded() && !text("", &"x".repeat(MOST_MESSAGE + 1)).is_bounded()
        );
        assert_eq!(format!("{:?}", text("Amt", "geheim")), "CoverText(De, …)");
    }
}
