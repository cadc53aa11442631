//! What the sender ordered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{email::EmailAddress, language::Language, money::Money, number::FaxNumber};

/// One order of a Job; a later one replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Order {
    /// Whom to.
    pub recipient: FaxNumber,
    /// Where proof goes.
    pub email: EmailAddress,
    /// Keyed hash of the address, under which data subjects find their faxes.
    pub email_hash: String,
    /// Gross price, fixed.
    pub price: Money,
    /// Tax contained in it.
    pub vat: Money,
    /// Its rate, a decimal.
    pub vat_percent: String,
    /// Pages ordered.
    pub pages: u32,
    /// Date of the terms agreed to.
    pub terms_version: String,
    /// Language of mails and report.
    pub language: Language,
    /// When.
    pub at: Timestamp,
}

impl Order {
    /// Whether two orders ask for the same, so that the second is a second click on the first.
    pub fn repeats(&self, other: &Self) -> bool {
        self.recipient == other.recipient
            && self.email == other.email
            && self.price == other.price
            && self.pages == other.pages
            && self.terms_version == other.terms_version
    }
}
