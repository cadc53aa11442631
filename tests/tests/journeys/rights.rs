//! What people may do with their data: take it away, and erase it, by the link of a fax or by a link to their address.

use justfax_tests::client::{Failure, Mail, PaymentState, Stage, wait_for};
use serde_json::Value;

use crate::harness::{Journey, PATIENCE, World, answering, number, problem, says};

impl World {
    /// The newest mail to an address whose letter is of this kind.
    async fn mailed(&self, to: &str, kind: &str) -> Mail {
        let look = || async {
            let mails = self.desk.mails_to(to).await?;
            Ok::<_, Failure>(mails.into_iter().find(|mail| mail.is(kind)).ok_or("no such mail"))
        };
        wait_for(&format!("a mail {kind} to {to}"), PATIENCE, look).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Asks for an address, opens the mailed link, and gives the key.
    async fn key_to(&self, email: &str) -> String {
        self.client.ask_rights(email, "de").await.unwrap();
        let mail = self.mailed(email, "rights").await;
        self.client.open_rights(&link_in(&mail)).await.unwrap().key
    }
}

/// An address that no run before this one has used: how often one may write is limited.
fn unique(name: &str) -> String {
    format!("{name}.{}@example.org", jiff::Timestamp::now().as_millisecond())
}

/// The secret behind the link of a mail.
fn link_in(mail: &Mail) -> String {
    let text = mail.text.as_deref().unwrap_or_default();
    text.split_once("/de/ihre-daten/#").expect("a link").1[..32].to_owned()
}

#[tokio::test]
async fn a_fax_can_be_taken_away_whole_by_its_link() {
    let world = World::get();
    let journey = world.prepare(&["letter-de.pdf"]).await;
    let to = answering(42);
    journey.pay(&to).await;
    journey.reach(Stage::Delivered).await;
    journey.settled().await;
    let told = journey.job.export().await.unwrap();
    assert_eq!(told["order"]["recipient"]["e164"], to.as_str());
    assert_eq!(told["order"]["email"], journey.email().as_str());
    assert_eq!(told["documents"][0]["name"], "letter-de.pdf");
    assert_eq!(told["payments"][0]["state"], "captured");
    assert_eq!(told["attempts"][0]["outcome"], "delivered");
    assert_eq!(told["mails"].as_array().map(Vec::len), Some(2), "{told}");
    assert!(!told.to_string().contains(&journey.job.secret) && !told.to_string().contains("http"), "{told}");
    says(&problem(world.client.job(&journey.job.id, &"A".repeat(32)).export().await), "not_found", None, "Prüfen");
    journey.finish().await;
}

#[tokio::test]
async fn the_person_of_a_delivered_fax_is_forgotten_at_their_word() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let to = answering(43);
    journey.pay(&to).await;
    journey.reach(Stage::Delivered).await;
    assert!(journey.settled().await.allows("erase"));
    journey.job.erase().await.unwrap();
    let view = journey.job.view().await.unwrap();
    assert!(view.recipient.is_none() && view.documents.is_empty() && view.attempts.is_empty(), "{view:?}");
    assert_eq!((view.stage, view.payment.state), (Stage::Delivered, PaymentState::Captured));
    let personal = [journey.email(), to, "note-de.txt".to_owned()];
    for item in world.aws.items(&world.stack.table).await.unwrap() {
        let text = item.to_string();
        let ours = text.contains(&journey.job.id);
        assert!(!ours || !personal.iter().any(|word| text.contains(word)) && item["email_hash"].is_null(), "{text}");
    }
    journey.finish().await;
}

#[tokio::test]
async fn erasing_during_a_call_ends_it_cleanly_and_settles_the_money() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    journey.pay(&number(3, "02")).await;
    journey.job.until("a call", PATIENCE, |view| !view.attempts.is_empty()).await.unwrap();
    let key = world.key_to(&journey.email()).await;
    let left = world.client.erase_address(&key).await.unwrap();
    assert_eq!(left.len(), 1, "{left:?}");
    journey.reach(Stage::Purged).await;
    assert_eq!(journey.settled().await.payment.state, PaymentState::Released);
    journey.finish().await;
}

