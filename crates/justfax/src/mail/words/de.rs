//! German.

use super::{Labels, Said, Tongue, Withdrawal, cause, is_charged, is_refund, redialled, until};
use crate::{
    job::effect::MailKind,
    language::{Language, Page},
    mail::{Facts, LinkFacts},
    redial::Outcome,
};

/// German, formal.
pub(super) struct German;

const LABELS: Labels = Labels {
    greeting: "Guten Tag,",
    automatic: "Diese E-Mail wurde automatisch versendet.",
    recipient: "Empfänger",
    pages: "Seiten",
    job: "Auftrag",
    price: "Preis",
    began: "Beginn",
    delivered: "Zugestellt",
    csid: "Kennung der Gegenstelle",
    no_csid: "keine angegeben",
    attempt: "Versuch",
    sent_sha256: "SHA-256 der Sendung",
    kept_until: "Gespeichert bis",
    deletion: "Löschnachweis",
    originals: "Hochgeladene Dateien (unser Speicher)",
    page_copies: "Faxseiten und Vorschauen (unser Speicher)",
    transmissions: "Dateien für die Übertragung (unser Speicher)",
    picture: "Bild der ersten Seite (unser Speicher)",
    carrier_copy: "Kopie beim Netzbetreiber",
    picture_waits: "wird gelöscht, sobald diese E-Mail übergeben ist",
    picture_kept: "wird gelöscht, sobald Sie den Sendebericht abgerufen haben, spätestens 24 Stunden nach der Zustellung",
    not_deleted: "noch nicht gelöscht; wir versuchen es weiter, siehe Statusseite",
    receipt: "Beleg",
    receipt_number: "Belegnummer",
    service: "Leistung",
    supplied: "Leistungsdatum",
    net: "Netto",
    vat: "USt.",
    gross: "Brutto",
    supplier: "Leistungserbringer",
};

const WITHDRAWAL: Withdrawal = Withdrawal {
    subject: "Eingang Ihres Widerrufs",
    paragraph: "Ihr Widerruf ist bei uns eingegangen. Wir prüfen ihn und melden uns. Das ist sein Inhalt:",
    names: ["Erklärung", "Name", "Vertrag", "E-Mail-Adresse", "Eingegangen"],
    declared: "Hiermit widerrufe ich den Vertrag über das Senden eines Faxes.",
    closing: "Haben Sie das nicht erklärt, antworten Sie bitte auf diese E-Mail.",
};

impl Tongue for German {
    fn labels(&self) -> &'static Labels {
        &LABELS
    }

    fn order(&self, kind: MailKind, facts: &Facts<'_>) -> Said {
        let to = &facts.to;
        match kind {
            MailKind::Delivered => delivered(facts),
            MailKind::Undelivered => self.undelivered(facts),
            MailKind::Corrected => (
                format!("Ihr Fax geht jetzt an {to}"),
                vec![
                    "Sie haben die Nummer geändert. Wir wählen noch einmal; eine neue Zahlung ist nicht nötig.".into(),
                    "Wenn das nicht Sie waren, hat jemand anderes Ihren privaten Link.".into(),
                ],
            ),
            MailKind::Released => released(facts),
            MailKind::Ordered | MailKind::Link | MailKind::Expiring => ordered(facts),
        }
    }

    fn cause(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Busy => "Die Gegenstelle war besetzt.",
            Outcome::NoAnswer => "Niemand hat abgenommen.",
            Outcome::NotAFax => "Unter der Nummer hat sich kein Faxgerät gemeldet.",
            Outcome::LineLost => {
                "Die Verbindung brach während der Übertragung ab; einzelne Seiten können gedruckt worden sein."
            }
            Outcome::Rejected => "Die Gegenstelle hat den Anruf abgelehnt.",
            Outcome::Unreachable => "Die Nummer ist nicht vergeben oder nicht erreichbar.",
            Outcome::DocumentRefused => "Der Netzbetreiber konnte die Seiten nicht verarbeiten.",
            _ => "Der Netzbetreiber konnte den Anruf nicht ausführen.",
        }
    }

    fn price(&self, gross: &str, percent: &str, vat: &str) -> String {
        format!("{gross} (darin {percent} % USt.: {vat})")
    }

    fn rate(&self, percent: &str) -> String {
        format!("{} {percent} %", LABELS.vat)
    }

    fn supply(&self, to: &str, pages: u32) -> String {
        let unit = if pages == 1 { "Seite" } else { "Seiten" };
        format!("Telefax an {to}, {pages} {unit}")
    }

    fn deleted(&self, at: &str) -> String {
        format!("gelöscht und nachgesehen {at}")
    }

    fn link(&self, facts: &LinkFacts<'_>) -> Said {
        let reminder = facts.reminder(Language::De).map_or_else(String::new, |day| {
            format!(
                " Ist das Fax am {day} noch nicht gesendet, erinnern wir Sie einmal; abbestellen können Sie das dort."
            )
        });
        (
            format!("Ihr angefangenes Fax bei {}", facts.head.name),
            vec![
                "auf unserer Seite wurde darum gebeten, den Link zu einem angefangenen Fax an diese Adresse zu senden. Damit \
                 geht es weiter:"
                    .into(),
                facts.url.clone(),
                "Der Link öffnet das Fax mit seinen Dateien. Geben Sie ihn nur weiter, wem Sie beides anvertrauen.".into(),
                format!(
                    "Bis zum {} bleiben die Dateien gespeichert, dann werden sie gelöscht. Löschen können Sie sie dort auch \
                     sofort.{reminder}",
                    facts.end(Language::De)
                ),
                "Haben Sie das nicht gewünscht, hat sich jemand vertippt. Löschen Sie dann bitte diese E-Mail.".into(),
            ],
        )
    }

    fn expiring(&self, facts: &LinkFacts<'_>) -> Said {
        let end = facts.end(Language::De);
        (
            format!("Ihr Fax bei {} wird am {end} gelöscht", facts.head.name),
            vec![
                format!(
                    "Sie haben um diese Erinnerung gebeten: Ihr Fax ist noch nicht gesendet. Am {end} werden seine Dateien \
                     gelöscht. Bis dahin können Sie es hier fertigstellen oder sofort löschen:"
                ),
                facts.url.clone(),
                "Das ist die einzige Erinnerung. Brauchen Sie das Fax nicht mehr, ist nichts zu tun.".into(),
            ],
        )
    }

    fn data(&self, service: &str, url: &str) -> Said {
        (
            format!("Ihre Daten bei {service}"),
            vec![
                "jemand hat nach den Faxen gefragt, die zu dieser E-Mail-Adresse gehören. Mit diesem Link können Sie sie \
                 ansehen, herunterladen und löschen. Er gilt eine Stunde und einmal:"
                    .into(),
                url.to_owned(),
                "Ist zu dieser Adresse nichts gespeichert, sagt das die Seite. Waren Sie es nicht, brauchen Sie nichts zu \
                 tun: Ohne diese E-Mail sieht niemand etwas."
                    .into(),
            ],
        )
    }

    fn withdrawal(&self) -> &'static Withdrawal {
        &WITHDRAWAL
    }
}

