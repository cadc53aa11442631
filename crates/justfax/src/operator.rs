//! Who operates the service: what mails, reports and header lines say of `infra/operator.json`.
//!
//! Read here and nowhere else, so that a receipt, a report and a mail cannot name three different people. The price list in
//! the same file is [`crate::tariff`]'s.

use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::{email::EmailAddress, mail::Letterhead};

/// The operator.
#[derive(Debug, Clone, Deserialize)]
pub struct Operator {
    /// Name of the service.
    pub service: String,
    /// Who answers for it.
    #[serde(rename = "operator")]
    pub identity: Identity,
}

/// A company or a person.
#[derive(Debug, Clone, Deserialize)]
pub struct Identity {
    /// Name.
    pub name: String,
    /// Lines of the postal address.
    pub address: Vec<String>,
    /// Mailbox for people.
    pub email: EmailAddress,
    /// VAT number, which a receipt names; none where the law asks for none.
    #[serde(default)]
    pub vat_id: Option<String>,
}

impl Operator {
    /// Name and address in one line.
    pub fn name_and_address(&self) -> String {
        let lines = [&self.identity.name].into_iter().chain(&self.identity.address);
        lines.map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Who writes the mails and gives the receipts.
    pub fn letterhead(&self, site_url: String, zone: TimeZone) -> Letterhead {
        let vat_id = self.identity.vat_id.as_deref().filter(|id| !id.is_empty());
        let seller =
            [Some(self.name_and_address().as_str()), vat_id].into_iter().flatten().collect::<Vec<_>>().join(", ");
        Letterhead { name: self.service.clone(), site_url, seller, zone }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Result<Operator, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_receipt_names_whoever_supplies_with_address_and_vat_number() {
        let text = r#"{"service":"F","operator":{"name":"A GmbH","address":["S 1","B"],"email":"a@b.de","vat_id":"DE1"},"x":1}"#;
        let head = parse(text).unwrap().letterhead("https://f.example".to_owned(), TimeZone::UTC);
        assert_eq!((head.name.as_str(), head.seller.as_str()), ("F", "A GmbH, S 1, B, DE1"));
        let without = text.replace(r#","vat_id":"DE1""#, "");
        assert_eq!(parse(&without).unwrap().letterhead(String::new(), TimeZone::UTC).seller, "A GmbH, S 1, B");
        assert!(parse(&text.replace("a@b.de", "nobody")).is_err());
    }
}
