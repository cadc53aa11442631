//! Every mail in every language, as people get it, held against the text that somebody has read: `snapshots/<language>.txt`.
//!
//! A mail that reads otherwise is written to `target/mails`, with its HTML beside it to look at; if it is right, the file there
//! replaces the one here.

use std::{fmt::Write as _, fs, path::Path};

use super::{tests::*, *};
use crate::{
    flow::messages::Note,
    ids::Secret,
    job::{
        event::{CallNews, Event, MoneyNews, Rules},
        resume::Resume,
    },
    redial::Outcome,
};

fn after(job: &Job, events: impl IntoIterator<Item = Event>) -> Job {
    events.into_iter().fold(job.clone(), |job, event| job.apply(event, &Rules::default(), now()).unwrap().0)
}

fn news(outcome: Outcome) -> Event {
    let report = crate::job::attempt::DeliveryReport::of(outcome);
    Event::Call(1, CallNews::Report { reference: Some("call".into()), report })
}

/// A Job that asked for the link by mail, before its order.
fn asking(language: Language) -> Job {
    let job = ready(language);
    let secret = key().link_secret(job.id(), "hash").unwrap().hash();
    let to = Some((EmailAddress::parse("a@b.de").unwrap(), "hash".to_owned()));
    after(&job, [Event::LinkAsked(Resume { to, secret, language, asked: now() })])
}

/// Every mail of a language, with what it is called here.
fn mails(language: Language) -> Vec<(&'static str, Letter)> {
    let about = |job: &Job, kind, encloses| compose(&head(), &key(), job, kind, 1, encloses).unwrap();
    let asked = asking(language);
    let sending = after(&ready(language), paid(language, "EUR"));
    let followed = after(&asked, paid(language, "EUR"));
    let busy = after(&sending, [news(Outcome::Unreachable)]);
    let taken =
        after(&ready(language), [ordered(language, "EUR"), opened(), Event::Money(1, MoneyNews::Taken("pi_1".into()))]);
    let address = EmailAddress::parse("a@b.de").unwrap();
    let operator = EmailAddress::parse("support@justfax.example").unwrap();
    let secret = Secret::parse(&"s".repeat(32)).unwrap();
    let note = Note::Withdrawal { name: "Jürgen Groß".to_owned(), order: "abc".to_owned() };
    vec![
        ("link", about(&asked, MailKind::Link, false)),
        ("expiring", about(&asked, MailKind::Expiring, false)),
        ("ordered", about(&sending, MailKind::Ordered, false)),
        ("ordered-with-link", about(&followed, MailKind::Ordered, false)),
        ("ordered-taken", about(&taken, MailKind::Ordered, false)),
        ("delivered", about(&delivered(language, "EUR"), MailKind::Delivered, true)),
        ("delivered-without-report", about(&delivered(language, "EUR"), MailKind::Delivered, false)),
        ("undelivered", about(&busy, MailKind::Undelivered, true)),
        ("corrected", about(&sending, MailKind::Corrected, false)),
        ("released", about(&after(&busy, [Event::MoneyBack]), MailKind::Released, false)),
        ("data", requests::link(&head(), &address, &secret, language, "data".to_owned())),
        (
            "withdrawal",
            requests::withdrawal_received(&head(), &operator, &address, language, ("Jürgen Groß", "abc"), "1", now()),
        ),
        ("operator", requests::to_operator(&head(), &operator, &address, &note, "1", now())),
    ]
}

#[test]
fn every_mail_in_every_language_reads_as_somebody_has_read_it() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (kept, seen) = (here.join("src/mail/snapshots"), here.join("../../target/mails"));
    fs::create_dir_all(&seen).unwrap();
    let mut changed = Vec::new();
    for language in Language::ALL {
        let mut text = String::new();
        for (name, letter) in mails(language) {
            write!(text, "=== {name}\nSubject: {}\nKey: {}\n\n{}\n", letter.subject, letter.key, letter.text).unwrap();
            fs::write(seen.join(format!("{name}-{}.html", language.as_str())), &letter.html).unwrap();
        }
        let file = format!("{}.txt", language.as_str());
        fs::write(seen.join(&file), &text).unwrap();
        if fs::read_to_string(kept.join(&file)).unwrap_or_default() != text {
            changed.push(file);
        }
    }
    assert!(
        changed.is_empty(),
        "read {changed:?} in target/mails, and copy them to src/mail/snapshots if they are right"
    );
}

#[test]
fn no_mail_opens_the_fax_unless_that_was_asked_for() {
    for language in Language::ALL {
        for (name, letter) in mails(language) {
            let opens = letter.text.contains(&format!("#{}.", ready(language).id()));
            assert_eq!(opens, ["link", "expiring", "ordered-with-link"].contains(&name), "{name}");
        }
    }
}

#[test]
fn no_mail_has_anything_remote_and_none_of_the_link_has_a_word_of_its_asker() {
    for language in Language::ALL {
        for (name, Letter { html, text, .. }) in mails(language) {
            for part in ["http-equiv", "<img", "<script", "<link", "url(", "src="] {
                assert!(!html.contains(part), "{part} in {name}");
            }
            let addresses = html.match_indices("://").count();
            assert_eq!(addresses, html.matches("https://justfax.example").count(), "{name} names another site");
            let of_link = ["link", "expiring"].contains(&name);
            assert!(!of_link || !(text.contains("Brief") || text.contains("a@b.de") || text.contains("+49")), "{text}");
        }
    }
}
