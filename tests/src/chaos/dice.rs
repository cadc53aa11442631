//! Luck from a seed, so that the same seed plans the same senders.
//!
//! `SplitMix64`, written out again instead of taken from the domain: nothing in this crate's programs links the product.

/// A source of luck.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The same seed rolls the same numbers.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice of its own for the part of a run that has this number, so that parts do not depend on each other's order.
    #[must_use]
    pub(super) fn of_part(&self, part: u64) -> Self {
        let mut own = Self(self.0 ^ part.wrapping_mul(0xd134_2543_de82_ef95));
        own.roll();
        own
    }

    /// The next 64 bits.
    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `sides`; 0 when there are none.
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.roll().checked_rem(sides).unwrap_or(0)
    }

    /// One of several, each as often as its weight says; of none, the fallback.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(u64, T)], fallback: T) -> T {
        let mut place = self.below(choices.iter().map(|(weight, _)| weight).sum());
        for (weight, choice) in choices {
            match place.checked_sub(*weight) {
                None => return *choice,
                Some(rest) => place = rest,
            }
        }
        fallback
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_rolls_the_same_and_parts_differ() {
        let rolls = |mut dice: Dice| [dice.roll(), dice.roll(), dice.roll()];
        assert_eq!(rolls(Dice::new(7)), rolls(Dice::new(7)));
        assert_eq!(rolls(Dice::new(7).of_part(3)), rolls(Dice::new(7).of_part(3)));
        assert_ne!(rolls(Dice::new(7).of_part(3)), rolls(Dice::new(7).of_part(4)));
        assert_ne!(rolls(Dice::new(7)), rolls(Dice::new(8)));
    }

    #[test]
    fn a_weight_of_nothing_never_comes_and_all_others_do() {
        let mut dice = Dice::new(1);
        let seen: std::collections::BTreeSet<char> =
            (0..500).map(|_| dice.weighted(&[(0, 'a'), (1, 'b'), (9, 'c')], 'z')).collect();
        assert_eq!(seen.into_iter().collect::<String>(), "bc");
        assert_eq!((dice.below(0), dice.weighted(&[], 'z')), (0, 'z'));
    }
}
