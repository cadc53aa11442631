//! What the sender chose about pages before paying: how fine they are, how they lie, which of them go.
//!
//! Which pages go and in which order is only counted and picked; everything else needs a new rendering of the original,
//! because a page that is turned has to be fitted to the sheet anew and black and white cannot be made from black and
//! white.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

/// Vertical resolution of a fax; the horizontal one is always 204 dpi (ITU-T T.4: 8.04 pixels per mm).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// 98 rows per inch (T.4: 3.85 lines per mm).
    Standard,
    /// 196 rows per inch (T.4: 7.7 lines per mm).
    #[default]
    Fine,
}

impl Resolution {
    /// Rows per inch.
    pub const fn rows_per_inch(self) -> u32 {
        match self {
            Self::Standard => 98,
            Self::Fine => 196,
        }
    }

    /// Rows of an A4 sheet (297 mm).
    pub const fn a4_rows(self) -> usize {
        match self {
            Self::Standard => 1146,
            Self::Fine => 2292,
        }
    }
}

/// How a page is turned before it is put on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum Turn {
    /// As it is in the document.
    #[default]
    Upright,
    /// By 90° to the right.
    Clockwise,
    /// Upside down.
    Half,
    /// By 90° to the left.
    Anticlockwise,
}

impl Turn {
    /// Degrees to the right: 0, 90, 180 or 270.
    pub const fn degrees(self) -> u16 {
        match self {
            Self::Upright => 0,
            Self::Clockwise => 90,
            Self::Half => 180,
            Self::Anticlockwise => 270,
        }
    }

    /// Whether the page lies on its side, so that width and height change places.
    pub const fn is_sideways(self) -> bool {
        matches!(self, Self::Clockwise | Self::Anticlockwise)
    }
}

/// Not a quarter, a half or three quarters of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a page is turned by 0, 90, 180 or 270 degrees")]
pub struct NotATurn;

impl TryFrom<u16> for Turn {
    type Error = NotATurn;

    fn try_from(degrees: u16) -> Result<Self, NotATurn> {
        match degrees {
            0 => Ok(Self::Upright),
            90 => Ok(Self::Clockwise),
            180 => Ok(Self::Half),
            270 => Ok(Self::Anticlockwise),
            _ => Err(NotATurn),
        }
    }
}

impl From<Turn> for u16 {
    fn from(turn: Turn) -> Self {
        turn.degrees()
    }
}

/// What was chosen for one Document. Pages are counted from 1 as in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Choices {
    /// Every picture is a photograph: shown in dots, never cut to black and white.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub photo: bool,
    /// Pages turned by the sender; others are turned only where that spares reducing them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub turns: BTreeMap<u32, Turn>,
    /// Pages that are not sent.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub left_out: BTreeSet<u32>,
}

impl Choices {
    /// Whether nothing was chosen.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether pages made for `other` are also right for these choices.
    pub fn renders_like(&self, other: &Self) -> bool {
        self.photo == other.photo && self.turns == other.turns
    }

    /// The highest page named; 0 when none is.
    pub fn last_page(&self) -> u32 {
        let turned = self.turns.keys().next_back().copied().unwrap_or(0);
        turned.max(self.left_out.last().copied().unwrap_or(0))
    }

    /// Whether a page is named that no document has.
    pub fn names_page_zero(&self) -> bool {
        self.turns.contains_key(&0) || self.left_out.contains(&0)
    }
}

/// The password of an encrypted file on its way to the renderer: never stored in a Job, never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Password(String);

/// Longest password in bytes (ISO 32000-2, 7.6.4.3.2: at most 127 are used).
const PASSWORD_BYTES: usize = 127;

/// Empty, or longer than a password can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a password")]
pub struct NotAPassword;

impl Password {
    /// The password in clear, for the renderer alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Password {
    type Error = NotAPassword;

    fn try_from(text: String) -> Result<Self, NotAPassword> {
        if text.is_empty() || text.len() > PASSWORD_BYTES { Err(NotAPassword) } else { Ok(Self(text)) }
    }
}

impl From<Password> for String {
    fn from(password: Password) -> Self {
        password.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_stored_as_its_degrees() {
        for turn in [Turn::Upright, Turn::Clockwise, Turn::Half, Turn::Anticlockwise] {
            assert_eq!(Turn::try_from(turn.degrees()), Ok(turn));
        }
        assert_eq!(serde_json::to_string(&Turn::Half).unwrap(), "180");
        assert!(serde_json::from_str::<Turn>("45").is_err());
    }

    #[test]
    fn leaving_a_page_out_needs_no_new_pages() {
        let whole = Choices::default();
        let shorter = Choices { left_out: [2].into(), ..Choices::default() };
        let turned = Choices { turns: [(7, Turn::Half)].into(), ..Choices::default() };
        assert!(shorter.renders_like(&whole) && !turned.renders_like(&whole));
        assert_eq!((whole.last_page(), shorter.last_page(), turned.last_page()), (0, 2, 7));
    }

    #[test]
    fn a_password_is_bounded_and_never_shows_itself() {
        let password = Password::try_from("opensesame".to_owned()).unwrap();
        assert_eq!((format!("{password:?}"), password.reveal()), ("Password(…)".to_owned(), "opensesame"));
        assert_eq!(Password::try_from(String::new()), Err(NotAPassword));
        assert_eq!(Password::try_from("x".repeat(128)), Err(NotAPassword));
    }
}
