//! The stack that the journeys run on: the one that `JUSTFAX_STACK` (or `JUSTFAX_READY`) names, else one of our own.
//!
//! Our own is started once in this process. Under nextest each test is a process, so there a stack must be given.

use std::{path::PathBuf, sync::OnceLock};

use justfax_tests::{
    runner::{Running, root},
    stack::Stack,
};

static OWN: OnceLock<Running> = OnceLock::new();

/// The stack of this run.
pub(crate) fn stack() -> Stack {
    Stack::read(&ready_file()).unwrap_or_else(|error| panic!("{error}"))
}

/// The file that describes it.
pub(crate) fn ready_file() -> PathBuf {
    let given = ["JUSTFAX_STACK", "JUSTFAX_READY"].iter().find_map(std::env::var_os).map(PathBuf::from);
    given.unwrap_or_else(|| OWN.get_or_init(start).ready.clone())
}

fn start() -> Running {
    assert!(
        std::env::var_os("NEXTEST").is_none(),
        "no stack is given: run `make test`, or name a ready file in JUSTFAX_STACK, or use `cargo test`, which starts one"
    );
    Running::start(&root().join("target/journeys-stack")).unwrap_or_else(|error| panic!("{error}"))
}
