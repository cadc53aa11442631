//! `justfax-send`: one fax from the command line, by the public API alone.
//!
//! Progress goes to stderr, one line of JSON to stdout. It ends with 0 when the fax was delivered, 3 when it finally failed
//! and the money was given back, and 1 when anything is not as promised.

use std::{path::PathBuf, process::ExitCode};

use justfax_tests::{
    client::Client,
    send::{Wish, send},
    stack::{Stack, http},
};

const USAGE: &str = "usage: justfax-send --stack READY.JSON FILE... TO [--lang de|en] [--email ADDRESS]
   or: justfax-send --stack READY.JSON --file FILE --to NUMBER [--lang de|en] [--email ADDRESS]";

/// What was typed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Arguments {
    stack: PathBuf,
    files: Vec<PathBuf>,
    to: String,
    language: Option<String>,
    email: Option<String>,
}

/// Reads the command line. The last word without a name is the number, those before it are files.
fn arguments(words: impl IntoIterator<Item = String>) -> Option<Arguments> {
    let mut read = Arguments { stack: "target/stack/ready.json".into(), ..Arguments::default() };
    let (mut plain, mut words) = (Vec::new(), words.into_iter());
    while let Some(word) = words.next() {
        match word.as_str() {
            "--stack" | "--ready" => read.stack = words.next()?.into(),
            "--file" => read.files.push(words.next()?.into()),
            "--to" => read.to = words.next()?,
            "--lang" => read.language = Some(words.next()?),
            "--email" => read.email = Some(words.next()?),
            name if name.starts_with("--") => return None,
            _ => plain.push(word),
        }
    }
    if read.to.is_empty() {
        read.to = plain.pop()?;
    }
    read.files.extend(plain.into_iter().map(PathBuf::from));
    let speaks = read.language.as_deref().is_none_or(|language| matches!(language, "de" | "en"));
    (speaks && !read.files.is_empty()).then_some(read)
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let stack = Stack::read(&arguments.stack)?;
    let language = arguments.language.unwrap_or_else(|| "de".to_owned());
    let client = Client::new(http()?, &stack.api, &language);
    let email = arguments.email.unwrap_or_else(|| "sender@example.org".to_owned());
    let wish = Wish { files: arguments.files, to: arguments.to, language, email };
    let report = send(&stack, &client, &wish, &|line| eprintln!("send: {line}")).await?;
    println_line(&serde_json::to_string(&report)?)?;
    let faults = report.faults();
    for fault in &faults {
        eprintln!("send: WRONG: {fault}");
    }
    Ok(match (faults.is_empty(), report.is_delivered()) {
        (true, true) => ExitCode::SUCCESS,
        (true, false) => ExitCode::from(3),
        (false, _) => ExitCode::FAILURE,
    })
}

/// The one line that scripts read.
fn println_line(line: &str) -> std::io::Result<()> {
    use std::io::Write;
    writeln!(std::io::stdout().lock(), "{line}")
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(arguments) = arguments(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    run(arguments).await.unwrap_or_else(|error| {
        eprintln!("send: {error:#}");
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Arguments> {
        arguments(line.split_whitespace().map(ToOwned::to_owned))
    }

    #[test]
    fn files_and_number_are_read_with_and_without_names() {
        let named = read("--stack r.json --file a.pdf --to +493023125001 --lang de --email a@b.example").unwrap();
        let plain = read("--ready r.json a.pdf +493023125001 --lang de --email a@b.example").unwrap();
        assert_eq!(named, plain);
        assert_eq!(named.files, [PathBuf::from("a.pdf")]);
        assert_eq!(read("a.pdf b.pdf 030-1").unwrap().files.len(), 2);
    }

    #[test]
    fn a_wrong_command_line_is_not_guessed_at() {
        for line in ["", "030-1", "--to 030-1", "a.pdf --lang", "a.pdf 030-1 --lang fr", "a.pdf 030-1 --speed 9"] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
