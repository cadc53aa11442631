//! Mails that answer somebody who is not on the way with a fax: the link to one's data, and what is written to the operator.
//!
//! The link is the one mail that opens something. It holds no word about whether there is anything to open, so that a
//! stranger who types somebody's address makes us tell them nothing.

use jiff::Timestamp;

use super::{Letter, Letterhead, Words, as_html, as_text, escape};
use crate::{email::EmailAddress, flow::messages::Note, ids::Secret, language::Language};

/// The page that the link opens, below the site's address; `web/` names it so.
fn page(language: Language) -> &'static str {
    match language {
        Language::De => "/de/ihre-daten/",
        Language::En => "/en/your-data/",
    }
}

/// The mail with a link to everything stored about an address.
pub(crate) fn link(head: &Letterhead, to: &EmailAddress, link: &Secret, language: Language, key: String) -> Letter {
    let url = format!("{}{}#{}", head.site_url, page(language), link.reveal());
    let (subject, paragraphs) = match language {
        Language::De => (
            format!("Ihre Daten bei {}", head.name),
            [
                "Guten Tag,".to_owned(),
                "jemand hat nach den Faxen gefragt, die mit dieser E-Mail-Adresse bestellt wurden. Mit diesem Link können \
                 Sie sie ansehen, herunterladen und löschen. Er gilt eine Stunde und einmal:"
                    .to_owned(),
                url.clone(),
                "Ist zu dieser Adresse nichts gespeichert, sagt das die Seite. Waren Sie es nicht, brauchen Sie nichts zu \
                 tun: Ohne diese E-Mail sieht niemand etwas."
                    .to_owned(),
            ],
        ),
        Language::En => (
            format!("Your data at {}", head.name),
            [
                "Hello,".to_owned(),
                "Somebody asked about the faxes ordered with this e-mail address. With this link you can see them, \
                 download them and delete them. It works for one hour, once:"
                    .to_owned(),
                url.clone(),
                "If nothing is stored about this address, the page will say so. If it was not you, there is nothing to do: \
                 without this e-mail nobody sees anything."
                    .to_owned(),
            ],
        ),
    };
    let closing = format!("{}\n{}", head.name, head.site_url);
    let words = Words { subject, paragraphs: paragraphs.into(), facts: vec![], sections: vec![], closing };
    let shown = escape(&url);
    let mut letter = letter(to, None, language, key, words);
    letter.html = letter.html.replace(&format!("<p>{shown}</p>"), &format!("<p><a href=\"{shown}\">{shown}</a></p>"));
    letter
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
    let (subject, paragraphs, names, closing) = match language {
        Language::De => (
            "Eingang Ihres Widerrufs",
            ["Guten Tag,", "Ihr Widerruf ist bei uns eingegangen. Wir prüfen ihn und melden uns. Das ist sein Inhalt:"],
            ["Erklärung", "Name", "Vertrag", "E-Mail-Adresse", "Eingegangen"],
            "Haben Sie das nicht erklärt, antworten Sie bitte auf diese E-Mail.",
        ),
        Language::En => (
            "Your withdrawal was received",
            ["Hello,", "We have received your withdrawal. We will check it and answer you. This is what it says:"],
            ["Declaration", "Name", "Contract", "E-mail address", "Received"],
            "If it was not you, please answer this e-mail.",
        ),
    };
    let declared = match language {
        Language::De => "Hiermit widerrufe ich den Vertrag über das Senden eines Faxes.",
        Language::En => "I hereby withdraw from the contract on sending a fax.",
    };
    let values = [declared.to_owned(), name.to_owned(), order.to_owned(), to.as_str().to_owned(), time(head, now)];
    let words = Words {
        subject: subject.to_owned(),
        paragraphs: paragraphs.map(str::to_owned).into(),
        facts: names.map(str::to_owned).into_iter().zip(values).collect(),
        sections: vec![],
        closing: format!("{closing}\n{}\n{}", head.name, head.site_url),
    };
    letter(to, Some(operator), language, key, words)
}

fn letter(to: &EmailAddress, reply_to: Option<&EmailAddress>, language: Language, key: String, words: Words) -> Letter {
    Letter {
        to: to.clone(),
        reply_to: reply_to.cloned(),
        key,
        language,
        text: as_text(&words),
        html: as_html(&words, language),
        subject: words.subject,
        report: None,
    }
}

fn time(head: &Letterhead, at: Timestamp) -> String {
    at.to_zoned(head.zone.clone()).strftime("%Y-%m-%d %H:%M:%S (%:z)").to_string()
}
