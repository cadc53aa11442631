//! What people may demand for their e-mail address: to see, take away and erase every fax ordered with it (promise P12).
//!
//! The one way in is the address itself. A link is mailed to it, and the same happens whether the address is known or
//! not: nothing is looked up before somebody opens that link, so neither an answer nor its duration can tell who our
//! customers are. The mailed link works once and gives a short-lived key to the page it opened, so that a mail lying in
//! an inbox opens nothing later.

use jiff::{SignedDuration, Timestamp};

use super::record::{Recorded, record};
use crate::{
    email::EmailAddress,
    fault::Fault,
    ids::Secret,
    job::{
        Job,
        event::{Event, Rules},
    },
    language::Language,
    lookup::LookupKey,
    mail::{Letterhead, requests},
    ports::{Clock, DataKeys, Entropy, Jobs, JobsOf, KeyUse, Limits, Nudges, Post, ReadJobs},
};

/// The mailed link works for this long.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// What it opens stays open for this long.
pub const PAGE_LASTS: SignedDuration = SignedDuration::from_mins(30);
/// Mails to one address in a day: who asks more often has them already, or is somebody else.
pub const MOST_FOR_ONE: u32 = 3;
/// Mails to all addresses in an hour; more is an attack on other people's mailboxes.
pub const MOST_FOR_ALL: u32 = 200;

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whatever can be said has been mailed.
    Answered,
    /// Too many people ask at once.
    TooMany,
}

/// The name of a window of time, and its end.
pub(super) fn window(now: Timestamp, lasts: SignedDuration) -> (i64, Timestamp) {
    let number = now.as_second() / lasts.as_secs();
    let end = Timestamp::from_second((number + 1) * lasts.as_secs()).unwrap_or(now);
    (number, end)
}

/// Mails a link to what is stored about the address, if anything.
///
/// # Errors
/// A [`Fault`] of a port.
pub async fn ask<P>(
    port: &P,
    lookup: &LookupKey,
    head: &Letterhead,
    address: &EmailAddress,
    language: Language,
) -> Result<Asked, Fault>
where
    P: Limits + DataKeys + Post + Clock + Entropy,
{
    let (now, whose) = (port.now(), lookup.of_email(address));
    let (day, end_of_day) = window(now, SignedDuration::from_hours(24));
    if !port.take_one(&format!("rights#{day}#{whose}"), MOST_FOR_ONE, end_of_day).await? {
        return Ok(Asked::Answered);
    }
    let (hour, end_of_hour) = window(now, SignedDuration::from_hours(1));
    if !port.take_one(&format!("rights#{hour}"), MOST_FOR_ALL, end_of_hour).await? {
        return Ok(Asked::TooMany);
    }
    let link = Secret::random(port);
    port.keep(&link.hash(), KeyUse::Link, &whose, now + LINK_LASTS).await?;
    let key = format!("rights.{:016x}", u64::from_le_bytes(port.bytes()));
    port.send(&requests::link(head, address, &link, language, key)).await?;
    Ok(Asked::Answered)
}

/// Exchanges the mailed secret for the page's key; none when it is not good, or not any more.
///
/// # Errors
/// A [`Fault`] of the store.
pub async fn open<P: DataKeys + Clock + Entropy>(
    port: &P,
    link: &Secret,
) -> Result<Option<(Secret, Timestamp)>, Fault> {
    let now = port.now();
    let Some(whose) = port.holder(&link.hash(), KeyUse::Link, now).await? else { return Ok(None) };
    if !port.spend(&link.hash(), now).await? {
        return Ok(None);
    }
    let (key, until) = (Secret::random(port), now + PAGE_LASTS);
    port.keep(&key.hash(), KeyUse::Page, &whose, until).await?;
    Ok(Some((key, until)))
}

/// Every fax of the address that the key is for; none when it is not good, or not any more.
///
/// # Errors
/// A [`Fault`] of the store.
pub async fn faxes<P>(port: &P, key: &Secret) -> Result<Option<Vec<Job>>, Fault>
where
    P: DataKeys + JobsOf + ReadJobs + Clock,
{
    let Some(whose) = port.holder(&key.hash(), KeyUse::Page, port.now()).await? else { return Ok(None) };
    let mut jobs = Vec::new();
    for id in port.jobs_of(&whose).await? {
        // The index is a moment behind the records: what has been forgotten meanwhile is nobody's any more.
        let stored = port.load(&id).await?.map(|stored| stored.job);
        jobs.extend(stored.filter(|job| job.email_hash() == Some(whose.as_str())));
    }
    Ok(Some(jobs))
}

/// Erases every fax of the address that the key is for, and gives what is left of each for now.
///
/// # Errors
/// A [`Fault`] of the store.
pub async fn erase<P>(port: &P, rules: &Rules, key: &Secret) -> Result<Option<Vec<Job>>, Fault>
where
    P: DataKeys + JobsOf + Jobs + Nudges + Clock,
{
    let Some(jobs) = faxes(port, key).await? else { return Ok(None) };
    let mut left = Vec::new();
    for job in jobs {
        if let Recorded::Moved(job) | Recorded::Refused(_, job) = record(port, rules, job.id(), &Event::Erased).await? {
            left.push(*job);
        }
    }
    Ok(Some(left))
}

#[cfg(test)]
mod tests;