fn ordered(facts: &Facts<'_>) -> Said {
    let held = format!(
        "Der Betrag von {} ist nur vorgemerkt. Abgebucht wird er erst, wenn das Fax zugestellt ist.",
        facts.amount(facts.price)
    );
    let taken = format!(
        "Der Betrag von {} ist abgebucht, weil Ihre Zahlungsart keine Vormerkung kennt. Wird das Fax nicht zugestellt, \
         erstatten wir ihn.",
        facts.amount(facts.price)
    );
    let mut paragraphs = vec![
        "vielen Dank für Ihre Bestellung. Wir wählen jetzt.".to_owned(),
        if is_charged(facts) { taken } else { held },
    ];
    if let Some(url) = &facts.link {
        paragraphs.push("Wo das Fax steht, sehen Sie mit dem Link, um den Sie gebeten haben:".to_owned());
        paragraphs.push(url.clone());
    }
    (format!("Ihr Fax an {} ist bestellt", facts.to), paragraphs)
}

fn delivered(facts: &Facts<'_>) -> Said {
    let verify = facts.page(Page::Verify);
    let mut paragraphs = vec!["die Gegenstelle hat den Empfang aller Seiten bestätigt.".to_owned()];
    if facts.encloses {
        paragraphs[0].push_str(" Der signierte Sendebericht hängt an.");
        paragraphs.push(format!("Ob er unverändert ist, prüft jeder unter {verify}."));
    } else {
        paragraphs.push(
            "Der Sendebericht hängt nicht an: Er ließ sich gerade nicht erstellen, und wir sind benachrichtigt. Mit Ihrem \
             privaten Link rufen Sie ihn auf der Statusseite ab, noch 30 Tage lang."
                .to_owned(),
        );
    }
    (format!("Ihr Fax an {} wurde zugestellt", facts.to), paragraphs)
}

impl German {
    fn undelivered(&self, facts: &Facts<'_>) -> Said {
        let price = facts.amount(facts.price);
        let free = if is_charged(facts) {
            "Sie bezahlen nur für ein zugestelltes Fax."
        } else {
            "Es wurde nichts abgebucht."
        };
        let enclosed = if facts.encloses {
            "Der Sendebericht über alle Versuche hängt an."
        } else {
            "Den Sendebericht über alle Versuche rufen Sie auf der Statusseite ab."
        };
        (
            format!("Ihr Fax an {} konnte nicht zugestellt werden", facts.to),
            vec![
                format!("{}{}", cause(self, facts), redialled(facts, " Auch die Wiederholungen blieben ohne Erfolg.")),
                format!(
                    "{free} Auf der Statusseite können Sie bis {} die Nummer ändern und ohne neue Zahlung noch einmal \
                     senden, oder den Betrag von {price} sofort zurückholen.",
                    until(facts)
                ),
                "Ohne Ihr Zutun geben wir den Betrag danach von selbst zurück.".into(),
                enclosed.into(),
            ],
        )
    }
}

fn released(facts: &Facts<'_>) -> Said {
    let price = facts.amount(facts.price);
    let money = if is_refund(facts) {
        format!("wir haben die Erstattung von {price} veranlasst.")
    } else {
        format!(
            "wir haben die Vormerkung von {price} aufgehoben. Es wurde nichts abgebucht; je nach Bank verschwindet die \
             Vormerkung nach einigen Tagen."
        )
    };
    let pages = "Ihre Seiten bleiben wie jeder nicht gesendete Upload höchstens einen Monat ab dem Hochladen gespeichert, \
                 oder bis Sie sie löschen.";
    (format!("Ihr Geld für das Fax an {} geht zurück", facts.to), vec![money, pages.into()])
}
