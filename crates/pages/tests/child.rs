//! The rendering child: what it does with documents, and what is made of children that misbehave.

use std::path::Path;
use std::time::{Duration, Instant};

use justfax_pages::{Limits, Refusal, child, render};

const PROGRAM: &str = env!("CARGO_BIN_EXE_justfax-pages");

fn in_child(bytes: &[u8], limits: &Limits) -> Result<justfax_pages::Rendered, Refusal> {
    child::render_in_child(Path::new(PROGRAM), ["render-child"], bytes, limits)
}

/// A one-page PDF with this page box and content.
fn pdf(page_box: &str, content: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [{page_box}] /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

#[test]
fn a_child_gives_what_the_library_gives() {
    let documents = [pdf("0 0 595 842", "20 20 300 200 re f 5 w 0 0 m 595 842 l S"), b"A line of text.".to_vec()];
    for document in documents {
        let limits = Limits::default();
        assert_eq!(in_child(&document, &limits).unwrap(), render(&document, &limits).unwrap());
    }
}

#[test]
fn refusals_come_through() {
    let limits = Limits { pages: 1, ..Limits::default() };
    assert_eq!(in_child(b"", &limits).unwrap_err(), Refusal::Empty);
    assert_eq!(in_child(b"\x7fELF\x02", &limits).unwrap_err(), Refusal::NotADocument);
    assert_eq!(in_child(b"one\x0ctwo", &limits).unwrap_err(), Refusal::TooManyPages);
    assert_eq!(in_child(&[b'x'; 100], &Limits { bytes: 99, ..limits }).unwrap_err(), Refusal::TooLarge);
}

#[test]
fn a_document_that_takes_too_long_is_stopped_in_time() {
    let content = "0 0 m 100 900 500 -900 595 842 c S\n".repeat(400_000);
    let limits = Limits { time: Duration::from_millis(300), ..Limits::default() };
    let started = Instant::now();
    assert_eq!(in_child(&pdf("0 0 595 842", &content), &limits).unwrap_err(), Refusal::TooComplex);
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_document_that_takes_too_much_memory_is_stopped() {
    let limits = Limits { memory: 100 << 20, image_pixels: u64::MAX, ..Limits::default() };
    let content = format!("q 500 0 0 500 0 0 cm BI /W 30000 /H 30000 /BPC 1 /CS /G ID {} EI Q", "x".repeat(100));
    let _ = in_child(&pdf("0 0 595 842", &content), &limits);
    let tight = Limits { memory: 30 << 20, ..limits };
    assert_eq!(in_child(&pdf("0 0 595 842", "0 0 9 9 re f"), &tight).unwrap_err(), Refusal::TooComplex);
}

#[test]
fn a_child_that_says_nothing_nonsense_or_too_much_is_a_refusal() {
    let limits = Limits { time: Duration::from_secs(8), ..Limits::default() };
    for (program, arguments, expected) in [
        ("/bin/true", vec![], Refusal::TooComplex),
        ("/bin/echo", vec!["pages and more"], Refusal::Damaged),
        ("/no/such/program", vec![], Refusal::TooComplex),
        ("/bin/sleep", vec!["30"], Refusal::TooComplex),
    ] {
        let refused = child::render_in_child(Path::new(program), arguments, b"text", &limits);
        assert_eq!(refused.unwrap_err(), expected, "{program}");
    }
}

#[test]
fn a_child_has_no_environment() {
    // The shell answers with the framed refusal of its choice only if it finds a variable that we have.
    assert!(std::env::var_os("PATH").is_some());
    let script = "test -z \"$HOME$AWS_SECRET_ACCESS_KEY$CARGO_MANIFEST_DIR\" && exit 101";
    let refused = child::render_in_child(Path::new("/bin/sh"), ["-c", script], b"text", &Limits::default());
    assert_eq!(refused.unwrap_err(), Refusal::Damaged);
}
