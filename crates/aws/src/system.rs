//! Clock and randomness of the machine.

use justfax::{
    Timestamp,
    ports::{Clock, Entropy},
};

/// The machine's clock and its randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}

impl Entropy for System {
    /// Fills from the kernel. Without randomness no secret is safe, so the process ends rather than go on.
    fn fill(&self, buffer: &mut [u8]) {
        if getrandom::fill(buffer).is_err() {
            tracing::error!("the kernel gives no randomness");
            std::process::abort();
        }
    }
}
