//! Reports read back by others: poppler, qpdf, and the Ed25519 of Node.

#![expect(clippy::unwrap_used, reason = "a panic in a step of a test is its answer")]

mod looks;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use jiff::tz::TimeZone;
use justfax::{number::FaxNumber, operator::Operator, report::ReportFacts};
use justfax_report::{ReportWriter, seal::PublicKey};
use serde_json::{Value, json};

const SEED: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn writer() -> ReportWriter {
    let operator = r#"{"service":"JustFax","operator":{"name":"Müsterfax GmbH","address":["Straße 1","10115 Berlin"],"email":"a@b.de"}}"#;
    let operator: Operator = serde_json::from_str(operator).unwrap();
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let from = FaxNumber::parse("+493023125000", None).unwrap();
    ReportWriter::new(&operator, SEED, &from, "https://justfax.example".to_owned(), zone).unwrap()
}

fn attempt(number: usize, outcome: &str) -> Value {
    json!({
        "number": number, "to": "+493023125001", "began": "2026-11-24T08:15:30Z", "ended": "2026-11-24T08:17:02Z", "outcome": outcome,
        "code": if outcome == "delivered" { Value::Null } else { "user_busy".into() }, "seconds": 87, "pages": 3, "sent_sha256": SHA256,
    })
}

/// Facts of an ordinary fax with these changes.
fn facts(changes: &Value) -> ReportFacts {
    let mut facts = json!({
        "job": "abcdefghijklmnopqrstuvwxyz", "language": "de", "result": "delivered", "recipient": "+49 30 23125001", "country": "DE",
        "csid": "Amtsgericht Köln", "began": "2026-11-24T08:15:30Z", "ended": "2026-11-24T08:17:02Z", "seconds": 87, "resolution": "fine", "pages": 3,
        "pages_confirmed": 3, "attempts": [attempt(1, "busy"), attempt(2, "delivered")],
        "documents": [{ "name": "Kündigung Müller-Lüdenscheidt.pdf", "bytes": 48_123, "pages": 3, "sha256": SHA256 }],
        "price": { "amount": 239, "currency": "EUR" }, "vat": { "amount": 38, "currency": "EUR" }, "vat_percent": "19",
        "made": "2026-11-24T08:17:03Z",
    });
    for (name, value) in changes.as_object().unwrap() {
        facts[name] = value.clone();
    }
    serde_json::from_value(facts).unwrap()
}

/// A page as the dispatch function reduces it: letters are what a checkerboard of blocks is here.
fn picture() -> Vec<u8> {
    let (width, height) = (864_u32, 1180_u32);
    let grey = |at: u32| if (at % width / 24 + at / width / 24).is_multiple_of(2) { 255 } else { 90 };
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let data: Vec<u8> = (0..width * height).map(grey).collect();
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
    file
}

/// Writes a report under `target/reports`, where people can look at it.
fn written(name: &str, changes: &Value, picture: Option<Vec<u8>>) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/reports");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.pdf"));
    std::fs::write(&file, writer().write(&facts(changes), picture).unwrap()).unwrap();
    file
}

