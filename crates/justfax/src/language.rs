//! The languages a sender can be served in. A further one is a line in each `match` here, and one file of words beside those
//! of the others: the compiler names every place that is missing.

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
    /// French.
    Fr,
}

/// Pages of the site that mails, reports and the payment page lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The pages as they are sent, before the order.
    Preview,
    /// The order.
    Order,
    /// Where a fax stands.
    Status,
    /// The check of a report.
    Verify,
    /// One's own data.
    Data,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::De, Self::En, Self::Fr];

    /// The first language of an `Accept-Language` header that we speak (RFC 9110 section 12.5.4; order of the
    /// list, not weights: browsers send them sorted).
    pub fn preferred(accept_language: &str) -> Self {
        let spoken = |range: &str| {
            let tag = range.trim().get(..2)?.to_ascii_lowercase();
            Self::ALL.into_iter().find(|language| language.as_str() == tag)
        };
        accept_language.split(',').find_map(spoken).unwrap_or_default()
    }

    /// The first path segment of the pages in this language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The path of a page, as `web/src/texts` names it.
    pub fn path(self, page: Page) -> &'static str {
        match (self, page) {
            (Self::De, Page::Preview) => "/de/vorschau/",
            (Self::De, Page::Order) => "/de/bestellen/",
            (Self::De, Page::Status) => "/de/status/",
            (Self::De, Page::Verify) => "/de/pruefen/",
            (Self::De, Page::Data) => "/de/ihre-daten/",
            (Self::En, Page::Preview) => "/en/preview/",
            (Self::En, Page::Order) => "/en/order/",
            (Self::En, Page::Status) => "/en/status/",
            (Self::En, Page::Verify) => "/en/verify/",
            (Self::En, Page::Data) => "/en/your-data/",
            (Self::Fr, Page::Preview) => "/fr/apercu/",
            (Self::Fr, Page::Order) => "/fr/commande/",
            (Self::Fr, Page::Status) => "/fr/suivi/",
            (Self::Fr, Page::Verify) => "/fr/verifier/",
            (Self::Fr, Page::Data) => "/fr/vos-donnees/",
        }
    }

    /// An amount as people write it in the language.
    pub fn amount(self, money: Money) -> String {
        let decimals = money.currency.decimals();
        let (whole, part) = if decimals == 0 { (money.amount, 0) } else { (money.amount / 100, money.amount % 100) };
        match (self, decimals) {
            (_, 0) => format!("{whole} {}", money.currency),
            (Self::De | Self::Fr, _) => format!("{whole},{part:02} {}", money.currency),
            (Self::En, _) => format!("{} {whole}.{part:02}", money.currency),
        }
    }

    /// A time with its offset from UTC.
    pub fn time(self, at: Timestamp, zone: &TimeZone) -> String {
        let format = match self {
            Self::De => "%d.%m.%Y, %H:%M:%S Uhr (%:z)",
            Self::En => "%Y-%m-%d %H:%M:%S (%:z)",
            Self::Fr => "%d/%m/%Y à %H:%M:%S (%:z)",
        };
        at.to_zoned(zone.clone()).strftime(format).to_string()
    }

    /// A day.
    pub fn day(self, at: Timestamp, zone: &TimeZone) -> String {
        let format = match self {
            Self::De => "%d.%m.%Y",
            Self::En => "%Y-%m-%d",
            Self::Fr => "%d/%m/%Y",
        };
        at.to_zoned(zone.clone()).strftime(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn the_first_language_we_speak_wins() {
        assert_eq!(Language::preferred("it-IT, de-AT;q=0.8, en;q=0.5"), Language::De);
        assert_eq!(Language::preferred("en-US,en;q=0.9"), Language::En);
        assert_eq!(Language::preferred("fr-CA"), Language::Fr);
        assert_eq!(Language::preferred("ü, *"), Language::En);
        assert_eq!(Language::preferred(""), Language::En);
    }

    #[test]
    fn the_smallest_unit_is_the_whole_where_a_currency_has_no_other() {
        let money = |amount, code: &str| Money { amount, currency: Currency::parse(code).unwrap() };
        let written = |money| Language::ALL.map(|language| language.amount(money));
        assert_eq!(written(money(239, "EUR")), ["2,39 EUR", "EUR 2.39", "2,39 EUR"]);
        assert_eq!(written(money(5, "EUR")), ["0,05 EUR", "EUR 0.05", "0,05 EUR"]);
        assert_eq!(written(money(239, "JPY")), ["239 JPY"; 3]);
    }
}
