//! `justfax-pages`: documents to fax pages on the command line.
//!
//! It renders in a child process of itself, by the same call as the service, so that what is tried here is what runs
//! there.

mod arguments;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use arguments::Arguments;
use justfax_pages::{FaxPage, Limits, RenderedPage, child, pdf, preview, tiff, transmission_seconds};

/// The argument that makes this program the rendering child.
const CHILD: &str = "render-child";

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(CHILD) {
        return if child::serve().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match Arguments::parse(std::env::args_os().skip(1))
        .map_err(anyhow::Error::msg)
        .and_then(|arguments| run(&arguments))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("justfax-pages: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let program = std::env::current_exe().context("this program's own path")?;
    let mut pages: Vec<RenderedPage> = Vec::new();
    for input in &arguments.inputs {
        let document = std::fs::read(input).with_context(|| input.display().to_string())?;
        let (limits, options) = (Limits::default(), &arguments.options);
        child::render_each_in_child(&program, [CHILD], &document, &limits, options, |page| {
            let (number, rows) = (pages.len() + 1, page.page.rows());
            eprintln!("page {number}: {rows} rows, {} bytes {:?}", page.encoded_bytes, page.warnings);
            pages.push(page);
        })
        .with_context(|| input.display().to_string())?;
    }
    let bytes = pages.iter().map(|page| page.encoded_bytes).sum();
    eprintln!("{} pages, about {} s on the line", pages.len(), transmission_seconds(bytes, pages.len()));
    write(arguments, &pages)
}

fn write(arguments: &Arguments, pages: &[RenderedPage]) -> anyhow::Result<()> {
    let save = |path: &Path, bytes: &[u8]| std::fs::write(path, bytes).with_context(|| path.display().to_string());
    if let Some(path) = &arguments.tiff {
        let strips: Vec<(&FaxPage, &[u8])> = pages.iter().map(|page| (&page.page, page.coded())).collect();
        save(path, &tiff::write_encoded(&strips))?;
    }
    if let Some(path) = &arguments.pdf {
        let pages: Vec<FaxPage> = pages.iter().map(|page| page.page.clone()).collect();
        save(path, &pdf::write(&pages))?;
    }
    if let Some(folder) = &arguments.preview {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        for (page, number) in pages.iter().zip(1..) {
            save(&folder.join(format!("{number}.png")), &preview::png(&page.page))?;
            save(&folder.join(format!("{number}-small.png")), &preview::thumbnail(&page.page))?;
        }
    }
    Ok(())
}
