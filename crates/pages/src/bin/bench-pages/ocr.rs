//! How much of a document's text can still be read on its fax pages: tesseract against the text in the document.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Characters of a page compared at most: the comparison takes their square.
const MOST_CHARACTERS: usize = 6000;
/// Bytes taken of another program's output.
const MOST_OUTPUT: u64 = 1 << 18;

/// Errors in percent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Errors {
    pub(crate) words_missing: f64,
    pub(crate) character_error: f64,
}

/// Whether both programs needed are installed.
pub(crate) fn is_there() -> bool {
    let runs = |program: &str, option: &str| {
        Command::new(program).arg(option).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    };
    let there = runs("tesseract", "--version") && runs("pdftotext", "-v");
    if !there {
        eprintln!("tesseract or pdftotext is not installed: pages are not read");
    }
    there
}

/// The text of the first pages of a document.
pub(crate) fn texts_of(document: &Path, most: usize) -> Vec<String> {
    let page = |number: usize| {
        let number = number.to_string();
        bounded(Command::new("timeout").args(["10", "pdftotext", "-f", &number, "-l", &number]).arg(document).arg("-"))
    };
    (1..=most).map_while(page).collect()
}

/// Errors of page images against the texts; `None` without text to compare with.
pub(crate) fn errors(images: &[PathBuf], texts: &[String]) -> Option<Errors> {
    let (mut missing, mut words, mut edits, mut characters) = (0, 0, 0, 0);
    // A file of several pages is read in one go.
    let whole = images.len() == 1 && images[0].extension().is_some_and(|extension| extension == "tif");
    let truth = if whole { vec![texts.join("\n")] } else { texts.to_vec() };
    for (image, text) in images.iter().zip(&truth) {
        let read = tesseract(image, texts.len())?;
        let (of_page, all) = missing_words(&read, text);
        missing += of_page;
        words += all;
        let (read, text) = (normalised(&read), normalised(text));
        edits += distance(&read, &text);
        characters += text.len();
    }
    // A page of a few words is a picture.
    (words >= 20).then(|| Errors {
        words_missing: 100.0 * missing as f64 / words as f64,
        character_error: 100.0 * edits as f64 / characters.max(1) as f64,
    })
}

fn tesseract(image: &Path, pages: usize) -> Option<String> {
    let mut command = Command::new("timeout");
    command
        .args(["120", "tesseract"])
        .arg(image)
        .args(["-", "-l", "eng", "--dpi", "200", "-c", "tessedit_page_number=0"])
        .env("OMP_THREAD_LIMIT", "1");
    let text = bounded(&mut command)?;
    Some(text.split('\u{c}').take(pages).collect::<Vec<_>>().join("\n"))
}

/// What a program prints, up to a bound: some documents make others print for ever.
fn bounded(command: &mut Command) -> Option<String> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut text = Vec::new();
    let read = child.stdout.take()?.take(MOST_OUTPUT).read_to_end(&mut text);
    let _ = child.kill();
    child.wait().ok()?;
    read.ok().map(|_| String::from_utf8_lossy(&text).into_owned())
}

/// Words of the text that were not read, whatever their order, and how many words it has.
fn missing_words(read: &str, text: &str) -> (usize, usize) {
    let mut left: HashMap<String, usize> = HashMap::new();
    for word in words(read) {
        *left.entry(word).or_default() += 1;
    }
    let (mut missing, mut all) = (0, 0);
    for word in words(text) {
        all += 1;
        match left.get_mut(&word) {
            Some(count) if *count > 0 => *count -= 1,
            _ => missing += 1,
        }
    }
    (missing, all)
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let letters = |word: &str| {
        word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    text.split_whitespace().map(letters).filter(|word| word.chars().count() >= 2)
}

fn normalised(text: &str) -> Vec<char> {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MOST_CHARACTERS).collect()
}

/// Levenshtein's distance.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (down, left) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = down + 1;
        for (across, right) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[across + 1];
            row[across + 1] = replaced.min(row[across] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
        assert_eq!(distance(&[], &letters("fax")), 3);
    }

    #[test]
    fn words_count_once_each() {
        assert_eq!(missing_words("the fax, the page", "The page. The fax! The end"), (2, 6));
    }
}
