//! What a fax costs: by zone of the recipient's country and number of pages, gross.

use serde::Deserialize;

use crate::{
    money::{Currency, Money},
    number::{Country, FaxNumber, NumberRefused},
};

/// The price list of the operator, as `infra/operator.json` has it (other fields of that file are the site's).
#[derive(Debug, Clone, Deserialize)]
pub struct Tariff {
    currency: Currency,
    #[serde(deserialize_with = "percent")]
    vat_percent: (String, u32),
    #[serde(rename = "tariff")]
    zones: Vec<Zone>,
    terms_version: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Zone {
    countries: Vec<Country>,
    first_page: u32,
    further_page: u32,
}

/// Reads `"19"` or `"7.7"` as thousandths of a percent.
fn percent<'de, D: serde::Deserializer<'de>>(from: D) -> Result<(String, u32), D::Error> {
    let text = String::deserialize(from)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 2 || fraction.len() > 3 || !digits(whole) || !digits(fraction) {
        return Err(serde::de::Error::custom("vat_percent must be a decimal like \"19\" or \"7.7\""));
    }
    let milli = format!("{whole}{fraction:0<3}").parse().map_err(serde::de::Error::custom)?;
    Ok((text, milli))
}

/// A price for a number of pages to one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// What the sender pays.
    pub gross: Money,
    /// Tax contained in it.
    pub vat: Money,
    /// `gross` less `vat`.
    pub net: Money,
    /// The rate as a decimal, e.g. `19`.
    pub vat_percent: String,
}

impl Tariff {
    /// The price of `pages` pages to `number`.
    ///
    /// # Errors
    /// [`NumberRefused::CountryUnsupported`] when no zone names its country.
    pub fn price(&self, number: &FaxNumber, pages: u32) -> Result<Price, NumberRefused> {
        let country = number.country().ok_or(NumberRefused::CountryUnsupported)?;
        let zone = self
            .zones
            .iter()
            .find(|zone| zone.countries.contains(&country))
            .ok_or(NumberRefused::CountryUnsupported)?;
        let amount = zone.first_page + zone.further_page * pages.saturating_sub(1);
        let gross = Money { amount, currency: self.currency };
        let vat = gross.tax_within(self.vat_percent.1);
        Ok(Price { gross, vat, net: gross.less(vat), vat_percent: self.vat_percent.0.clone() })
    }

    /// Date of the terms in force, which an order must name.
    pub fn terms_version(&self) -> &str {
        &self.terms_version
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn tariff() -> Tariff {
        serde_json::from_str(
            r#"{"currency":"EUR","vat_percent":"19","terms_version":"2026-11-01","operator":{"name":"x"},
                "tariff":[{"countries":["DE"],"first_page":199,"further_page":20},{"countries":["US"],"first_page":299,"further_page":30}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn the_price_follows_the_zone_and_the_pages() {
        let berlin = FaxNumber::parse("+493023125001", None).unwrap();
        let price = tariff().price(&berlin, 3).unwrap();
        assert_eq!((price.gross.amount, price.vat.amount, price.net.amount), (239, 38, 201));
        let york = FaxNumber::parse("+12125550101", None).unwrap();
        assert_eq!(tariff().price(&york, 1).unwrap().gross.amount, 299);
    }

    #[test]
    fn a_country_without_a_price_is_refused() {
        let kingston = FaxNumber::parse("+1 876 926 0101", None).unwrap();
        assert_eq!(tariff().price(&kingston, 1), Err(NumberRefused::CountryUnsupported));
    }
}
