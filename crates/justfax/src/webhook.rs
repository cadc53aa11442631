//! What a provider's webhook comes to, whoever the provider is: news of a Job, or a reason not to believe it.

use crate::{ids::JobId, job::event::Event};

/// Why a webhook is not believed or not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRefused {
    /// No signature, a wrong one, or one of another time.
    #[error("the signature does not hold")]
    Signature,
    /// Signed, but not of the documented form.
    #[error("the event cannot be read")]
    Form,
}

/// News for a Job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Whose.
    pub job: JobId,
    /// What happened, [`Event::Call`] or [`Event::Money`].
    pub event: Event,
}
