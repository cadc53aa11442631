//! What people write to the operator: a message, or a withdrawal from the contract (§ 356a BGB).
//!
//! Both become mail at once and are stored nowhere else (promise P8). The withdrawal is confirmed to whoever declares it,
//! with its content and the time it came in, as the law wants it; whether it holds is for the operator to say, who can
//! see the contract, and not for a form that anybody can fill in.

use jiff::{SignedDuration, Timestamp};

use super::rights::{Asked, window};
use crate::{
    email::EmailAddress,
    fault::Fault,
    language::Language,
    lookup::LookupKey,
    mail::{Letterhead, requests},
    ports::{Clock, Entropy, Limits, Post},
};

/// Longest message, in characters.
pub const LONGEST_MESSAGE: usize = 4000;
/// Longest name, order number and the like, in characters.
pub const LONGEST_LINE: usize = 200;
/// Messages and withdrawals of one address in an hour.
pub const MOST_OF_ONE: u32 = 5;
/// Those of everybody in an hour.
pub const MOST_OF_ALL: u32 = 100;

/// Something written to the operator.
#[derive(Clone)]
pub enum Note {
    /// A question or a complaint.
    Message(String),
    /// A declaration of withdrawal.
    Withdrawal {
        /// Who declares it.
        name: String,
        /// From which contract.
        order: String,
    },
}

impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Note(…)")
    }
}

/// The text of a field: trimmed, without control characters but line ends, and none if it is empty or too long.
pub fn field(text: &str, longest: usize) -> Option<String> {
    let kept: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let kept = kept.trim();
    (!kept.is_empty() && kept.chars().count() <= longest).then(|| kept.to_owned())
}

/// Mails the note to the operator, and the confirmation of a withdrawal to its sender.
///
/// # Errors
/// A [`Fault`] of a port.
pub async fn write<P>(
    port: &P,
    lookup: &LookupKey,
    head: &Letterhead,
    operator: &EmailAddress,
    from: &EmailAddress,
    language: Language,
    note: &Note,
) -> Result<(Asked, Timestamp), Fault>
where
    P: Limits + Post + Clock + Entropy,
{
    let now = port.now();
    let (hour, end) = window(now, SignedDuration::from_hours(1));
    let own = format!("messages#{hour}#{}", lookup.of_email(from));
    if !port.take_one(&own, MOST_OF_ONE, end).await?
        || !port.take_one(&format!("messages#{hour}"), MOST_OF_ALL, end).await?
    {
        return Ok((Asked::TooMany, now));
    }
    let key = format!("{:016x}", u64::from_le_bytes(port.bytes()));
    port.send(&requests::to_operator(head, operator, from, note, &key, now)).await?;
    if let Note::Withdrawal { name, order } = note {
        port.send(&requests::withdrawal_received(head, operator, from, language, (name, order), &key, now)).await?;
    }
    Ok((Asked::Answered, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_keeps_its_lines_and_loses_what_could_steer_a_terminal() {
        assert_eq!(field(" a\r\nb\u{1b}[2J ", 20).as_deref(), Some("a\nb[2J"));
        assert_eq!(field(" \n\t", 20), None);
        assert_eq!(field("äöü", 3).as_deref(), Some("äöü"));
        assert_eq!(field("äöüß", 3), None);
    }

    #[test]
    fn a_note_does_not_show_itself() {
        assert_eq!(format!("{:?}", Note::Message("secret".into())), "Note(…)");
    }
}
