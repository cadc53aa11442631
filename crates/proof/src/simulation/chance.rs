//! Chance drawn from a seed: the same seed, the same life.

use jiff::SignedDuration;
use justfax::{memory::Dice, ports::Entropy};

/// What decides everything that is left open.
#[derive(Debug)]
pub(super) struct Chance(Dice);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(Dice::new(seed))
    }

    /// A number below `end`, which is not 0. The bias of the remainder does not matter here.
    pub(super) fn below(&self, end: u64) -> u64 {
        u64::from_le_bytes(self.0.bytes()) % end
    }

    /// True in so many of a thousand cases.
    pub(super) fn thousandths(&self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// A time from this many milliseconds to that many.
    pub(super) fn millis(&self, from: i64, to: i64) -> SignedDuration {
        let span = u64::try_from(to - from).unwrap_or(0).max(1);
        SignedDuration::from_millis(from + i64::try_from(self.below(span)).unwrap_or(0))
    }

    /// A time from this many seconds to that many.
    pub(super) fn seconds(&self, from: i64, to: i64) -> SignedDuration {
        self.millis(from * 1000, to * 1000)
    }

    /// One of these, by weight.
    pub(super) fn pick<T: Copy>(&self, choices: &[(u64, T)]) -> Option<T> {
        let mut at = self.below(choices.iter().map(|(weight, _)| weight).sum::<u64>().max(1));
        for (weight, choice) in choices {
            if at < *weight {
                return Some(*choice);
            }
            at -= weight;
        }
        None
    }

    /// A seed for somebody else's chance.
    pub(super) fn seed(&self) -> u64 {
        u64::from_le_bytes(self.0.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_keeps_its_bounds_and_repeats_itself() {
        let (one, two) = (Chance::new(5), Chance::new(5));
        for _ in 0..1000 {
            let drawn = one.seconds(3, 5);
            assert!(drawn >= SignedDuration::from_secs(3) && drawn < SignedDuration::from_secs(5));
            assert_eq!(drawn, two.seconds(3, 5));
        }
        assert!(!one.thousandths(0) && one.thousandths(1000));
        assert_eq!(one.pick(&[(0, 'a'), (7, 'b')]), Some('b'));
    }
}
