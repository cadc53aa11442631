//! The recipient's number.
//!
//! Numbers are read with the metadata of libphonenumber. Only kinds that a fax machine can sit behind and that cost
//! what the tariff expects are taken; the cost of a premium-rate call would be ours and its price unknown.

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};
use serde::{Deserialize, Serialize};

/// ISO 3166-1 alpha-2 code of a country, upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Debug)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a two-letter code.
    ///
    /// # Errors
    /// [`NumberRefused::Invalid`] for anything but two ASCII letters.
    pub fn parse(text: &str) -> Result<Self, NumberRefused> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(NumberRefused::Invalid),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl TryFrom<String> for Country {
    type Error = NumberRefused;
    fn try_from(text: String) -> Result<Self, NumberRefused> {
        Self::parse(&text)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.to_string()
    }
}

/// Why a number is not dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberRefused {
    /// No such number exists, or it carries letters or an extension.
    #[error("not a telephone number")]
    Invalid,
    /// It exists, but is of a kind we do not dial: premium rate, shared cost, pager, voicemail and the like.
    #[error("a kind of number that is not dialled")]
    NotAllowed,
    /// The tariff has no price for its country.
    #[error("no price for this country")]
    CountryUnsupported,
}

/// A number that can be dialled, in E.164. Not printed by `Debug`, so that it cannot reach a log line.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FaxNumber(String);

impl FaxNumber {
    /// Reads a number as typed; a national number is read as one of `home`.
    ///
    /// # Errors
    /// [`NumberRefused::Invalid`] or [`NumberRefused::NotAllowed`].
    pub fn parse(text: &str, home: Option<Country>) -> Result<Self, NumberRefused> {
        if text.len() > 40 || text.chars().any(char::is_alphabetic) {
            return Err(NumberRefused::Invalid);
        }
        let home = home.and_then(|country| Region::from_code(&country.to_string()).ok());
        let number = PHONE_NUMBER_UTIL.parse(text, home).map_err(|_| NumberRefused::Invalid)?;
        if number.extension.as_deref().is_some_and(|extension| !extension.is_empty()) {
            return Err(NumberRefused::Invalid);
        }
        Self::of_allowed_kind(&number)
    }

    fn of_allowed_kind(number: &PhoneNumber) -> Result<Self, NumberRefused> {
        if !number.is_valid() {
            return Err(NumberRefused::Invalid);
        }
        match number.get_type() {
            PhoneNumberType::FixedLine
            | PhoneNumberType::Mobile
            | PhoneNumberType::FixedLineOrMobile
            | PhoneNumberType::TollFree
            | PhoneNumberType::VoIP
            | PhoneNumberType::UAN
            | PhoneNumberType::PersonalNumber => Ok(Self(number.format_as(PhoneNumberFormat::E164).into_owned())),
            _ => Err(NumberRefused::NotAllowed),
        }
    }

    fn parsed(&self) -> Option<PhoneNumber> {
        PHONE_NUMBER_UTIL.parse(&self.0, None).ok()
    }

    /// `+` and digits, as ITU-T E.164 writes it.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// For people: international format with blanks (ITU-T E.123).
    pub fn display(&self) -> String {
        self.parsed().map_or_else(|| self.0.clone(), |n| n.format_as(PhoneNumberFormat::International).into_owned())
    }

    /// The country it lies in; +1 876 is Jamaica, not the United States.
    pub fn country(&self) -> Option<Country> {
        let region = self.parsed()?.get_region_code()?;
        Country::parse(region.as_region_str().as_str()).ok()
    }
}

impl fmt::Debug for FaxNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FaxNumber(…)")
    }
}

impl TryFrom<String> for FaxNumber {
    type Error = NumberRefused;
    /// Reads back what was stored: an E.164 number that was accepted once stays readable when the metadata changes.
    fn try_from(text: String) -> Result<Self, NumberRefused> {
        let digits = text.strip_prefix('+').ok_or(NumberRefused::Invalid)?;
        let fits = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if fits { Ok(Self(text)) } else { Err(NumberRefused::Invalid) }
    }
}

impl From<FaxNumber> for String {
    fn from(number: FaxNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german(text: &str) -> Result<String, NumberRefused> {
        FaxNumber::parse(text, Country::parse("DE").ok()).map(|n| n.e164().to_owned())
    }

    #[test]
    fn a_national_number_is_read_in_the_country_chosen() {
        assert_eq!(german("030 23125-001").as_deref(), Ok("+493023125001"));
        assert_eq!(german("0049 30 23125001").as_deref(), Ok("+493023125001"));
        assert_eq!(german("+1 212 555 0101").as_deref(), Ok("+12125550101"));
    }

    #[test]
    fn a_number_with_letters_or_extension_is_refused() {
        assert_eq!(german("030 FAXME"), Err(NumberRefused::Invalid));
        assert_eq!(german("+1 212 555 0101 ext. 4"), Err(NumberRefused::Invalid));
        assert_eq!(german("+1 212 555 0101;4"), Err(NumberRefused::Invalid));
    }

    #[test]
    fn numbers_that_nobody_has_are_refused() {
        for text in ["", "+", "112", "110", "12", "+49", "+999 123456", "0", "++49 30 23125001 9999999999"] {
            assert_eq!(german(text), Err(NumberRefused::Invalid), "{text}");
        }
    }

    #[test]
    fn premium_and_shared_cost_numbers_are_not_dialled() {
        for text in ["0900 1 123456", "+1 900 555 0101", "0180 5 123456"] {
            assert_eq!(german(text), Err(NumberRefused::NotAllowed), "{text}");
        }
    }

    #[test]
    fn a_number_knows_its_country_and_how_to_be_read() {
        let number = FaxNumber::parse("+493023125001", None).unwrap();
        assert_eq!(number.country(), Country::parse("DE").ok());
        assert_eq!(number.display(), "+49 30 23125001");
        let jamaica = FaxNumber::parse("+1 876 926 0101", None).unwrap();
        assert_eq!(jamaica.country(), Country::parse("JM").ok());
        assert_eq!(format!("{number:?}"), "FaxNumber(…)");
    }
}
