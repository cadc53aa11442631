//! Misbehaviour on demand: what a provider does on its worst day.
//!
//! Off by default and changed only through the developer's `PUT /desk/chaos.json`. Rates are percentages, drawn for each
//! webhook or request anew, so that hundreds of faxes meet every combination.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::ids;

/// The switches of both providers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Chaos {
    /// The payment sandbox.
    pub payment: Misbehaviour,
    /// The carrier sandbox.
    pub carrier: Misbehaviour,
}

/// How one provider misbehaves. Every rate is 0 to 100 per cent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Misbehaviour {
    /// Webhooks that are never sent.
    pub lose: u8,
    /// Webhooks that are sent again, up to three more times, also when they were answered with success.
    pub repeat: u8,
    /// Webhooks that come late, by up to `delay_ms`.
    pub delay: u8,
    /// Longest delay in milliseconds.
    pub delay_ms: u32,
    /// Webhooks that wait until a later one has overtaken them (at most `delay_ms`).
    pub reorder: u8,
    /// Calls of ours that are carried out and then not answered in time.
    pub time_out: u8,
    /// How long such a call hangs before it gets 504, in milliseconds.
    pub time_out_ms: u32,
    /// Calls of ours that are refused with 503 and not carried out.
    pub unavailable: u8,
}

impl Default for Misbehaviour {
    fn default() -> Self {
        Self {
            lose: 0,
            repeat: 0,
            delay: 0,
            delay_ms: 5_000,
            reorder: 0,
            time_out: 0,
            time_out_ms: 12_000,
            unavailable: 0,
        }
    }
}

impl Chaos {
    /// The first rate that is no percentage, if any.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        [("payment", &self.payment), ("carrier", &self.carrier)].into_iter().find_map(|(who, how)| {
            let rates = [how.lose, how.repeat, how.delay, how.reorder, how.time_out, how.unavailable];
            rates.iter().any(|rate| *rate > 100).then(|| format!("{who}: a rate is 0 to 100 per cent"))
        })
    }
}

/// How often each kind of misbehaviour has happened since the program started, e.g. `carrier.webhook_lost`.
#[derive(Debug, Default)]
pub struct Tally(Mutex<BTreeMap<String, u64>>);

impl Tally {
    /// Whether something with this chance happens now; counted when it does.
    pub fn strikes(&self, who: &str, what: &str, per_cent: u8) -> bool {
        let struck = happens(per_cent);
        if struck {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(format!("{who}.{what}")).or_default() += 1;
        }
        struck
    }

    /// What was counted so far.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whether something with this chance happens now.
#[must_use]
pub fn happens(per_cent: u8) -> bool {
    per_cent > 0 && dice(100) < u32::from(per_cent)
}

/// An even number below `sides`; 0 if there are none.
#[must_use]
pub fn dice(sides: u32) -> u32 {
    u32::from_le_bytes(ids::random()).checked_rem(sides).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_happens_unless_asked_for_and_always_at_a_hundred() {
        for _ in 0..200 {
            assert!(!happens(0));
            assert!(happens(100));
        }
        assert_eq!(dice(0), 0);
    }

    #[test]
    fn only_what_happened_is_counted() {
        let tally = Tally::default();
        assert!(tally.strikes("carrier", "webhook_lost", 100) && !tally.strikes("carrier", "timed_out", 0));
        assert_eq!(tally.counts().into_iter().collect::<Vec<_>>(), [("carrier.webhook_lost".to_owned(), 1)]);
    }

    #[test]
    fn a_rate_above_a_hundred_is_a_fault() {
        let chaos: Chaos = serde_json::from_str(r#"{"carrier":{"lose":101}}"#).unwrap();
        assert!(chaos.fault().is_some());
        assert!(serde_json::from_str::<Chaos>(r#"{"carrier":{"looses":1}}"#).is_err());
    }
}
