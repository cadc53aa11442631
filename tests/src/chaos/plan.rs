//! What each sender will do: whom they fax, how they pay, when they lose patience.
//!
//! A plan depends on the seed and the sender's number alone; what the world then does to it does not.

use super::dice::Dice;

/// How somebody pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paying {
    /// By card, at once.
    Card,
    /// By a card that is declined, then by another.
    SecondCard,
    /// Goes back from the payment page first.
    SecondThoughts,
    /// Corrects the order before paying.
    SecondOrder,
    /// By a method that cannot be held.
    Bank,
    /// By one whose money comes seconds later.
    SlowBank,
    /// Not at all.
    Never,
}

/// What somebody does while the fax is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meanwhile {
    /// Waits.
    Waits,
    /// Cancels as soon as it can be cancelled after so many milliseconds.
    Cancels(u64),
    /// Erases everything after so many milliseconds.
    Erases(u64),
}

/// What somebody does about a fax that was not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Afterwards {
    /// Corrects the number to one that answers.
    Corrects,
    /// Corrects it to one that does not exist either, then takes the money back.
    CorrectsWrongly,
    /// Takes the money back.
    MoneyBack,
    /// Erases everything.
    Erases,
}

/// The plan of one sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// Which sender, from 0.
    pub(super) index: u32,
    /// Whom to, E.164.
    pub(super) to: String,
    /// A number of the same country, and so of the same price, that answers: for a correction.
    pub(super) corrected: String,
    /// How long the document is, in lines of text.
    pub(super) lines: u32,
    /// How they pay.
    pub(super) paying: Paying,
    /// What they do meanwhile.
    pub(super) meanwhile: Meanwhile,
    /// What they do when it was not delivered …
    pub(super) afterwards: Afterwards,
    /// … and whether they wait for the mail about it first.
    pub(super) reads_mail: bool,
    /// Whether they erase what is kept at the end.
    pub(super) tidies_up: bool,
}

/// Last two digits of the sandbox's test numbers with their shares: 01 answers, 02 is busy, 03 nobody, 04 a person, 05 hangs
/// up in mid-page, 06 noise, 07 unallocated, 08 busy once, 09 hangs up after the last confirmation, 10 silence.
const FAR_ENDS: [(u64, u32); 10] = [(44, 1), (7, 2), (4, 3), (4, 4), (6, 5), (4, 6), (11, 7), (14, 8), (4, 9), (2, 10)];

/// Area codes in front of the fictional exchange 555 01xx.
const AREAS: [u32; 16] = [202, 206, 212, 213, 303, 305, 312, 404, 415, 503, 512, 602, 617, 713, 718, 808];

impl Plan {
    /// The plan of sender `index`.
    pub(super) fn of(seed: u64, index: u32) -> Self {
        let mut dice = Dice::new(seed).of_part(u64::from(index));
        let ending = dice.weighted(&FAR_ENDS, 1);
        let wait = 500 + dice.below(12_000);
        let number = if dice.below(4) == 0 { american } else { german };
        Self {
            index,
            to: number(&mut dice, ending),
            corrected: number(&mut dice, 1),
            lines: if dice.below(6) == 0 { 90 } else { 12 },
            paying: dice.weighted(
                &[
                    (56, Paying::Card),
                    (6, Paying::SecondCard),
                    (6, Paying::SecondThoughts),
                    (8, Paying::SecondOrder),
                    (10, Paying::Bank),
                    (8, Paying::SlowBank),
                    (6, Paying::Never),
                ],
                Paying::Card,
            ),
            meanwhile: dice.weighted(
                &[(82, Meanwhile::Waits), (10, Meanwhile::Cancels(wait)), (8, Meanwhile::Erases(wait))],
                Meanwhile::Waits,
            ),
            afterwards: dice.weighted(
                &[
                    (40, Afterwards::Corrects),
                    (15, Afterwards::CorrectsWrongly),
                    (30, Afterwards::MoneyBack),
                    (15, Afterwards::Erases),
                ],
                Afterwards::MoneyBack,
            ),
            reads_mail: dice.below(2) == 0,
            tidies_up: dice.below(2) == 0,
        }
    }
}

/// A number whose far end behaves as the ending says. Those that answer come from a wide range, so that senders seldom wait for
/// one machine; the others share a few numbers, so that some do.
fn german(dice: &mut Dice, ending: u32) -> String {
    let ending = spread(dice, ending);
    format!("+493023125{}{ending:02}", dice.below(10))
}

fn spread(dice: &mut Dice, ending: u32) -> u64 {
    if ending == 1 { 11 + dice.below(89) } else { u64::from(ending) }
}

fn american(dice: &mut Dice, ending: u32) -> String {
    let ending = spread(dice, ending);
    let place = usize::try_from(dice.below(AREAS.len() as u64)).unwrap_or_default();
    format!("+1{}55501{ending:02}", AREAS[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_plans_the_same_senders_again() {
        let plans = |seed| (0..50).map(|index| Plan::of(seed, index)).collect::<Vec<_>>();
        assert_eq!(plans(3), plans(3));
        assert_ne!(plans(3), plans(4));
    }

    #[test]
    fn some_hundred_senders_do_everything_that_senders_do() {
        let plans: Vec<Plan> = (0..400).map(|index| Plan::of(1, index)).collect();
        for ending in 2..=10 {
            let is = |plan: &&Plan| plan.to.ends_with(&format!("{ending:02}"));
            assert!(plans.iter().any(|plan| is(&plan)), "nobody faxes to …{ending:02}");
        }
        for paying in [Paying::Bank, Paying::SlowBank, Paying::SecondOrder, Paying::SecondThoughts, Paying::Never] {
            assert!(plans.iter().any(|plan| plan.paying == paying), "{paying:?}");
        }
        assert!(plans.iter().any(|plan| matches!(plan.meanwhile, Meanwhile::Erases(_))));
        assert!(plans.iter().any(|plan| matches!(plan.meanwhile, Meanwhile::Cancels(_))));
        assert!(plans.iter().any(|plan| plan.afterwards == Afterwards::CorrectsWrongly));
    }
}
