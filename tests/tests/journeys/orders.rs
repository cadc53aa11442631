//! Ordering and paying: what a sender may try with prices, clicks and cards.

use justfax_tests::client::{JobClient, PaymentForm, PaymentState, Stage};
use serde_json::json;

use crate::harness::{PATIENCE, World, answering, number, problem, says};

#[tokio::test]
async fn a_declined_card_is_told_and_another_one_pays_on_the_same_page() {
    let world = World::get();
    let journey = world.prepare(&["letter-en.pdf"]).await;
    let page = journey.order(&answering(19)).await;
    let declined = page.decline().await.unwrap();
    assert_eq!(declined.status, 402);
    let view = journey.job.until("the decline", PATIENCE, |view| view.payment.declined).await.unwrap();
    assert_eq!((view.stage, view.payment.state), (Stage::AwaitingPayment, PaymentState::Open));
    assert_eq!(page.pay("card").await.unwrap().status, 303);
    journey.reach(Stage::Delivered).await;
    let view = journey.settled().await;
    assert_eq!(view.payment.state, PaymentState::Captured);
    journey.finish().await;
}

#[tokio::test]
async fn an_abandoned_payment_leads_back_to_the_order_and_loses_nothing() {
    let world = World::get();
    let journey = world.prepare(&["letter-en.pdf"]).await;
    let to = answering(20);
    let page = journey.order(&to).await;
    let left = page.abandon().await.unwrap();
    assert_eq!(left.status, 303);
    assert!(left.location.unwrap().starts_with(&format!("{}/de/bestellen/#", world.stack.site)));
    let view = journey.job.view().await.unwrap();
    assert_eq!(view.stage, Stage::AwaitingPayment);
    assert!(!view.pages.is_empty() && view.allows("pay"));
    let again = journey.order(&to).await;
    assert_eq!(again.pay("card").await.unwrap().status, 303);
    journey.reach(Stage::Delivered).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_second_click_on_order_gets_the_same_payment_page() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let (to, email) = (answering(21), journey.email());
    let price = journey.job.quote(&to, None).await.unwrap().price;
    let click = || journey.job.checkout(&to, &email, &price, "de");
    let (first, second) = tokio::join!(click(), click());
    let pages: Vec<_> = [first, second, click().await].into_iter().map(Result::unwrap).collect();
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:?}");
    assert_eq!(world.desk.sessions(&journey.job.id).await.unwrap().len(), 1);
    let page = PaymentForm::new(world.client.http(), &pages[0].url);
    assert_eq!(page.pay("card").await.unwrap().status, 303);
    assert_ne!(page.pay("card").await.unwrap().status, 303, "paid twice");
    journey.reach(Stage::Delivered).await;
    says(&problem(click().await), "wrong_stage", None, "geht jetzt nicht");
    journey.finish().await;
}

#[tokio::test]
async fn a_changed_order_closes_the_page_of_the_first() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let wrong = journey.order(&number(5, "02")).await;
    let right = journey.order(&answering(22)).await;
    let closed = || async {
        let looked = wrong.look().await?;
        Ok(if looked.page.contains("expired") { Ok(()) } else { Err(looked.status) })
    };
    justfax_tests::client::wait_for("the first page to close", PATIENCE, closed).await.unwrap();
    assert_eq!(right.pay("card").await.unwrap().status, 303);
    journey.reach(Stage::Delivered).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_price_that_was_not_shown_is_refused() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    let to = answering(23);
    let quote = journey.job.quote(&to, None).await.unwrap();
    let order = JobClient::order(&to, &journey.email(), &quote.price, "de");
    for price in [json!({"amount": 1, "currency": "EUR"}), json!({"amount": quote.price.amount, "currency": "USD"})] {
        let mut cheap = order.clone();
        cheap["price"] = price;
        says(&problem(journey.job.checkout_with(&cheap).await), "price_changed", Some("price"), "Preis");
    }
    for (field, value) in [
        ("price", json!({"amount": -1, "currency": "EUR"})),
        ("price", json!({"amount": 1.5, "currency": "EUR"})),
        ("free", json!(true)),
    ] {
        let mut odd = order.clone();
        odd[field] = value;
        says(&problem(journey.job.checkout_with(&odd).await), "bad_request", None, "Anfrage");
    }
    let mut old = order.clone();
    old["terms_version"] = json!("2001-01-01");
    assert_eq!(problem(journey.job.checkout_with(&old).await).code, "price_changed");
    assert_eq!(journey.job.view().await.unwrap().stage, Stage::Ready, "nothing was ordered");
    journey.finish().await;
}

