//! What the sender chose for a document.

use std::collections::BTreeMap;

use justfax::choices::{Resolution, Turn};
use serde::{Deserialize, Serialize};

/// Choices for a document. The default is what most documents want.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Options {
    /// Vertical resolution of the pages.
    #[serde(default)]
    pub resolution: Resolution,
    /// Every picture is a photograph: shown in dots, never cut to black and white.
    #[serde(default)]
    pub photo: bool,
    /// Pages, counted from 1, that are turned as the sender says. Others are turned only when they are wider than the
    /// sheet and would have to be reduced.
    #[serde(default)]
    pub turns: BTreeMap<usize, Turn>,
    /// Pages wanted, counted from 1, in the order wanted; all when empty. Numbers beyond the document are ignored.
    #[serde(default)]
    pub selection: Vec<usize>,
    /// Password of an encrypted document.
    #[serde(default)]
    pub password: Option<String>,
}

impl std::fmt::Debug for Options {
    /// Never shows the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("resolution", &self.resolution)
            .field("photo", &self.photo)
            .field("turns", &self.turns)
            .field("selection", &self.selection)
            .finish_non_exhaustive()
    }
}

impl Options {
    /// The numbers, counted from 0, of the pages wanted of a document of `pages` pages.
    pub fn wanted(&self, pages: usize) -> Vec<usize> {
        if self.selection.is_empty() {
            return (0..pages).collect();
        }
        self.selection.iter().filter(|page| (1..=pages).contains(*page)).map(|page| page - 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_in_the_order_wanted() {
        assert_eq!(Options::default().wanted(3), [0, 1, 2]);
        let chosen = Options { selection: vec![3, 1, 9, 0], ..Options::default() };
        assert_eq!(chosen.wanted(3), [2, 0]);
    }

    #[test]
    fn a_password_is_never_shown() {
        let options = Options { password: Some("opensesame".to_owned()), ..Options::default() };
        assert!(!format!("{options:?}").contains("opensesame"));
    }
}