fn run(program: &str, arguments: &[&str]) -> (bool, String) {
    let out = Command::new(program).args(arguments).output().unwrap();
    (out.status.success(), format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
}

fn said(program: &str, arguments: &[&str]) -> String {
    let (good, said) = run(program, arguments);
    assert!(good, "{program}: {said}");
    said
}

/// The text in reading order, each run of white space one space.
fn text(file: &Path) -> String {
    said("pdftotext", &[file.to_str().unwrap(), "-"]).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(file: &Path) -> usize {
    let info = said("pdfinfo", &[file.to_str().unwrap()]);
    let line = info.lines().find(|line| line.starts_with("Pages:")).unwrap().to_owned();
    line.split_whitespace().last().unwrap().parse().unwrap()
}

#[test]
fn an_ordinary_report_is_one_page_that_can_be_searched() {
    let file = written("ordinary-de", &json!({}), Some(picture()));
    assert_eq!(pages(&file), 1);
    let text = text(&file);
    for wanted in [
        "Sendebericht",
        "Ergebnis: Zugestellt (OK)",
        "JustFax +49 30 23125000",
        "+49 30 23125001",
        "Amtsgericht Köln",
        "24.11.2026, 09:15:30 Uhr (+01:00)",
        "Europe/Berlin",
        "1:27 min",
        "3 von 3",
        "fein, 204 × 196 dpi",
        "besetzt (user_busy)",
        "Kündigung Müller-Lüdenscheidt.pdf",
        SHA256,
        "2,39 EUR",
        "IX ZR 148/10",
        "§ 126b BGB",
        "abcdefghijklmnopqrstuvwxyz",
        "https://justfax.example/de/pruefen/",
        "Müsterfax GmbH, Straße 1, 10115 Berlin",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in {text}");
    }
}

#[test]
fn an_english_report_of_a_failed_fax_says_what_it_proves() {
    let changes = json!({
        "language": "en", "result": "busy", "recipient": "+1 212-555-0101", "country": "US", "csid": null, "pages_confirmed": 0,
        "attempts": (1..=5).map(|number| attempt(number, "busy")).collect::<Vec<_>>(),
    });
    let file = written("failed-en", &changes, None);
    let text = text(&file);
    for wanted in
        ["Transmission report", "Not delivered: busy", "none given", "proves the attempts", "Without a picture"]
    {
        assert!(text.contains(wanted), "{wanted:?} is not in {text}");
    }
    assert!(!text.contains("126b") && !text.contains("IX ZR"), "German law for a number elsewhere: {text}");
    assert_eq!(text.matches("user_busy").count(), 5);
}

#[test]
fn a_hundred_pages_long_names_and_many_files_and_attempts_are_all_told() {
    let document = |n: usize| json!({ "name": format!("{n} {}.pdf", "Anlagenverzeichnis der Gesamtschuldnerausgleichsklage ".repeat(3)), "bytes": 1, "pages": 5, "sha256": SHA256 });
    let changes = json!({
        "pages": 100, "pages_confirmed": 100, "documents": (1..=20).map(document).collect::<Vec<_>>(),
        "attempts": (1..=40).map(|n| attempt(n, if n == 40 { "delivered" } else { "line_lost" })).collect::<Vec<_>>(),
    });
    let file = written("long-de", &changes, Some(picture()));
    let text = text(&file);
    assert!(pages(&file) > 1);
    assert!(text.contains("100 von 100") && text.contains("Seite 2 von"), "{text}");
    assert_eq!(text.matches(SHA256).count(), 21);
    assert_eq!(text.matches("Verbindung abgebrochen").count(), 39);
}

#[test]
fn the_file_is_sound_tagged_and_embeds_its_fonts_and_facts() {
    let file = written("sound-de", &json!({}), Some(picture()));
    let name = file.to_str().unwrap();
    assert!(said("qpdf", &["--check", name]).contains("No syntax or stream encoding errors found"));
    let info = said("pdfinfo", &[name]);
    let is = |field: &str, value: &str| info.lines().any(|line| line.starts_with(field) && line.ends_with(value));
    assert!(is("Tagged:", "yes") && is("JavaScript:", "no") && is("Encrypted:", "no"), "{info}");
    let fonts = said("pdffonts", &[name]);
    assert!(
        fonts.lines().skip(2).count() == 2 && fonts.lines().skip(2).all(|line| line.contains("yes yes yes")),
        "{fonts}"
    );
    let structure = said("pdfinfo", &["-struct-text", name]);
    for part in ["H1", "H2", "Table", "TH", "TD", "Figure"] {
        assert!(structure.contains(part), "{part} is not in {structure}");
    }
    let facts: Value = serde_json::from_str(&said("qpdf", &["--show-attachment=justfax-report.json", name])).unwrap();
    assert_eq!(facts["facts"]["job"], "abcdefghijklmnopqrstuvwxyz");
    let metadata = said("pdfinfo", &["-meta", name]);
    assert!(
        metadata.contains("<pdfaid:part>3</pdfaid:part>")
            && metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"),
        "{metadata}"
    );
}

#[test]
fn node_checks_the_signature_by_the_description_alone() {
    let file = written("signed-de", &json!({}), None);
    let script = r#"
        const { createPublicKey, verify } = require("node:crypto");
        const [, name, base64] = process.argv;
        const file = require("node:fs").readFileSync(name);
        const at = file.indexOf('{"format":"justfax-report-1","signature":"') + 42;
        const signed = Buffer.concat([Buffer.from("justfax-report-1\n"), file.subarray(0, at), file.subarray(at + 128)]);
        const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(base64, "base64")]);
        const key = createPublicKey({ key: der, format: "der", type: "spki" });
        const signature = Buffer.from(file.subarray(at, at + 128).toString("latin1"), "hex");
        console.log(verify(null, signed, key, signature), verify(null, signed.subarray(1), key, signature));
    "#;
    let PublicKey { public_key, .. } = writer().key.public();
    assert_eq!(said("node", &["-e", script, file.to_str().unwrap(), &public_key]).trim(), "true false");
}
