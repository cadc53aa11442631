//! Coming back later: the private link by mail for who asks, one reminder before the files go, and nothing for anybody else.
//!
//! As in `audits`, the record's own times are moved where weeks must pass; what acts on them is real.

use justfax_tests::{
    client::{Mail, Stage, wait_for},
    providers::seconds_from_now,
};
use serde_json::json;

use crate::harness::{Journey, PATIENCE, World, answering, problem, says};

const DAY: i64 = 24 * 3600;

impl Journey {
    /// The newest mail of a kind about this Job.
    async fn mail(&self, kind: &str) -> Mail {
        let look = || async {
            let mails = self.world.desk.mails(&self.job.id).await?;
            Ok(mails.into_iter().rev().find(|(of, _)| of == kind).map(|(_, mail)| mail).ok_or("no such mail"))
        };
        wait_for(&format!("a mail {kind}"), PATIENCE, look).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Sets times of the record, and lets the clean-up find it.
    async fn rewrite(&self, change: &str, values: serde_json::Value) {
        let World { aws, stack, .. } = &self.world;
        let change = format!("SET {change}, due_at = :due");
        let mut values = values;
        values[":due"] = json!({ "N": "1" });
        aws.rewrite(&stack.table, &self.job.id, &change, &values).await.unwrap();
        aws.invoke("cleanup", &json!({})).await.unwrap();
    }

    /// The secret of the link to this page in a mail.
    fn secret_in(&self, mail: &Mail, page: &str) -> String {
        let begin = format!("{}{page}#{}.", self.world.stack.site, self.job.id);
        let text = mail.text.as_deref().unwrap_or_default();
        text.split_once(&begin).unwrap_or_else(|| panic!("no link {begin} in {text}")).1[..32].to_owned()
    }
}

fn days_ago(days: i64) -> serde_json::Value {
    json!({ "S": (jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * days)).to_string() })
}

#[tokio::test]
async fn the_link_comes_to_who_asks_and_opens_the_fax_until_another_address_is_asked_for() {
    let world = World::get();
    let journey = world.prepare(&["letter-de.pdf"]).await;
    assert_eq!(journey.mail_kinds().await, Vec::<String>::new(), "a mail that nobody asked for");
    let mistyped = format!("x{}", journey.email());
    journey.job.mail_link(&mistyped, "fr").await.unwrap();
    let first = journey.secret_in(&journey.mail("link").await, "/fr/apercu/");
    world.client.job(&journey.job.id, &first).view().await.expect("the mailed link opens it");
    let told = journey.job.mail_link(&journey.email(), "de").await.unwrap();
    assert_eq!(told.link.as_ref().map(|link| link.email.as_str()), Some(journey.email().as_str()));
    let sent =
        || async { Ok(if journey.mail("link").await.to == [journey.email()] { Ok(()) } else { Err("the first") }) };
    wait_for("the second link", PATIENCE, sent).await.unwrap_or_else(|error| panic!("{error}"));
    let mail = journey.mail("link").await;
    let second = journey.secret_in(&mail, "/de/vorschau/");
    assert_ne!(second, journey.job.secret, "a link of its own");
    says(&problem(world.client.job(&journey.job.id, &first).view().await), "not_found", None, "");
    let back = world.client.job(&journey.job.id, &second);
    assert_eq!(back.view().await.unwrap().pages.len(), journey.shown.len(), "on another device nothing is lost");
    says(&problem(back.mail_link(&mistyped, "de").await), "other_address", Some("email"), "andere E-Mail-Adresse");
    let text = mail.text.unwrap_or_default();
    assert!(text.contains("Bis zum ") && text.contains("erinnern wir Sie einmal"), "{text}");
    assert!(!text.contains("letter-de"), "a word of the asker in {text}");

    journey.pay(&answering(46)).await;
    journey.reach(Stage::Delivered).await;
    assert_eq!(journey.secret_in(&journey.mail("ordered").await, "/de/status/"), second);
    let view = journey.settled().await;
    assert!(view.mails.iter().all(|mail| mail.state == "sent"), "{:?}", view.mails);
    assert_eq!(journey.mail_kinds().await, ["link", "link", "ordered", "delivered"]);
    assert_eq!(journey.job.export().await.unwrap()["link"]["email"], journey.email().as_str());
    journey.finish().await;
}

