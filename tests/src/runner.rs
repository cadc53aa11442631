//! Starts a stack from nothing where none is given, and ends it with this process.
//!
//! The runner hangs on a pipe that the kernel closes when this process ends, however it ends: a killed test run leaves no
//! emulator behind, and no signal handler is needed.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A stack that was started here; it stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    /// Its ready file.
    pub ready: PathBuf,
    child: Child,
}

/// Why there is no stack.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    /// The shell or Python cannot be run.
    #[error("the runner of the stack cannot be started: {0}")]
    Shell(#[from] std::io::Error),
    /// It ended without a ready line.
    #[error("the stack did not start; its runner says above why")]
    Ended,
}

/// The checkout that this program was built from.
pub fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

impl Running {
    /// Starts a stack with its state in `state` and waits for its ready line.
    ///
    /// # Errors
    /// [`NotStarted`].
    pub fn start(state: &Path) -> Result<Self, NotStarted> {
        // Only the runner keeps stdout, so that its end is seen there.
        let script = "\"$@\" <&- & runner=$!; exec >&2; cat > /dev/null; kill -TERM $runner; wait $runner";
        let mut child = Command::new("sh")
            .args(["-c", script, "sh", ".venv/bin/python", "infra/local/run.py", "--ephemeral", "--built", "--state"])
            .arg(state)
            .current_dir(root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = BufReader::new(child.stdout.take().ok_or(NotStarted::Ended)?);
        let mut lines = output.lines().map_while(Result::ok);
        if lines.any(|line| line.starts_with("ready: ")) {
            return Ok(Self { ready: state.join("ready.json"), child });
        }
        drop(child.stdin.take());
        child.wait()?;
        Err(NotStarted::Ended)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
