//! Asks whoever started the stack to restart its emulator.
//!
//! Only the runner can: it owns the process and knows its environment. The two speak through this program's stdin and stdout,
//! a line each way, so no signal, port or lock file is needed. Started by hand, there is nobody to ask, and nothing restarts.

use std::io::{Write, stdin, stdout};

/// What is asked.
const RESTART: &[u8] = b"restart the emulator\n";

/// The runner behind stdin and stdout, if there is one.
#[derive(Debug)]
pub struct Keeper {
    listens: bool,
    restarts: u64,
}

/// The runner did not answer with a process id.
#[derive(Debug, thiserror::Error)]
#[error("the emulator was not restarted: {0:?}")]
struct NotRestarted(String);

impl Keeper {
    /// A runner that listens, or none.
    pub fn new(listens: bool) -> Self {
        Self { listens, restarts: 0 }
    }

    /// Has the emulator restarted; its new process id, or none when nobody can.
    ///
    /// # Errors
    /// When the answer is no process id, or the pipe is broken.
    pub async fn restart(&mut self) -> anyhow::Result<Option<u32>> {
        if !self.listens {
            return Ok(None);
        }
        let answer = tokio::task::spawn_blocking(ask).await??;
        let pid = answer.trim().parse().map_err(|_| NotRestarted(answer))?;
        self.restarts += 1;
        Ok(Some(pid))
    }

    /// How often it was restarted.
    pub fn restarts(&self) -> u64 {
        self.restarts
    }
}

fn ask() -> std::io::Result<String> {
    let mut questions = stdout().lock();
    questions.write_all(RESTART)?;
    questions.flush()?;
    let mut answer = String::new();
    stdin().read_line(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_a_runner_nothing_is_restarted() {
        let mut keeper = Keeper::new(false);
        assert_eq!(keeper.restart().await.unwrap(), None);
        assert_eq!(keeper.restarts(), 0);
    }
}
