use super::*;
use crate::job::{
    effect::MailKind,
    payment::{Owed, PaymentState},
};

#[test]
fn a_second_click_on_order_is_the_same_order() {
    let mut story = Story::ordered();
    story.wait(1);
    let again = story.attempt(Event::Ordered(order(story.now))).unwrap();
    assert_eq!(again, story.job);
}

#[test]
fn another_order_closes_the_first_page() {
    let mut story = Story::ordered();
    let mut other = order(story.now);
    other.recipient = number("+493023125002");
    story.then(Event::Ordered(other));
    assert!(story.owes(&Effect::CloseCheckout(1)) && story.owes(&Effect::OpenCheckout(2)));
}

#[test]
fn an_expired_page_is_replaced_by_a_new_one() {
    let mut story = Story::ordered();
    story.wait(61);
    story.then(Event::Ordered(order(story.now)));
    assert_eq!(story.job.order_number(), 2);
}

#[test]
fn paying_begins_sending_and_tells_so() {
    let story = Story::paid();
    assert_eq!(story.line(), Line::Waiting(story.now));
    assert!(story.owes(&Effect::Dial(1)) && story.owes(&Effect::Mail(MailKind::Ordered, 1)));
    assert!(!story.owes(&Effect::AskPayment(1)));
}

#[test]
fn money_for_an_order_given_up_goes_straight_back() {
    let mut story = Story::ordered();
    story.then(Event::Cancelled);
    assert_eq!(story.job.stage, Stage::Draft);
    story.money(1, held(story.now));
    assert!(story.owes(&Effect::Release(1)));
    assert_eq!(story.job.stage, Stage::Draft);
}

#[test]
fn a_hint_from_the_provider_is_followed_by_a_question() {
    let mut story = Story::ordered();
    story.money(1, MoneyNews::Changed);
    assert_eq!(story.job.next_for(crate::job::effect::Worker::Settle, story.now), Some(&Effect::AskPayment(1)));
    story.money(1, MoneyNews::Nothing);
    assert_eq!(story.job.next_for(crate::job::effect::Worker::Settle, story.now), None);
    assert!(story.owes(&Effect::AskPayment(1)));
}

#[test]
fn a_declined_card_leaves_the_page_open() {
    let mut story = Story::ordered();
    story.money(1, MoneyNews::Declined);
    assert!(matches!(story.job.payments[0].state, PaymentState::Open { declined: true, .. }));
    story.money(1, held(story.now));
    assert!(matches!(story.job.stage, Stage::Sending { .. }));
}

#[test]
fn cancelling_before_the_first_dial_releases_the_hold_and_keeps_the_pages() {
    let mut story = Story::paid();
    story.then(Event::Cancelled);
    assert!(story.owes(&Effect::Release(1)) && story.owes(&Effect::Mail(MailKind::Released, 1)));
    assert!(!story.owes(&Effect::Dial(1)));
    assert!(
        !story.owes(&Effect::Delete(crate::job::effect::Copies::Transmissions)),
        "nothing was made for the carrier"
    );
    assert!(story.job.is_ready());
    story.money(1, MoneyNews::Settled(Owed::Release));
    assert_eq!(story.job.payments[0].state, PaymentState::Released("pi_1".into()));
}

#[test]
fn an_order_under_way_cannot_be_cancelled() {
    assert_eq!(Story::dialling().refuses(Event::Cancelled), Refused::WrongStage);
    assert_eq!(Story::delivered().refuses(Event::Cancelled), Refused::WrongStage);
}

#[test]
fn a_hold_that_lapses_while_waiting_ends_the_order() {
    let mut story = Story::dialling();
    story.report(1, Outcome::Busy);
    story.money(1, MoneyNews::Lapsed);
    assert_eq!(story.job.stage, Stage::Failed(Outcome::Cancelled));
    assert!(!story.owes(&Effect::Dial(2)));
}

#[test]
fn a_capture_that_breaks_does_not_hold_up_deletion() {
    let mut story = Story::delivered();
    story.money(1, MoneyNews::Broke);
    assert!(matches!(story.job.payments[0].state, PaymentState::Trouble(_)));
    assert!(story.owes(&Effect::Delete(crate::job::effect::Copies::Originals)));
    assert!(!story.owes(&Effect::Capture(1)));
}

#[test]
fn a_charge_that_could_not_be_held_is_kept_on_delivery_and_refunded_otherwise() {
    let mut story = Story::ordered();
    story.money(1, MoneyNews::Taken("pi_1".into()));
    story.dial(1);
    let mut other = story.clone();
    story.report(1, Outcome::Delivered);
    assert!(!story.owes(&Effect::Capture(1)));
    other.report(1, Outcome::Unreachable);
    other.then(Event::MoneyBack);
    assert!(other.owes(&Effect::Refund(1)));
}
