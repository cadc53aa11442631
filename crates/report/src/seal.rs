//! The signature of a report: Ed25519 (RFC 8032) over the file without the 128 digits of the signature itself.
//!
//! The digits stand in the attached facts, behind a mark that occurs exactly once. What is signed is [`CONTEXT`], then
//! the file up to and with the mark, then the file from behind the digits to its end. So a byte that was changed, added
//! or taken away anywhere is found, and nothing of the file needs to be understood to find it.

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use justfax::report::ReportFacts;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Begins what is signed, so that a signature of a report is a signature of nothing else.
pub const CONTEXT: &[u8] = b"justfax-report-1\n";
/// Begins the attached facts; the digits of the signature follow.
pub const MARK: &[u8] = br#"{"format":"justfax-report-1","signature":""#;
/// Lower-case hexadecimal digits of a signature.
pub const DIGITS: usize = 128;

/// The operator's key that signs reports: the secret `report-signing-key`.
#[derive(Clone)]
pub struct ReportKey(SigningKey);

/// The text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 32 bytes in base64")]
pub struct NotAKey;

/// The file has not exactly one place for a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file has not exactly one place for a signature")]
pub struct NoPlace;

impl std::fmt::Debug for ReportKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReportKey({})", self.public().id)
    }
}

impl ReportKey {
    /// Reads the seed (RFC 8032 section 5.1.5), 32 bytes in base64.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let bytes = BASE64.decode(text.trim().as_bytes()).map_err(|_| NotAKey)?;
        let seed: [u8; 32] = bytes.try_into().map_err(|_| NotAKey)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey::of(&self.0.verifying_key())
    }

    /// Signs a file that has a place for it.
    ///
    /// # Errors
    /// [`NoPlace`].
    pub fn seal(&self, mut file: Vec<u8>) -> Result<Vec<u8>, NoPlace> {
        let at = place(&file).ok_or(NoPlace)?;
        let signature = self.0.sign(&signed_bytes(&file, at));
        let digits = HEXLOWER.encode(&signature.to_bytes());
        file[at..at + DIGITS].copy_from_slice(digits.as_bytes());
        Ok(file)
    }
}

/// A key that reports are checked with, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// First 16 hexadecimal digits of the SHA-256 of the key's 32 bytes: the name that a report gives.
    pub id: String,
    /// Always `Ed25519`.
    pub algorithm: String,
    /// The key's 32 bytes in base64.
    pub public_key: String,
}

impl PublicKey {
    fn of(key: &VerifyingKey) -> Self {
        let id = HEXLOWER.encode(&Sha256::digest(key.as_bytes())[..8]);
        Self { id, algorithm: "Ed25519".to_owned(), public_key: BASE64.encode(key.as_bytes()) }
    }

    /// Reads a key, 32 bytes in base64.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        read_key(text).map(|key| Self::of(&key))
    }
}

/// The published list of keys: `/.well-known/justfax-report-keys.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyList {
    /// Every key that ever signed a report of this operator.
    pub keys: Vec<PublicKey>,
}

/// What the attachment says; the signature before it is no part of it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Attached {
    /// Which key signed.
    pub key: String,
    /// What the page says.
    pub facts: ReportFacts,
}

/// What a check finds.
#[derive(Clone)]
pub enum Verdict {
    /// The file is as it was signed.
    Genuine(Box<ReportFacts>),
    /// It was signed, and is not what was signed.
    Changed,
    /// It names a key that is not among those given.
    UnknownKey(String),
    /// It carries no signature of a report.
    NotAReport,
}

/// Checks a file against keys.
pub fn check(file: &[u8], keys: &[PublicKey]) -> Verdict {
    let Some(at) = place(file) else { return Verdict::NotAReport };
    let Some(attached) = attached(file, at) else { return Verdict::Changed };
    let Some(key) = keys.iter().find(|key| key.id == attached.key) else { return Verdict::UnknownKey(attached.key) };
    let signature = HEXLOWER.decode(&file[at..at + DIGITS]).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
    let (Ok(key), Some(signature)) = (read_key(&key.public_key), signature) else { return Verdict::Changed };
    match key.verify_strict(&signed_bytes(file, at), &signature) {
        Ok(()) => Verdict::Genuine(Box::new(attached.facts)),
        Err(_) => Verdict::Changed,
    }
}

/// The attachment with an empty signature.
pub(crate) fn attachment(key: &ReportKey, facts: &ReportFacts) -> Result<String, serde_json::Error> {
    let body = serde_json::to_string(&Attached { key: key.public().id, facts: facts.clone() })?;
    let mark = String::from_utf8_lossy(MARK);
    Ok(format!("{mark}{}\",{}", "0".repeat(DIGITS), &body[1..]))
}

/// Where the digits of the signature are, if the mark occurs exactly once.
fn place(file: &[u8]) -> Option<usize> {
    let mut found = file.windows(MARK.len()).enumerate().filter(|(_, window)| *window == MARK);
    let at = found.next()?.0 + MARK.len();
    (found.next().is_none() && file.len() >= at + DIGITS).then_some(at)
}

fn attached(file: &[u8], at: usize) -> Option<Attached> {
    let json = &file[at - MARK.len()..];
    serde_json::Deserializer::from_slice(json).into_iter().next()?.ok()
}

fn signed_bytes(file: &[u8], at: usize) -> Vec<u8> {
    [CONTEXT, &file[..at], &file[at + DIGITS..]].concat()
}

fn read_key(text: &str) -> Result<VerifyingKey, NotAKey> {
    let bytes = BASE64.decode(text.trim().as_bytes()).map_err(|_| NotAKey)?;
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| NotAKey)?;
    VerifyingKey::from_bytes(&bytes).map_err(|_| NotAKey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::tests::{facts, key, written};

    fn good(file: &[u8]) -> bool {
        matches!(check(file, &[key().public()]), Verdict::Genuine(_))
    }

    #[test]
    fn a_report_is_genuine_until_any_byte_of_it_changes() {
        let file = written(&facts());
        assert!(good(&file));
        for at in 0..file.len() {
            let mut other = file.clone();
            other[at] ^= 1;
            assert!(!good(&other), "byte {at} of {}", file.len());
        }
    }

    #[test]
    fn what_is_appended_or_cut_off_is_found() {
        let file = written(&facts());
        assert!(!good(&[file.as_slice(), b"\n"].concat()));
        assert!(!good(&file[..file.len() - 1]));
        assert!(matches!(check(&file, &[]), Verdict::UnknownKey(_)));
        assert!(matches!(check(b"%PDF-1.7", &[key().public()]), Verdict::NotAReport));
    }

    #[test]
    fn upper_case_digits_of_the_same_signature_are_a_changed_byte() {
        let mut file = written(&facts());
        let at = place(&file).unwrap();
        file[at..at + DIGITS].make_ascii_uppercase();
        assert!(!good(&file));
    }

    #[test]
    fn a_file_name_cannot_pretend_to_be_the_place_of_the_signature() {
        let mut told = facts();
        told.documents[0].name = String::from_utf8_lossy(MARK).into_owned();
        assert!(good(&written(&told)));
    }

    #[test]
    fn a_second_mark_makes_a_file_no_report() {
        let file = written(&facts());
        assert!(matches!(check(&[file.as_slice(), MARK].concat(), &[key().public()]), Verdict::NotAReport));
    }

    #[test]
    fn a_key_is_32_bytes_in_base64() {
        assert!(ReportKey::parse("AAAA").is_err());
        assert_eq!(PublicKey::parse(&key().public().public_key), Ok(key().public()));
    }
}
