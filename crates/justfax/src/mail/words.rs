//! The words of the mails.

use super::{Facts, Words};
use crate::{
    deletion::{self, CopyKind, Fate},
    job::{
        Stage,
        attempt::{Attempt, AttemptState},
        effect::MailKind,
        payment::PaymentState,
    },
    language::Language,
    receipt::Receipt,
    redial::Outcome,
};

type Pair = (String, String);

pub(super) fn of(kind: MailKind, facts: &Facts<'_>) -> Words {
    let (greeting, (subject, mut paragraphs)) = match facts.language {
        Language::De => ("Guten Tag,", german(kind, facts)),
        Language::En => ("Hello,", english(kind, facts)),
    };
    paragraphs.insert(0, greeting.into());
    Words { subject, paragraphs, facts: rows(kind, facts), sections: sections(kind, facts), closing: closing(facts) }
}

fn german(kind: MailKind, facts: &Facts<'_>) -> (String, Vec<String>) {
    let to = &facts.to;
    let price = facts.amount(facts.price);
    match kind {
        MailKind::Ordered => (
            format!("Ihr Fax an {to} ist bestellt"),
            vec![
                "vielen Dank für Ihre Bestellung. Wir wählen jetzt.".into(),
                format!(
                    "Der Betrag von {price} ist nur vorgemerkt. Abgebucht wird er erst, wenn das Fax zugestellt ist."
                ),
            ],
        ),
        MailKind::Delivered => (
            format!("Ihr Fax an {to} wurde zugestellt"),
            vec![
                "die Gegenstelle hat den Empfang aller Seiten bestätigt. Der signierte Sendebericht hängt an.".into(),
                format!("Ob er unverändert ist, prüft jeder unter {}/de/pruefen/.", facts.head.site_url),
            ],
        ),
        MailKind::Corrected => (
            format!("Ihr Fax geht jetzt an {to}"),
            vec![
                "Sie haben die Nummer geändert. Wir wählen noch einmal; eine neue Zahlung ist nicht nötig.".into(),
                "Wenn das nicht Sie waren, hat jemand anderes Ihren privaten Link.".into(),
            ],
        ),
        MailKind::Undelivered => (
            format!("Ihr Fax an {to} konnte nicht zugestellt werden"),
            vec![
                format!("{}{}", cause(facts), redialled(facts, " Auch die Wiederholungen blieben ohne Erfolg.")),
                format!(
                    "{} Auf der Statusseite können Sie bis {} die Nummer ändern und ohne neue Zahlung noch einmal \
                     senden, oder den Betrag von {price} sofort zurückholen.",
                    if is_charged(facts) {
                        "Sie bezahlen nur für ein zugestelltes Fax."
                    } else {
                        "Es wurde nichts abgebucht."
                    },
                    until(facts)
                ),
                "Ohne Ihr Zutun geben wir den Betrag danach von selbst zurück.".into(),
            ],
        ),
        MailKind::Released => (
            format!("Ihr Geld für das Fax an {to} geht zurück"),
            vec![
                money_back(facts),
                "Ihre Seiten bleiben wie jeder nicht gesendete Upload höchstens einen Monat ab dem \
                Hochladen gespeichert, oder bis Sie sie löschen."
                    .into(),
            ],
        ),
    }
}

fn english(kind: MailKind, facts: &Facts<'_>) -> (String, Vec<String>) {
    let to = &facts.to;
    let price = facts.amount(facts.price);
    match kind {
        MailKind::Ordered => (
            format!("Your fax to {to} is ordered"),
            vec![
                "Thank you for your order. We are dialling now.".into(),
                format!("The amount of {price} is only held. You are charged when the fax is delivered, not before."),
            ],
        ),
        MailKind::Delivered => (
            format!("Your fax to {to} was delivered"),
            vec![
                "The receiving machine confirmed every page. The signed transmission report is attached.".into(),
                format!("Anybody can check that it is unchanged at {}/en/verify/.", facts.head.site_url),
            ],
        ),
        MailKind::Corrected => (
            format!("Your fax now goes to {to}"),
            vec![
                "You changed the number. We are dialling again; no new payment is needed.".into(),
                "If that was not you, somebody else has your private link.".into(),
            ],
        ),
        MailKind::Undelivered => (
            format!("Your fax to {to} could not be delivered"),
            vec![
                format!("{}{}", cause(facts), redialled(facts, " Dialling again did not help.")),
                format!(
                    "{} Until {} you can correct the number on the status page and send again without a new payment, \
                     or take the amount of {price} back at once.",
                    if is_charged(facts) { "You pay only for a delivered fax." } else { "You have not been charged." },
                    until(facts)
                ),
                "If you do nothing, we give it back after that by ourselves.".into(),
            ],
        ),
        MailKind::Released => (
            format!("Your money for the fax to {to} goes back"),
            vec![
                money_back(facts),
                "Your pages are kept like any unsent upload, at most one month from the upload, or \
                until you delete them."
                    .into(),
            ],
        ),
    }
}

