//! What came of a life, judged by the world: calls at the carrier, money at the provider, bytes, mails.
//!
//! The record of a Job is not asked. A record can say that everything went well; whether it did is somebody else's
//! knowledge.

use justfax::ids::JobId;

use super::life::Life;
use crate::world::{
    Broken,
    bytes::Bytes,
    money::{Money, Till},
};

/// Judges a life that `ended` by itself, or was cut off.
pub(super) fn judge(life: &mut Life, ended: bool) {
    if let Some(job) = life.senders.first().and_then(|sender| sender.job.clone()) {
        count(life, &job);
    }
    let jobs: Vec<JobId> = life.world.jobs.keys().cloned().collect();
    for job in &jobs {
        let case = Case::of(life, job);
        money(life, &case);
        bytes(life, &case);
        mails(life, &case);
    }
    moments(life);
    doubled(life);
    if !ended {
        blame(life, "it never came to rest", |life| &mut life.tally.lost);
    }
}

/// What is known of one Job from outside.
struct Case {
    job: JobId,
    tills: Vec<(u32, Till)>,
    calls: usize,
    delivered: bool,
    /// Whether its sender ended an order.
    left: bool,
}

impl Case {
    fn of(life: &Life, job: &JobId) -> Self {
        let tills = life.world.tills.iter().filter(|((of, _), _)| of == job);
        Self {
            job: job.clone(),
            tills: tills.map(|((_, order), till)| (*order, *till)).collect(),
            calls: life.world.calls.0.iter().filter(|call| call.job == *job).count(),
            delivered: life.world.calls.delivered(job),
            left: life.senders.iter().any(|sender| sender.left && sender.job.as_ref() == Some(job)),
        }
    }

    fn has(&self, wanted: &[Money]) -> bool {
        self.tills.iter().any(|(_, till)| wanted.contains(&till.money))
    }
}

fn blame(life: &mut Life, why: &str, field: impl FnOnce(&mut Life) -> &mut u64) {
    *field(life) += 1;
    life.note(|| format!("BROKEN: {why}"));
}

/// Counts what became of the first sender's Job.
fn count(life: &mut Life, job: &JobId) {
    let case = Case::of(life, job);
    let paid = life.paid.iter().any(|(of, _)| of == job);
    let tally = &mut life.tally;
    tally.delivered += u64::from(case.delivered);
    tally.cancelled += u64::from(!case.delivered && case.left && !case.tills.is_empty());
    tally.failed += u64::from(!case.delivered && !case.left && paid);
    for (_, till) in &case.tills {
        match till.money {
            Money::Captured | Money::Taken => tally.captured += 1,
            Money::Released | Money::Withdrawn => tally.released += 1,
            Money::Refunded => tally.refunded += 1,
            Money::None | Money::Held(_) => {}
        }
    }
}

fn money(life: &mut Life, case: &Case) {
    let earned = case.tills.iter().filter(|(_, till)| matches!(till.money, Money::Captured | Money::Taken)).count();
    let due = usize::from(case.delivered);
    for _ in due..earned {
        blame(life, "charged for no delivered fax", |life| &mut life.tally.wrongly_charged);
    }
    if !case.delivered && case.has(&[Money::Taken]) {
        blame(life, "charged, not delivered, not paid back", |life| &mut life.tally.lost);
    }
    if due > earned && !case.left && !case.has(&[Money::Withdrawn]) {
        blame(life, "delivered, and the money was not taken", |life| &mut life.tally.wrongly_charged);
    }
    for (order, till) in &case.tills {
        let forgotten = life.forgotten.contains(&(case.job.clone(), *order));
        if forgotten || matches!(till.money, Money::Held(_)) {
            blame(life, "a hold was forgotten", |life| &mut life.tally.wrongly_charged);
            if !case.delivered {
                blame(life, "held, not delivered, not released", |life| &mut life.tally.lost);
            }
        }
    }
}

fn bytes(life: &mut Life, case: &Case) {
    let left = life.world.bytes.get(&case.job).is_some_and(Bytes::any);
    let at_carrier = life.world.calls.0.iter().any(|call| call.job == case.job && call.kept);
    if left || at_carrier || life.lingering.contains(&case.job) {
        let why = format!("bytes are left: ours {left}, the carrier's {at_carrier}");
        blame(life, &why, |life| &mut life.tally.not_deleted);
    }
}

/// A fax that was dialled was ordered by mail; one that was delivered says so; one that was not says that the money goes
/// back, and why, unless the sender knew already.
fn mails(life: &mut Life, case: &Case) {
    let sent = |life: &Life, name: &str| {
        let prefix = format!("{}.{name}", case.job);
        life.world.mails.range(prefix.clone()..).next().is_some_and(|(key, _)| key.starts_with(&prefix))
    };
    let mut missing = Vec::new();
    if case.calls > 0 && !sent(life, "ordered.") {
        missing.push("ordered".to_owned());
    }
    if case.delivered && !sent(life, "delivered.") {
        missing.push("delivered".to_owned());
    }
    for (order, till) in case.tills.iter().filter(|_| !case.delivered) {
        let back = matches!(till.money, Money::Released | Money::Refunded | Money::Withdrawn);
        if !back || !sent(life, &format!("ordered.{order}")) {
            continue;
        }
        if !sent(life, &format!("released.{order}")) {
            missing.push(format!("released.{order}"));
        }
        if !case.left && till.money != Money::Withdrawn && !sent(life, &format!("undelivered.{order}.")) {
            missing.push(format!("undelivered.{order}"));
        }
    }
    // Who was promised the link has it; and the reminder too, unless the fax was sent or its sender ended it.
    if life.promised.contains(&case.job) && !case.left {
        missing.extend((!sent(life, "link.")).then(|| "link".to_owned()));
        missing.extend((!case.delivered && !sent(life, "expiring.")).then(|| "expiring".to_owned()));
    }
    if !life.wished.contains(&case.job) && (sent(life, "link.") || sent(life, "expiring.")) {
        blame(life, "a mail with the link that nobody asked for", |life| &mut life.tally.mails_doubled);
    }
    for name in missing {
        blame(life, &format!("no mail {name}"), |life| &mut life.tally.mails_missing);
    }
}

fn moments(life: &mut Life) {
    for broken in life.world.broken.clone() {
        let why = format!("{broken:?}");
        match broken {
            Broken::TwoCalls | Broken::CallAfterDelivery | Broken::LineShared | Broken::CallUnpaid => {
                blame(life, &why, |life| &mut life.tally.sent_twice);
            }
            Broken::CapturedUndelivered => blame(life, &why, |life| &mut life.tally.wrongly_charged),
            Broken::PagesLost => blame(life, &why, |life| &mut life.tally.lost),
        }
    }
}

/// A mail that came again is excused when its sender could not know that it had been sent: no mail service takes a name
/// under which it would send only once, so the name in the mail is all that tells the reader.
fn doubled(life: &mut Life) {
    let again: Vec<String> = life
        .world
        .mails
        .iter()
        .filter(|(name, times)| **times > 1 + life.excused.get(*name).copied().unwrap_or(0))
        .map(|(name, times)| format!("mail {name} was sent {times} times"))
        .collect();
    for why in again {
        blame(life, &why, |life| &mut life.tally.mails_doubled);
    }
}
