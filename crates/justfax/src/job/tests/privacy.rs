use super::*;
use crate::{
    job::{
        effect::{Copies, MailKind, Worker},
        hold::{Hold, Lifted},
        payment::{Owed, PaymentState},
    },
    retention,
};

fn hold(now: Timestamp, days: i64) -> Hold {
    let until = now + SignedDuration::from_hours(24 * days);
    Hold { by: "erika".into(), why: "Az. 1/26".into(), since: now, until, lifted: None }
}

/// Does everything that is owed, as the workers would.
fn settle(story: &mut Story) {
    while let Some(pending) = story.job.pending.first().cloned() {
        let event = match pending.effect {
            Effect::Capture(order) => Event::Money(order, MoneyNews::Settled(Owed::Capture)),
            Effect::Release(order) => Event::Money(order, MoneyNews::Settled(Owed::Release)),
            Effect::Delete(copies) => Event::Deleted(copies),
            Effect::Mail(kind, order) => Event::Mailed(kind, order),
            other => Event::Done(other),
        };
        story.then(event);
    }
}

#[test]
fn a_hold_suspends_the_deletion_of_our_copies_and_of_nothing_else() {
    let mut story = Story::dialling();
    story.job.holds.push(hold(story.now, 28));
    story.report(1, Outcome::Delivered);
    let mut owed = Vec::new();
    while let Some(effect) = story.job.next_for(Worker::Settle, story.now).cloned() {
        story.claim(effect.clone());
        owed.push(effect);
    }
    assert!(owed.contains(&Effect::Capture(1)) && owed.contains(&Effect::Delete(Copies::CarrierCopy(1))), "{owed:?}");
    assert!(!owed.contains(&Effect::Delete(Copies::Originals)) && !owed.contains(&Effect::Delete(Copies::Pages)));
    assert_eq!(story.refuses(story.claimed(Effect::Delete(Copies::Pages))), Refused::NotNow);
    story.wait(28 * 24 * 60);
    assert_eq!(story.refuses(story.claimed(Effect::Delete(Copies::Document(document(9).id)))), Refused::Stale);
    story.claim(Effect::Delete(Copies::Pages));
}

#[test]
fn a_held_record_outlives_its_month_and_one_whose_hold_was_lifted_does_not() {
    let mut story = Story::delivered();
    story.job.pending.clear();
    let plain = story.job.forget_at();
    story.job.holds.push(hold(story.now, 28));
    assert_eq!(story.job.forget_at(), story.job.holds[0].until + retention::ENDED);
    story.job.holds[0].lifted = Some(Lifted { by: "erika".into(), why: "closed".into(), at: story.now });
    assert_eq!((story.job.forget_at(), story.job.held_until()), (plain, None));
}

#[test]
fn erasing_a_held_job_settles_the_money_and_deletes_when_the_hold_is_over() {
    let mut story = Story::undelivered();
    story.job.holds.push(hold(story.now, 28));
    story.then(Event::Erased);
    assert!(matches!(story.job.stage, Stage::Purged(_)) && story.owes(&Effect::Release(1)));
    assert_ne!(story.job.next_for(Worker::Settle, story.now), Some(&Effect::Delete(Copies::Originals)));
    settle(&mut story);
    assert!(!story.job.is_forgotten(), "the record is held");
    assert_eq!(story.job.due(), Some(story.job.holds[0].until));
    story.now = story.job.holds[0].until;
    story.then(Event::Woken);
    assert!(story.job.is_forgotten());
}

#[test]
fn a_record_reads_its_holds_as_the_operators_tool_writes_them() {
    let mut json = serde_json::to_value(&Story::delivered().job).unwrap();
    let placed = serde_json::json!({
        "by": "erika", "why": "Az. 1/26", "since": "2026-11-24T12:00:00Z", "until": "2026-12-22T12:00:00Z",
    });
    json["holds"] = serde_json::json!([placed]);
    let job: Job = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(job.held_until().unwrap().to_string(), "2026-12-22T12:00:00Z");
    json["holds"][0]["lifted"] = serde_json::json!({ "by": "erika", "why": "closed", "at": "2026-11-25T12:00:00Z" });
    let job: Job = serde_json::from_value(json).unwrap();
    assert_eq!(job.held_until(), None);
}

#[test]
fn an_erased_job_forgets_the_person_once_nothing_is_owed_and_keeps_how_the_money_ended() {
    let mut story = Story::undelivered();
    story.then(Event::Erased);
    assert!(story.owes(&Effect::Mail(MailKind::Released, 1)) && story.job.order().is_some(), "the last mail needs it");
    settle(&mut story);
    assert!(story.job.is_forgotten());
    let left = serde_json::to_string(&story.job).unwrap();
    for personal in ["493023125001", "a@b.de", "Brief.pdf", "hash"] {
        assert!(!left.contains(personal), "{personal} in {left}");
    }
    assert_eq!(story.job.payments[0].state, PaymentState::Released("pi_1".into()));
    assert_eq!(story.refuses(Event::Erased), Refused::Stale);
}

#[test]
fn the_person_of_a_delivered_fax_is_forgotten_on_request_but_not_before_it_is_paid_and_proven() {
    let mut story = Story::delivered();
    story.then(Event::Erased);
    assert!(!story.job.is_forgotten());
    settle(&mut story);
    assert!(story.job.is_forgotten() && matches!(story.job.stage, Stage::Delivered(_)));
    assert_eq!(story.job.payments[0].state, PaymentState::Captured("pi_1".into()));
}

#[test]
fn a_person_who_asks_nothing_is_forgotten_a_month_after_the_end_and_not_before() {
    let mut story = Story::delivered();
    settle(&mut story);
    assert_eq!(story.job.due(), Some(story.now + retention::ENDED));
    story.now += retention::ENDED - SignedDuration::from_secs(1);
    assert_eq!(story.refuses(Event::Woken), Refused::NotNow);
    story.wait(1);
    story.then(Event::Woken);
    assert!(story.job.is_forgotten());
    assert_eq!(story.job.due(), None, "nobody need look at it again");
}

#[test]
fn a_call_that_may_still_turn_up_at_the_carrier_is_remembered_for_a_day() {
    let mut story = Story::paid();
    story.claim(Effect::Dial(1));
    story.call(1, CallNews::Silence);
    story.then(Event::Erased);
    story.wait(3);
    story.call(1, CallNews::Unlisted);
    settle(&mut story);
    assert!(matches!(story.job.stage, Stage::Purged(_)) && !story.job.is_forgotten());
    let report = DeliveryReport::of(Outcome::Delivered);
    story.call(1, CallNews::Report { reference: Some("late".into()), report });
    assert!(story.owes(&Effect::Delete(Copies::CarrierCopy(1))));
    settle(&mut story);
    assert!(story.job.is_forgotten());
}
