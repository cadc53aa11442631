//! Messages read back by somebody else: Python's `email` package, in the policy that raises at every defect.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use justfax::{email::EmailAddress, language::Language, mail::Attachment};

use super::*;

/// Prints what the message on its input says, one fact a line; a defect is an exception.
const READER: &str = r#"
import email, email.policy, hashlib, sys
policy = email.policy.default.clone(raise_on_defect=True)
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=policy)
for part in mail.walk():
    assert not part.defects, part.defects
    for name, value in part.items():
        assert not value.defects, (name, value.defects)
for name in ("From", "To", "Reply-To", "Subject", "Message-ID", "Auto-Submitted", "Content-Language", "X-JustFax-Letter"):
    assert len(mail.get_all(name, [])) <= 1, name
    print(f"{name}: {mail[name]}")
assert mail["Date"].datetime.tzinfo, mail["Date"]
for kind in ("plain", "html"):
    body = mail.get_body((kind,))
    print(kind, body.get_content_charset(), hashlib.sha256(body.get_content().replace("\r\n", "\n").rstrip().encode()).hexdigest())
for file in mail.iter_attachments():
    print("file", file.get_content_type(), file.get_filename(), hashlib.sha256(file.get_content()).hexdigest())
"#;

/// What another program prints about an input.
fn piped(program: &str, arguments: &[&str], input: &[u8]) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    piped("sha256sum", &[], bytes)[..64].to_owned()
}

fn letter(report: Option<Attachment>) -> Letter {
    Letter {
        to: EmailAddress::parse("o'neill+fax@mail.example.org").unwrap(),
        reply_to: Some(EmailAddress::parse("support@justfax.example").unwrap()),
        key: "abcdefghijklmnopqrstuvwxyz.delivered.1".to_owned(),
        language: Language::Fr,
        subject: "Votre fax au +49\u{a0}30 23125001 a été remis – Größe, naïveté, 北京 ".repeat(3).trim().to_owned(),
        text: "Grüße aus Köln,\n\n.\nFrom here on: a line with a point, and one of 3000 signs\n\n".to_owned()
            + &"ä".repeat(3000),
        html: format!("<!doctype html>\n<p>{}</p>", "é&amp;=?utf-8?q?x?= ".repeat(200)),
        report,
    }
}

fn read(letter: &Letter) -> String {
    let message = message("JüstFax, Inc. \"the fax\"", "fax@justfax.example", letter).unwrap();
    assert!(message.is_ascii(), "no server needs to speak 8BITMIME");
    assert!(message.split(|byte| *byte == b'\n').all(|line| line.len() < 1000), "RFC 5322, 2.1.1");
    piped("python3", &["-c", READER], &message)
}

#[test]
fn an_independent_reader_finds_no_defect_and_the_same_words() {
    let letter = letter(None);
    let told = read(&letter);
    let subject = format!("Subject: {}", letter.subject);
    for wanted in [
        "From: \"JüstFax, Inc. \\\"the fax\\\"\" <fax@justfax.example>",
        "To: o'neill+fax@mail.example.org",
        "Reply-To: support@justfax.example",
        subject.as_str(),
        "Message-ID: <abcdefghijklmnopqrstuvwxyz.delivered.1@justfax.example>",
        "Auto-Submitted: auto-generated",
        "Content-Language: fr",
        "X-JustFax-Letter: abcdefghijklmnopqrstuvwxyz.delivered.1",
    ] {
        assert!(
            told.lines().any(|line| line.replace(['<', '>'], "") == wanted.replace(['<', '>'], "")),
            "{wanted:?} is not in {told}"
        );
    }
    for (kind, body) in [("plain", &letter.text), ("html", &letter.html)] {
        let wanted = format!("{kind} utf-8 {}", sha256(body.trim_end().as_bytes()));
        assert!(told.contains(&wanted), "{wanted:?} is not in {told}");
    }
    assert!(!told.contains("file "), "{told}");
}

#[test]
fn the_report_comes_out_of_its_mail_to_the_byte() {
    let pdf: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
    let hash = sha256(&pdf);
    let told = read(&letter(Some(Attachment { name: "Sendebericht-abcdefgh.pdf".to_owned(), pdf })));
    let wanted = format!("file application/pdf Sendebericht-abcdefgh.pdf {hash}");
    assert!(told.contains(&wanted), "{wanted:?} is not in {told}");
}
