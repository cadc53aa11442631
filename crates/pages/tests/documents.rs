//! Whole documents: the project's samples, and the corpus where it is there.
#![expect(clippy::unwrap_used, reason = "a panic in a test's own steps is its answer")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use justfax_pages::{Limits, Options, Refusal, Rendered, Resolution, Turn, Warning, child, render_with};

const PROGRAM: &str = env!("CARGO_BIN_EXE_justfax-pages");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A folder of documents, if it is there.
fn folder(path: &str) -> Option<PathBuf> {
    let folder = Path::new(ROOT).join(path);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("{path} is not there; its documents were not tested");
    None
}

/// Renders with the patience that a machine busy with other tests needs.
fn rendered(document: &Path) -> Result<Rendered, Refusal> {
    rendered_within(document, Duration::from_mins(2))
}

fn rendered_within(document: &Path, time: Duration) -> Result<Rendered, Refusal> {
    let bytes = std::fs::read(document).unwrap();
    child::render_in_child(Path::new(PROGRAM), ["render-child"], &bytes, &Limits { time, ..Limits::default() })
}

fn warnings(document: &Path) -> Vec<Warning> {
    rendered(document).unwrap().pages.into_iter().flat_map(|page| page.warnings).collect()
}

#[test]
fn every_sample_becomes_the_pages_it_has() {
    let Some(samples) = folder("target/samples") else { return };
    for (name, pages) in [
        ("letter-de.pdf", 1),
        ("letter-en.pdf", 1),
        ("form-de.pdf", 1),
        ("note-de.txt", 1),
        ("table-en.pdf", 1),
        ("report-en.pdf", 10),
        ("tinted-en.pdf", 1),
        ("slide-en.pdf", 1),
        ("sizes-en.pdf", 4),
        ("photo-of-paper.jpg", 1),
        ("photo-turned.jpg", 1),
        ("scan.tif", 2),
        ("screenshot.png", 1),
        ("scene.jpg", 1),
        ("letter-en.webp", 1),
    ] {
        let rendered = rendered(&samples.join(name)).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!(rendered.pages.len(), pages, "{name}");
        for page in &rendered.pages {
            assert!(page.page.rows() <= 2252 && !page.warnings.contains(&Warning::Blank), "{name}");
        }
    }
}

#[test]
fn a_photograph_of_paper_becomes_print_and_a_scene_does_not() {
    let Some(samples) = folder("target/samples") else { return };
    let bytes = |name: &str| rendered(&samples.join(name)).unwrap().pages[0].encoded_bytes;
    assert!(bytes("photo-of-paper.jpg") < 20_000 && bytes("photo-turned.jpg") < 20_000);
    assert!(bytes("scene.jpg") > 60_000);
}

#[test]
fn every_trap_ends_in_its_refusal() {
    let Some(traps) = folder("target/samples/traps") else { return };
    for (name, refusal) in [
        ("empty.pdf", Refusal::Empty),
        ("program.pdf", Refusal::NotADocument),
        ("password.pdf", Refusal::PasswordNeeded),
        ("pages-500.pdf", Refusal::TooManyPages),
        ("cut-off.pdf", Refusal::Damaged),
        ("picture-bomb.pdf", Refusal::TooComplex),
        ("xfa.pdf", Refusal::XfaForm),
        ("no-page.pdf", Refusal::Empty),
        ("looping-pages.pdf", Refusal::Empty),
        ("wide.png", Refusal::TooComplex),
    ] {
        assert_eq!(rendered(&traps.join(name)).unwrap_err(), refusal, "{name}");
    }
    let endless = rendered_within(&traps.join("fan-of-drawings.pdf"), Duration::from_secs(5));
    assert_eq!(endless.unwrap_err(), Refusal::TooComplex);
    assert!(warnings(&traps.join("huge-box.pdf")).contains(&Warning::TinyPrint));
    assert!(warnings(&traps.join("tiny-box.pdf")).contains(&Warning::Blank));
    assert!(warnings(&traps.join("endless-nesting.pdf")).contains(&Warning::Blank));
}

