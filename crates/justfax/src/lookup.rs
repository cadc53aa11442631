//! Keyed hashes under which personal data is looked up without being stored.
//!
//! HMAC-SHA-256 with a key of the operator: numbers and addresses are guessable, so a plain hash would reveal them.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{
    email::EmailAddress,
    ids::{JobId, Malformed, Secret},
    number::FaxNumber,
};

/// The operator's lookup key; at least 16 bytes.
#[derive(Clone)]
pub struct LookupKey(Hmac<Sha256>);

/// The key is shorter than 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the lookup key has fewer than 16 bytes")]
pub struct KeyTooShort;

impl LookupKey {
    /// Takes the secret `lookup-key`.
    ///
    /// # Errors
    /// [`KeyTooShort`].
    pub fn new(key: &[u8]) -> Result<Self, KeyTooShort> {
        if key.len() < 16 {
            return Err(KeyTooShort);
        }
        Hmac::new_from_slice(key).map(Self).map_err(|_| KeyTooShort)
    }

    /// Hash of a number, 64 hex digits.
    pub fn of_number(&self, number: &FaxNumber) -> String {
        self.hash("number", number.e164())
    }

    /// Hash of an address, 64 hex digits; the same for any spelling of case.
    pub fn of_email(&self, address: &EmailAddress) -> String {
        self.hash("email", &address.lookup_form())
    }

    /// The secret of the link to a Job that is mailed to the address of this hash: made anew for every mail, never stored.
    ///
    /// # Errors
    /// [`Malformed`], which a hash of 32 bytes never is.
    pub fn link_secret(&self, job: &JobId, email_hash: &str) -> Result<Secret, Malformed> {
        let mac = self.mac("link", &format!("{job} {email_hash}"));
        Secret::parse(&BASE64URL_NOPAD.encode(mac.get(..24).ok_or(Malformed)?))
    }

    fn hash(&self, kind: &str, text: &str) -> String {
        HEXLOWER.encode(&self.mac(kind, text))
    }

    fn mac(&self, kind: &str, text: &str) -> Vec<u8> {
        let mut mac = self.0.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

impl std::fmt::Debug for LookupKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LookupKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_depends_on_key_and_kind_but_not_on_case() {
        let one = LookupKey::new(&[1; 32]).unwrap();
        let two = LookupKey::new(&[2; 32]).unwrap();
        let lower = EmailAddress::parse("a@b.de").unwrap();
        let upper = EmailAddress::parse("A@B.de").unwrap();
        assert_eq!(one.of_email(&lower), one.of_email(&upper));
        assert_ne!(one.of_email(&lower), two.of_email(&lower));
        assert!(LookupKey::new(&[0; 15]).is_err());
    }

    #[test]
    fn the_secret_of_a_mailed_link_is_one_of_its_job_its_address_and_the_key() {
        let (one, two) = (LookupKey::new(&[1; 32]).unwrap(), LookupKey::new(&[2; 32]).unwrap());
        let (job, other) = (JobId::parse(&"a".repeat(26)).unwrap(), JobId::parse(&"b".repeat(26)).unwrap());
        let secret = one.link_secret(&job, "hash").unwrap();
        assert_eq!(secret, one.link_secret(&job, "hash").unwrap());
        for stranger in [one.link_secret(&other, "hash"), one.link_secret(&job, "hush"), two.link_secret(&job, "hash")]
        {
            assert_ne!(secret, stranger.unwrap());
        }
    }
}