#[tokio::test]
async fn the_reminder_comes_once_before_the_files_go_when_they_were_said_to() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let view = journey.job.mail_link(&journey.email(), "en").await.unwrap();
    let reminder: jiff::Timestamp = view.link.unwrap().reminder.unwrap().parse().unwrap();
    let wanted = seconds_from_now(27 * DAY);
    assert!((wanted - 600..=wanted).contains(&reminder.as_second()), "the reminder goes at {reminder}");
    let secret = journey.secret_in(&journey.mail("link").await, "/en/preview/");
    let due = || async {
        let name = format!("job#{}", journey.job.id);
        let items = world.aws.items(&world.stack.table).await.unwrap();
        let item = items.into_iter().find(|item| item["pk"]["S"] == name.as_str()).unwrap_or_default();
        Ok(if item["due_at"]["N"] == reminder.as_millisecond().to_string() {
            Ok(())
        } else {
            Err(item["due_at"].clone())
        })
    };
    wait_for("the clean-up to be due at the reminder", PATIENCE, due).await.unwrap_or_else(|error| panic!("{error}"));

    let values = json!({ ":created": days_ago(28), ":past": days_ago(1) });
    journey.rewrite("job.created = :created, job.pending[0].not_before = :past", values).await;
    let mail = journey.mail("expiring").await;
    assert_eq!(journey.secret_in(&mail, "/en/preview/"), secret, "the reminder has the link too");
    let view = world.client.job(&journey.job.id, &secret).view().await.unwrap();
    assert_eq!((view.stage, view.pages.len()), (Stage::Ready, journey.shown.len()));
    assert_eq!(view.link.unwrap().reminder, None);

    journey.rewrite("job.created = :created", json!({ ":created": days_ago(31) })).await;
    journey.reach(Stage::Purged).await;
    assert_eq!(journey.mail_kinds().await, ["link", "expiring"]);
    journey.finish().await;
}

#[tokio::test]
async fn a_reminder_that_was_declined_leaves_no_address_behind() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    journey.job.mail_link(&journey.email(), "de").await.unwrap();
    let secret = journey.secret_in(&journey.mail("link").await, "/de/vorschau/");
    assert!(journey.job.decline_reminder().await.unwrap().link.is_none());
    let told = journey.job.export().await.unwrap().to_string();
    assert!(!told.contains(&journey.email()), "{told}");
    world.client.job(&journey.job.id, &secret).erase().await.expect("the link still opens it, and deletes it");
    journey.reach(Stage::Purged).await;
    journey.finish().await;
}

#[tokio::test]
async fn the_form_is_no_way_to_fill_a_mailbox() {
    let world = World::get();
    let note: [(&str, &[u8]); 1] = [("visit-our-shop.txt", b"spam")];
    let victim = format!("victim.{}@example.org", jiff::Timestamp::now().as_millisecond());
    let (mut mailed, mut journeys) = (0, Vec::new());
    for _ in 0..3 {
        let journey = Journey::new(world.clone(), &world.announce(&note).await);
        for _ in 0..4 {
            match journey.job.mail_link(&victim, "de").await {
                Ok(_) => mailed += 1,
                refused => says(&problem(refused), "too_many_links", None, "oft genug"),
            }
            // The next wish is a new one only when the mail of the last has gone.
            let sent = |view: &justfax_tests::client::JobView| view.mails.iter().all(|mail| mail.state == "sent");
            journey.job.until("the mail", PATIENCE, sent).await.unwrap();
        }
        journeys.push(journey);
    }
    assert_eq!(mailed, 5, "mails to one address in a day");
    says(&problem(journeys[0].job.mail_link("a@b.de\r\nBcc: c@d.de", "de").await), "email_invalid", Some("email"), "");

    let journey = world.prepare(&["note-de.txt"]).await;
    let bounces = format!("bounce+{}@simulator.amazonses.com", &journey.job.id[..8]);
    journey.job.mail_link(&bounces, "de").await.unwrap();
    journey.job.until("the bounce", PATIENCE, |view| view.mail_stopped.is_some()).await.unwrap();
    says(
        &problem(journey.job.mail_link(&bounces, "de").await),
        "mail_stopped",
        Some("email"),
        "senden wir nichts mehr",
    );
    for journey in journeys.into_iter().chain([journey]) {
        journey.finish().await;
    }
}
