//! What an attempt ended with, and when to dial again.
//!
//! The rule goes by cause: a busy machine frees itself, a number that does not exist never will. Each cause has its
//! own list of waits, and only attempts with the same cause use it up, so a line that is first busy and then breaks
//! still gets both chances; a cap on all attempts keeps mixtures finite.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Attempts at one number in all, whatever the mixture of causes.
pub const MOST_ATTEMPTS: usize = 8;

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The far end confirmed every page.
    Delivered,
    /// The line was engaged.
    Busy,
    /// It rang and nobody answered.
    NoAnswer,
    /// Somebody or something answered that does not speak T.30.
    NotAFax,
    /// The call or the transmission broke off; pages may have been printed.
    LineLost,
    /// The far end declined the call.
    Rejected,
    /// The number does not exist or cannot be reached for good.
    Unreachable,
    /// The carrier could not or would not place calls at all.
    CarrierTrouble,
    /// The carrier refused the document.
    DocumentRefused,
    /// The carrier never got the call: it is as if it had not been dialled.
    NotPlaced,
    /// The sender ended it.
    Cancelled,
}

/// What follows an attempt that did not deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Dial again after this wait.
    Redial(SignedDuration),
    /// Give up.
    GiveUp,
}

/// The waits before each further attempt, by cause.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RedialRule {
    /// After [`Outcome::Busy`].
    pub busy: Vec<SignedDuration>,
    /// After [`Outcome::NoAnswer`].
    pub no_answer: Vec<SignedDuration>,
    /// After [`Outcome::LineLost`].
    pub line_lost: Vec<SignedDuration>,
    /// After [`Outcome::NotAFax`] and [`Outcome::Rejected`].
    pub not_a_fax: Vec<SignedDuration>,
    /// After [`Outcome::CarrierTrouble`] and [`Outcome::NotPlaced`].
    pub carrier_trouble: Vec<SignedDuration>,
}

/// The rule as written cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("redial rule: {0:?} is not like busy=5m,15m;no_answer=10m")]
pub struct RuleUnreadable(String);

impl Default for RedialRule {
    fn default() -> Self {
        let minutes = |waits: &[i64]| waits.iter().map(|m| SignedDuration::from_mins(*m)).collect();
        Self {
            busy: minutes(&[5, 5, 15, 40]),
            no_answer: minutes(&[10, 30]),
            line_lost: minutes(&[0, 5]),
            not_a_fax: minutes(&[10]),
            carrier_trouble: minutes(&[1, 5, 15]),
        }
    }
}

impl RedialRule {
    /// Reads `busy=5m,5m,15m,40m;no_answer=10m,30m`; a cause that is not named keeps its default.
    ///
    /// # Errors
    /// [`RuleUnreadable`] with the part that is wrong.
    pub fn parse(text: &str) -> Result<Self, RuleUnreadable> {
        let mut rule = Self::default();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let wrong = || RuleUnreadable(part.to_owned());
            let (cause, waits) = part.split_once('=').ok_or_else(wrong)?;
            let waits = waits
                .split(',')
                .filter(|wait| !wait.trim().is_empty())
                .map(|wait| parse_duration(wait).ok_or_else(wrong))
                .collect::<Result<Vec<_>, _>>()?;
            *rule.list_mut(cause.trim()).ok_or_else(wrong)? = waits;
        }
        Ok(rule)
    }

    fn list_mut(&mut self, cause: &str) -> Option<&mut Vec<SignedDuration>> {
        match cause {
            "busy" => Some(&mut self.busy),
            "no_answer" => Some(&mut self.no_answer),
            "line_lost" => Some(&mut self.line_lost),
            "not_a_fax" => Some(&mut self.not_a_fax),
            "carrier_trouble" => Some(&mut self.carrier_trouble),
            _ => None,
        }
    }

    /// The waits that a cause has, empty where it is never redialled.
    pub fn waits(&self, cause: Outcome) -> &[SignedDuration] {
        match cause {
            Outcome::Busy => &self.busy,
            Outcome::NoAnswer => &self.no_answer,
            Outcome::LineLost => &self.line_lost,
            Outcome::NotAFax | Outcome::Rejected => &self.not_a_fax,
            Outcome::CarrierTrouble | Outcome::NotPlaced => &self.carrier_trouble,
            Outcome::Delivered | Outcome::Unreachable | Outcome::DocumentRefused | Outcome::Cancelled => &[],
        }
    }

    /// What follows the last of these outcomes, all at one number, oldest first.
    pub fn next(&self, outcomes: &[Outcome]) -> Next {
        let Some(last) = outcomes.last() else { return Next::Redial(SignedDuration::ZERO) };
        let same = |outcome: &&Outcome| std::ptr::eq(self.waits(**outcome), self.waits(*last));
        let used = outcomes.iter().filter(same).count();
        match self.waits(*last).get(used.saturating_sub(1)) {
            Some(wait) if outcomes.len() < MOST_ATTEMPTS => Next::Redial(*wait),
            _ => Next::GiveUp,
        }
    }
}

/// Reads `90s`, `5m`, `24h` or `30d`.
pub fn parse_duration(text: &str) -> Option<SignedDuration> {
    let text = text.trim();
    let unit = text.chars().last()?;
    let number: i64 = text.strip_suffix(unit)?.parse().ok().filter(|n| (0..=1_000_000).contains(n))?;
    match unit {
        's' => Some(SignedDuration::from_secs(number)),
        'm' => Some(SignedDuration::from_mins(number)),
        'h' => Some(SignedDuration::from_hours(number)),
        'd' => Some(SignedDuration::from_hours(number * 24)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::*;

    fn minutes(m: i64) -> Next {
        Next::Redial(SignedDuration::from_mins(m))
    }

    #[test]
    fn a_busy_line_is_dialled_five_times_in_all() {
        let rule = RedialRule::default();
        let waits: Vec<_> = (1..=5).map(|n| rule.next(&vec![Busy; n])).collect();
        assert_eq!(waits, [minutes(5), minutes(5), minutes(15), minutes(40), Next::GiveUp]);
    }

    #[test]
    fn each_cause_has_chances_of_its_own() {
        let rule = RedialRule::default();
        assert_eq!(rule.next(&[Busy, NoAnswer]), minutes(10));
        assert_eq!(rule.next(&[NotAFax, Rejected]), Next::GiveUp);
        assert_eq!(rule.next(&[LineLost]), minutes(0));
    }

    #[test]
    fn what_cannot_get_better_is_never_redialled() {
        for cause in [Unreachable, DocumentRefused, Cancelled, Delivered] {
            assert_eq!(RedialRule::default().next(&[cause]), Next::GiveUp);
        }
    }

    #[test]
    fn a_mixture_of_causes_ends_too() {
        let causes = [Busy, NoAnswer, LineLost, NotAFax, Busy, NoAnswer, LineLost, Busy];
        assert_eq!(RedialRule::default().next(&causes), Next::GiveUp);
    }

    #[test]
    fn the_rule_is_read_from_the_settings() {
        let rule = RedialRule::parse("busy=2s,3s; line_lost=;no_answer=1h").unwrap();
        assert_eq!(rule.busy, [SignedDuration::from_secs(2), SignedDuration::from_secs(3)]);
        assert_eq!((rule.line_lost.len(), rule.not_a_fax.len()), (0, 1));
        for wrong in ["busy", "bussy=1m", "busy=1x", "busy=-1m", "busy=99999999m"] {
            assert!(RedialRule::parse(wrong).is_err(), "{wrong}");
        }
    }
}
