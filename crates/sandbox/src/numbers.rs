//! The test numbers: what the far end does is chosen by the number dialled.
//!
//! They lie in the ranges that Germany (+49 30 23125 000…999, Bundesnetzagentur's numbers for films) and North America
//! (+1 … 555 0100…0199, reserved for fiction) keep free, so no real line can ever be meant. The last two digits choose;
//! every other number answers, because a developer who types a number of his own wants to see a fax go through.

use serde::Serialize;

/// What the virtual line and machine behind a number do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// A Group 3 machine with error correction picks up and takes every page.
    Answers,
    /// The line is engaged.
    Busy,
    /// It rings and nobody picks up.
    NoAnswer,
    /// A person picks up and speaks.
    Person,
    /// A machine without error correction hangs up in the middle of a page.
    HangsUpMidPage,
    /// A machine picks up on a line so noisy that the modems fall back to a lower speed.
    NoisyLine,
    /// The number is not given to anybody.
    Unallocated,
    /// Engaged when a Job dials for the first time, answers from the second time on.
    BusyOnce,
    /// The machine has every page and confirms the last, but the line drops before the carrier hears it.
    HangsUpAfterLastConfirmation,
    /// The call is answered, and then there is silence.
    Silence,
}

/// One row of the published table.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TestNumber {
    /// The last two digits that choose the behaviour.
    pub ending: &'static str,
    /// The German number, E.164.
    pub german: &'static str,
    /// A North American number, E.164 (any area code will do).
    pub american: &'static str,
    /// What happens.
    pub behaviour: Behaviour,
    /// The same for a reader, in a few words.
    pub words: &'static str,
}

/// The German film range without the last two digits; the third last digit is free.
const GERMAN_FILM_RANGE: &str = "+493023125";
/// Exchange and first two digits of the North American fiction range, after the area code.
const AMERICAN_FICTION_RANGE: &str = "55501";

macro_rules! row {
    ($ending:literal, $behaviour:ident, $words:literal) => {
        TestNumber {
            ending: $ending,
            german: concat!("+4930231250", $ending),
            american: concat!("+121255501", $ending),
            behaviour: Behaviour::$behaviour,
            words: $words,
        }
    };
}

/// The table, in the order of the endings. Shown on the desk, in the README and used by the tests.
pub const TEST_NUMBERS: [TestNumber; 10] = [
    row!("01", Answers, "answers and takes every page"),
    row!("02", Busy, "is busy"),
    row!("03", NoAnswer, "rings, nobody answers"),
    row!("04", Person, "a person answers and speaks"),
    row!("05", HangsUpMidPage, "hangs up in the middle of a page"),
    row!("06", NoisyLine, "noisy line: delivered, but slower"),
    row!("07", Unallocated, "the number is not in service"),
    row!("08", BusyOnce, "is busy the first time, then answers"),
    row!(
        "09",
        HangsUpAfterLastConfirmation,
        "hangs up after the last confirmation: the carrier says failed, the machine has every page"
    ),
    row!("10", Silence, "dead line: answers, then silence"),
];

impl Behaviour {
    /// What the line behind an E.164 number does.
    #[must_use]
    pub fn of(number: &str) -> Self {
        let Some(ending) = test_ending(number) else {
            return Self::Answers;
        };
        TEST_NUMBERS.iter().find(|row| row.ending == ending).map_or(Self::Answers, |row| row.behaviour)
    }
}

/// The last two digits, if the number lies in one of the two ranges.
fn test_ending(number: &str) -> Option<&str> {
    if !number.is_ascii() {
        return None;
    }
    if let Some(rest) = number.strip_prefix(GERMAN_FILM_RANGE) {
        return (rest.len() == 3).then(|| &rest[1..]);
    }
    let national = number.strip_prefix("+1")?;
    let ending = national.get(3..)?.strip_prefix(AMERICAN_FICTION_RANGE)?;
    (ending.len() == 2).then_some(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_found_by_both_of_its_numbers() {
        for row in TEST_NUMBERS {
            assert_eq!(Behaviour::of(row.german), row.behaviour, "{}", row.german);
            assert_eq!(Behaviour::of(row.american), row.behaviour, "{}", row.american);
        }
    }

    #[test]
    fn any_area_code_and_any_third_last_digit_will_do() {
        assert_eq!(Behaviour::of("+18085550102"), Behaviour::Busy);
        assert_eq!(Behaviour::of("+493023125902"), Behaviour::Busy);
    }

    #[test]
    fn a_number_outside_the_ranges_answers() {
        for number in ["+4930231250", "+49302312510203", "+12125550202", "+442079460002", "", "+1ä"] {
            assert_eq!(Behaviour::of(number), Behaviour::Answers, "{number}");
        }
    }
}