/// The sentence, where there was more than one attempt.
fn redialled<'a>(facts: &Facts<'_>, sentence: &'a str) -> &'a str {
    if facts.job.attempts().len() > 1 { sentence } else { "" }
}

/// Whether the money was charged at once, because the method cannot be held.
fn is_charged(facts: &Facts<'_>) -> bool {
    matches!(facts.payment, PaymentState::Taken(_) | PaymentState::Refunding(_) | PaymentState::Refunded(_))
}

fn until(facts: &Facts<'_>) -> String {
    match facts.job.stage() {
        Stage::Undelivered { until, .. } => facts.time(*until),
        _ => "…".into(),
    }
}

fn money_back(facts: &Facts<'_>) -> String {
    let price = facts.amount(facts.price);
    let refund = matches!(facts.payment, PaymentState::Refunding(_) | PaymentState::Refunded(_));
    match (facts.language, refund) {
        (Language::De, true) => format!("wir haben die Erstattung von {price} veranlasst."),
        (Language::De, false) => format!(
            "wir haben die Vormerkung von {price} aufgehoben. Es wurde nichts abgebucht; je nach Bank verschwindet die \
             Vormerkung nach einigen Tagen."
        ),
        (Language::En, true) => format!("We have asked for the refund of {price}."),
        (Language::En, false) => format!(
            "We have released the hold of {price}. You were not charged; depending on your bank the hold disappears \
             within some days."
        ),
    }
}

