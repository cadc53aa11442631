//! The transmission report: from the mail to whoever doubts it.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use justfax_tests::{
    client::{PaymentForm, Stage},
    runner::root,
};

use crate::{
    delivered::delivered,
    harness::{PATIENCE, World, answering, number, problem, says},
    samples,
};

/// What the check on the command line says of a report and originals: whether all is well, and its words.
fn verified(keys: &Path, report: &[u8], originals: &[PathBuf]) -> (bool, String) {
    let file = keys.with_extension("pdf");
    std::fs::write(&file, report).unwrap();
    let program = root().join("target/release/justfax-verify");
    let out = Command::new(program).arg("--keys").arg(keys).arg(&file).args(originals).output().unwrap();
    (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned())
}

/// A place of this process for files of a test.
fn place(name: &str) -> PathBuf {
    let folder = root().join("target/report-journey");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{name}-{}.json", std::process::id()))
}

/// What a reader of PDF files sees.
fn text_of(report: &[u8], name: &str) -> String {
    let file = place(name).with_extension("read.pdf");
    std::fs::write(&file, report).unwrap();
    let out = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output().unwrap();
    String::from_utf8_lossy(&out.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_report_in_the_mail_is_genuine_and_one_changed_byte_is_found() {
    let world = World::get();
    let keys = place("mailed");
    std::fs::write(&keys, world.client.report_keys().await.unwrap().to_string()).unwrap();
    let journey = world.prepare(&["letter-de.pdf"]).await;
    let view = delivered(&journey, &answering(41)).await;

    let mails = world.desk.mails(&view.job).await.unwrap();
    let (_, mail) = mails.iter().find(|(kind, _)| kind == "delivered").unwrap();
    assert_eq!(mail.attachments.len(), 1, "{:?}", mail.attachments);
    assert_eq!(mail.attachments[0].content_type, "application/pdf");
    let report = world.desk.attachment(&mail.attachments[0]).await.unwrap();

    let (original, other) = (samples::path("letter-de.pdf"), samples::path("letter-en.pdf"));
    let (good, said) = verified(&keys, &report, std::slice::from_ref(&original));
    assert!(good && said.contains(&view.job) && said.contains("belongs to it"), "{said}");
    let (good, said) = verified(&keys, &report, &[other]);
    assert!(!good && said.contains("DOES NOT BELONG"), "{said}");
    for at in [200, report.len() / 2, report.len() - 10] {
        let mut changed = report.clone();
        changed[at] ^= 1;
        let (good, said) = verified(&keys, &changed, std::slice::from_ref(&original));
        assert!(!good, "byte {at}: {said}");
    }

    let text = text_of(&report, "mailed");
    let attempt = view.attempts.last().unwrap();
    for wanted in [
        "Sendebericht",
        "Zugestellt (OK)",
        "§ 126b BGB",
        "IX ZR 148/10",
        &view.job,
        attempt.sent_sha256.as_ref().unwrap(),
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in {text}");
    }
    assert!(text.contains(attempt.csid.as_deref().unwrap_or("keine angegeben")), "{text}");
    journey.finish().await;
}

#[tokio::test]
async fn after_the_mail_a_report_can_still_be_fetched_but_without_the_picture() {
    let world = World::get();
    let keys = place("fetched");
    std::fs::write(&keys, world.client.report_keys().await.unwrap().to_string()).unwrap();
    let journey = world.prepare(&["table-en.pdf"]).await;
    says(&problem(journey.job.report().await), "wrong_stage", None, "");
    let view = delivered(&journey, &answering(42)).await;
    assert_eq!(world.aws.keys_of(&view.job).await.unwrap(), Vec::<String>::new(), "the picture outlives the mail");
    let report = journey.job.report().await.unwrap();
    let (good, said) = verified(&keys, &report, &[samples::path("table-en.pdf")]);
    assert!(good, "{said}");
    assert!(text_of(&report, "fetched").contains("Ohne Bild der ersten Seite"));
    journey.finish().await;
}

#[tokio::test]
async fn attempts_that_failed_are_proven_too() {
    let world = World::get();
    let keys = place("failed");
    std::fs::write(&keys, world.client.report_keys().await.unwrap().to_string()).unwrap();
    let journey = world.prepare(&["letter-de.pdf"]).await;
    journey.pay(&number(8, "02")).await;
    let view = journey.reach(Stage::Undelivered).await;
    let report = journey.job.report().await.unwrap();
    let (good, said) = verified(&keys, &report, &[]);
    assert!(good && said.contains("not delivered"), "{said}");
    let text = text_of(&report, "failed");
    assert!(text.contains("Nicht zugestellt") && text.contains("user_busy"), "{text}");
    assert_eq!(text.matches("user_busy").count(), view.attempts.len(), "{text}");
    journey.job.money_back().await.unwrap();
    journey.reach(Stage::Failed).await;
    journey.finish().await;
}

#[tokio::test]
async fn an_address_that_bounces_gets_no_more_mails_and_the_page_says_so() {
    let world = World::get();
    let journey = world.prepare(&["note-de.txt"]).await;
    let to = number(9, "02");
    let price = journey.job.quote(&to, None).await.unwrap().price;
    let email = format!("bounce+{}@simulator.amazonses.com", &journey.job.id[..8]);
    let page = journey.job.checkout(&to, &email, &price, "de").await.unwrap();
    PaymentForm::new(world.client.http(), &page.url).pay("card").await.unwrap();
    journey.job.until("the bounce", PATIENCE, |view| view.mail_stopped.as_deref() == Some("bounced")).await.unwrap();
    journey.reach(Stage::Undelivered).await;
    assert_eq!(journey.mail_kinds().await, ["ordered"], "a mail to an address that bounced");
    journey.finish().await;
}
