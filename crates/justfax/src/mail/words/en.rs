//! English.

use super::{Labels, Said, Tongue, Withdrawal, cause, is_charged, is_refund, redialled, until};
use crate::{
    job::effect::MailKind,
    language::{Language, Page},
    mail::{Facts, LinkFacts},
    redial::Outcome,
};

/// English.
pub(super) struct English;

const LABELS: Labels = Labels {
    greeting: "Hello,",
    automatic: "This mail was sent automatically.",
    recipient: "Recipient",
    pages: "Pages",
    job: "Job",
    price: "Price",
    began: "Began",
    delivered: "Delivered",
    csid: "Station id of the far end",
    no_csid: "none given",
    attempt: "Attempt",
    sent_sha256: "SHA-256 of what was sent",
    kept_until: "Kept until",
    deletion: "Deletion receipt",
    originals: "Uploaded files (our storage)",
    page_copies: "Fax pages and previews (our storage)",
    transmissions: "Files for the transmission (our storage)",
    picture: "Picture of the first page (our storage)",
    carrier_copy: "Copy at the carrier",
    picture_waits: "is deleted as soon as this mail is handed over",
    picture_kept: "is deleted as soon as you have fetched the report, at the latest 24 hours after the delivery",
    not_deleted: "not deleted yet; we keep trying, see the status page",
    receipt: "Receipt",
    receipt_number: "Receipt number",
    service: "Service",
    supplied: "Date of supply",
    net: "Net",
    vat: "VAT",
    gross: "Gross",
    supplier: "Supplied by",
};

const WITHDRAWAL: Withdrawal = Withdrawal {
    subject: "Your withdrawal was received",
    paragraph: "We have received your withdrawal. We will check it and answer you. This is what it says:",
    names: ["Declaration", "Name", "Contract", "E-mail address", "Received"],
    declared: "I hereby withdraw from the contract on sending a fax.",
    closing: "If it was not you, please answer this e-mail.",
};

