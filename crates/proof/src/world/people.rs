//! Limits and keys. Times are whole seconds, as the table has them.

use std::collections::BTreeMap;

use crate::wire::{Reply, Request};

/// A key to what is stored about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    /// Whether it was mailed, and is good once.
    link: bool,
    whose: String,
    until: i64,
}

/// What is kept about who may do what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    taken: BTreeMap<String, u32>,
    keys: BTreeMap<String, Key>,
}

impl People {
    pub(super) fn answer(&mut self, request: &Request) -> Reply {
        match request {
            Request::TakeOne(name, most) => {
                let taken = self.taken.entry(name.clone()).or_default();
                let left = *taken < *most;
                *taken += u32::from(left);
                Reply::Taken(left)
            }
            Request::Keep(name, link, whose, until) => {
                let key = Key { link: *link, whose: whose.clone(), until: until.as_second() };
                self.keys.insert(name.clone(), key);
                Reply::Done
            }
            Request::Holder(name, link, now) => {
                let key = self.keys.get(name).filter(|key| key.link == *link && key.until > now.as_second());
                Reply::Whose(key.map(|key| key.whose.clone()))
            }
            Request::Spend(name, now) => {
                let good = self.keys.get(name).is_some_and(|key| key.link && key.until > now.as_second());
                if good {
                    self.keys.remove(name);
                }
                Reply::Taken(good)
            }
            _ => Reply::Broken,
        }
    }
}