#[test]
fn swarms_and_loops_end_in_pages_or_a_refusal() {
    let Some(traps) = folder("target/samples/traps") else { return };
    let ended = |name: &str| rendered_within(&traps.join(name), Duration::from_secs(8));
    assert_eq!(ended("content-bomb.pdf").unwrap_err(), Refusal::TooComplex);
    for name in ["many-objects.pdf", "letter-of-itself.pdf"] {
        let pages = ended(name).unwrap().pages;
        assert!(pages.len() == 1 && !pages[0].warnings.contains(&Warning::Blank), "{name}");
    }
    for name in ["deep-arrays.pdf", "tiny-tiles.pdf", "unbalanced-states.pdf"] {
        assert!(matches!(ended(name).map(|rendered| rendered.pages.len()), Ok(1) | Err(Refusal::TooComplex)), "{name}");
    }
}

#[test]
fn a_password_opens_its_document() {
    let Some(traps) = folder("target/samples/traps") else { return };
    let bytes = std::fs::read(traps.join("password.pdf")).unwrap();
    let with = |word: &str| Options { password: Some(word.to_owned()), ..Options::default() };
    assert!(render_with(&bytes, &Limits::default(), &with("opensesame")).is_ok());
    assert_eq!(render_with(&bytes, &Limits::default(), &with("wrong")).unwrap_err(), Refusal::PasswordNeeded);
}

#[test]
fn the_senders_choices_are_followed() {
    let Some(samples) = folder("target/samples") else { return };
    let bytes = std::fs::read(samples.join("report-en.pdf")).unwrap();
    let all = render_with(&bytes, &Limits::default(), &Options::default()).unwrap();
    let chosen = Options { selection: vec![7, 2], ..Options::default() };
    let some = render_with(&bytes, &Limits::default(), &chosen).unwrap();
    assert_eq!(some.pages, [all.pages[6].clone(), all.pages[1].clone()]);

    let standard = Options { resolution: Resolution::Standard, ..chosen.clone() };
    let standard = render_with(&bytes, &Limits::default(), &standard).unwrap();
    assert!(
        standard.pages.iter().all(|page| page.page.rows() == 1126 && page.page.resolution() == Resolution::Standard)
    );
    assert!(standard.pages[0].encoded_bytes < some.pages[0].encoded_bytes * 3 / 4);

    let turned = Options { turns: [(7, Turn::Half)].into(), ..chosen };
    let turned = render_with(&bytes, &Limits::default(), &turned).unwrap();
    assert_ne!(turned.pages[0], some.pages[0]);
    assert_eq!(turned.pages[1], some.pages[1]);
}

#[test]
fn every_document_of_the_corpus_ends_well() {
    let Some(corpus) = folder("../shared/corpus") else { return };
    for entry in std::fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "pdf") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let refusal = rendered(&path).err();
        let expected = match name.as_str() {
            "PasswordSample-256bit.pdf" => Some(Refusal::PasswordNeeded),
            "hugemono.pdf" => Some(Refusal::TooComplex),
            "poppler-742-0-fuzzed.pdf" => Some(Refusal::Damaged),
            _ => None,
        };
        assert_eq!(refusal, expected, "{name}");
    }
}

#[test]
fn what_the_sender_should_know_is_said() {
    let Some(corpus) = folder("../shared/corpus") else { return };
    assert!(warnings(&corpus.join("noembed-sjis.pdf")).contains(&Warning::MissingFont));
    assert_eq!(warnings(&corpus.join("senate-expenditures.pdf")), [Warning::Sideways]);
    assert_eq!(warnings(&corpus.join("annotation-tx.pdf")), [], "its answer is drawn");
    assert_eq!(warnings(&corpus.join("file_pdfjs_test.pdf")), []);
}
