use super::*;
use crate::{
    job::{effect::Copies, payment::PaymentState},
    retention,
};

#[test]
fn unsent_files_are_purged_after_thirty_days_and_not_before() {
    let mut story = Story::ready();
    story.now = start() + retention::UNSENT - SignedDuration::from_secs(1);
    assert_eq!(story.refuses(Event::Woken), Refused::NotNow);
    story.wait(1);
    story.then(Event::Woken);
    assert!(matches!(story.job.stage, Stage::Purged(_)));
    assert!(story.owes(&Effect::Delete(Copies::Originals)));
}

#[test]
fn an_order_whose_page_never_opened_is_taken_back() {
    let mut story = Story::ready();
    story.then(Event::Ordered(order(story.now)));
    story.wait(31);
    story.then(Event::Woken);
    assert_eq!((&story.job.stage, &story.job.payments[0].state), (&Stage::Draft, &PaymentState::Closed));
    story.money(1, opened(story.now));
    assert!(story.owes(&Effect::CloseCheckout(1)), "a page that opens too late is closed");
}

#[test]
fn a_paid_job_is_delivered_or_undelivered_within_a_day() {
    let mut story = Story::dialling();
    story.wait(24 * 60 - 1);
    assert_eq!(story.refuses(Event::Woken), Refused::NotNow);
    story.wait(1);
    story.then(Event::Woken);
    assert!(matches!(story.job.stage, Stage::Undelivered { .. }));
    assert_eq!(story.refuses(Event::NumberCorrected(number("+493023125002"))), Refused::NotNow, "a call is not over");
    story.report(1, Outcome::Delivered);
    assert!(matches!(story.job.stage, Stage::Delivered(_)), "late news is still good news");
    assert!(story.owes(&Effect::Capture(1)));
}

#[test]
fn an_undelivered_job_gives_the_money_back_by_itself_after_a_day() {
    let mut story = Story::undelivered();
    story.wait(24 * 60);
    story.then(Event::Woken);
    assert_eq!(story.job.stage, Stage::Failed(Outcome::Unreachable));
    assert!(story.owes(&Effect::Release(1)));
    assert!(story.job.is_ready(), "the pages are kept like any unsent upload");
    story.then(Event::Ordered(order(story.now)));
    assert_eq!(story.job.order_number(), 2);
}

#[test]
fn a_delivered_job_is_forgotten_a_month_later_and_needs_nobody_until_then() {
    let mut story = Story::delivered();
    story.job.pending.clear();
    assert_eq!(story.job.due(), Some(story.now + retention::ENDED));
    assert_eq!(story.job.forget_at(), story.now + retention::ENDED);
}

#[test]
fn whatever_is_owed_makes_the_job_due() {
    let mut story = Story::paid();
    assert_eq!(story.job.due(), Some(story.now));
    story.claim(Effect::Dial(1));
    story.claim(Effect::Mail(crate::job::effect::MailKind::Ordered, 1));
    assert_eq!(story.job.due(), Some(after(3)), "a worker that died is found when its lease lapses");
}
