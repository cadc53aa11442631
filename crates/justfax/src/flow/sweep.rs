//! The reconciler: nudges the workers of every Job whose due time has passed.
//!
//! It changes nothing itself and may run twice at once: a nudge too many finds nothing to do.

use crate::{
    fault::Fault,
    job::effect::Worker,
    ports::{Clock, Nudges, Overdue},
};
use jiff::SignedDuration;

/// Jobs looked at in one run; what is left comes with the next, a minute later.
pub const PAGE: usize = 200;

/// Nudges overdue Jobs and says how many.
///
/// # Errors
/// A [`Fault`] of the index or the queue.
pub async fn sweep<P: Overdue + Nudges + Clock>(port: &P) -> Result<usize, Fault> {
    let overdue = port.overdue(port.now(), PAGE).await?;
    for job in &overdue {
        port.nudge(Worker::Dispatch, job, SignedDuration::ZERO).await?;
        port.nudge(Worker::Settle, job, SignedDuration::ZERO).await?;
    }
    Ok(overdue.len())
}
