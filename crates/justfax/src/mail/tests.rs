//! The mails as people get them. The whole text is written down here, so that a change of it is seen.

use jiff::{Timestamp, tz::TimeZone};

use super::*;
use crate::{
    choices::{Resolution, Turn},
    document::{Document, FileName, PageFacts, Rendering},
    email::EmailAddress,
    ids::{DocumentId, JobId, Secret},
    job::{
        attempt::DeliveryReport,
        effect::{Copies, Effect, Lease},
        event::{CallNews, Event, MoneyNews, Rules},
        order::Order,
    },
    memory::Dice,
    money::{Currency, Money},
    number::FaxNumber,
    redial::Outcome,
};

const NOW: &str = "2026-11-24T08:15:30Z";

pub(super) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub(super) fn head() -> Letterhead {
    Letterhead {
        name: "JustFax".into(),
        seller: "Musterfax GmbH, Musterstraße 1, 10115 Berlin, DE000000000".into(),
        site_url: "https://justfax.example".into(),
        zone: TimeZone::get("Europe/Berlin").unwrap(),
    }
}

/// A fax of one file and three pages that is not ordered.
pub(super) fn ready(language: Language) -> Job {
    let dice = Dice::new(1);
    let page = PageFacts { rows: 2292, encoded_bytes: 9000, turn: Turn::Upright, warnings: vec![] };
    let document = Document::announced(DocumentId::random(&dice), FileName::new("Brief.pdf"), 1000);
    let id = document.id.clone();
    let rendering = Rendering { edition: 1, resolution: Resolution::Fine, sha256: "00".into(), pages: vec![page; 3] };
    let job = Job::open(JobId::random(&dice), Secret::random(&dice).hash(), language, now());
    let events = [Event::DocumentsAdded(vec![document]), Event::DocumentPrepared(id, rendering)];
    events.into_iter().fold(job, |job, event| job.apply(event, &Rules::default(), now()).unwrap().0)
}

pub(super) fn ordered(language: Language, currency: &str) -> Event {
    let amount = |amount| Money { amount, currency: Currency::parse(currency).unwrap() };
    Event::Ordered(Order {
        recipient: FaxNumber::parse("+493023125001", None).unwrap(),
        email: EmailAddress::parse("a@b.de").unwrap(),
        email_hash: "hash".into(),
        price: amount(239),
        vat: amount(38),
        vat_percent: "19".into(),
        pages: 3,
        terms_version: "2026-11-01".into(),
        language,
        at: now(),
    })
}

pub(super) fn opened() -> Event {
    Event::Money(1, MoneyNews::Opened { session: "cs_1".into(), url: "https://pay".into(), expires: now() })
}

/// What makes a ready fax a paid one that is being dialled.
pub(super) fn paid(language: Language, currency: &str) -> [Event; 4] {
    let lease = Lease { token: 1, until: now() };
    let held = Event::Money(1, MoneyNews::Held("pi_1".into(), now()));
    [ordered(language, currency), opened(), held, Event::Claimed(Effect::Dial(1), lease)]
}

/// A delivered fax, with everything deleted but the picture.
pub(super) fn delivered(language: Language, currency: &str) -> Job {
    let report = DeliveryReport { seconds: Some(87), pages: Some(3), ..DeliveryReport::of(Outcome::Delivered) };
    let events = [
        Event::Call(1, CallNews::Report { reference: Some("call".into()), report }),
        Event::Deleted(Copies::Originals),
        Event::Deleted(Copies::Pages),
        Event::Deleted(Copies::CarrierCopy(1)),
    ];
    let events = paid(language, currency).into_iter().chain(events);
    events.fold(ready(language), |job, event| job.apply(event, &Rules::default(), now()).unwrap().0)
}

pub(super) fn key() -> LookupKey {
    LookupKey::new(&[7; 32]).unwrap()
}

fn letter(language: Language, currency: &str) -> Letter {
    compose(&head(), &key(), &delivered(language, currency), MailKind::Delivered, 1, true).unwrap()
}

#[test]
fn a_german_mail_of_a_delivered_fax_has_proof_deletion_and_receipt() {
    let text = letter(Language::De, "EUR").text;
    for wanted in [
        "Guten Tag,",
        "Der signierte Sendebericht hängt an.",
        "https://justfax.example/de/pruefen/",
        "Löschnachweis",
        "Hochgeladene Dateien (unser Speicher):",
        "gelöscht und nachgesehen 24.11.2026, 09:15:30 Uhr (+01:00)",
        "noch nicht gelöscht; wir versuchen es weiter",
        "sobald diese E-Mail übergeben ist",
        "Beleg\n-----",
        "Belegnummer:",
        "pi_1",
        "Netto:",
        "2,01 EUR",
        "USt. 19 %:",
        "0,38 EUR",
        "Brutto:",
        "2,39 EUR",
        "Leistungsdatum:",
        "Musterfax GmbH, Musterstraße 1, 10115 Berlin, DE000000000",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
}

#[test]
fn a_receipt_adds_up_in_every_language_and_in_a_currency_without_decimals() {
    for (language, wanted) in [
        (Language::De, ["Löschnachweis", "201 JPY", "38 JPY", "239 JPY", "Leistungsdatum:", "USt. 19 %:"]),
        (Language::En, ["Deletion receipt", "201 JPY", "38 JPY", "239 JPY", "Date of supply:", "VAT 19%:"]),
        (
            Language::Fr,
            ["Attestation de suppression", "201 JPY", "38 JPY", "239 JPY", "Date de la prestation:", "TVA 19 %:"],
        ),
    ] {
        let text = letter(language, "JPY").text;
        for wanted in wanted {
            assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
        }
        assert!(!text.contains(",00 JPY") && !text.contains("2.39") && !text.contains("2,39"), "{text}");
    }
}

#[test]
fn text_and_html_say_the_same() {
    for language in Language::ALL {
        says_the_same(&letter(language, "EUR"));
    }
}

fn says_the_same(letter: &Letter) {
    let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    let spaced = letter.html.replace("<td", " <td");
    let bare: Vec<&str> = spaced.split('<').filter_map(|part| part.split_once('>')).map(|(_, rest)| rest).collect();
    let html = words(&bare.join(" "));
    for word in words(&letter.text).iter().filter(|word| !word.ends_with(':') && !word.starts_with("---")) {
        assert!(html.contains(word), "{word:?} is in the text alone");
    }
}

#[test]
fn a_repeated_mail_has_the_same_name() {
    let name = letter(Language::De, "EUR").key;
    assert_eq!(name, letter(Language::En, "EUR").key);
    assert!(name.ends_with(".delivered.1"), "{name}");
}
