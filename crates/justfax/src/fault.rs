//! What happens next when something went wrong. Every port classes its failure where it happens; nobody downstream
//! guesses from a text.

use jiff::SignedDuration;

/// A failure of a port.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Passing trouble: try again, not before this wait.
    #[error("passing trouble, try again in {} s: {cause}", wait.as_secs())]
    Retry {
        /// Not before.
        wait: SignedDuration,
        /// For the log.
        #[source]
        cause: Cause,
    },
    /// Trying again will not help; a person must look.
    #[error("broken, a person must look: {0}")]
    Broken(#[source] Cause),
}

/// The cause of a [`Fault`], kept for the log. Adapters must not put personal data into its text.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Fault {
    /// Passing trouble, to be tried again after some seconds.
    pub fn retry(seconds: i64, cause: impl Into<Cause>) -> Self {
        Self::Retry { wait: SignedDuration::from_secs(seconds), cause: cause.into() }
    }

    /// Trouble that only a person can mend.
    pub fn broken(cause: impl Into<Cause>) -> Self {
        Self::Broken(cause.into())
    }
}
