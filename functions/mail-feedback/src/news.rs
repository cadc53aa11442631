//! The notices' JSON, as far as we use it.
//!
//! A passing failure (a full mailbox, a server that is down) stops nothing: the mail service tries again by itself, and
//! the next mail may arrive. Both spellings of the kind are read, that of event publishing and that of notifications.

use justfax::{email::EmailAddress, job::event::MailTrouble};
use serde::Deserialize;

/// What the topic hands over.
#[derive(Debug, Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "Records", default)]
    records: Vec<Record>,
}

#[derive(Debug, Deserialize)]
struct Record {
    #[serde(rename = "Sns")]
    sns: Notification,
}

#[derive(Deserialize)]
struct Notification {
    #[serde(rename = "Message")]
    message: String,
}

impl std::fmt::Debug for Notification {
    /// Says nothing: it holds addresses.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Notification(…)")
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notice {
    #[serde(alias = "notificationType")]
    event_type: String,
    #[serde(default)]
    bounce: Bounce,
    #[serde(default)]
    complaint: Complaint,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    #[serde(default)]
    bounced_recipients: Vec<Recipient>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    #[serde(default)]
    complained_recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: String,
}

/// The addresses to which no more mail may go, and why. A notice that is none is left aside: nobody can mend it.
pub(crate) fn troubles(event: &Event) -> Vec<(EmailAddress, MailTrouble)> {
    event.records.iter().filter_map(|record| read(&record.sns.message)).flat_map(of_notice).collect()
}

fn read(message: &str) -> Option<Notice> {
    let notice = serde_json::from_str(message).ok();
    if notice.is_none() {
        tracing::warn!("a notice that cannot be read");
    }
    notice
}

fn of_notice(notice: Notice) -> Vec<(EmailAddress, MailTrouble)> {
    let (recipients, why) = match (notice.event_type.as_str(), notice.bounce.bounce_type.as_str()) {
        ("Bounce", "Permanent") => (notice.bounce.bounced_recipients, MailTrouble::Bounced),
        ("Complaint", _) => (notice.complaint.complained_recipients, MailTrouble::Complained),
        _ => return vec![],
    };
    recipients.iter().filter_map(|r| Some((address(&r.email_address)?, why))).collect()
}

/// The address alone, of `Name <address>` too.
fn address(text: &str) -> Option<EmailAddress> {
    let bare = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
    EmailAddress::parse(bare).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str) -> Vec<(String, MailTrouble)> {
        let event = serde_json::json!({ "Records": [{ "EventSource": "aws:sns", "Sns": { "Message": message } }] });
        let event: Event = serde_json::from_value(event).unwrap();
        troubles(&event).into_iter().map(|(address, why)| (address.as_str().to_owned(), why)).collect()
    }

    fn bounce(kind: &str, name: &str) -> String {
        format!(
            r#"{{"{name}":"Bounce","bounce":{{"bounceType":"{kind}","bouncedRecipients":[{{"emailAddress":"Ann <a@b.de>"}}]}},"mail":{{}}}}"#
        )
    }

    #[test]
    fn a_lasting_bounce_stops_the_address_in_both_spellings() {
        for name in ["eventType", "notificationType"] {
            assert_eq!(told(&bounce("Permanent", name)), [("a@b.de".to_owned(), MailTrouble::Bounced)]);
        }
    }

    #[test]
    fn a_complaint_stops_the_address() {
        let message = r#"{"eventType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"a@b.de"}]}}"#;
        assert_eq!(told(message), [("a@b.de".to_owned(), MailTrouble::Complained)]);
    }

    #[test]
    fn a_passing_failure_a_delivery_and_nonsense_stop_nobody() {
        for message in [
            &bounce("Transient", "eventType"),
            &bounce("Undetermined", "eventType"),
            r#"{"eventType":"Delivery"}"#,
            "{}",
            "x",
        ] {
            assert_eq!(told(message), [], "{message}");
        }
    }
}
