//! What mail servers and people say about our mails: an address to which nothing more is sent.
//!
//! Nothing is stored about an address by itself; it is written down in the Jobs whose orders name it, and forgotten with
//! them. A new order to the same address is tried anew: the mail service keeps a list of its own of those that bounced.

use super::record::record;
use crate::{
    email::EmailAddress,
    fault::Fault,
    job::event::{Event, MailTrouble, Rules},
    lookup::LookupKey,
    ports::{Clock, Jobs, JobsOf, Nudges},
};

/// Stops the mails of every Job of an address; says how many.
///
/// # Errors
/// A [`Fault`] of the store; what was stopped stays so.
pub async fn stop_mail<P>(
    port: &P,
    lookup: &LookupKey,
    address: &EmailAddress,
    why: MailTrouble,
) -> Result<usize, Fault>
where
    P: JobsOf + Jobs + Nudges + Clock,
{
    let jobs = port.jobs_of(&lookup.of_email(address)).await?;
    for job in &jobs {
        record(port, &Rules::default(), job, &Event::MailTrouble(why)).await?;
        tracing::info!(job.id = %job, reason = ?why, "no more mails");
    }
    Ok(jobs.len())
}
