//! Mail through Amazon SES.

use aws_sdk_ses::{Client, error::ProvideErrorMetadata, primitives::Blob, types::RawMessage};
use justfax::{fault::Fault, mail::Letter, ports::Post};
use mail_builder::{MessageBuilder, headers::raw::Raw};

use crate::{failure::fault, sdk::configured};

/// The post office.
#[derive(Debug, Clone)]
pub struct PostOffice {
    client: Client,
    from: String,
    name: String,
    events: String,
}

impl PostOffice {
    /// Sends as `name <from>`; what becomes of the mails is told as the configuration set `events` says.
    pub fn new(aws: &crate::Aws, name: String, from: String, events: String) -> Self {
        Self { client: configured!(aws_sdk_ses, aws), from, name, events }
    }
}

/// A letter as a message, RFC 5322 with both bodies, from `name <from>`. `X-JustFax-Letter` repeats the stable name, because
/// SES puts a Message-ID of its own.
fn message(name: &str, from: &str, letter: &Letter) -> std::io::Result<Vec<u8>> {
    let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let message = MessageBuilder::new();
    let message = match &letter.reply_to {
        Some(address) => message.reply_to(address.as_str()),
        None => message,
    };
    let message = message
        .from((name, from))
        .to(letter.to.as_str())
        .subject(letter.subject.as_str())
        .message_id(format!("{}@{domain}", letter.key))
        .header("Auto-Submitted", Raw::new("auto-generated"))
        .header("Content-Language", Raw::new(letter.language.as_str()))
        .header("X-JustFax-Letter", Raw::new(letter.key.as_str()))
        .text_body(letter.text.as_str())
        .html_body(letter.html.as_str());
    match &letter.report {
        Some(report) => message.attachment("application/pdf", report.name.as_str(), report.pdf.as_slice()),
        None => message,
    }
    .write_to_vec()
}

impl Post for PostOffice {
    async fn send(&self, letter: &Letter) -> Result<(), Fault> {
        let message = message(&self.name, &self.from, letter).map_err(Fault::broken)?;
        let raw = RawMessage::builder().data(Blob::new(message)).build().map_err(Fault::broken)?;
        self.client
            .send_raw_email()
            .source(&self.from)
            .configuration_set_name(&self.events)
            .destinations(letter.to.as_str())
            .raw_message(raw)
            .send()
            .await
            .map_err(|e| fault("SendRawEmail", &e, e.code()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
