//! The two signatures.

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::Signer;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{CARRIER_PATIENCE, Hook, PAYMENT_PATIENCE, Provider};
use crate::app::App;
use crate::clock;

/// A request with the provider's headers, signed at this moment.
pub(super) fn signed(app: &App, hook: &Hook, body: &str) -> reqwest::RequestBuilder {
    let now = clock::unix();
    let request = app.http.post(&hook.url);
    match hook.provider {
        Provider::Payment => request
            .timeout(PAYMENT_PATIENCE)
            .header("user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
            .header("stripe-signature", stripe_signature(&app.config.payment_webhook_secret, now, body)),
        Provider::Carrier => {
            let signature = app.signing_key.sign(format!("{now}|{body}").as_bytes());
            request
                .timeout(CARRIER_PATIENCE)
                .header("user-agent", "telnyx-webhooks")
                .header("telnyx-timestamp", now.to_string())
                .header("telnyx-signature-ed25519", BASE64.encode(&signature.to_bytes()))
        }
    }
}

/// `t=<seconds>,v1=<hex of HMAC-SHA256 over "seconds.body">`.
#[must_use]
pub fn stripe_signature(secret: &str, now: i64, body: &str) -> String {
    let mut mac = match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mac) => mac,
        Err(never) => return never.to_string(),
    };
    mac.update(format!("{now}.{body}").as_bytes());
    format!("t={now},v1={}", HEXLOWER.encode(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payment_signature_is_hmac_sha256_over_time_and_body() {
        let signature = stripe_signature("whsec_test", 1_700_000_000, "{}");
        assert!(signature.starts_with("t=1700000000,v1="));
        assert_eq!(signature.len(), "t=1700000000,v1=".len() + 64);
        assert_ne!(signature, stripe_signature("other", 1_700_000_000, "{}"));
    }
}
