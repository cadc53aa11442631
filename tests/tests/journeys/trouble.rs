//! What goes wrong with money long after the fax is done: the operator is told, and nothing of ours stays because of it.

use justfax_tests::{
    client::{PaymentState, Stage, wait_for},
    providers::seconds_from_now,
};

use crate::harness::{Journey, PATIENCE, World, answering, number};

/// Waits for a line of level ERROR that the function logged about this, as the operator's alarm counts them.
async fn somebody_is_told(world: &World, function: &str, about: &str, since: i64) {
    let group = &world.stack.log_groups[function];
    let look = || async {
        let lines = world.aws.log_lines(group, since).await.expect("the log answers");
        let told = lines.iter().any(|line| line.contains(r#""level":"ERROR""#) && line.contains(about));
        Ok(if told { Ok(()) } else { Err(lines.len()) })
    };
    wait_for("a line that the alarm counts", PATIENCE, look).await.unwrap_or_else(|error| panic!("{error}"));
}

/// Pays by a method that cannot be held; the payment's name.
async fn charged(journey: &Journey, to: &str) -> String {
    assert_eq!(journey.order(to).await.pay("bank").await.unwrap().status, 303);
    let paid = |view: &justfax_tests::client::JobView| view.payment.reference.is_some();
    journey.job.until("the payment", PATIENCE, paid).await.unwrap().payment.reference.unwrap()
}

#[tokio::test]
async fn a_refund_that_fails_afterwards_is_told_to_the_operator_and_keeps_nothing() {
    let (world, since) = (World::get(), seconds_from_now(-1) * 1000);
    let journey = world.prepare(&["note-de.txt"]).await;
    let payment = charged(&journey, &number(8, "07")).await;
    journey.reach(Stage::Undelivered).await;
    journey.job.money_back().await.unwrap();
    let refunded = |view: &justfax_tests::client::JobView| view.payment.state == PaymentState::Refunded;
    journey.job.until("the refund", PATIENCE, refunded).await.unwrap();
    let refund = world.desk.refunds(&payment).await.unwrap().pop().unwrap();
    world.desk.fail_refund(refund["id"].as_str().unwrap()).await.unwrap();
    let in_trouble = |view: &justfax_tests::client::JobView| view.payment.state == PaymentState::InDispute;
    journey.job.until("the news of it", PATIENCE, in_trouble).await.unwrap();
    somebody_is_told(&world, "payment-webhook", &journey.job.id, since).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_disputed_payment_is_told_to_the_operator_and_the_fax_stays_forgotten() {
    let (world, since) = (World::get(), seconds_from_now(-1) * 1000);
    let journey = world.prepare(&["note-de.txt"]).await;
    let payment = charged(&journey, &answering(97)).await;
    journey.reach(Stage::Delivered).await;
    world.desk.dispute(&payment).await.unwrap();
    somebody_is_told(&world, "payment-webhook", &payment, since).await;
    let view = journey.settled().await;
    assert!(view.deletions.iter().all(|deletion| deletion.state == "deleted"), "{:?}", view.deletions);
    journey.finish().await;
}

#[tokio::test]
async fn a_fax_given_up_leaves_its_pages_and_no_file_made_for_the_carrier() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    journey.pay(&number(9, "07")).await;
    journey.reach(Stage::Undelivered).await;
    let kept = journey.world.aws.keys_of(&journey.job.id).await.unwrap();
    assert!(kept.iter().any(|key| key.starts_with("transmissions/")), "nothing was made: {kept:?}");
    journey.job.money_back().await.unwrap();
    journey.reach(Stage::Failed).await;
    let view = journey.settled().await;
    let kept = journey.world.aws.keys_of(&journey.job.id).await.unwrap();
    assert!(!kept.iter().any(|key| key.starts_with("transmissions/")), "{kept:?}");
    assert!(kept.iter().any(|key| key.starts_with("pages/")) && !view.pages.is_empty(), "the pages are gone: {kept:?}");
    journey.finish().await;
}