impl Tongue for English {
    fn labels(&self) -> &'static Labels {
        &LABELS
    }

    fn order(&self, kind: MailKind, facts: &Facts<'_>) -> Said {
        let to = &facts.to;
        match kind {
            MailKind::Delivered => delivered(facts),
            MailKind::Undelivered => self.undelivered(facts),
            MailKind::Corrected => (
                format!("Your fax now goes to {to}"),
                vec![
                    "You changed the number. We are dialling again; no new payment is needed.".into(),
                    "If that was not you, somebody else has your private link.".into(),
                ],
            ),
            MailKind::Released => released(facts),
            MailKind::Ordered | MailKind::Link | MailKind::Expiring => ordered(facts),
        }
    }

    fn cause(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Busy => "The line was busy.",
            Outcome::NoAnswer => "Nobody answered.",
            Outcome::NotAFax => "No fax machine answered at this number.",
            Outcome::LineLost => "The connection broke during the transmission; some pages may have been printed.",
            Outcome::Rejected => "The other side declined the call.",
            Outcome::Unreachable => "The number is not in service or cannot be reached.",
            Outcome::DocumentRefused => "The carrier could not process the pages.",
            _ => "The carrier could not place the call.",
        }
    }

    fn price(&self, gross: &str, percent: &str, vat: &str) -> String {
        format!("{gross} (including {percent}% VAT: {vat})")
    }

    fn rate(&self, percent: &str) -> String {
        format!("{} {percent}%", LABELS.vat)
    }

    fn supply(&self, to: &str, pages: u32) -> String {
        let unit = if pages == 1 { "page" } else { "pages" };
        format!("Fax to {to}, {pages} {unit}")
    }

    fn deleted(&self, at: &str) -> String {
        format!("deleted, and looked again, {at}")
    }

    fn link(&self, facts: &LinkFacts<'_>) -> Said {
        let reminder = facts.reminder(Language::En).map_or_else(String::new, |day| {
            format!(" If the fax is still unsent on {day}, we remind you once; you can call that off there.")
        });
        (
            format!("Your unfinished fax at {}", facts.head.name),
            vec![
                "Somebody asked on our site to have the link to an unfinished fax sent to this address. This is how it goes on:".into(),
                facts.url.clone(),
                "The link opens the fax and its files. Pass it on only to people whom you trust with both.".into(),
                format!(
                    "The files are kept until {} and deleted then. You can also delete them there at once.{reminder}",
                    facts.end(Language::En)
                ),
                "If you did not ask for this, somebody mistyped an address. Please delete this e-mail then.".into(),
            ],
        )
    }

    fn expiring(&self, facts: &LinkFacts<'_>) -> Said {
        let end = facts.end(Language::En);
        (
            format!("Your fax at {} will be deleted on {end}", facts.head.name),
            vec![
                format!(
                    "You asked for this reminder: your fax has not been sent yet. On {end} its files are deleted. Until then you \
                     can finish it here, or delete it at once:"
                ),
                facts.url.clone(),
                "This is the only reminder. If you do not need the fax any more, there is nothing to do.".into(),
            ],
        )
    }

    fn data(&self, service: &str, url: &str) -> Said {
        (
            format!("Your data at {service}"),
            vec![
                "Somebody asked about the faxes that belong to this e-mail address. With this link you can see them, download \
                 them and delete them. It works for one hour, once:"
                    .into(),
                url.to_owned(),
                "If nothing is stored about this address, the page will say so. If it was not you, there is nothing to do: \
                 without this e-mail nobody sees anything."
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
        "The amount of {} is only held. You are charged when the fax is delivered, not before.",
        facts.amount(facts.price)
    );
    let taken = format!(
        "You were charged {}, because your way of paying cannot hold an amount. If the fax is not delivered, we give it \
         back.",
        facts.amount(facts.price)
    );
    let mut paragraphs =
        vec!["Thank you for your order. We are dialling now.".to_owned(), if is_charged(facts) { taken } else { held }];
    if let Some(url) = &facts.link {
        paragraphs.push("The link that you asked for shows where the fax is:".to_owned());
        paragraphs.push(url.clone());
    }
    (format!("Your fax to {} is ordered", facts.to), paragraphs)
}

fn delivered(facts: &Facts<'_>) -> Said {
    let verify = facts.page(Page::Verify);
    let mut paragraphs = vec!["The receiving machine confirmed every page.".to_owned()];
    if facts.encloses {
        paragraphs[0].push_str(" The signed transmission report is attached.");
        paragraphs.push(format!("Anybody can check that it is unchanged at {verify}."));
    } else {
        paragraphs.push(
            "The transmission report is not attached: it could not be made just now, and we have been told. You can fetch it \
             on the status page with your private link, for 30 days."
                .to_owned(),
        );
    }
    (format!("Your fax to {} was delivered", facts.to), paragraphs)
}

impl English {
    fn undelivered(&self, facts: &Facts<'_>) -> Said {
        let price = facts.amount(facts.price);
        let free = if is_charged(facts) { "You pay only for a delivered fax." } else { "You have not been charged." };
        let enclosed = if facts.encloses {
            "The report of all attempts is attached."
        } else {
            "You can fetch the report of all attempts on the status page."
        };
        (
            format!("Your fax to {} could not be delivered", facts.to),
            vec![
                format!("{}{}", cause(self, facts), redialled(facts, " Dialling again did not help.")),
                format!(
                    "{free} Until {} you can correct the number on the status page and send again without a new payment, or take \
                     the amount of {price} back at once.",
                    until(facts)
                ),
                "If you do nothing, we give it back after that by ourselves.".into(),
                enclosed.into(),
            ],
        )
    }
}

fn released(facts: &Facts<'_>) -> Said {
    let price = facts.amount(facts.price);
    let money = if is_refund(facts) {
        format!("We have asked for the refund of {price}.")
    } else {
        format!(
            "We have released the hold of {price}. You were not charged; depending on your bank the hold disappears within \
             some days."
        )
    };
    let pages =
        "Your pages are kept like any unsent upload, at most one month from the upload, or until you delete them.";
    (format!("Your money for the fax to {} goes back", facts.to), vec![money, pages.into()])
}
