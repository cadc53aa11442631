//! Real documents of other people, where the shared corpus lies beside the checkout.

use std::path::PathBuf;

use justfax_tests::{client::Stage, runner::root};

use crate::{
    delivered::delivered,
    harness::{World, answering},
};

/// A document of the corpus; says so where it is not there.
fn document(name: &str) -> Option<PathBuf> {
    let file = root().join("../shared/corpus").join(name);
    if file.is_file() {
        return Some(file);
    }
    eprintln!("SKIPPED: {} is not there", file.display());
    None
}

async fn arrives(name: &str, slot: u8) {
    let Some(file) = document(name) else { return };
    let journey = World::get().prepare_file(&file).await;
    assert!(journey.shown.iter().any(|page| page.ink() > 1000), "{name} became empty pages");
    delivered(&journey, &answering(slot)).await;
    journey.finish().await;
}

#[tokio::test]
async fn a_table_of_thin_lines_arrives() {
    arrives("senate-expenditures.pdf", 31).await;
}

#[tokio::test]
async fn a_scan_arrives() {
    arrives("ccitt.pdf", 32).await;
}

#[tokio::test]
async fn a_compressed_scan_arrives() {
    arrives("jbig2.pdf", 33).await;
}

#[tokio::test]
async fn a_form_with_fields_arrives() {
    arrives("libreoffice-form.pdf", 34).await;
}

#[tokio::test]
async fn text_in_columns_arrives() {
    arrives("multicolumn.pdf", 35).await;
}

#[tokio::test]
async fn a_picture_of_greys_arrives() {
    arrives("grayscale-image.pdf", 36).await;
}

#[tokio::test]
async fn a_report_arrives() {
    arrives("eu-001.pdf", 37).await;
}

#[tokio::test]
async fn traps_of_the_corpus_are_refused_or_become_pages() {
    for name in ["PasswordSample-256bit.pdf", "bomb_giant.pdf", "hugemono.pdf", "poppler-742-0-fuzzed.pdf"] {
        let Some(file) = document(name) else { return };
        let bytes = std::fs::read(file).unwrap();
        let journey = World::get().upload(&[(name, &bytes)]).await;
        let view = journey.converted().await;
        assert!(matches!(view.stage, Stage::Draft | Stage::Ready));
        if name.starts_with("Password") {
            assert_eq!(view.documents[0].refusal.as_deref(), Some("password_needed"));
        }
        journey.finish().await;
    }
}
