//! The languages a sender can be served in.

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::money::Money;

/// Language of the page, the mails and the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German.
    De,
    /// English, which is also the answer to a language we do not speak.
    #[default]
    En,
}

impl Language {
    /// The first language of an `Accept-Language` header that we speak (RFC 9110 section 12.5.4; order of the
    /// list, not weights: browsers send them sorted).
    pub fn preferred(accept_language: &str) -> Self {
        accept_language
            .split(',')
            .find_map(|range| match range.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "de" => Some(Self::De),
                "en" => Some(Self::En),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The first path segment of the pages in this language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// An amount as people write it in the language.
    pub fn amount(self, money: Money) -> String {
        let decimals = money.currency.decimals();
        let (whole, part) = if decimals == 0 { (money.amount, 0) } else { (money.amount / 100, money.amount % 100) };
        match (self, decimals) {
            (_, 0) => format!("{whole} {}", money.currency),
            (Self::De, _) => format!("{whole},{part:02} {}", money.currency),
            (Self::En, _) => format!("{} {whole}.{part:02}", money.currency),
        }
    }

    /// A time with its offset from UTC.
    pub fn time(self, at: Timestamp, zone: &TimeZone) -> String {
        let format = match self {
            Self::De => "%d.%m.%Y, %H:%M:%S Uhr (%:z)",
            Self::En => "%Y-%m-%d %H:%M:%S (%:z)",
        };
        at.to_zoned(zone.clone()).strftime(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_speak_wins() {
        assert_eq!(Language::preferred("fr-FR, de-AT;q=0.8, en;q=0.5"), Language::De);
        assert_eq!(Language::preferred("en-US,en;q=0.9"), Language::En);
        assert_eq!(Language::preferred("ü, *"), Language::En);
        assert_eq!(Language::preferred(""), Language::En);
    }
}
