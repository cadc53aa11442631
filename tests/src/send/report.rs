//! What became of a fax, and whether everything promised was kept.
//!
//! The field names and their order are what scripts read; a test holds them.

use serde::Serialize;

use crate::client::{AttemptView, Call, Money, PaymentState};

/// What became of it; one line of JSON for scripts.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The Job's id.
    pub job: String,
    /// `delivered`, or how the last attempt ended.
    pub outcome: String,
    /// Every dial.
    pub attempts: Vec<Dial>,
    /// Pages sent.
    pub pages: u32,
    /// Gross.
    pub price: Money,
    /// Where the money is in the end.
    pub payment: PaymentState,
    /// SHA-256 of the last file handed to the carrier.
    pub sent_sha256: Option<String>,
    /// Whether the machine's paper shows what the sender was shown, bit for bit below the header strip, page for page.
    pub received_pages_identical: bool,
    /// Mails in the mailbox.
    pub mails: Vec<Letter>,
    /// Objects and versions of the Job still stored.
    pub objects_left: usize,
    /// Address of the status page: the private link.
    pub record: String,
}

/// One dial.
#[derive(Debug, Serialize)]
pub struct Dial {
    /// Which, from 1.
    pub number: u32,
    /// How it ended.
    pub outcome: String,
    /// Length of the call.
    pub seconds: Option<u32>,
    /// Pages confirmed.
    pub pages: Option<u32>,
    /// What the far end calls itself.
    pub csid: Option<String>,
}

/// One mail.
#[derive(Debug, Serialize)]
pub struct Letter {
    /// `ordered`, `delivered`, `undelivered` or `released`.
    pub kind: String,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
}

impl Report {
    /// Whether the fax arrived.
    pub fn is_delivered(&self) -> bool {
        self.outcome == "delivered"
    }

    /// What is wrong with how it ended: nothing, if everything promised was kept.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut require = |holds: bool, what: &str| {
            if !holds {
                faults.push(what.to_owned());
            }
        };
        let kinds: Vec<&str> = self.mails.iter().map(|mail| mail.kind.as_str()).collect();
        if self.is_delivered() {
            require(self.payment == PaymentState::Captured, "delivered, and the money is not captured");
            require(self.received_pages_identical, "the machine's pages are not those that were shown");
            require(self.objects_left == 0, "delivered, and copies are left");
            require(kinds.contains(&"delivered"), "no mail says that it was delivered");
        } else {
            let returned = matches!(self.payment, PaymentState::Released | PaymentState::Refunded);
            require(returned, "not delivered, and the money is not given back");
            require(kinds.contains(&"undelivered"), "no mail says why it was not delivered");
            require(kinds.contains(&"released"), "no mail says that the money goes back");
        }
        faults
    }
}

impl Dial {
    /// The carrier does not pass on what the far end calls itself; then the far end is asked.
    pub(super) fn of(attempt: AttemptView, calls: &[Call]) -> Self {
        let call = calls.iter().find(|call| call.attempt() == Some(attempt.number));
        let heard = call.and_then(|call| call.machine.as_ref()).and_then(|machine| machine.csid.clone());
        Self {
            number: attempt.number,
            outcome: attempt.outcome.unwrap_or(attempt.state),
            seconds: attempt.seconds,
            pages: attempt.pages,
            csid: attempt.csid.or(heard),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(outcome: &str, payment: PaymentState) -> Report {
        let letter = |kind: &str| Letter { kind: kind.to_owned(), to: String::new(), subject: String::new() };
        Report {
            job: String::new(),
            outcome: outcome.to_owned(),
            attempts: vec![],
            pages: 1,
            price: Money { amount: 199, currency: "EUR".to_owned() },
            payment,
            sent_sha256: None,
            received_pages_identical: true,
            mails: ["delivered", "undelivered", "released"].map(letter).into(),
            objects_left: 0,
            record: String::new(),
        }
    }

    #[test]
    fn a_delivered_fax_must_be_paid_received_and_forgotten() {
        assert!(report("delivered", PaymentState::Captured).faults().is_empty());
        assert_eq!(report("delivered", PaymentState::Held).faults().len(), 1);
        let wrong =
            Report { objects_left: 2, received_pages_identical: false, ..report("delivered", PaymentState::Captured) };
        assert_eq!(wrong.faults().len(), 2);
    }

    #[test]
    fn an_undelivered_fax_must_be_free() {
        assert!(report("busy", PaymentState::Released).faults().is_empty());
        assert_eq!(report("busy", PaymentState::Captured).faults().len(), 1);
    }

    #[test]
    fn the_report_has_the_fields_that_scripts_rely_on_in_their_order() {
        let line = serde_json::to_string(&report("delivered", PaymentState::Captured)).unwrap();
        let names = [
            "job",
            "outcome",
            "attempts",
            "pages",
            "price",
            "payment",
            "sent_sha256",
            "received_pages_identical",
            "mails",
            "objects_left",
            "record",
        ];
        let places: Vec<usize> = names.iter().map(|name| line.find(&format!("\"{name}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{line}");
    }
}