#[tokio::test]
async fn an_address_opens_all_its_faxes_once_and_nothing_of_others() {
    let world = World::get();
    let (first, second) = (world.prepare(&["note-de.txt"]).await, world.prepare(&["letter-en.pdf"]).await);
    let other = world.prepare(&["note-de.txt"]).await;
    let email = first.email();
    for (journey, to) in [(&first, &email), (&second, &email.to_uppercase()), (&other, &other.email())] {
        let price = journey.job.quote("+493023125001", None).await.unwrap().price;
        journey.job.checkout("+493023125001", to, &price, "de").await.unwrap();
    }
    world.client.ask_rights(&email, "de").await.unwrap();
    let link = link_in(&world.mailed(&email, "rights").await);
    let key = world.client.open_rights(&link).await.unwrap().key;
    says(&problem(world.client.open_rights(&link).await), "not_found", None, "");
    says(&problem(world.client.faxes_of_address(&link).await), "not_found", None, "");
    let mut listed: Vec<Value> = world.client.faxes_of_address(&key).await.unwrap();
    listed.sort_by_key(|fax| fax["job"].to_string());
    let mut ours = [first.job.id.as_str(), second.job.id.as_str()];
    ours.sort_unstable();
    assert_eq!(listed.iter().map(|fax| fax["job"].as_str().unwrap()).collect::<Vec<_>>(), ours);
    world.client.erase_address(&key).await.unwrap();
    for journey in [&first, &second] {
        journey.reach(Stage::Purged).await;
    }
    assert!(other.job.view().await.unwrap().allows("pay"), "somebody else's fax is gone");
    for journey in [first, second, other] {
        journey.finish().await;
    }
}

#[tokio::test]
async fn an_unknown_address_gets_the_same_answer_and_a_mail_that_tells_nothing() {
    let world = World::get();
    let journey: Journey = world.prepare(&["note-de.txt"]).await;
    journey.order(&answering(44)).await;
    let (known, unknown) = (journey.email(), format!("nobody.{}@example.org", journey.job.id));
    let told =
        [world.client.ask_rights(&known, "de").await.unwrap(), world.client.ask_rights(&unknown, "de").await.unwrap()];
    assert_eq!(told[0], told[1]);
    let (one, two) = (world.mailed(&known, "rights").await, world.mailed(&unknown, "rights").await);
    let without_link = |mail: &Mail| mail.text.clone().unwrap_or_default().replace(&link_in(mail), "");
    assert_eq!((without_link(&one), one.subject.clone()), (without_link(&two), two.subject.clone()));
    let key = world.client.open_rights(&link_in(&two)).await.unwrap().key;
    assert_eq!(world.client.faxes_of_address(&key).await.unwrap(), Vec::<Value>::new());
    for _ in 0..4 {
        world.client.ask_rights(&unknown, "de").await.unwrap();
    }
    assert_eq!(
        world.desk.mails_to(&unknown).await.unwrap().len(),
        3,
        "one address is mailed at most three times a day"
    );
    journey.finish().await;
}

#[tokio::test]
async fn a_message_reaches_the_operator_and_lies_nowhere_else() {
    let world = World::get();
    let mark = "Frage nach Zwetschgenknödeln 8842";
    let from = unique("guest");
    let from = from.as_str();
    world.client.send_message(from, &format!("{mark}\nund noch eine Zeile")).await.unwrap();
    let mails = world.desk.mails_to("support@justfax.example").await.unwrap();
    let mail = mails.iter().find(|mail| mail.text.as_deref().unwrap_or_default().contains(mark)).expect("the message");
    assert!(mail.is("message") && mail.header("reply-to").is_some_and(|to| to.contains(from)), "{mail:?}");
    let found = world.audit("nojobofthisnameeverexisted", &[mark.to_owned(), from.to_owned()]).await;
    assert_eq!(found, vec![]);
    for _ in 0..4 {
        world.client.send_message(from, "noch eine").await.unwrap();
    }
    let answer = problem(world.client.send_message(from, "zu viele").await);
    says(&answer, "too_many_requests", None, "in einer Stunde");
}

#[tokio::test]
async fn a_withdrawal_is_confirmed_with_its_content_and_time() {
    let world = World::get();
    let (name, order) = ("Erika Zwetschge", "abcdefghijklmnopqrstuvwxyz");
    let email = unique("erika");
    let email = email.as_str();
    let received = world.client.withdraw(name, order, email).await.unwrap();
    let confirmed = world.mailed(email, "withdrawal-received").await.text.unwrap_or_default();
    let day = received["received"].as_str().unwrap()[..10].to_owned();
    for part in [name, order, email, day.as_str(), "Hiermit widerrufe ich"] {
        assert!(confirmed.contains(part), "{part} is not in {confirmed}");
    }
    let operator = world.desk.mails_to("support@justfax.example").await.unwrap();
    assert!(
        operator.iter().any(|mail| mail.is("withdrawal") && mail.text.as_deref().unwrap_or_default().contains(name))
    );
}
