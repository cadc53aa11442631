//! Faxes that arrive.

use justfax_tests::client::{JobView, PaymentState, Stage};
use justfax_tests::send::identical;

use crate::harness::{Journey, World, answering, number};

/// Pays, waits for delivery, and asserts everything that is promised about a delivered fax.
pub(crate) async fn delivered(journey: &Journey, to: &str) -> JobView {
    journey.pay(to).await;
    journey.reach(Stage::Delivered).await;
    let view = journey.settled().await;
    let pages = u32::try_from(journey.shown.len()).unwrap();
    let last = view.attempts.last().unwrap();
    assert_eq!((last.to.as_str(), last.outcome.as_deref(), last.pages), (to, Some("delivered"), Some(pages)));
    assert!(last.seconds.is_some_and(|seconds| seconds > 0) && last.sent_sha256.is_some(), "{last:?}");
    captured_once(journey, &view).await;
    assert_eq!(view.deletions.len(), 5, "{:?}", view.deletions);
    assert!(view.deletions.iter().all(|deletion| deletion.state == "deleted"), "{:?}", view.deletions);
    assert!(view.pages.is_empty(), "pages of a delivered fax are shown");
    assert_eq!(journey.world.aws.keys_of(&journey.job.id).await.unwrap(), Vec::<String>::new());
    assert!(
        identical(&journey.world.desk, &journey.job.id, &journey.shown).await.unwrap(),
        "the paper is not what was shown"
    );
    view
}

/// The price is captured, exactly once, and nothing else is held.
async fn captured_once(journey: &Journey, view: &JobView) {
    assert_eq!(view.payment.state, PaymentState::Captured);
    let payments = journey.world.desk.payments(&journey.job.id).await.unwrap();
    let captured: Vec<_> = payments.iter().filter(|intent| intent.captured > 0).collect();
    assert_eq!(captured.len(), 1, "{payments:?}");
    assert_eq!(captured[0].captured, i64::from(view.price.as_ref().unwrap().amount));
    assert_eq!(view.payment.reference.as_ref(), Some(&captured[0].id));
}

#[tokio::test]
async fn a_letter_is_delivered_paid_proven_and_forgotten() {
    let world = World::get();
    let journey = world.prepare(&["letter-de.pdf"]).await;
    let to = "+493023125001";
    let view = delivered(&journey, to).await;
    assert_eq!(view.attempts.len(), 1);
    let calls = world.desk.calls(&view.job).await.unwrap();
    let machine = calls[0].machine.as_ref().unwrap();
    assert_eq!(machine.pages.len(), journey.shown.len());
    assert!(
        machine.tsi.as_ref().is_some_and(|tsi| tsi.contains("23125000")),
        "the far end heard no station id: {machine:?}"
    );
    let mails = world.desk.mails(&view.job).await.unwrap();
    let kinds: Vec<&str> = mails.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["ordered", "delivered"]);
    for (_, mail) in &mails {
        assert_eq!(mail.to, [journey.email()]);
        let (text, html) = (mail.text.as_deref().unwrap_or_default(), mail.html.as_deref().unwrap_or_default());
        assert!(text.contains("+49 30 23125001") && html.contains("lang=\"de\""), "{text}");
        assert!(!text.contains(&journey.job.secret) && !html.contains(&journey.job.secret), "a mail opens the fax");
    }
    journey.finish().await;
}

#[tokio::test]
async fn several_files_go_out_as_one_fax_in_their_order() {
    let world = World::get();
    let journey = world.prepare(&["letter-de.pdf", "screenshot.png", "note-de.txt", "photo-of-paper.jpg"]).await;
    let view = journey.job.view().await.unwrap();
    assert_eq!(view.documents.iter().map(|d| d.pages).sum::<u32>() as usize, journey.shown.len());
    assert!(view.documents.iter().all(|document| document.pages > 0));
    let view = delivered(&journey, &answering(11)).await;
    assert_eq!(view.attempts.len(), 1);
    journey.finish().await;
}

#[tokio::test]
async fn a_file_added_later_and_one_taken_out_leave_the_rest() {
    let world = World::get();
    let journey = world.prepare(&["letter-en.pdf", "table-en.pdf"]).await;
    let before = journey.job.view().await.unwrap();
    let gone = &before.documents[0].id;
    let after = journey.job.remove_document(gone).await.unwrap();
    assert_eq!(after.documents.len(), 1);
    let bytes = crate::samples::read("scan.tif");
    let more = journey.job.add_documents(&crate::harness::announced(&[("scan.tif", &bytes)])).await.unwrap();
    let uploaded = justfax_tests::client::upload(world.client.http(), &more.uploads[0], &bytes).await.unwrap();
    assert_eq!(uploaded.status, 204, "{}", uploaded.body);
    let journey = journey.prepared().await;
    let keys = world.aws.keys_of(&before.job).await.unwrap();
    assert!(keys.iter().all(|key| !key.contains(gone.as_str())), "copies of the file taken out: {keys:?}");
    delivered(&journey, &answering(12)).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_number_of_the_united_states_is_dialled_as_typed_nationally() {
    let world = World::get();
    let journey = world.prepare(&["letter-en.pdf"]).await;
    let quote = journey.job.quote("(212) 555-0101", Some("US")).await.unwrap();
    assert_eq!(quote.recipient.e164, "+12125550101");
    delivered(&journey, "+12125550101").await;
    journey.finish().await;
}

#[tokio::test]
async fn a_noisy_line_only_makes_it_slower() {
    let world = World::get();
    let journey = world.prepare(&["letter-en.pdf"]).await;
    let view = delivered(&journey, &number(0, "06")).await;
    let calls = world.desk.calls(&view.job).await.unwrap();
    let rate = calls.last().unwrap().machine.as_ref().unwrap().bit_rate;
    assert!(rate < 14_400, "a noisy line at {rate} bit/s");
    journey.finish().await;
}

#[tokio::test]
async fn a_method_that_cannot_be_held_is_charged_once_and_kept() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let left = journey.order(&answering(13)).await.pay("bank").await.unwrap();
    assert_eq!(left.status, 303, "{}", left.page);
    journey.reach(Stage::Delivered).await;
    let view = journey.settled().await;
    captured_once(&journey, &view).await;
    journey.finish().await;
}
