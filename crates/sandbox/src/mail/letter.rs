//! One mail, taken apart for people to look at.

use data_encoding::HEXLOWER;
use mail_parser::{Address, MessageParser, MimeHeaders};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A mail as `/desk/mail.json` shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// Identifies the mail on the desk; changes only if the kept mail is thrown away.
    pub id: String,
    /// `Message-ID` without angle brackets, as SES gave it.
    pub message_id: String,
    /// When it was taken, RFC 3339.
    pub at: String,
    /// Sender, with name if there is one.
    pub from: String,
    /// Recipients' addresses.
    pub to: Vec<String>,
    /// Subject, decoded.
    pub subject: String,
    /// Plain text.
    pub text: Option<String>,
    /// HTML.
    pub html: Option<String>,
    /// Everything else.
    pub attachments: Vec<Attachment>,
    /// All headers in their order, undecoded.
    pub headers: Vec<(String, String)>,
    /// Whether the whole message is there; without it only what the emulator remembers is known.
    pub complete: bool,
}

/// An attachment.
#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    /// File name, or a made-up one.
    pub name: String,
    /// MIME type.
    pub content_type: String,
    /// Decoded size.
    pub bytes: usize,
    /// Hexadecimal SHA-256 of the decoded content.
    pub sha256: String,
    /// `Content-ID` without angle brackets, for pictures within the HTML.
    pub content_id: Option<String>,
    /// Path on the desk.
    pub url: String,
    #[serde(skip)]
    /// The decoded content.
    pub content: Vec<u8>,
}

impl Letter {
    /// Takes a kept message apart; `None` if it is none.
    #[must_use]
    pub fn parse(id: &str, at: String, raw: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(raw)?;
        let attachments = message.attachments().enumerate().map(|(place, part)| {
            let kind = part.content_type();
            let content_type = kind.map_or("application/octet-stream".to_owned(), |kind| {
                format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream"))
            });
            Attachment {
                name: part.attachment_name().map_or_else(|| format!("part-{}", place + 1), ToOwned::to_owned),
                content_type,
                bytes: part.contents().len(),
                sha256: HEXLOWER.encode(&Sha256::digest(part.contents())),
                content_id: part.content_id().map(ToOwned::to_owned),
                url: format!("/desk/mail/{id}/attachments/{}", place + 1),
                content: part.contents().to_vec(),
            }
        });
        Some(Self {
            id: id.to_owned(),
            message_id: message.message_id().unwrap_or_default().to_owned(),
            at,
            from: message.from().and_then(Address::first).map(person).unwrap_or_default(),
            to: [message.to(), message.cc(), message.bcc()].into_iter().flatten().flat_map(addresses).collect(),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: (message.text_bodies().any(mail_parser::MessagePart::is_text) && has_type(&message, "plain"))
                .then(|| message.body_text(0).map(std::borrow::Cow::into_owned))
                .flatten(),
            html: has_type(&message, "html").then(|| message.body_html(0).map(std::borrow::Cow::into_owned)).flatten(),
            attachments: attachments.collect(),
            headers: message.headers_raw().map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect(),
            complete: true,
        })
    }
}

/// Whether the mail itself brings a body of this kind; the parser would otherwise make one from the other.
fn has_type(message: &mail_parser::Message<'_>, subtype: &str) -> bool {
    let plain_by_default = message.root_part().content_type().is_none() && subtype == "plain";
    plain_by_default || message.parts.iter().any(|part| part.is_content_type("text", subtype))
}

fn person(address: &mail_parser::Addr<'_>) -> String {
    let mailbox = address.address().unwrap_or_default();
    address.name().map_or_else(|| mailbox.to_owned(), |name| format!("{name} <{mailbox}>"))
}

fn addresses(list: &Address<'_>) -> Vec<String> {
    list.iter().filter_map(|one| one.address()).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &[u8] = b"Message-ID: <1@email.amazonses.com>\r\nFrom: JustFax <fax@example.org>\r\nTo: a@example.org, b@example.org\r\n\
Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n\
--y\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n--y--\r\n\
--x\r\nContent-Type: application/pdf; name=report.pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=report.pdf\r\n\r\nJVBERg==\r\n--x--\r\n";

    #[test]
    fn text_html_and_attachments_are_taken_apart() {
        let letter = Letter::parse("7", String::new(), MESSAGE).unwrap();
        assert_eq!(letter.subject, "Grüße");
        assert_eq!(letter.from, "JustFax <fax@example.org>");
        assert_eq!(letter.to, ["a@example.org", "b@example.org"]);
        assert_eq!(letter.text.unwrap().trim(), "Hello");
        assert_eq!(letter.html.unwrap().trim(), "<p>Hello</p>");
        assert_eq!(letter.message_id, "1@email.amazonses.com");
        assert_eq!(letter.attachments.len(), 1);
        assert_eq!(letter.attachments[0].content, b"%PDF");
        assert_eq!(letter.attachments[0].name, "report.pdf");
    }

    #[test]
    fn a_mail_with_text_alone_has_no_html() {
        let letter = Letter::parse("7", String::new(), b"From: a@b.de\r\nSubject: x\r\n\r\nHello\r\n").unwrap();
        assert_eq!(letter.text.unwrap().trim(), "Hello");
        assert!(letter.html.is_none());
        assert!(letter.attachments.is_empty());
    }
}
