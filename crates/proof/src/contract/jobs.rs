//! Jobs: written under a condition, found by their time and by whose they are.

use justfax::{
    SignedDuration, Timestamp,
    ids::{JobId, Secret},
    job::{
        Job,
        attempt::DeliveryReport,
        effect::{Effect, Lease, MailKind},
        event::{CallNews, Event, MoneyNews, Rules},
        order::Order,
    },
    language::Language,
    ports::Committed,
    redial::Outcome,
};

use super::{Kept, Place, Unlike, holds, same};
use crate::world::{new_job, order};

/// What is stored about every address here is under this hash and the Job's name, so that no two cases meet.
fn addressed(to: &str, hash: &str, now: Timestamp) -> Result<Order, Unlike> {
    let order = order(to, 1, now).ok_or_else(|| Unlike::Differs("no order can be made".to_owned()))?;
    Ok(Order { email_hash: hash.to_owned(), ..order })
}

fn moved(job: Job, event: Event, now: Timestamp) -> Result<Job, Unlike> {
    let moved = job.apply(event, &Rules::default(), now);
    moved.map(|(job, _)| job).map_err(|refused| Unlike::Differs(format!("a story cannot be told: {refused}")))
}

/// A Job with something of everything: a busy call, the next one owed, a mail sent, a lease.
fn full<P: Place>(place: &P) -> Result<Job, Unlike> {
    let now = place.now();
    let job = new_job(u64::from_le_bytes(place.bytes()), now).ok_or_else(|| Unlike::Differs("no Job".to_owned()))?;
    let lease = Lease { token: u64::MAX, until: now + SignedDuration::from_secs(75) };
    let page = MoneyNews::Opened { session: "cs".into(), url: "https://pay.example/cs".into(), expires: now };
    let report = DeliveryReport {
        outcome: Outcome::Busy,
        seconds: Some(7),
        pages: Some(0),
        csid: Some("+49 30 1".into()),
        reason: Some("user_busy".into()),
    };
    let report = CallNews::Report { reference: Some("call".into()), report };
    [
        Event::Ordered(addressed("+493023125001", "somebody", now)?),
        Event::Money(1, page),
        Event::Money(1, MoneyNews::Held("pi".into(), now + SignedDuration::from_hours(156))),
        Event::Mailed(MailKind::Ordered, 1),
        Event::Claimed(Effect::Dial(1), lease.clone()),
        Event::Call(1, CallNews::FileMade("00".repeat(32))),
        Event::Call(1, report),
        Event::Claimed(Effect::FreeLine(1), lease),
    ]
    .into_iter()
    .try_fold(job, |job, event| moved(job, event, now))
}

/// A Job without files, opened so long ago; it is due a month after that.
fn opened<P: Place>(place: &P, ago: SignedDuration) -> Job {
    Job::open(JobId::random(place), Secret::random(place).hash(), Language::De, place.now() - ago)
}

fn month_and(seconds: i64) -> SignedDuration {
    justfax::retention::UNSENT + SignedDuration::from_secs(seconds)
}

pub(super) async fn a_job_is_loaded_as_it_was_written<P: Place>(place: &P) -> Kept {
    let job = full(place)?;
    holds("an unknown Job is none", place.load(job.id()).await?.is_none())?;
    same("the first write", &place.commit(&job, 0).await?, &Committed::Done)?;
    same("what is loaded", &place.load(job.id()).await?.map(|stored| stored.job), &Some(job))
}

pub(super) async fn a_job_is_created_once<P: Place>(place: &P) -> Kept {
    let job = opened(place, SignedDuration::ZERO);
    same("the first write", &place.commit(&job, 0).await?, &Committed::Done)?;
    same("the second", &place.commit(&job, 0).await?, &Committed::Conflict)?;
    same("a write of an unknown version", &place.commit(&job, 77).await?, &Committed::Conflict)
}

