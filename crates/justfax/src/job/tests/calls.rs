use super::*;
use crate::job::{
    attempt::AttemptState,
    effect::{Copies, MailKind, Worker},
};

#[test]
fn delivery_captures_deletes_and_tells() {
    let story = Story::delivered();
    for effect in [
        Effect::Capture(1),
        Effect::Delete(Copies::Originals),
        Effect::Delete(Copies::Pages),
        Effect::Delete(Copies::Transmissions),
        Effect::Delete(Copies::CarrierCopy(1)),
        Effect::Mail(MailKind::Delivered, 1),
        Effect::FreeLine(1),
    ] {
        assert!(story.owes(&effect), "{effect}");
    }
    assert_eq!(story.job.stage, Stage::Delivered(story.now));
}

#[test]
fn a_busy_line_is_dialled_again_after_five_minutes_and_not_before() {
    let mut story = Story::dialling();
    story.report(1, Outcome::Busy);
    assert_eq!(story.line(), Line::Waiting(after(5)));
    assert_eq!(story.refuses(story.claimed(Effect::Dial(2))), Refused::NotNow);
    story.wait(5);
    story.dial(2);
    assert_eq!(story.line(), Line::Calling(2));
}

#[test]
fn the_last_redial_leaves_it_undelivered_with_pages_and_hold() {
    let mut story = Story::dialling();
    for attempt in 1..=5 {
        story.report(attempt, Outcome::Busy);
        story.wait(60);
        if attempt < 5 {
            story.dial(attempt + 1);
        }
    }
    assert!(matches!(story.job.stage, Stage::Undelivered { outcome: Outcome::Busy, .. }));
    assert!(!story.owes(&Effect::Release(1)) && !story.owes(&Effect::Delete(Copies::Pages)));
    assert!(story.owes(&Effect::Mail(MailKind::Undelivered, 1)));
}

#[test]
fn a_dial_is_never_claimed_twice() {
    let mut story = Story::paid();
    story.claim(Effect::Dial(1));
    assert_eq!(story.refuses(story.claimed(Effect::Dial(1))), Refused::NotNow);
}

#[test]
fn a_worker_that_died_at_the_call_leaves_a_question_not_a_second_call() {
    let mut story = Story::paid();
    story.claim(Effect::Dial(1));
    story.wait(4);
    story.claim(Effect::Dial(1));
    assert!(matches!(story.job.attempts[0].state, AttemptState::Unknown { .. }));
    assert!(!story.owes(&Effect::Dial(1)) && story.owes(&Effect::AskCarrier(1)));
}

#[test]
fn a_call_that_the_carrier_never_lists_was_not_placed_and_is_dialled_anew() {
    let mut story = Story::paid();
    story.claim(Effect::Dial(1));
    story.call(1, CallNews::Silence);
    story.call(1, CallNews::Unlisted);
    assert!(matches!(story.job.attempts[0].state, AttemptState::Unknown { .. }), "asked too early to be sure");
    story.wait(3);
    story.call(1, CallNews::Unlisted);
    assert_eq!(story.job.attempts[0].outcome(), Some(Outcome::NotPlaced));
    assert!(story.owes(&Effect::Dial(2)));
}

#[test]
fn news_in_any_order_and_twice_ends_the_same() {
    let progress = |on| CallNews::Progress { reference: "call-1".into(), transmitting: on };
    let mut story = Story::dialling();
    story.call(1, progress(true));
    story.call(1, progress(false));
    assert!(matches!(story.job.attempts[0].state, AttemptState::Placed { transmitting: true, .. }));
    story.report(1, Outcome::Delivered);
    assert_eq!(story.refuses(Event::Call(1, progress(true))), Refused::Stale);
    let again = CallNews::Report { reference: None, report: DeliveryReport::of(Outcome::Delivered) };
    assert_eq!(story.refuses(Event::Call(1, again)), Refused::Stale);
    let failed = CallNews::Report { reference: None, report: DeliveryReport::of(Outcome::Busy) };
    assert_eq!(story.refuses(Event::Call(1, failed)), Refused::Stale);
}

#[test]
fn a_call_thought_not_placed_that_was_delivered_after_all_ends_the_job() {
    let mut story = Story::paid();
    story.claim(Effect::Dial(1));
    story.call(1, CallNews::Silence);
    story.wait(3);
    story.call(1, CallNews::Unlisted);
    story.report(1, Outcome::Delivered);
    assert!(matches!(story.job.stage, Stage::Delivered(_)));
    assert!(!story.owes(&Effect::Dial(2)));
}

/// A Job whose call was taken for never placed.
fn given_up() -> Story {
    let mut story = Story::paid();
    story.claim(Effect::Dial(1));
    story.call(1, CallNews::Silence);
    story.wait(3);
    story.call(1, CallNews::Unlisted);
    story
}

fn named(outcome: Outcome) -> CallNews {
    CallNews::Report { reference: Some("call-1".into()), report: DeliveryReport::of(outcome) }
}