#[tokio::test]
async fn without_consent_or_with_a_wrong_address_nothing_is_ordered() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    let to = answering(24);
    let price = journey.job.quote(&to, None).await.unwrap().price;
    let mut order = JobClient::order(&to, "nobody", &price, "de");
    says(&problem(journey.job.checkout_with(&order).await), "email_invalid", Some("email"), "E-Mail");
    order["email"] = json!("a@b.example\r\nBcc: x@y.example");
    assert_eq!(problem(journey.job.checkout_with(&order).await).code, "email_invalid");
    order["email"] = json!(journey.email());
    order["early_performance"] = json!(false);
    says(&problem(journey.job.checkout_with(&order).await), "consent_missing", Some("early_performance"), "Häkchen");
    assert!(journey.world.desk.sessions(&journey.job.id).await.unwrap().is_empty());
    journey.finish().await;
}

#[tokio::test]
async fn numbers_that_are_not_dialled_are_explained_in_both_languages() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    let cases = [
        ("12", "number_invalid", "Vorwahl", "area code"),
        ("030 FAXME", "number_invalid", "Buchstaben", "letters"),
        ("112", "number_invalid", "Faxnummer", "fax number"),
        ("+49 900 1 123456", "number_not_allowed", "Servicenummern", "Premium-rate"),
        ("+1 876 926 0101", "number_country_unsupported", "Land", "country"),
    ];
    let english = journey.job.speaking("en-US,en;q=0.9");
    for (to, code, german_words, english_words) in cases {
        says(&problem(journey.job.quote(to, Some("DE")).await), code, Some("to"), german_words);
        says(&problem(english.quote(to, Some("DE")).await), code, Some("to"), english_words);
    }
    let price = journey.job.quote(&answering(25), None).await.unwrap().price;
    let ordered = journey.job.checkout("+49 900 1 123456", &journey.email(), &price, "de").await;
    says(&problem(ordered), "number_not_allowed", Some("to"), "gewöhnlichen Nummer");
    assert!(
        journey.world.desk.sessions(&journey.job.id).await.unwrap().is_empty(),
        "ordered a number that costs extra"
    );
    journey.finish().await;
}

#[tokio::test]
async fn money_that_comes_late_starts_the_fax_when_it_comes() {
    let journey = World::get().prepare(&["note-de.txt"]).await;
    assert_eq!(journey.order(&answering(26)).await.pay("slow_bank").await.unwrap().status, 303);
    journey.reach(Stage::Delivered).await;
    journey.settled().await;
    journey.finish().await;
}

#[tokio::test]
async fn an_english_order_is_answered_and_mailed_in_english() {
    let world = World::get();
    let journey = world.prepare(&["letter-en.pdf"]).await;
    let to = "+13125550101";
    let price = journey.job.quote(to, None).await.unwrap().price;
    let page = journey.job.checkout(to, &journey.email(), &price, "en").await.unwrap();
    let left = PaymentForm::new(world.client.http(), &page.url).pay("card").await.unwrap();
    assert!(left.location.unwrap().contains("/en/status/#"));
    journey.reach(Stage::Delivered).await;
    journey.settled().await;
    for (_, mail) in world.desk.mails(&journey.job.id).await.unwrap() {
        assert!(mail.html.is_some_and(|html| html.contains("lang=\"en\"")), "{}", mail.subject);
    }
    journey.finish().await;
}
