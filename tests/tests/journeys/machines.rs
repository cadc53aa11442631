//! Far ends that make it hard: redials, and what comes after the last.

use justfax_tests::client::{JobView, PaymentState, Stage};
use justfax_tests::send::identical;

use crate::{
    delivered::delivered,
    harness::{Journey, World, number},
};

fn outcomes(view: &JobView) -> Vec<&str> {
    view.attempts.iter().map(|attempt| attempt.outcome.as_deref().unwrap_or("?")).collect()
}

/// Sends to a far end that never takes it; the money comes back, and the mails say so.
async fn comes_back(journey: &Journey, to: &str, expected: &[&str]) -> JobView {
    journey.pay(to).await;
    let view = journey.reach(Stage::Undelivered).await;
    assert_eq!(outcomes(&view), expected);
    assert!(view.allows("correct_number") && view.allows("money_back"), "{:?}", view.actions);
    assert_eq!(view.payment.state, PaymentState::Held, "the hold waits for a corrected number");
    let held = journey.world.desk.payments(&view.job).await.unwrap();
    assert!(held.iter().any(|intent| intent.held > 0), "{held:?}");
    journey.job.money_back().await.unwrap();
    journey.reach(Stage::Failed).await;
    let view = journey.settled().await;
    assert_eq!(view.payment.state, PaymentState::Released);
    let released = journey.world.desk.payments(&view.job).await.unwrap();
    assert!(released.iter().all(|intent| intent.held == 0 && intent.captured == 0), "{released:?}");
    assert_eq!(journey.mail_kinds().await, ["ordered", "undelivered", "released"]);
    assert!(!view.pages.is_empty(), "the pages of an undelivered fax are kept like any unsent upload");
    view
}

#[tokio::test]
async fn busy_the_first_time_is_dialled_again_and_delivered() {
    let journey = World::get().prepare(&["letter-en.pdf"]).await;
    let view = delivered(&journey, &number(0, "08")).await;
    assert_eq!(outcomes(&view), ["busy", "delivered"]);
    journey.finish().await;
}

#[tokio::test]
async fn busy_to_the_end_costs_nothing() {
    let journey = World::get().prepare(&["letter-de.pdf"]).await;
    comes_back(&journey, &number(0, "02"), &["busy"; 5]).await;
    journey.finish().await;
}

#[tokio::test]
async fn nobody_answering_costs_nothing() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    comes_back(&journey, &number(0, "03"), &["no_answer"; 3]).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_person_who_answers_is_called_twice_at_most() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    comes_back(&journey, &number(0, "04"), &["not_a_fax"; 2]).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_dead_line_is_dialled_again_like_one_that_nobody_answers() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    comes_back(&journey, &number(0, "10"), &["no_answer"; 3]).await;
    journey.finish().await;
}

#[tokio::test]
async fn an_unallocated_number_is_never_dialled_again() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    comes_back(&journey, &number(0, "07"), &["unreachable"]).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_machine_that_hangs_up_in_mid_page_is_tried_three_times() {
    let journey = World::get().prepare(&["letter-de.pdf"]).await;
    let view = comes_back(&journey, &number(0, "05"), &["line_lost"; 3]).await;
    assert!(!identical(&journey.world.desk, &view.job, &journey.shown).await.unwrap());
    journey.finish().await;
}

#[tokio::test]
async fn a_far_end_that_has_everything_while_the_carrier_says_failed_is_told_to_the_sender() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    let view = comes_back(&journey, &number(0, "09"), &["line_lost"; 3]).await;
    assert!(identical(&journey.world.desk, &view.job, &journey.shown).await.unwrap(), "the machine has every page");
    let mails = journey.world.desk.mails(&view.job).await.unwrap();
    let (_, told) = mails.iter().find(|(kind, _)| kind == "undelivered").unwrap();
    let text = told.text.as_deref().unwrap_or_default();
    assert!(
        text.contains("gedruckt") || text.contains("angekommen"),
        "the sender is not told that pages may be there: {text}"
    );
    journey.finish().await;
}
