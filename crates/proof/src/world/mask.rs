//! Hashing that does not see a Job's name, so that two Jobs that differ in nothing else have one hash.
//!
//! The name is part of many texts: a call's reference, a mail's name, a session. It is found wherever it stands, so no
//! place where a name may be has to be listed.

use std::hash::{DefaultHasher, Hash, Hasher};

use justfax::ids::JobId;

/// What stands where a name was.
const NAMELESS: &[u8] = b"a Job";

/// A hasher that passes a name over.
struct Masked<'a> {
    hasher: DefaultHasher,
    name: &'a [u8],
}

impl Hasher for Masked<'_> {
    fn finish(&self) -> u64 {
        self.hasher.finish()
    }

    fn write(&mut self, mut bytes: &[u8]) {
        while bytes.len() >= self.name.len() {
            let Some(at) = bytes.windows(self.name.len()).position(|window| window == self.name) else { break };
            self.hasher.write(&bytes[..at]);
            self.hasher.write(NAMELESS);
            bytes = &bytes[at + self.name.len()..];
        }
        self.hasher.write(bytes);
    }
}

/// The hash of what belongs to a Job, whatever its name is.
pub(crate) fn nameless(name: &JobId, content: impl Hash) -> u64 {
    let mut hasher = Masked { hasher: DefaultHasher::new(), name: name.as_str().as_bytes() };
    content.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use justfax::memory::Dice;

    use super::*;

    #[test]
    fn what_differs_only_in_a_name_has_one_hash_and_nothing_else_has() {
        let (one, two) = (JobId::random(&Dice::new(1)), JobId::random(&Dice::new(2)));
        let told = |id: &JobId, end: &str| nameless(id, (id, format!("call.{id}.1"), format!("{id}{id}"), end));
        assert_eq!(told(&one, "x"), told(&two, "x"));
        assert_ne!(told(&one, "x"), told(&one, "y"));
        assert_ne!(nameless(&one, &two), nameless(&one, &one), "another Job's name is seen");
    }
}
