//! Identifiers as the two services make them.

use data_encoding::HEXLOWER;

/// A Stripe-like identifier: prefix and 24 random letters and digits.
#[must_use]
pub fn prefixed(prefix: &str) -> String {
    let random = random::<12>();
    format!("{prefix}_{}", HEXLOWER.encode(&random))
}

/// A random UUID (RFC 9562, version 4).
#[must_use]
pub fn uuid() -> String {
    let mut bytes = random::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = HEXLOWER.encode(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Random bytes; the system's generator failing leaves zeros, which a sandbox survives.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        tracing::error!("no random numbers from the system");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_version_and_variant() {
        let id = uuid();
        assert_eq!(id.len(), 36);
        assert_eq!(&id[14..15], "4");
        assert!(matches!(&id[19..20], "8" | "9" | "a" | "b"));
        assert_ne!(id, uuid());
    }
}
