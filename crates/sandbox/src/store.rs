//! State that survives a restart of the sandbox.
//!
//! Each part is one JSON file, written whole a moment after it changed and when the program ends. The local stack keeps its
//! data between runs, and a Job that was paid yesterday must still find its payment today. A database would be more than a
//! few hundred records need.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value in memory with its file.
#[derive(Debug)]
pub struct Persisted<T> {
    value: Mutex<T>,
    file: PathBuf,
    changed: AtomicBool,
}

/// Why the state cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system.
    #[error("cannot access {file}: {source}")]
    File {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that an older or newer sandbox wrote.
    #[error("{file} is not this sandbox's state: {source}")]
    Content {
        /// Which file.
        file: PathBuf,
        /// What does not fit.
        source: serde_json::Error,
    },
}

impl<T: Serialize + DeserializeOwned + Default> Persisted<T> {
    /// Reads the file, or starts empty if there is none.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn open(file: PathBuf) -> Result<Self, StoreError> {
        let value = match std::fs::read(&file) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|source| StoreError::Content { file: file.clone(), source })?
            }
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => T::default(),
            Err(source) => return Err(StoreError::File { file, source }),
        };
        Ok(Self { value: Mutex::new(value), file, changed: AtomicBool::new(false) })
    }

    /// Looks at the value.
    pub fn read<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.lock())
    }

    /// Changes the value; it is written soon.
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.lock());
        self.changed.store(true, Ordering::Release);
        result
    }

    /// Writes the file if the value changed since the last time. Replaces it whole, so that a crash leaves the old or the new.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self) -> Result<(), StoreError> {
        if !self.changed.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let bytes =
            self.read(serde_json::to_vec).map_err(|source| StoreError::Content { file: self.file.clone(), source })?;
        replace(&self.file, &bytes)
    }

    fn lock(&self) -> MutexGuard<'_, T> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes a file beside its place and moves it there.
///
/// # Errors
/// When the folder cannot be written to.
pub fn replace(file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fault = |source| StoreError::File { file: file.to_owned(), source };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(fault)?;
    }
    let beside = file.with_extension("new");
    std::fs::write(&beside, bytes).map_err(fault)?;
    std::fs::rename(&beside, file).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_is_there_after_a_restart() {
        let file = std::env::temp_dir().join(format!("justfax-store-{}.json", crate::ids::uuid()));
        let first: Persisted<Vec<u32>> = Persisted::open(file.clone()).unwrap();
        first.change(|list| list.push(7));
        first.save().unwrap();
        let second: Persisted<Vec<u32>> = Persisted::open(file.clone()).unwrap();
        assert_eq!(second.read(Clone::clone), [7]);
        std::fs::write(&file, b"{").unwrap();
        assert!(Persisted::<Vec<u32>>::open(file.clone()).is_err());
        std::fs::remove_file(file).unwrap();
    }
}
