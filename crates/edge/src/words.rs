//! The words of problems: what is wrong, and what to do. One file a language.

mod de;
mod en;
mod fr;

use justfax::language::Language;

use crate::problem::Code;

/// Title and detail.
pub(crate) fn of(code: Code, language: Language) -> (&'static str, &'static str) {
    match language {
        Language::De => (de::title(code), de::detail(code)),
        Language::En => (en::title(code), en::detail(code)),
        Language::Fr => (fr::title(code), fr::detail(code)),
    }
}
