//! The words of the report. One file a language, each with all of them.

mod de;
mod en;
mod fr;

use justfax::{language::Language, redial::Outcome};

/// All words of one language.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) delivered: &'static str,
    pub(crate) not_delivered: &'static str,
    pub(crate) sender: &'static str,
    pub(crate) recipient: &'static str,
    pub(crate) csid: &'static str,
    pub(crate) no_csid: &'static str,
    pub(crate) began: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) duration: &'static str,
    pub(crate) pages: &'static str,
    pub(crate) of: &'static str,
    pub(crate) resolution: &'static str,
    pub(crate) fine: &'static str,
    pub(crate) standard: &'static str,
    pub(crate) speed: &'static str,
    pub(crate) not_told: &'static str,
    pub(crate) result: &'static str,
    pub(crate) job: &'static str,
    pub(crate) price: &'static str,
    pub(crate) vat: &'static str,
    pub(crate) zone: &'static str,
    pub(crate) picture: &'static str,
    pub(crate) no_picture: &'static str,
    pub(crate) attempts: &'static str,
    pub(crate) attempt_columns: [&'static str; 7],
    pub(crate) files: &'static str,
    pub(crate) file_columns: [&'static str; 3],
    pub(crate) sent_file: &'static str,
    pub(crate) hashes: &'static str,
    pub(crate) proves: &'static str,
    pub(crate) proof: &'static str,
    pub(crate) no_proof: &'static str,
    pub(crate) form: &'static str,
    pub(crate) source: &'static str,
    pub(crate) signed: &'static str,
    pub(crate) check: &'static str,
    pub(crate) facts: &'static str,
    pub(crate) page: &'static str,
    pub(crate) made: &'static str,
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::De => &de::WORDS,
            Language::En => &en::WORDS,
            Language::Fr => &fr::WORDS,
        }
    }
}

/// How an attempt ended, in few words.
pub(crate) fn outcome(language: Language, outcome: Outcome) -> &'static str {
    match language {
        Language::De => de::outcome(outcome),
        Language::En => en::outcome(outcome),
        Language::Fr => fr::outcome(outcome),
    }
}
