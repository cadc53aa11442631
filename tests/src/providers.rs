//! The providers' signatures on webhooks, made with this stack's own secrets: for sending them again, and wrongly.

use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signer, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Names and values of the headers that carry a signature.
pub type Headers = Vec<(&'static str, String)>;

/// Seconds since 1970, and so many later.
pub fn seconds_from_now(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(now).unwrap_or_default() + seconds
}

/// The payment provider's: HMAC-SHA-256 over `time.body` in `Stripe-Signature`.
pub fn payment_signature(secret: &str, body: &str, at: i64) -> Headers {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return Headers::new() };
    mac.update(format!("{at}.{body}").as_bytes());
    vec![("stripe-signature", format!("t={at},v1={}", HEXLOWER.encode(&mac.finalize().into_bytes())))]
}

/// The carrier's: Ed25519 over `time|body`, with the base64 of its 32-byte seed; no headers when that is no seed.
pub fn carrier_signature(seed: &str, body: &str, at: i64) -> Headers {
    let seed = BASE64.decode(seed.as_bytes()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let Some(seed) = seed else { return Headers::new() };
    let signature = SigningKey::from_bytes(&seed).sign(format!("{at}|{body}").as_bytes());
    vec![("telnyx-timestamp", at.to_string()), ("telnyx-signature-ed25519", BASE64.encode(&signature.to_bytes()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_its_body_and_time() {
        let one = payment_signature("whsec", "{}", 1);
        assert!(one[0].1.starts_with("t=1,v1="));
        assert_ne!(one, payment_signature("whsec", "{ }", 1));
        let seed = BASE64.encode(&[7; 32]);
        assert_ne!(carrier_signature(&seed, "{}", 1), carrier_signature(&seed, "{}", 2));
        assert!(carrier_signature("no seed", "{}", 1).is_empty());
    }
}
