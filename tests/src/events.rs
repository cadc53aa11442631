//! The example events of `events/`, made to fit a real Job.
//!
//! The files hold names that are nobody's, so that they can be read and used as they are; here a real Job takes their place.

use std::path::Path;

use data_encoding::BASE64;
use serde_json::Value;

use crate::{
    providers::{carrier_signature, payment_signature, seconds_from_now},
    stack::Secrets,
};

/// The Job that the example events name.
pub const JOB: &str = "abcdefghijklmnopqrstuvwxyz";
/// Its secret.
pub const SECRET: &str = "abcdefghijklmnopqrstuvwxyzABCDEF";
/// Its Document.
pub const DOCUMENT: &str = "abcdefghijklmnop";

/// A real Job for an example event.
#[derive(Debug, Clone)]
pub struct Real<'a> {
    /// Its id.
    pub job: &'a str,
    /// Its secret.
    pub secret: &'a str,
    /// One of its Documents.
    pub document: &'a str,
}

/// Reads `events/<name>.json` below the checkout `root`, about a real Job; a webhook whose file name begins with `signed-`
/// is signed now.
///
/// # Errors
/// When there is no such file, or it is no JSON.
pub fn example(root: &Path, name: &str, real: &Real<'_>, secrets: &Secrets) -> std::io::Result<Value> {
    let text = std::fs::read_to_string(root.join("events").join(format!("{name}.json")))?;
    let mut event: Value = serde_json::from_str(&about(&text, real))?;
    if name.contains("/signed-") {
        sign(&mut event, name.starts_with("payment"), secrets);
    }
    Ok(event)
}

/// The text with the real names. The secret begins with the Job's name and that with the Document's, hence the order.
fn about(text: &str, real: &Real<'_>) -> String {
    let state = |job: &str| BASE64.encode(format!("{job}.1").as_bytes());
    text.replace(&state(JOB), &state(real.job))
        .replace(SECRET, "\u{1}")
        .replace(JOB, "\u{2}")
        .replace(DOCUMENT, real.document)
        .replace('\u{2}', real.job)
        .replace('\u{1}', real.secret)
}

fn sign(event: &mut Value, is_payment: bool, secrets: &Secrets) {
    let (body, now) = (event["body"].as_str().unwrap_or_default().to_owned(), seconds_from_now(0));
    let headers = if is_payment {
        payment_signature(&secrets.payment_webhook_secret, &body, now)
    } else {
        carrier_signature(&secrets.carrier_signing_seed, &body, now)
    };
    for (name, value) in headers {
        event["headers"][name] = value.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_names_take_their_places() {
        let real = Real { job: "j", secret: "s", document: "d" };
        let text = format!("{SECRET} {JOB} {DOCUMENT} uploads/{JOB}/{DOCUMENT}");
        assert_eq!(about(&text, &real), "s j d uploads/j/d");
        assert_eq!(about(&BASE64.encode(format!("{JOB}.1").as_bytes()), &real), BASE64.encode(b"j.1"));
    }
}
