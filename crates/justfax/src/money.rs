//! Money: integer minor units with an ISO 4217 currency.

use std::fmt;

use serde::{Deserialize, Serialize};

/// ISO 4217 code, upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Debug)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Not three ASCII letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 4217 currency code")]
pub struct NotACurrency;

impl Currency {
    /// Reads a code in either case.
    ///
    /// # Errors
    /// [`NotACurrency`].
    pub fn parse(text: &str) -> Result<Self, NotACurrency> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|l| l.is_ascii_alphabetic()) => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()]))
            }
            _ => Err(NotACurrency),
        }
    }

    /// Digits after the point: 0 for the currencies without minor units that payment providers list, else 2.
    pub fn decimals(self) -> usize {
        const ZERO: [&[u8; 3]; 16] = [
            b"BIF", b"CLP", b"DJF", b"GNF", b"JPY", b"KMF", b"KRW", b"MGA", b"PYG", b"RWF", b"UGX", b"VND", b"VUV",
            b"XAF", b"XOF", b"XPF",
        ];
        if ZERO.contains(&&self.0) { 0 } else { 2 }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;
    fn try_from(text: String) -> Result<Self, NotACurrency> {
        Self::parse(&text)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units, e.g. cents.
    pub amount: u32,
    /// In which currency.
    pub currency: Currency,
}

impl Money {
    /// The tax contained in this gross amount at `percent_milli` thousandths of a percent (19 % is 19 000), rounded
    /// half up to the minor unit.
    #[must_use]
    pub fn tax_within(self, percent_milli: u32) -> Self {
        let whole = u64::from(100_000 + percent_milli);
        let tax = (u64::from(self.amount) * u64::from(percent_milli) * 2 + whole) / (whole * 2);
        Self { amount: u32::try_from(tax).unwrap_or(self.amount), ..self }
    }

    /// This amount less another of the same currency; never below zero.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self { amount: self.amount.saturating_sub(other.amount), ..self }
    }
}

impl fmt::Display for Money {
    /// `1.99 EUR`: a plain form for mails and logs that needs no locale.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.currency.decimals() {
            0 => write!(f, "{} {}", self.amount, self.currency),
            _ => write!(f, "{}.{:02} {}", self.amount / 100, self.amount % 100, self.currency),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(amount: u32) -> Money {
        Money { amount, currency: Currency::parse("eur").unwrap() }
    }

    #[test]
    fn tax_is_taken_out_of_the_gross_amount() {
        assert_eq!(eur(199).tax_within(19_000), eur(32));
        assert_eq!(eur(119).tax_within(19_000), eur(19));
        assert_eq!(eur(0).tax_within(19_000), eur(0));
        assert_eq!(eur(199).tax_within(0), eur(0));
    }

    #[test]
    fn amounts_are_written_with_the_currency_s_own_decimals() {
        assert_eq!(eur(205).to_string(), "2.05 EUR");
        assert_eq!(Money { amount: 300, currency: Currency::parse("JPY").unwrap() }.to_string(), "300 JPY");
    }

    proptest::proptest! {
        #[test]
        fn net_and_tax_add_up(amount in 0_u32..10_000_000, percent in 0_u32..30_000) {
            let gross = eur(amount);
            let tax = gross.tax_within(percent);
            proptest::prop_assert_eq!(gross.less(tax).amount + tax.amount, amount);
        }
    }
}
