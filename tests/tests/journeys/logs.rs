//! What the functions really logged during a journey with unmistakable data: none of it.

use justfax_tests::{
    client::{OpenedJob, Stage},
    providers::seconds_from_now,
};

use crate::{
    harness::{Journey, PATIENCE, World, number, problem},
    samples,
};

#[tokio::test]
async fn no_log_line_names_file_number_address_secret_or_link() {
    whole_journey("de", "7351", "08").await;
}

#[tokio::test]
async fn no_log_line_of_an_english_fax_names_anything_either() {
    whole_journey("en", "7352", "02").await;
}

/// A whole fax with data that cannot be mistaken for anything else, and a search of every function's log for all of it.
async fn whole_journey(language: &str, mark: &str, ending: &str) {
    let mut world = World::get();
    world.client = world.client.speaking(language);
    let since = seconds_from_now(-1) * 1000;
    let text = format!("Zwetschgenmus {mark} Text eines Briefes");
    let letter = if language == "de" { samples::read("letter-en.pdf") } else { text.clone().into_bytes() };
    let name = &format!("Kündigung Zwetschgenknödel {mark}.{}", if language == "de" { "pdf" } else { "txt" });
    let opened = world.announce(&[(name.as_str(), &letter)]).await;
    let form = &opened.uploads[0];
    justfax_tests::client::upload(world.client.http(), form, &letter).await.unwrap();
    let journey = Journey::new(world.clone(), &opened).prepared().await;
    let picture = journey.job.view().await.unwrap().pages[0].preview.clone();
    let number = number(if language == "de" { 7 } else { 8 }, ending);
    let price = journey.job.quote(&number, None).await.unwrap().price;
    let email = &format!("zwetschge.{mark}@example.org");
    let page = journey.job.checkout(&number, email, &price, language).await.unwrap();
    justfax_tests::client::PaymentForm::new(world.client.http(), &page.url).pay("card").await.unwrap();
    world.client.ask_rights(email, language).await.unwrap();
    world.client.send_message(email, &format!("{text}, eine Frage")).await.unwrap();
    world.client.withdraw("Erika Zwetschgenbaum", &opened.job, email).await.unwrap();
    if ending == "02" {
        journey.reach(Stage::Undelivered).await;
    } else {
        journey.reach(Stage::Delivered).await;
    }
    journey
        .job
        .until("what is owed", PATIENCE, |view| view.mails.iter().all(|mail| mail.state == "sent"))
        .await
        .unwrap();
    let machine = world.desk.calls(&opened.job).await.unwrap().pop().and_then(|call| call.machine);
    let mut forbidden = secrets_of(&world, &opened, &picture, machine.and_then(|machine| machine.csid));
    forbidden.extend([number.clone(), number[3..].to_owned(), email.clone(), page.url.clone(), text]);
    let mut told = 0;
    for (function, group) in &world.stack.log_groups {
        let lines = world.aws.log_lines(group, since).await.unwrap();
        told += lines.iter().filter(|line| line.contains(opened.job.as_str())).count();
        for line in &lines {
            let found = forbidden.iter().find(|secret| line.contains(secret.as_str()));
            assert!(found.is_none(), "{function} logged {found:?}: {line}");
        }
    }
    assert!(told >= 8, "only {told} lines tell of the journey: this proves nothing");
    journey.finish().await;
}

/// What else may stand in no line: words of the file, the link, signatures, keys, the far end.
fn secrets_of(world: &World, opened: &OpenedJob, picture: &str, csid: Option<String>) -> Vec<String> {
    let signature = picture.split("Signature=").nth(1).unwrap_or("no signature").split('&').next().unwrap_or_default();
    let form = &opened.uploads[0].fields;
    let words = ["Zwetschgen", "zwetschge", "letter-en", "23125", "X-Amz-Signature", "Authorization", "KEY", "sk_test"];
    let own = [
        signature.to_owned(),
        opened.secret.clone(),
        form["x-amz-signature"].clone(),
        form["policy"].clone(),
        world.stack.secrets.payment_webhook_secret.clone(),
    ];
    words.map(str::to_owned).into_iter().chain(own).chain(csid).collect()
}

#[tokio::test]
async fn no_error_or_dead_letter_quotes_what_was_sent() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let mark = "zwetschgenrechen";
    let bodies = [
        ("openJob", "/jobs".to_owned(), format!(r#"{{"language":"de","documents":"{mark}"}}"#)),
        ("askRights", "/rights".to_owned(), format!(r#"{{"email":"{mark}@","language":"de"}}"#)),
        ("sendMessage", "/messages".to_owned(), format!(r#"{{"email":"{mark}","text":"{mark}","language":"de"}}"#)),
        (
            "withdraw",
            "/withdrawals".to_owned(),
            format!(r#"{{"name":"{mark}","order":" ","email":"a@b.de","language":"de"}}"#),
        ),
        ("paymentWebhook", "/webhooks/payment".to_owned(), format!(r#"{{"id":"{mark}"}}"#)),
        ("carrierWebhook", "/webhooks/carrier".to_owned(), format!(r#"{{"data":"{mark}"}}"#)),
    ];
    let since = seconds_from_now(-1) * 1000;
    for (operation, path, body) in bodies {
        let answer = problem(world.client.post_raw(operation, &path, body).await);
        assert!(!format!("{answer:?}").contains(mark), "{answer:?}");
    }
    let answer = problem(journey.job.quote(&format!("+49 30 {mark}"), None).await);
    assert!(!format!("{answer:?}").contains(mark), "{answer:?}");
    for url in world.stack.dead_queues.values() {
        let dead = world.aws.peek(url).await.unwrap();
        assert!(!dead.iter().any(|body| body.contains(mark)), "{dead:?}");
    }
    for (function, group) in &world.stack.log_groups {
        let lines = world.aws.log_lines(group, since).await.unwrap();
        assert!(!lines.iter().any(|line| line.contains(mark)), "{function} logged what was sent");
    }
    journey.finish().await;
}
