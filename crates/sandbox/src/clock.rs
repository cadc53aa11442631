//! The wall clock of the sandbox, in the two shapes its APIs speak.

use jiff::Timestamp;

/// Seconds since 1970.
#[must_use]
pub fn unix() -> i64 {
    Timestamp::now().as_second()
}

/// RFC 3339 in UTC with microseconds, as the carrier writes times.
#[must_use]
pub fn rfc3339() -> String {
    rfc3339_of(Timestamp::now())
}

/// A given moment as RFC 3339 in UTC with microseconds.
#[must_use]
pub fn rfc3339_of(moment: Timestamp) -> String {
    format!("{moment:.6}")
}

/// Unix seconds as people read them; empty if out of range.
#[must_use]
pub fn readable(seconds: i64) -> String {
    Timestamp::from_second(seconds).map(|moment| short(&rfc3339_of(moment))).unwrap_or_default()
}

/// The first 19 characters of an RFC 3339 time, as people read it: `2026-11-24 08:00:00`.
#[must_use]
pub fn short(rfc3339: &str) -> String {
    rfc3339.chars().take(19).collect::<String>().replace('T', " ")
}
