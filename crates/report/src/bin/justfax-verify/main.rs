//! Checks a transmission report on the command line, without a network:
//!
//! ```text
//! justfax-verify (--key BASE64 | --keys justfax-report-keys.json) REPORT.pdf [ORIGINAL …]
//! ```
//!
//! Ends with 0 when the report is genuine and every original given belongs to it, with 1 when not, with 2 when it could
//! not be asked.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use data_encoding::HEXLOWER;
use justfax::{redial::Outcome, report::ReportFacts};
use justfax_report::seal::{KeyList, PublicKey, Verdict, check};
use sha2::{Digest, Sha256};

const USAGE: &str = "usage: justfax-verify (--key BASE64 | --keys justfax-report-keys.json) REPORT.pdf [ORIGINAL ...]";

/// The question asked.
struct Question {
    keys: Vec<PublicKey>,
    report: Vec<u8>,
    originals: Vec<(String, Vec<u8>)>,
}

fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    let answered = match question(std::env::args().skip(1)) {
        Ok(question) => answer(&question, &mut out),
        Err(why) => writeln!(io::stderr(), "{why}").map(|()| 2),
    };
    answered.map_or(ExitCode::from(2), ExitCode::from)
}

fn question(mut arguments: impl Iterator<Item = String>) -> Result<Question, String> {
    let (kind, value) = (arguments.next().ok_or(USAGE)?, arguments.next().ok_or(USAGE)?);
    let keys = match kind.as_str() {
        "--key" => vec![PublicKey::parse(&value).map_err(|error| format!("the key: {error}"))?],
        "--keys" => {
            serde_json::from_slice::<KeyList>(&read(&value)?).map_err(|error| format!("{value}: {error}"))?.keys
        }
        _ => return Err(USAGE.to_owned()),
    };
    let report = read(&arguments.next().ok_or(USAGE)?)?;
    let originals = arguments.map(|name| read(&name).map(|bytes| (name, bytes))).collect::<Result<_, _>>()?;
    Ok(Question { keys, report, originals })
}

fn read(name: &str) -> Result<Vec<u8>, String> {
    std::fs::read(name).map_err(|error| format!("{name}: {error}"))
}

fn answer(question: &Question, out: &mut impl Write) -> io::Result<u8> {
    match check(&question.report, &question.keys) {
        Verdict::Genuine(facts) => {
            writeln!(out, "genuine: unchanged since it was signed")?;
            tell(&facts, out)?;
            originals(&facts, &question.originals, out)
        }
        Verdict::Changed => writeln!(out, "CHANGED: this file is not what was signed").map(|()| 1),
        Verdict::UnknownKey(key) => {
            writeln!(out, "UNKNOWN KEY: it names key {key}, which is not among those given").map(|()| 1)
        }
        Verdict::NotAReport => {
            writeln!(out, "NO REPORT: the file carries no signature of a transmission report").map(|()| 1)
        }
    }
}

fn tell(facts: &ReportFacts, out: &mut impl Write) -> io::Result<()> {
    let result = if facts.result == Outcome::Delivered { "delivered" } else { "not delivered" };
    writeln!(out, "job {}: {result} to {}, {} pages, {} UTC", facts.job, facts.recipient, facts.pages, facts.ended)?;
    facts.documents.iter().try_for_each(|document| writeln!(out, "  {}  {}", document.sha256, document.name))
}

/// Whether each original is one of the files of the report, byte for byte.
fn originals(facts: &ReportFacts, originals: &[(String, Vec<u8>)], out: &mut impl Write) -> io::Result<u8> {
    let mut verdict = 0;
    for (name, bytes) in originals {
        let sha256 = HEXLOWER.encode(&Sha256::digest(bytes));
        if let Some(document) = facts.documents.iter().find(|document| document.sha256 == sha256) {
            writeln!(out, "{name}: belongs to it, sent as {}", document.name)?;
        } else {
            writeln!(out, "{name}: DOES NOT BELONG TO IT ({sha256})")?;
            verdict = 1;
        }
    }
    Ok(verdict)
}
