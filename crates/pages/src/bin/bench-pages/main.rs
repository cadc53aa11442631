//! `bench-pages`: our pages beside those of Ghostscript, poppler and `MuPDF`, by the same measures in one run.
//!
//! Every program runs as a whole process from file to 1-bit pages, because that is what a function would pay for. A
//! program that is not installed is left out and named. One JSON line a document and program goes to
//! `target/bench/pages.json`, a table to standard output.
//!
//! Documents that were looked at while constants were chosen are marked `tuning` and kept out of the totals: the
//! project's own samples, and of the corpus those named in [`SEEN`]. Photographs of paper are totalled by themselves.

#![expect(clippy::cast_precision_loss, reason = "counts and bytes become means")]

mod measure;
mod ocr;
mod similarity;
mod table;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

use similarity::Shades;
use tools::Tool;

/// Corpus documents that constants were tried on.
const SEEN: [&str; 6] = [
    "c02-22.pdf",
    "grayscale-image.pdf",
    "JPXTestGrey.pdf",
    "pdflatex-image.pdf",
    "senate-expenditures.pdf",
    "tiling-pattern-box.pdf",
];
/// Where documents are looked for when no folder is named.
const FOLDERS: [&str; 3] = ["../shared/corpus", "target/samples", PHOTOGRAPHS];
/// Photographs of paper that were made after the constants were chosen.
const PHOTOGRAPHS: &str = "target/bench/photographs";
/// Pages of each document that are read by OCR.
const PAGES_READ: usize = 1;

/// One document by one program.
#[derive(Serialize)]
pub(crate) struct Row {
    document: String,
    tool: &'static str,
    tuning: bool,
    pages: usize,
    bytes_per_page: f64,
    cpu_ms_per_page: f64,
    peak_mib: Option<f64>,
    /// Words of the document's own text that OCR did not find, in percent.
    words_missing: Option<f64>,
    /// Edit distance between OCR and text, in percent of the text's characters.
    character_error: Option<f64>,
    /// What the document is: `text`, `picture` (a tenth of it is grey) or `photograph` (of paper).
    kind: &'static str,
    /// Structural similarity of the blurred first page with its grey rendering, in percent.
    similarity: Option<f64>,
}

fn main() -> anyhow::Result<()> {
    let (switches, folders): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let read = !switches.iter().any(|switch| switch == "--no-ocr") && ocr::is_there();
    let folders = if folders.is_empty() { FOLDERS.map(String::from).to_vec() } else { folders };
    let work = Path::new("target/bench/pages");
    fs::create_dir_all(work).context("target/bench/pages")?;
    let tools: Vec<Tool> = Tool::ALL.into_iter().filter(|tool| tool.is_there()).collect();
    for absent in Tool::ALL.iter().filter(|tool| !tools.contains(tool)) {
        eprintln!("{} is not installed and left out", absent.name());
    }
    let mut rows = Vec::new();
    for document in documents(&folders) {
        rows.extend(measure_document(&document, &tools, work, read));
        // After every document, so that a run that is stopped has said what it knows.
        let lines: Result<Vec<String>, _> = rows.iter().map(serde_json::to_string).collect();
        fs::write("target/bench/pages.json", lines?.join("\n") + "\n").context("target/bench/pages.json")?;
    }
    table::print(&rows, &tools);
    Ok(())
}

/// The PDF files of the folders, by name.
fn documents(folders: &[String]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).inspect_err(|_| eprintln!("{folder} is not there and left out")).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .collect();
    found.sort();
    found
}

fn measure_document(document: &Path, tools: &[Tool], work: &Path, read: bool) -> Vec<Row> {
    let name = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let photograph = document.starts_with(PHOTOGRAPHS);
    let tuning = SEEN.contains(&name.as_str()) || !(photograph || document.starts_with("../shared"));
    let mut rows = Vec::new();
    let texts = if read { ocr::texts_of(document, PAGES_READ) } else { Vec::new() };
    let grey = Shades::of_document(document, work.parent().unwrap_or(work));
    let kind = match &grey {
        _ if photograph => "photograph",
        Some(grey) if grey.is_picture() => "picture",
        _ => "text",
    };
    for tool in tools {
        let Some(run) = measure::run(*tool, document, work) else { continue };
        if rows.is_empty() && *tool != Tool::Ours {
            // What we refuse is no comparison.
            return Vec::new();
        }
        let images = tool.page_images(document, work, PAGES_READ);
        let errors = if read { ocr::errors(&images, &texts) } else { None };
        let first = images.first().and_then(|image| Shades::read(image));
        eprintln!("{name} {}: {:.1} ms/page", tool.name(), run.cpu_ms / run.pages as f64);
        rows.push(Row {
            document: name.clone(),
            tool: tool.name(),
            tuning,
            pages: run.pages,
            bytes_per_page: run.bytes as f64 / run.pages as f64,
            cpu_ms_per_page: run.cpu_ms / run.pages as f64,
            peak_mib: run.peak_mib,
            words_missing: errors.map(|errors| errors.words_missing),
            character_error: errors.map(|errors| errors.character_error),
            kind,
            similarity: first.zip(grey.as_ref()).map(|(page, grey)| page.similarity(grey)),
        });
    }
    rows
}