#[test]
fn a_call_thought_not_placed_that_fails_at_the_carrier_leaves_no_copy_there() {
    let mut story = given_up();
    story.call(1, named(Outcome::CarrierTrouble));
    assert!(story.owes(&Effect::Delete(Copies::CarrierCopy(1))) && story.owes(&Effect::Dial(2)));
    assert_eq!(story.job.attempts[0].outcome(), Some(Outcome::NotPlaced));
    story.then(Event::Deleted(Copies::CarrierCopy(1)));
    assert_eq!(story.refuses(Event::Call(1, named(Outcome::CarrierTrouble))), Refused::Stale);
}

#[test]
fn a_call_thought_not_placed_that_is_under_way_is_asked_about_until_it_is_over() {
    let mut story = given_up();
    story.call(1, CallNews::Progress { reference: "call-1".into(), transmitting: false });
    assert!(story.owes(&Effect::AskCarrier(1)) && !story.owes(&Effect::Delete(Copies::CarrierCopy(1))));
    let mut gone = story.clone();
    gone.call(1, CallNews::Unlisted);
    assert!(!gone.owes(&Effect::AskCarrier(1)));
    story.call(1, named(Outcome::Busy));
    assert!(!story.owes(&Effect::AskCarrier(1)) && story.owes(&Effect::Delete(Copies::CarrierCopy(1))));
}

#[test]
fn a_number_engaged_by_another_job_is_tried_later_without_counting() {
    let mut story = Story::paid();
    story.claim(Effect::Dial(1));
    story.call(1, CallNews::NotDialled(after(1)));
    assert!(story.job.attempts.is_empty());
    assert_eq!(story.line(), Line::Waiting(after(1)));
    story.wait(1);
    story.dial(1);
}

#[test]
fn a_call_without_news_is_asked_about() {
    let mut story = Story::dialling();
    assert_eq!(story.job.next_for(Worker::Dispatch, story.now), None);
    story.wait(11);
    assert_eq!(story.job.next_for(Worker::Dispatch, story.now), Some(&Effect::AskCarrier(1)));
}

#[test]
fn a_corrected_number_starts_the_redial_rule_anew_with_the_same_payment() {
    let mut story = Story::undelivered();
    story.then(Event::NumberCorrected(number("+493023125002")));
    story.dial(2);
    story.report(2, Outcome::Busy);
    assert_eq!(story.line(), Line::Waiting(after(5)));
    assert_eq!(story.job.attempts[1].to.e164(), "+493023125002");
    assert_eq!(story.job.payments.len(), 1);
}

#[test]
fn erasing_during_a_call_waits_for_its_end_and_then_gives_the_money_back() {
    let mut story = Story::dialling();
    story.then(Event::Erased);
    assert_eq!(story.line(), Line::Calling(1));
    story.report(1, Outcome::Busy);
    assert!(matches!(story.job.stage, Stage::Purged(_)));
    assert!(story.owes(&Effect::Release(1)) && story.owes(&Effect::Delete(Copies::Pages)));
}

#[test]
fn a_fax_given_up_keeps_its_pages_and_not_the_files_made_for_the_carrier() {
    let mut story = Story::undelivered();
    assert!(!story.owes(&Effect::Delete(Copies::Transmissions)), "the number may still be corrected");
    story.then(Event::MoneyBack);
    assert!(story.owes(&Effect::Delete(Copies::Transmissions)) && !story.owes(&Effect::Delete(Copies::Pages)));
    story.then(Event::Ordered(order(story.now)));
    story.money(2, opened(story.now));
    story.money(2, held(story.now));
    assert!(!story.owes(&Effect::Delete(Copies::Transmissions)), "a late deletion takes the new file from the carrier");
}

#[test]
fn who_erases_during_a_call_is_told_that_the_money_goes_back() {
    let mut story = Story::dialling();
    story.then(Event::Erased);
    story.report(1, Outcome::Busy);
    assert!(story.owes(&Effect::Mail(MailKind::Released, 1)));
}

#[test]
fn an_attempt_that_was_not_dialled_after_all_does_not_outlive_the_wish_to_be_erased() {
    let mut story = Story::paid();
    story.claim(Effect::Dial(1));
    story.then(Event::Erased);
    story.call(1, CallNews::NotDialled(after(1)));
    assert!(matches!(story.job.stage, Stage::Purged(_)));
    assert!(story.owes(&Effect::Release(1)) && !story.owes(&Effect::Dial(1)));
}

#[test]
fn a_call_without_end_does_not_outlive_the_wish_to_be_erased() {
    let mut story = Story::dialling();
    story.then(Event::Erased);
    story.wait(24 * 60);
    story.then(Event::Woken);
    assert!(matches!(story.job.stage, Stage::Purged(_)));
    story.report(1, Outcome::Busy);
    assert!(matches!(story.job.stage, Stage::Purged(_)));
    assert!(story.owes(&Effect::FreeLine(1)) && story.owes(&Effect::Delete(Copies::CarrierCopy(1))));
}

#[test]
fn a_hold_that_lapses_during_a_call_pays_for_no_further_one() {
    let mut story = Story::dialling();
    story.money(1, MoneyNews::Lapsed);
    story.report(1, Outcome::Busy);
    assert_eq!(story.job.stage, Stage::Failed(Outcome::Busy));
    assert!(!story.owes(&Effect::Dial(2)) && story.owes(&Effect::Mail(MailKind::Released, 1)));
}