/// Why the last attempt did not deliver, as a sentence.
fn cause(facts: &Facts<'_>) -> &'static str {
    let last = facts.job.attempts().iter().rev().find_map(Attempt::outcome).unwrap_or(Outcome::CarrierTrouble);
    match (facts.language, last) {
        (Language::De, Outcome::Busy) => "Die Gegenstelle war besetzt.",
        (Language::De, Outcome::NoAnswer) => "Niemand hat abgenommen.",
        (Language::De, Outcome::NotAFax) => "Unter der Nummer hat sich kein Faxgerät gemeldet.",
        (Language::De, Outcome::LineLost) => {
            "Die Verbindung brach während der Übertragung ab; einzelne Seiten können gedruckt worden sein."
        }
        (Language::De, Outcome::Rejected) => "Die Gegenstelle hat den Anruf abgelehnt.",
        (Language::De, Outcome::Unreachable) => "Die Nummer ist nicht vergeben oder nicht erreichbar.",
        (Language::De, Outcome::DocumentRefused) => "Der Netzbetreiber konnte die Seiten nicht verarbeiten.",
        (Language::De, _) => "Der Netzbetreiber konnte den Anruf nicht ausführen.",
        (Language::En, Outcome::Busy) => "The line was busy.",
        (Language::En, Outcome::NoAnswer) => "Nobody answered.",
        (Language::En, Outcome::NotAFax) => "No fax machine answered at this number.",
        (Language::En, Outcome::LineLost) => {
            "The connection broke during the transmission; some pages may have been printed."
        }
        (Language::En, Outcome::Rejected) => "The other side declined the call.",
        (Language::En, Outcome::Unreachable) => "The number is not in service or cannot be reached.",
        (Language::En, Outcome::DocumentRefused) => "The carrier could not process the pages.",
        (Language::En, _) => "The carrier could not place the call.",
    }
}

fn rows(kind: MailKind, facts: &Facts<'_>) -> Vec<Pair> {
    let label = |de: &str, en: &str| match facts.language {
        Language::De => de.to_owned(),
        Language::En => en.to_owned(),
    };
    let mut rows = vec![
        (label("Empfänger", "Recipient"), facts.to.clone()),
        (label("Seiten", "Pages"), facts.pages.to_string()),
        (label("Auftrag", "Job"), facts.job.id().to_string()),
    ];
    let vat = facts.amount(facts.vat);
    let percent = facts.vat_percent;
    rows.push((
        label("Preis", "Price"),
        match facts.language {
            Language::De => format!("{} (darin {percent} % USt.: {vat})", facts.amount(facts.price)),
            Language::En => format!("{} (including {percent}% VAT: {vat})", facts.amount(facts.price)),
        },
    ));
    if kind == MailKind::Delivered {
        rows.extend(delivery(facts, &label));
    }
    rows
}

fn delivery(facts: &Facts<'_>, label: &impl Fn(&str, &str) -> String) -> Vec<Pair> {
    let none = label("keine angegeben", "none given");
    let delivered = facts.job.attempts().iter().rev().find(|a| a.outcome() == Some(Outcome::Delivered));
    let Some(attempt) = delivered else { return vec![] };
    let AttemptState::Ended { at, report } = &attempt.state else { return vec![] };
    let mut rows = vec![
        (label("Beginn", "Began"), facts.time(attempt.began)),
        (label("Zugestellt", "Delivered"), facts.time(*at)),
        (label("Kennung der Gegenstelle", "Station id of the far end"), report.csid.clone().unwrap_or(none)),
        (label("Versuch", "Attempt"), attempt.number.to_string()),
    ];
    rows.extend(
        attempt.sent_sha256.clone().map(|hash| (label("SHA-256 der Sendung", "SHA-256 of what was sent"), hash)),
    );
    rows
}

/// What became of the copies, and the receipt, where the fax was delivered.
fn sections(kind: MailKind, facts: &Facts<'_>) -> Vec<(String, Vec<Pair>)> {
    if kind != MailKind::Delivered {
        return vec![];
    }
    let title = |de: &str, en: &str| match facts.language {
        Language::De => de.to_owned(),
        Language::En => en.to_owned(),
    };
    let copies = deletion::receipt(facts.job).into_iter().map(|(kind, fate)| copy(facts, kind, fate)).collect();
    let mut sections = vec![(title("Löschnachweis", "Deletion receipt"), copies)];
    sections.extend(Receipt::of(facts.job).map(|receipt| (title("Beleg", "Receipt"), bill(facts, &receipt))));
    sections
}

fn copy(facts: &Facts<'_>, kind: CopyKind, fate: Fate) -> Pair {
    let (de, en) = match kind {
        CopyKind::Originals => ("Hochgeladene Dateien (unser Speicher)", "Uploaded files (our storage)"),
        CopyKind::Pages => ("Faxseiten und Vorschauen (unser Speicher)", "Fax pages and previews (our storage)"),
        CopyKind::Transmissions => {
            ("Dateien für die Übertragung (unser Speicher)", "Files for the transmission (our storage)")
        }
        CopyKind::Pictures => ("Bild der ersten Seite (unser Speicher)", "Picture of the first page (our storage)"),
        CopyKind::CarrierCopy => ("Kopie beim Netzbetreiber", "Copy at the carrier"),
    };
    let (name_de, name_en) = (de.to_owned(), en.to_owned());
    match (facts.language, fate) {
        (Language::De, Fate::Deleted(at)) => (name_de, format!("gelöscht und nachgesehen {}", facts.time(at))),
        (Language::En, Fate::Deleted(at)) => (name_en, format!("deleted, and looked again, {}", facts.time(at))),
        (Language::De, _) if kind == CopyKind::Pictures => {
            (name_de, "wird gelöscht, sobald diese E-Mail übergeben ist".into())
        }
        (Language::En, _) if kind == CopyKind::Pictures => {
            (name_en, "is deleted as soon as this mail is handed over".into())
        }
        (Language::De, _) => (name_de, "noch nicht gelöscht; wir versuchen es weiter, siehe Statusseite".into()),
        (Language::En, _) => (name_en, "not deleted yet; we keep trying, see the status page".into()),
    }
}

fn bill(facts: &Facts<'_>, receipt: &Receipt<'_>) -> Vec<Pair> {
    let label = |de: &str, en: &str| match facts.language {
        Language::De => de.to_owned(),
        Language::En => en.to_owned(),
    };
    let what = match facts.language {
        Language::De => format!("Telefax an {}, {} Seiten", facts.to, receipt.pages),
        Language::En => format!("Fax to {}, {} pages", facts.to, receipt.pages),
    };
    vec![
        (label("Belegnummer", "Receipt number"), receipt.number.to_owned()),
        (label("Leistung", "Service"), what),
        (label("Leistungsdatum", "Date of supply"), facts.time(receipt.supplied)),
        (label("Netto", "Net"), facts.amount(receipt.net)),
        (format!("{} {} %", label("USt.", "VAT"), receipt.vat_percent), facts.amount(receipt.vat)),
        (label("Brutto", "Gross"), facts.amount(receipt.gross)),
        (label("Leistungserbringer", "Supplied by"), facts.head.seller.clone()),
    ]
}

fn closing(facts: &Facts<'_>) -> String {
    let head = facts.head;
    match facts.language {
        Language::De => format!("{}\n{}\nDiese E-Mail wurde automatisch versendet.", head.name, head.site_url),
        Language::En => format!("{}\n{}\nThis mail was sent automatically.", head.name, head.site_url),
    }
}
