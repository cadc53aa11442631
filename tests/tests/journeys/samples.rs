//! The project's own sample documents, made by `tests/samples/generate.py` into `target/samples`.

use std::{path::PathBuf, process::Command, sync::OnceLock};

use justfax_tests::runner::root;

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// The path of a sample, e.g. `letter-de.pdf` or `traps/password.pdf`.
pub(crate) fn path(name: &str) -> PathBuf {
    FOLDER.get_or_init(folder).join(name)
}

/// A sample's bytes.
pub(crate) fn read(name: &str) -> Vec<u8> {
    let path = path(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folder; the documents are made if they are not there.
fn folder() -> PathBuf {
    let folder = root().join("target/samples");
    if !folder.join("traps/wide.png").is_file() {
        let made = Command::new(root().join(".venv/bin/python"))
            .arg(root().join("tests/samples/generate.py"))
            .arg(&folder)
            .status();
        assert!(
            made.is_ok_and(|status| status.success()),
            "the sample documents could not be made; `make test` sets up what they need"
        );
    }
    folder
}
