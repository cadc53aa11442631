//! The sender's e-mail address.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An address that mail can be sent to. Not printed by `Debug`, so that it cannot reach a log line.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// The text is no e-mail address we can send to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnAddress;

impl EmailAddress {
    /// Reads an address as typed, trimmed.
    ///
    /// # Errors
    /// [`NotAnAddress`] unless it is `local@domain` with a dotted domain, at most 254 characters (RFC 5321
    /// section 4.5.3.1.3), visible ASCII only and without the characters that would need quoting in a header.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let label_fits = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let domain_fits = domain.contains('.') && domain.split('.').all(label_fits);
        if local_fits && domain_fits && text.len() <= 254 { Ok(Self(text.to_owned())) } else { Err(NotAnAddress) }
    }

    /// The address in clear, for the mail adapter and the sender's own page.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which the address is looked up: mail providers ignore case, so do we.
    pub fn lookup_form(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_taken() {
        for text in ["a@b.de", " jane.doe+fax@mail.example.org ", "x_y@sub-domain.example.com"] {
            assert!(EmailAddress::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_could_break_a_header_or_reach_nobody_is_refused() {
        for text in [
            "",
            "a",
            "a@b",
            "a@@b.de",
            "a b@c.de",
            "a@b.de\r\nBcc: x@y.de",
            "\"a\"@b.de",
            "a@-b.de",
            "a@b..de",
            ".a@b.de",
            "ä@b.de",
        ] {
            assert_eq!(EmailAddress::parse(text), Err(NotAnAddress), "{text:?}");
        }
    }

    #[test]
    fn an_address_does_not_show_itself() {
        assert_eq!(format!("{:?}", EmailAddress::parse("a@b.de")), "Ok(EmailAddress(…))");
    }
}
