//! Hears everybody outside about every Job, and sums up.

use std::collections::BTreeMap;

use super::{
    judge::{End, Seen, Wrong},
    reaper::Kill,
    report::Report,
    sender::Life,
};
use crate::{
    aws::Aws,
    client::{Call, Desk, Intent, Mail},
};

/// What all witnesses have, fetched once.
struct Testimony {
    calls: Vec<Call>,
    intents: Vec<Intent>,
    mails: Vec<(Mail, i64)>,
}

/// Judges all lives and adds them to the report; each fault is told with its Job.
///
/// # Errors
/// When a witness cannot be asked.
pub(super) async fn hear(
    desk: &Desk,
    aws: &Aws,
    lives: &[Life],
    kills: &[Kill],
    tell: &(dyn Fn(&str) + Sync),
) -> anyhow::Result<Report> {
    let mut report = Report::default();
    let testimony = Testimony {
        calls: desk.all_calls().await?,
        intents: desk.all_payments().await?,
        mails: desk
            .all_mails()
            .await?
            .into_iter()
            .map(|mail| {
                let at = mail.at_ms();
                (mail, at)
            })
            .collect(),
    };
    let mut excused = 0;
    for life in lives {
        let job = life.job.as_ref().map(|job| job.id.clone()).unwrap_or_default();
        let keys = if job.is_empty() { Vec::new() } else { aws.keys_of(&job).await? };
        let seen = testimony.about(life, &job, keys, kills);
        excused += seen.excused_mails();
        sum_up(&mut report, &seen, &job, tell);
    }
    for (number, why) in testimony.machines_called_twice_at_once() {
        report.sent_twice += 1;
        tell(&format!("WRONG: SentTwice: {number}: {why}"));
    }
    tell(&format!("{excused} mails came again under their key, because their worker was killed in between"));
    Ok(report)
}

impl Testimony {
    fn about<'a>(&'a self, life: &'a Life, job: &str, keys: Vec<String>, kills: &'a [Kill]) -> Seen<'a> {
        Seen {
            life,
            calls: self.calls.iter().filter(|call| call.job() == Some(job)).collect(),
            intents: self.intents.iter().filter(|i| i.client_reference_id.as_deref() == Some(job)).collect(),
            mails: self.mails.iter().filter(|(m, _)| m.kind_for(job).is_some()).map(|(m, at)| (m, *at)).collect(),
            keys,
            kills,
        }
    }

    /// Numbers that were dialled while another call to them was under way, by whomever.
    fn machines_called_twice_at_once(&self) -> Vec<(&str, String)> {
        let mut by_number: BTreeMap<&str, Vec<&Call>> = BTreeMap::new();
        for call in &self.calls {
            by_number.entry(&call.to).or_default().push(call);
        }
        let mut found = Vec::new();
        for (number, mut calls) in by_number {
            calls.sort_by_key(|call| call.created_ms());
            for pair in calls.windows(2).filter(|pair| pair[1].created_ms() < pair[0].updated_ms()) {
                if pair[0].job() != pair[1].job() {
                    found.push((number, format!("{} and {} at once", pair[0].id, pair[1].id)));
                }
            }
        }
        found
    }
}

fn sum_up(report: &mut Report, seen: &Seen<'_>, job: &str, tell: &(dyn Fn(&str) + Sync)) {
    match seen.end() {
        End::Delivered => report.delivered += 1,
        End::Failed => report.failed += 1,
        End::Cancelled => report.cancelled += 1,
    }
    for intent in &seen.intents {
        report.captured += u32::from(intent.captured > intent.refunded);
        report.released += u32::from(intent.released > 0);
        report.refunded += u32::from(intent.refunded > 0);
    }
    let faults = seen.faults();
    for (wrong, why) in &faults {
        tell(&format!("WRONG: {wrong:?}: Job {job} (sender {}): {why}", seen.life.plan.index));
    }
    let mut kinds: Vec<Wrong> = faults.into_iter().map(|(wrong, _)| wrong).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for wrong in kinds {
        *match wrong {
            Wrong::Lost => &mut report.lost,
            Wrong::SentTwice => &mut report.sent_twice,
            Wrong::WronglyCharged => &mut report.wrongly_charged,
            Wrong::NotDeleted => &mut report.not_deleted,
            Wrong::MailMissing => &mut report.mails_missing,
            Wrong::MailDoubled => &mut report.mails_doubled,
        } += 1;
    }
}
