//! Reports as people see them, held against what somebody has looked at: the words that poppler reads, and how dark each part
//! of the page is when poppler draws it.
//!
//! A drawing is kept as digits, one a cell of a coarse grid, 0 for white to 9 for black: a changed layout is seen in a diff of
//! text, and letters that another version of poppler draws a shade darker are not. What has changed is written to
//! `target/reports`; if it is right there, it replaces the file here.

use std::path::Path;

use serde_json::{Value, json};

use super::{attempt, picture, said, text, written};

/// Cells of the grid: of an A4 page, 7 by 7 mm each.
const GRID: (usize, usize) = (30, 42);
/// A cell may be so much lighter or darker than it was.
const SHADES: u8 = 1;

/// The first page as rows of digits.
fn drawn(file: &Path) -> Vec<String> {
    let base = file.with_extension("");
    said("pdftoppm", &["-gray", "-r", "60", "-f", "1", "-singlefile", file.to_str().unwrap(), base.to_str().unwrap()]);
    let pgm = std::fs::read(file.with_extension("pgm")).unwrap();
    let mut fields = pgm.splitn(4, u8::is_ascii_whitespace);
    assert_eq!(fields.next(), Some(b"P5".as_slice()));
    let mut number = || String::from_utf8_lossy(fields.next().unwrap()).parse::<usize>().unwrap();
    let (width, height) = (number(), number());
    let pixels = &pgm[pgm.len() - width * height..];
    let cell = |column: usize, row: usize| {
        let rows = row * height / GRID.1..(row + 1) * height / GRID.1;
        let columns = column * width / GRID.0..(column + 1) * width / GRID.0;
        let of_row = |y: usize| pixels[y * width..][columns.clone()].iter().map(|grey| 255 - usize::from(*grey));
        let (count, ink) = (rows.len() * columns.len(), rows.clone().flat_map(of_row).sum::<usize>());
        char::from_digit(u32::try_from(ink * 10 / (count * 256)).unwrap(), 10).unwrap()
    };
    (0..GRID.1).map(|row| (0..GRID.0).map(|column| cell(column, row)).collect()).collect()
}

/// The words, twelve a line.
fn read(file: &Path) -> String {
    let text = text(file);
    let words: Vec<&str> = text.split(' ').collect();
    let lines: Vec<String> = words.chunks(12).map(|line| line.join(" ")).collect();
    lines.join("\n") + "\n"
}

fn differs(kept: &str, now: &[String]) -> bool {
    let kept: Vec<&str> = kept.lines().collect();
    let far =
        |(a, b): (&str, &String)| a.len() != b.len() || a.bytes().zip(b.bytes()).any(|(a, b)| a.abs_diff(b) > SHADES);
    kept.len() != now.len() || kept.into_iter().zip(now).any(far)
}

/// Writes a report and says which of its snapshots it does not fit.
fn changed(name: &str, changes: &Value, picture: Option<Vec<u8>>) -> Vec<String> {
    let file = written(&format!("look-{name}"), changes, picture);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent/snapshots");
    let old = |ending: &str| std::fs::read_to_string(kept.join(format!("{name}.{ending}"))).unwrap_or_default();
    let (words, page) = (read(&file), drawn(&file));
    for (ending, now) in [("words.txt", &words), ("page.txt", &format!("{}\n", page.join("\n")))] {
        std::fs::write(file.with_file_name(format!("{name}.{ending}")), now).unwrap();
    }
    let words = (old("words.txt") != words).then(|| format!("{name}.words.txt"));
    let page = differs(&old("page.txt"), &page).then(|| format!("{name}.page.txt"));
    words.into_iter().chain(page).collect()
}

#[test]
fn reports_read_and_look_as_somebody_has_seen_them() {
    let failed: Vec<Value> = (1..=5).map(|number| attempt(number, "busy")).collect();
    let failed = json!({ "language": "en", "result": "busy", "csid": null, "country": "US", "attempts": failed, "pages_confirmed": 0 });
    let hundred = json!({ "pages": 100, "pages_confirmed": 100, "language": "fr" });
    let changed: Vec<String> = [
        changed("delivered-de", &json!({}), Some(picture())),
        changed("delivered-en", &json!({ "language": "en" }), Some(picture())),
        changed("delivered-fr", &json!({ "language": "fr" }), Some(picture())),
        changed("failed-en", &failed, None),
        changed("hundred-fr", &hundred, None),
    ]
    .concat();
    assert!(changed.is_empty(), "look at {changed:?} in target/reports, and copy them if they are right");
}

#[test]
fn a_moved_picture_is_seen() {
    let kept = drawn(&written("look-with", &json!({}), Some(picture())));
    let now = drawn(&written("look-without", &json!({}), None));
    assert!(differs(&kept.join("\n"), &now) && !differs(&kept.join("\n"), &kept));
}

#[test]
fn no_letter_of_any_language_is_missing_from_the_faces() {
    for language in ["de", "en", "fr"] {
        let words = text(&written(&format!("letters-{language}"), &json!({ "language": language }), None));
        assert!(!words.contains('\u{fffd}') && !words.contains('?') && !words.contains('□'), "{words}");
    }
}
