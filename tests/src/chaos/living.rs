//! Who is alive, for those that do them harm: messages are doubled about Jobs under way, not about those that are over.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::dice::Dice;

/// A Job with its Document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The Job's id.
    pub(super) job: String,
    /// Its Document's id.
    pub(super) document: String,
}

/// The Jobs under way.
#[derive(Debug, Default)]
pub(super) struct Living(Mutex<Vec<Named>>);

impl Living {
    /// A Job was opened.
    pub(super) fn born(&self, job: &str, document: &str) {
        self.lock().push(Named { job: job.to_owned(), document: document.to_owned() });
    }

    /// It is over.
    pub(super) fn gone(&self, job: &str) {
        self.lock().retain(|named| named.job != job);
    }

    /// One of them.
    pub(super) fn any(&self, dice: &mut Dice) -> Option<Named> {
        let all = self.lock();
        let place = usize::try_from(dice.below(all.len() as u64)).unwrap_or_default();
        all.get(place).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Named>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_living_are_named() {
        let (living, mut dice) = (Living::default(), Dice::new(1));
        assert_eq!(living.any(&mut dice), None);
        living.born("a", "1");
        living.born("b", "2");
        living.gone("a");
        assert_eq!(living.any(&mut dice).map(|named| named.job), Some("b".to_owned()));
    }
}
