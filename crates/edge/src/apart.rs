//! Work that panics fails alone, and nobody is told with what words.
//!
//! The Lambda runtime catches a panic too. But it answers with its message, which may quote what was being worked on, and a
//! whole batch of messages would come again for the sake of one.

use std::future::Future;

use justfax::fault::Fault;

/// Does a piece of work as a task of its own. The place of a panic is logged by the hook that
/// `justfax_aws::telemetry` sets.
///
/// # Errors
/// [`Fault::Broken`] when it panicked: it would again.
pub async fn apart<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T, Fault> {
    tokio::spawn(work).await.map_err(|_| Fault::broken("it panicked"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_panics_is_broken_and_keeps_its_words_to_itself() {
        let fault = apart(async { panic!("+49 30 23125001") }).await.map(|()| "done").unwrap_err();
        assert!(matches!(fault, Fault::Broken(_)));
        assert!(!format!("{fault:?} {fault}").contains("23125"));
        assert_eq!(apart(async { 7 }).await.unwrap(), 7);
    }
}