pub(super) async fn only_who_saw_the_last_version_writes<P: Place>(place: &P) -> Kept {
    let (job, now) = (opened(place, SignedDuration::ZERO), place.now());
    place.commit(&job, 0).await?;
    let seen = version(place, job.id()).await?;
    let first = moved(job.clone(), Event::Erased, now)?;
    same("the first to write", &place.commit(&first, seen).await?, &Committed::Done)?;
    same("who is late", &place.commit(&job, seen).await?, &Committed::Conflict)?;
    same("what is there", &place.load(job.id()).await?.map(|stored| stored.job), &Some(first.clone()))?;
    let next = version(place, job.id()).await?;
    holds("a write gives a new version", next != seen)?;
    same("who looked again", &place.commit(&first, next).await?, &Committed::Done)
}

async fn version<P: Place>(place: &P, id: &JobId) -> Result<u64, Unlike> {
    let stored = place.load(id).await?;
    stored.map(|stored| stored.version).ok_or_else(|| Unlike::Differs("the Job is gone".to_owned()))
}

/// A dozen Jobs spread over the shards of the index, written in another order than that in which they are due.
pub(super) async fn overdue_jobs_come_oldest_first_and_never_more_than_asked_for<P: Place>(place: &P) -> Kept {
    let ages = [3, 11, 7, 1, 12, 5, 9, 2, 10, 6, 4, 8];
    let mut jobs: Vec<(i64, JobId)> = Vec::new();
    for age in ages {
        let job = opened(place, month_and(age * 10));
        place.commit(&job, 0).await?;
        jobs.push((age, job.id().clone()));
    }
    let later = opened(place, month_and(-60));
    place.commit(&later, 0).await?;
    jobs.sort();
    let oldest_first: Vec<JobId> = jobs.into_iter().rev().map(|(_, id)| id).collect();
    same("five of them", &place.overdue(place.now(), 5).await?.as_slice(), &&oldest_first[..5])?;
    same("all of them", &place.overdue(place.now(), 50).await?, &oldest_first)?;
    let in_two_minutes = place.now() + SignedDuration::from_mins(2);
    same("the last, in time", &place.overdue(in_two_minutes, 50).await?.last(), &Some(later.id()))
}

pub(super) async fn a_job_that_moved_on_is_overdue_no_more<P: Place>(place: &P) -> Kept {
    let (job, other, now) = (opened(place, month_and(20)), opened(place, month_and(10)), place.now());
    place.commit(&job, 0).await?;
    place.commit(&other, 0).await?;
    let purged = moved(job.clone(), Event::Woken, now)?;
    place.commit(&purged, version(place, job.id()).await?).await?;
    let owed_now = [other.id().clone(), job.id().clone()];
    same("what it owes is due now", &place.overdue(now, 9).await?.as_slice(), &owed_now.as_slice())?;
    let pending: Vec<Effect> = purged.pending().iter().map(|pending| pending.effect.clone()).collect();
    let mut settled = purged;
    for effect in pending {
        settled = moved(settled, Event::Done(effect), now)?;
    }
    place.commit(&settled, version(place, job.id()).await?).await?;
    same("when nothing is owed", &place.overdue(now, 9).await?, &vec![other.id().clone()])
}

pub(super) async fn the_jobs_of_an_address_are_found_by_its_hash<P: Place>(place: &P) -> Kept {
    let (now, mine, hers) = (place.now(), JobId::random(place).to_string(), JobId::random(place).to_string());
    let mut ids = Vec::new();
    for whose in [&mine, &hers, &mine] {
        let seed = u64::from_le_bytes(place.bytes());
        let job = new_job(seed, now).ok_or_else(|| Unlike::Differs("no Job".to_owned()))?;
        let job = moved(job, Event::Ordered(addressed("+493023125001", whose, now)?), now)?;
        place.commit(&job, 0).await?;
        ids.push(job.id().clone());
    }
    let mut found = place.jobs_of(&mine).await?;
    let mut wanted = vec![ids[0].clone(), ids[2].clone()];
    found.sort();
    wanted.sort();
    same("mine", &found, &wanted)?;
    same("nobody's", &place.jobs_of("nobody").await?, &Vec::new())
}
