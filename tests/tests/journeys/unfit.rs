//! Files that cannot be faxed: each is told by its reason, and the Job stays usable.

use justfax_tests::client::{JobView, NewDocument, Stage};

use crate::{
    harness::{Journey, World, problem, says},
    samples,
};

fn files(sizes: &[u64]) -> Vec<NewDocument> {
    sizes.iter().map(|bytes| NewDocument { name: "a.pdf".to_owned(), bytes: *bytes }).collect()
}

const MEBIBYTE: u64 = 1024 * 1024;

#[tokio::test]
async fn too_large_empty_and_too_many_files_are_refused_before_any_upload() {
    let world = World::get();
    let english = world.client.speaking("en");
    let cases: [(Vec<u64>, &str, &str, &str); 5] = [
        (vec![0], "empty_document", "leer", "empty"),
        (vec![20 * MEBIBYTE + 1], "document_too_large", "20 MB", "20 MB"),
        (vec![20 * MEBIBYTE, 20 * MEBIBYTE, 11 * MEBIBYTE], "job_too_large", "50 MB", "50 MB"),
        (vec![1; 21], "too_many_documents", "20 Dateien", "20 files"),
        (vec![], "too_many_documents", "20 Dateien", "20 files"),
    ];
    for (sizes, code, german, in_english) in cases {
        says(&problem(world.client.open_job("de", &files(&sizes)).await), code, Some("documents"), german);
        says(&problem(english.open_job("en", &files(&sizes)).await), code, Some("documents"), in_english);
    }
}

#[tokio::test]
async fn requests_that_are_no_requests_are_refused() {
    let world = World::get();
    let long = format!(r#"{{"language":"de","documents":[{{"name":"{}","bytes":1}}]}}"#, "x".repeat(5000));
    let bodies = [
        "",
        "null",
        "[]",
        "{",
        r#"{"language":"de"}"#,
        r#"{"language":"it","documents":[{"name":"a","bytes":1}]}"#,
        r#"{"language":"de","documents":[{"name":"a","bytes":-1}]}"#,
        r#"{"language":"de","documents":[{"name":"a","bytes":1e99}]}"#,
        r#"{"language":"de","documents":[{"name":"","bytes":1}]}"#,
        r#"{"language":"de","documents":[{"name":"a","bytes":1}],"admin":true}"#,
        long.as_str(),
    ];
    for body in bodies {
        let refused = problem(world.client.post_raw("openJob", "/jobs", body.to_owned()).await);
        assert_eq!(refused.code, "bad_request", "{body:.80}");
    }
}

/// Uploads one trap and asserts why it is refused, that no order can be made, and that all copies of it go.
async fn refused_as(name: &str, expected: &[&str]) {
    let (journey, view) = refused(name, expected).await;
    journey.gone().await;
    let view = journey.job.remove_document(&view.documents[0].id).await.unwrap();
    assert!(view.documents.is_empty());
    journey.finish().await;
}

/// Uploads one trap and asserts why it is refused, and that no order can be made.
async fn refused(name: &str, expected: &[&str]) -> (Journey, JobView) {
    let world = World::get();
    let bytes = samples::read(&format!("traps/{name}"));
    let journey = world.upload(&[(name, &bytes)]).await;
    let view = journey.converted().await;
    let refusal = view.documents[0].refusal.as_deref().unwrap_or("nothing");
    assert!(expected.contains(&refusal), "{name} is refused as {refusal}");
    assert_eq!((view.stage, view.pages.len()), (Stage::Draft, 0));
    let quote = problem(journey.job.quote("+493023125001", None).await);
    says(&quote, "not_ready", None, "entfernen Sie die, die sich nicht faxen lassen");
    says(
        &problem(journey.job.speaking("en").quote("+493023125001", None).await),
        "not_ready",
        None,
        "remove those that cannot be faxed",
    );
    (journey, view)
}

#[tokio::test]
async fn a_program_is_no_document() {
    refused_as("program.pdf", &["not_a_document"]).await;
}

#[tokio::test]
async fn an_encrypted_document_asks_for_its_password() {
    let (journey, view) = refused("password.pdf", &["password_needed"]).await;
    assert_eq!(journey.world.aws.keys_of(&journey.job.id).await.unwrap().len(), 1, "it waits for its password");
    journey.job.remove_document(&view.documents[0].id).await.unwrap();
    journey.gone().await;
    journey.finish().await;
}

#[tokio::test]
async fn five_hundred_pages_are_too_many() {
    refused_as("pages-500.pdf", &["too_many_pages"]).await;
}

#[tokio::test]
async fn an_xfa_form_is_refused_as_such() {
    refused_as("xfa.pdf", &["xfa_form"]).await;
}

#[tokio::test]
async fn a_document_without_pages_is_refused() {
    refused_as("no-page.pdf", &["empty", "damaged"]).await;
}

#[tokio::test]
async fn every_hostile_document_ends_as_pages_or_as_a_refusal_and_harms_no_other() {
    let world = World::get();
    let names = [
        "cut-off.pdf",
        "picture-bomb.pdf",
        "endless-nesting.pdf",
        "fan-of-drawings.pdf",
        "many-strokes.pdf",
        "looping-pages.pdf",
        "wide.png",
        "huge-box.pdf",
        "tiny-box.pdf",
    ];
    let contents: Vec<_> = names.iter().map(|name| samples::read(&format!("traps/{name}"))).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().copied().zip(contents.iter().map(Vec::as_slice)).collect();
    let letter = samples::read("letter-en.pdf");
    files.push(("letter-en.pdf", &letter));
    let journey = world.upload(&files).await;
    let view = journey.converted().await;
    for document in &view.documents {
        assert!(document.refusal.is_some() != (document.pages > 0), "{document:?}");
    }
    assert_eq!(view.documents.last().unwrap().pages, 1, "the letter among them is a letter");
    journey.finish().await;
}
