//! The one line that a run ends with, in the same shape as the simulation's.

use std::collections::BTreeMap;

use serde::Serialize;

/// What became of all Jobs. `lost` to `mails_doubled` must be 0.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// How many senders there were.
    pub jobs: u32,
    /// Of this seed.
    pub seed: u64,
    /// What was done to the service, by kind.
    pub faults: BTreeMap<String, u64>,
    /// Jobs that the carrier calls delivered.
    pub delivered: u32,
    /// Paid Jobs that every redial failed for.
    pub failed: u32,
    /// Jobs whose sender did not want them to the end: never paid, cancelled, erased.
    pub cancelled: u32,
    /// Payments captured, or charged at once and kept.
    pub captured: u32,
    /// Holds released.
    pub released: u32,
    /// Charges paid back.
    pub refunded: u32,
    /// Jobs that stand still, or whose sender is told something else than what happened.
    pub lost: u32,
    /// Jobs dialled again while a call was under way, before its end was known, or after a delivered one.
    pub sent_twice: u32,
    /// Jobs whose money is not where it should be.
    pub wrongly_charged: u32,
    /// Jobs of which a copy is left that should be gone.
    pub not_deleted: u32,
    /// Jobs whose end no mail tells.
    pub mails_missing: u32,
    /// Jobs about whose end two mails tell.
    pub mails_doubled: u32,
    /// Jobs in a second, over the whole run.
    pub jobs_per_second: f64,
}

impl Report {
    /// Whether everything is zero that must be.
    pub fn is_clean(&self) -> bool {
        let zeros = [
            self.lost,
            self.sent_twice,
            self.wrongly_charged,
            self.not_deleted,
            self.mails_missing,
            self.mails_doubled,
        ];
        zeros.iter().all(|count| *count == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_the_fields_of_the_simulation_in_their_order() {
        let line = serde_json::to_string(&Report::default()).unwrap();
        let names = [
            "jobs",
            "seed",
            "faults",
            "delivered",
            "failed",
            "cancelled",
            "captured",
            "released",
            "refunded",
            "lost",
            "sent_twice",
            "wrongly_charged",
            "not_deleted",
            "mails_missing",
            "mails_doubled",
            "jobs_per_second",
        ];
        let places: Vec<usize> = names.iter().map(|name| line.find(&format!("\"{name}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{line}");
        assert_eq!(line.matches("\":").count(), names.len(), "{line}");
    }

    #[test]
    fn one_of_the_zeros_is_enough_to_fail() {
        assert!(Report::default().is_clean());
        assert!(!Report { mails_doubled: 1, ..Report::default() }.is_clean());
        assert!(Report { failed: 1, ..Report::default() }.is_clean());
    }
}
