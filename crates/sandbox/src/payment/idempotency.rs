//! Idempotency keys: the same request gets the same answer, another request under the same key is refused.
//!
//! As at Stripe an answer is kept once a request was carried out, also when that ended in an error; a request that was refused
//! for its form was never carried out and may be put right under the same key. Keys are kept for at least 24 hours.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::Fault;
use super::ledger::Ledger;
use crate::clock;

/// Stripe keeps keys for at least this long.
const KEPT_SECONDS: i64 = 24 * 3600;
/// Lengths a key may have; the lower bound is JustFax's own contract.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=255;

/// A kept answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Answer {
    /// Path of the request.
    path: String,
    /// The checked parameters.
    parameters: Value,
    /// HTTP status.
    pub(super) status: u16,
    /// Body.
    pub(super) body: Value,
    /// The request that was carried out.
    pub(super) request: String,
    /// Unix seconds.
    at: i64,
}

/// A key as it must be.
pub(super) fn check(key: Option<&str>) -> Result<&str, Fault> {
    match key {
        Some(key) if LENGTHS.contains(&key.len()) => Ok(key),
        Some(_) => Err(Fault::idempotency("Idempotency keys have 8 to 255 characters.")),
        None => Err(Fault::idempotency("This sandbox wants an Idempotency-Key with every POST request.")),
    }
}

/// The kept answer to this request, if it was carried out before.
pub(super) fn replay(ledger: &Ledger, key: &str, path: &str, parameters: &Value) -> Result<Option<Answer>, Fault> {
    let Some(kept) = ledger.answers.get(key) else {
        return Ok(None);
    };
    if kept.path != path {
        let message = format!(
            "Keys for idempotent requests can only be used for the same endpoint they were first used for ('{path}' vs '{}'). Try using a key other than '{key}' if you meant to execute a different request.",
            kept.path
        );
        return Err(Fault::idempotency(&message));
    }
    if kept.parameters != *parameters {
        let message = format!(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request."
        );
        return Err(Fault::idempotency(&message));
    }
    Ok(Some(kept.clone()))
}

/// Keeps an answer.
pub(super) fn keep(
    ledger: &mut Ledger,
    key: &str,
    path: &str,
    parameters: Value,
    request: &str,
    result: &Result<Value, Fault>,
) {
    let now = clock::unix();
    ledger.answers.retain(|_, answer| now - answer.at < KEPT_SECONDS * 2);
    let (status, body) = match result {
        Ok(body) => (200, body.clone()),
        Err(fault) => (fault.status.as_u16(), fault.body.clone()),
    };
    let answer = Answer { path: path.to_owned(), parameters, status, body, request: request.to_owned(), at: now };
    ledger.answers.insert(key.to_owned(), answer);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_given_again_to_the_same_request_alone() {
        let mut ledger = Ledger::default();
        let parameters = json!({"amount": 1});
        assert!(replay(&ledger, "key-number-1", "/a", &parameters).unwrap().is_none());
        keep(&mut ledger, "key-number-1", "/a", parameters.clone(), "req_1", &Ok(json!({"id": 1})));
        let kept = replay(&ledger, "key-number-1", "/a", &parameters).unwrap().unwrap();
        assert_eq!((kept.status, kept.body, kept.request.as_str()), (200, json!({"id": 1}), "req_1"));
        assert!(replay(&ledger, "key-number-1", "/b", &parameters).is_err());
        assert!(replay(&ledger, "key-number-1", "/a", &json!({"amount": 2})).is_err());
    }

    #[test]
    fn a_key_has_8_to_255_characters() {
        assert!(check(None).is_err());
        assert!(check(Some("1234567")).is_err());
        assert!(check(Some("12345678")).is_ok());
        assert!(check(Some(&"k".repeat(256))).is_err());
    }
}
