//! What is left of a Job, as its sender may see it: copies of the documents, mails, the link that was mailed.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    deletion::{self, CopyKind, Fate, Place},
    job::{
        Job,
        effect::{Effect, MailKind},
    },
};

#[derive(Debug, Serialize)]
pub(super) struct DeletionView {
    copies: CopyKind,
    place: Place,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Timestamp>,
}

/// The link by mail that was asked for.
#[derive(Debug, Serialize)]
pub(super) struct LinkView {
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reminder: Option<Timestamp>,
}

#[derive(Debug, Serialize)]
pub(super) struct MailView {
    kind: MailKind,
    state: &'static str,
}

pub(super) fn deletions(job: &Job) -> Vec<DeletionView> {
    let told = |(copies, fate): (CopyKind, Fate)| {
        let (state, at) = match fate {
            Fate::Kept => ("kept", None),
            Fate::Deleting => ("deleting", None),
            Fate::Deleted(at) => ("deleted", Some(at)),
        };
        DeletionView { copies, place: copies.place(), state, at }
    };
    deletion::receipt(job).into_iter().map(told).collect()
}

pub(super) fn mails(job: &Job) -> Vec<MailView> {
    let sent = job.mailed.iter().map(|(kind, _, _)| MailView { kind: *kind, state: "sent" });
    let due = job.pending.iter().filter_map(|p| match p.effect {
        // The reminder has a place of its own: nothing is on its way for weeks.
        Effect::Mail(MailKind::Expiring, _) => None,
        Effect::Mail(kind, _) => Some(MailView { kind, state: "due" }),
        _ => None,
    });
    sent.chain(due).collect()
}

pub(super) fn link(job: &Job) -> Option<LinkView> {
    let (email, _) = job.resume()?.to.as_ref()?;
    Some(LinkView { email: email.as_str().to_owned(), reminder: job.reminder_at() })
}
