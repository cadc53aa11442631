//! Mails that answer somebody who is not on the way with a fax: the link to one's data, and what is written to the operator.
//!
//! The link is the one mail of these that opens something. It holds no word about whether there is anything to open, so that a
//! stranger who types somebody's address makes us tell them nothing.

use jiff::Timestamp;

use super::{
    Letter, Letterhead, Words, letter,
    words::{tongue, words},
};
use crate::{
    email::EmailAddress,
    flow::messages::Note,
    ids::Secret,
    language::{Language, Page},
};

/// The mail with a link to everything stored about an address.
pub(crate) fn link(head: &Letterhead, to: &EmailAddress, link: &Secret, language: Language, key: String) -> Letter {
    let url = format!("{}{}#{}", head.site_url, language.path(Page::Data), link.reveal());
    let tongue = tongue(language);
    letter(to, None, language, key, words(tongue, head, tongue.data(&head.name, &url), vec![], vec![]))
}

/// What somebody wrote, for the operator; an answer goes to them.
pub(crate) fn to_operator(
    head: &Letterhead,
    operator: &EmailAddress,
    from: &EmailAddress,
    note: &Note,
    key: &str,
    now: Timestamp,
) -> Letter {
    let mut facts = vec![("From".to_owned(), from.as_str().to_owned()), ("Received".to_owned(), time(head, now))];
    let (subject, key, paragraphs) = match note {
        Note::Message(text) => ("Message from the site", format!("message.{key}"), vec![text.clone()]),
        Note::Withdrawal { name, order } => {
            facts.push(("Name".to_owned(), name.clone()));
            facts.push(("Contract".to_owned(), order.clone()));
            let told = "This person withdraws from the contract below and has been sent a confirmation that this was \
                        received. Find the order, give the money back if the withdrawal holds, and answer.";
            ("Withdrawal from a contract", format!("withdrawal.{key}"), vec![told.to_owned()])
        }
    };
    let closing = format!("{}, by the form of the site. It is stored nowhere else.", head.name);
    let words = Words { subject: format!("{}: {subject}", head.name), paragraphs, facts, sections: vec![], closing };
    letter(operator, Some(from), Language::En, key, words)
}

/// The confirmation that a withdrawal came in: its content, date and time (§ 356a BGB).
pub(crate) fn withdrawal_received(
    head: &Letterhead,
    operator: &EmailAddress,
    to: &EmailAddress,
    language: Language,
    (name, order): (&str, &str),
    key: &str,
    now: Timestamp,
) -> Letter {
    let key = format!("withdrawal-received.{key}");
    let tongue = tongue(language);
    let told = tongue.withdrawal();
    let values = [told.declared.to_owned(), name.to_owned(), order.to_owned(), to.as_str().to_owned(), time(head, now)];
    let words = Words {
        subject: told.subject.to_owned(),
        paragraphs: vec![tongue.labels().greeting.to_owned(), told.paragraph.to_owned()],
        facts: told.names.map(str::to_owned).into_iter().zip(values).collect(),
        sections: vec![],
        closing: format!("{}\n{}\n{}", told.closing, head.name, head.site_url),
    };
    letter(to, Some(operator), language, key, words)
}

fn time(head: &Letterhead, at: Timestamp) -> String {
    at.to_zoned(head.zone.clone()).strftime("%Y-%m-%d %H:%M:%S (%:z)").to_string()
}
