//! What the sender can do when a fax was not delivered, or is wanted no more.

use justfax_tests::client::{PaymentState, Stage};

use crate::harness::{PATIENCE, World, answering, number, problem, says};

#[tokio::test]
async fn a_corrected_number_is_dialled_without_paying_again() {
    let world = World::get();
    let journey = world.prepare(&["letter-de.pdf"]).await;
    journey.pay(&number(1, "07")).await;
    journey.reach(Stage::Undelivered).await;
    let right = answering(14);
    let view = journey.job.correct_number(&right).await.unwrap();
    assert_eq!(view.stage, Stage::Sending);
    journey.reach(Stage::Delivered).await;
    let view = journey.settled().await;
    assert_eq!(view.attempts.last().unwrap().to, right);
    assert_eq!(view.recipient.unwrap().e164, right);
    let payments = world.desk.payments(&view.job).await.unwrap();
    assert_eq!(payments.len(), 1, "one fax, one payment: {payments:?}");
    assert!(payments[0].captured > 0);
    assert_eq!(journey.mail_kinds().await.last().map(String::as_str), Some("delivered"));
    journey.finish().await;
}

#[tokio::test]
async fn a_corrected_number_of_another_price_is_refused() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    journey.pay(&number(2, "07")).await;
    journey.reach(Stage::Undelivered).await;
    let refused = problem(journey.job.correct_number("+12125550101").await);
    says(&refused, "price_changed", Some("to"), "Preis");
    says(&problem(journey.job.correct_number("0900 1 123456").await), "number_invalid", Some("to"), "Faxnummer");
    assert_eq!(journey.job.view().await.unwrap().stage, Stage::Undelivered, "nothing is lost");
    journey.finish().await;
}

#[tokio::test]
async fn an_order_can_be_cancelled_between_two_dials() {
    let world = World::get();
    let journey = world.prepare(&["letter-en.pdf"]).await;
    journey.pay(&number(3, "02")).await;
    let between = |view: &justfax_tests::client::JobView| view.attempts.len() > 1 && view.allows("cancel");
    journey.job.until("a pause between dials", PATIENCE, between).await.unwrap();
    let view = journey.job.cancel().await.unwrap();
    assert_eq!(view.stage, Stage::Ready, "the pages are kept");
    let view = journey.settled().await;
    assert_eq!(view.payment.state, PaymentState::Released);
    let dials = view.attempts.len();
    assert!(journey.mail_kinds().await.contains(&"released".to_owned()));
    crate::delivered::delivered(&journey, &answering(15)).await;
    assert_eq!(journey.job.view().await.unwrap().attempts.len(), dials + 1, "ordered anew, dialled once");
    journey.finish().await;
}

#[tokio::test]
async fn an_order_that_is_not_paid_can_be_cancelled_and_its_page_is_closed() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let page = journey.order(&answering(16)).await;
    let view = journey.job.cancel().await.unwrap();
    assert_eq!((view.stage, view.payment.state), (Stage::Ready, PaymentState::None));
    let closed = || async {
        let looked = page.look().await?;
        Ok(if looked.page.contains("expired") { Ok(()) } else { Err(looked) })
    };
    justfax_tests::client::wait_for("a closed payment page", PATIENCE, closed).await.unwrap();
    assert_ne!(page.pay("card").await.unwrap().status, 303, "a cancelled order can be paid");
    journey.finish().await;
}

#[tokio::test]
async fn a_delivered_fax_cannot_be_cancelled_corrected_or_paid_back() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    journey.pay(&answering(17)).await;
    journey.reach(Stage::Delivered).await;
    for answer in [journey.job.cancel().await, journey.job.money_back().await] {
        says(&problem(answer), "wrong_stage", None, "geht jetzt nicht");
    }
    says(&problem(journey.job.correct_number(&answering(18)).await), "wrong_stage", None, "geht jetzt nicht");
    journey.finish().await;
}

#[tokio::test]
async fn erasing_a_fax_that_is_being_redialled_releases_the_money_and_deletes_everything() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    journey.pay(&number(4, "02")).await;
    journey.job.until("a first dial", PATIENCE, |view| !view.attempts.is_empty()).await.unwrap();
    journey.job.erase().await.unwrap();
    journey.reach(Stage::Purged).await;
    let view = journey.settled().await;
    assert_eq!(view.payment.state, PaymentState::Released);
    journey.finish().await;
}
