//! The calls of a Job, as its sender may see them: those made, and when those to come would be.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    job::{
        Job, Stage,
        attempt::{Attempt, AttemptState},
        event::Rules,
    },
    redial::Outcome,
};

/// An attempt, for the sender.
#[derive(Debug, Serialize)]
pub(crate) struct AttemptView {
    number: u32,
    to: String,
    state: &'static str,
    began: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    csid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_sha256: Option<String>,
}

impl From<&Attempt> for AttemptView {
    fn from(attempt: &Attempt) -> Self {
        let (state, ended, report) = match &attempt.state {
            AttemptState::Claimed | AttemptState::Placed { transmitting: false, .. } => ("dialling", None, None),
            AttemptState::Placed { transmitting: true, .. } => ("transmitting", None, None),
            AttemptState::Unknown { .. } => ("unknown", None, None),
            AttemptState::Ended { at, report } => ("ended", Some(*at), Some(report)),
        };
        Self {
            number: attempt.number,
            to: attempt.to.e164().to_owned(),
            state,
            began: attempt.began,
            ended,
            outcome: report.map(|r| r.outcome),
            seconds: report.and_then(|r| r.seconds),
            pages: report.and_then(|r| r.pages),
            csid: report.and_then(|r| r.csid.clone()),
            sent_sha256: attempt.sent_sha256.clone(),
        }
    }
}

/// Seconds to wait before each further attempt, by cause.
#[derive(Debug, Serialize)]
pub struct RedialsView {
    busy: Vec<i64>,
    no_answer: Vec<i64>,
    line_lost: Vec<i64>,
    not_a_fax: Vec<i64>,
}

impl From<&Rules> for RedialsView {
    fn from(rules: &Rules) -> Self {
        let of = |cause| rules.redial.waits(cause).iter().map(SignedDuration::as_secs).collect();
        Self {
            busy: of(Outcome::Busy),
            no_answer: of(Outcome::NoAnswer),
            line_lost: of(Outcome::LineLost),
            not_a_fax: of(Outcome::NotAFax),
        }
    }
}

/// Attempts in all if the cause of the last stays the same.
pub(super) fn planned(job: &Job, rules: &Rules) -> Option<usize> {
    let Stage::Sending { .. } = job.stage else { return None };
    let before = job.attempts.iter().filter(|a| a.number < job.round).count();
    let outcomes: Vec<_> = job.attempts.iter().skip(before).filter_map(Attempt::outcome).collect();
    let cause = outcomes.last().copied().unwrap_or(Outcome::Busy);
    let other = outcomes.iter().filter(|o| **o != cause).count();
    Some(before + other + 1 + rules.redial.waits(cause).len())
}
