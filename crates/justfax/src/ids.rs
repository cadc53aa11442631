//! Names of things: Jobs, Documents, and the secret that opens a Job.
//!
//! Ids are random and safe to log (they open nothing); a [`Secret`] is never stored and never printed, only its
//! SHA-256 is. A plain hash is enough because the secret has 192 random bits: there is nothing to guess.

use std::fmt;

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::ports::Entropy;

/// The text is not the name of anything here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a well-formed id")]
pub struct Malformed;

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal, $chars:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// A new random id.
            pub fn random(entropy: &impl Entropy) -> Self {
                let bytes: [u8; $bytes] = entropy.bytes();
                Self(BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
            }

            /// Reads an id from a path, a message or a key.
            ///
            /// # Errors
            /// [`Malformed`] unless it is lower-case base32 of the right length.
            pub fn parse(text: &str) -> Result<Self, Malformed> {
                let fits = text.len() == $chars && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
                if fits { Ok(Self(text.to_owned())) } else { Err(Malformed) }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Malformed;
            fn try_from(text: String) -> Result<Self, Malformed> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

random_id!(
    /// Names one Job: 128 random bits as 26 characters of lower-case base32.
    JobId, 16, 26
);
random_id!(
    /// Names one Document of a Job: 80 random bits as 16 characters of lower-case base32.
    DocumentId, 10, 16
);

/// The capability that opens a Job: 192 random bits as 32 characters of base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new random secret.
    pub fn random(entropy: &impl Entropy) -> Self {
        let bytes: [u8; 24] = entropy.bytes();
        Self(BASE64URL_NOPAD.encode(&bytes))
    }

    /// Reads a secret that a caller presents; whether it opens anything is for [`SecretHash::opens_with`] to say.
    ///
    /// # Errors
    /// [`Malformed`] unless it is 32 characters of base64url.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let fits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits { Ok(Self(text.to_owned())) } else { Err(Malformed) }
    }

    /// The secret in clear, for the one answer that hands it out and for the sender's own link.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> SecretHash {
        SecretHash(HEXLOWER.encode(&Sha256::digest(self.0.as_bytes())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 of a [`Secret`], in hex.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SecretHash(String);

impl SecretHash {
    /// The hash, 64 hex digits, for what is stored under it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this secret is the one, compared in constant time.
    pub fn opens_with(&self, secret: &Secret) -> bool {
        self.0.as_bytes().ct_eq(secret.hash().0.as_bytes()).into()
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Dice;

    #[test]
    fn ids_and_secrets_survive_the_round_trip() {
        let dice = Dice::new(7);
        let job = JobId::random(&dice);
        assert_eq!(JobId::parse(job.as_str()), Ok(job.clone()));
        assert_ne!(JobId::random(&dice), job);
        let secret = Secret::random(&dice);
        assert_eq!(Secret::parse(secret.reveal()), Ok(secret.clone()));
        assert!(secret.hash().opens_with(&secret));
        assert!(!secret.hash().opens_with(&Secret::random(&dice)));
    }

    #[test]
    fn a_path_that_is_no_id_is_refused() {
        for text in [
            "",
            "../../etc/passwd",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "abcdefghijklmnopqrstuvwxy",
            "abcdefghijklmnopqrstuvwxy1",
        ] {
            assert_eq!(JobId::parse(text), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn a_secret_never_shows_itself_in_debug_output() {
        let secret = Secret::random(&Dice::new(1));
        let shown = format!("{secret:?} {:?}", secret.hash());
        assert_eq!(shown, "Secret(…) SecretHash(…)");
    }
}
