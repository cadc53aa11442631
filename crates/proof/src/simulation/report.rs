//! What a simulation says at its end: one line.

use std::collections::BTreeMap;

use serde::Serialize;

/// What came of Jobs, judged by what the carrier dialled, what the provider holds and which bytes exist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// What went wrong, or was done, by kind.
    pub faults: BTreeMap<&'static str, u64>,
    /// Faxes delivered.
    pub delivered: u64,
    /// Paid faxes that were not delivered.
    pub failed: u64,
    /// Paid or ordered faxes that their senders ended.
    pub cancelled: u64,
    /// Holds captured.
    pub captured: u64,
    /// Holds released.
    pub released: u64,
    /// Charges paid back.
    pub refunded: u64,
    /// Paid faxes that were neither delivered nor paid back, or whose pages were lost.
    pub lost: u64,
    /// Jobs with a call that must not have been: a second at once, after delivery, on a shared line, unpaid.
    pub sent_twice: u64,
    /// Orders whose money ended where it must not.
    pub wrongly_charged: u64,
    /// Jobs of which bytes were left.
    pub not_deleted: u64,
    /// Mails that were never sent.
    pub mails_missing: u64,
    /// Mails sent again although nobody had a reason to.
    pub mails_doubled: u64,
}

impl Tally {
    /// Names of the promises that were broken.
    pub fn broken(&self) -> Vec<&'static str> {
        let zeros = [
            ("lost", self.lost),
            ("sent_twice", self.sent_twice),
            ("wrongly_charged", self.wrongly_charged),
            ("not_deleted", self.not_deleted),
            ("mails_missing", self.mails_missing),
            ("mails_doubled", self.mails_doubled),
        ];
        zeros.into_iter().filter(|(_, count)| *count > 0).map(|(name, _)| name).collect()
    }

    pub(super) fn count(&mut self, what: &'static str) {
        *self.faults.entry(what).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (kind, count) in &other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
        for (mine, theirs) in [
            (&mut self.delivered, other.delivered),
            (&mut self.failed, other.failed),
            (&mut self.cancelled, other.cancelled),
            (&mut self.captured, other.captured),
            (&mut self.released, other.released),
            (&mut self.refunded, other.refunded),
            (&mut self.lost, other.lost),
            (&mut self.sent_twice, other.sent_twice),
            (&mut self.wrongly_charged, other.wrongly_charged),
            (&mut self.not_deleted, other.not_deleted),
            (&mut self.mails_missing, other.mails_missing),
            (&mut self.mails_doubled, other.mails_doubled),
        ] {
            *mine += theirs;
        }
    }
}

/// The line.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Jobs simulated.
    pub jobs: u64,
    /// The seed of the first; the others follow from it.
    pub seed: u64,
    /// What came of them.
    #[serde(flatten)]
    pub tally: Tally,
    /// How fast.
    pub jobs_per_second: u64,
}

/// A Job whose promises were broken.
#[derive(Debug, Clone)]
pub struct Failing {
    /// With this seed and one Job the same happens again.
    pub seed: u64,
    /// Which promises.
    pub broken: Vec<&'static str>,
}
