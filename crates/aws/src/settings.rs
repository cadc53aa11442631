//! Settings from the environment, read once at start; everything missing or malformed is told in one error.

use std::{cell::RefCell, collections::HashMap, fmt};

/// Reads settings and gathers what is wrong with them.
#[derive(Debug)]
pub struct Settings {
    values: HashMap<String, String>,
    wrong: RefCell<Vec<String>>,
}

/// What is wrong with the settings, all at once.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("settings: {}", .0.join("; "))]
pub struct SettingsWrong(Vec<String>);

impl Settings {
    /// Takes the environment of the process.
    pub fn from_environment() -> Self {
        Self::from_pairs(std::env::vars())
    }

    /// Takes settings from anywhere else.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { values: pairs.into_iter().collect(), wrong: RefCell::default() }
    }

    /// A setting that must be there.
    pub fn text(&self, name: &str) -> String {
        let found = self.values.get(name).filter(|value| !value.is_empty());
        found.cloned().unwrap_or_else(|| {
            self.wrong.borrow_mut().push(format!("{name} is missing"));
            String::new()
        })
    }

    /// A setting that may be absent.
    pub fn optional(&self, name: &str) -> Option<String> {
        self.values.get(name).filter(|value| !value.is_empty()).cloned()
    }

    /// A setting that must be there and read by `parse`; a stand-in is returned where it cannot be.
    pub fn parsed<T: Default, E: fmt::Display>(&self, name: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> T {
        let text = self.text(name);
        if text.is_empty() {
            return T::default();
        }
        parse(&text).unwrap_or_else(|error| {
            self.wrong.borrow_mut().push(format!("{name}: {error}"));
            T::default()
        })
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`SettingsWrong`] with everything that was missing or malformed.
    pub fn finish(self) -> Result<(), SettingsWrong> {
        let wrong = self.wrong.into_inner();
        if wrong.is_empty() { Ok(()) } else { Err(SettingsWrong(wrong)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once() {
        let settings = Settings::from_pairs([("A".to_owned(), "1".to_owned()), ("B".to_owned(), "x".to_owned())]);
        assert_eq!(settings.text("A"), "1");
        assert_eq!(settings.parsed("B", str::parse::<u32>), 0);
        settings.text("C");
        let told = settings.finish().unwrap_err().to_string();
        assert_eq!(told, "settings: B: invalid digit found in string; C is missing");
    }
}
