//! Mails the private link of an unsent fax to whoever asks for it with the link in hand (promise P2).
//!
//! Anybody can open a Job and type somebody else's address, so the form must be no way to fill a mailbox: few mails for one
//! Job, for one address and for everybody, none to an address whose mails came back, and not a word in them that the asker
//! chose. That an address has had its mails for today is told, unlike where people ask for their data: a sender who
//! believes that the link is on its way closes the page and loses it.

use jiff::SignedDuration;

use super::{
    record::{Recorded, record},
    rights::window,
};
use crate::{
    email::EmailAddress,
    fault::Fault,
    ids::Secret,
    job::{
        Job, Refused,
        event::{Event, Rules},
        resume::Resume,
    },
    language::Language,
    lookup::LookupKey,
    ports::{Clock, Jobs, Limits, Nudges},
};

/// Links mailed to one address in a day.
pub const MOST_FOR_ONE: u32 = 5;
/// Links mailed to all addresses in an hour; more is an attack on other people's mailboxes.
pub const MOST_FOR_ALL: u32 = 200;

/// What came of asking.
#[derive(Debug)]
pub enum Asked {
    /// The Job owes the mail.
    Owed(Box<Job>),
    /// The Job does not take the wish now.
    Refused(Refused),
    /// Too many mails of this kind.
    TooMany,
    /// There is no such Job any more.
    Unknown,
}

/// Has the link of a Job mailed. `presented` is the secret with which the asker came.
///
/// # Errors
/// A [`Fault`] of a port.
pub async fn ask<P>(
    port: &P,
    lookup: &LookupKey,
    job: &Job,
    presented: &Secret,
    address: &EmailAddress,
    language: Language,
) -> Result<Asked, Fault>
where
    P: Jobs + Limits + Nudges + Clock,
{
    let (now, hash, rules) = (port.now(), lookup.of_email(address), Rules::default());
    let secret = lookup.link_secret(job.id(), &hash).map_err(Fault::broken)?;
    // Another address ends the link that was mailed before, and who has come by that one would lock themselves out.
    let is_mailed = !job.secret().opens_with(presented);
    if is_mailed && secret != *presented {
        return Ok(Asked::Refused(Refused::OtherAddress));
    }
    let resume = Resume { to: Some((address.clone(), hash.clone())), secret: secret.hash(), language, asked: now };
    // What the Job refuses anyway must not use up what others may still have mailed.
    if let Err(refused) = job.clone().apply(Event::LinkAsked(resume.clone()), &rules, now) {
        return Ok(Asked::Refused(refused));
    }
    let (day, end_of_day) = window(now, SignedDuration::from_hours(24));
    let (hour, end_of_hour) = window(now, SignedDuration::from_hours(1));
    if !port.take_one(&format!("links#{day}#{hash}"), MOST_FOR_ONE, end_of_day).await?
        || !port.take_one(&format!("links#{hour}"), MOST_FOR_ALL, end_of_hour).await?
    {
        return Ok(Asked::TooMany);
    }
    Ok(match record(port, &rules, job.id(), &Event::LinkAsked(resume)).await? {
        Recorded::Moved(job) => Asked::Owed(job),
        Recorded::Refused(refused, _) => Asked::Refused(refused),
        Recorded::Unknown => Asked::Unknown,
    })
}
