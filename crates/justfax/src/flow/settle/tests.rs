//! Mails whose report can or cannot be made.

use std::sync::Mutex;

use jiff::{Timestamp, tz::TimeZone};

use super::*;
use crate::{
    choices::Password,
    ids::{DocumentId, JobId},
    job::{attempt::DeliveryReport, tests::Story},
    mail::Letter,
    redial::Outcome,
};

/// A letter box, and a press of reports that may be out of order.
struct Office {
    works: bool,
    letters: Mutex<Vec<Letter>>,
}

impl Clock for Office {
    fn now(&self) -> Timestamp {
        crate::job::tests::start()
    }
}

impl Post for Office {
    async fn send(&self, letter: &Letter) -> Result<(), Fault> {
        self.letters.lock().unwrap().push(letter.clone());
        Ok(())
    }
}

impl FirstPages for Office {
    async fn picture(&self, _: &JobId, _: u32) -> Result<Option<Vec<u8>>, Fault> {
        if self.works { Ok(Some(vec![1])) } else { Err(Fault::retry(1, "the bucket")) }
    }
}

impl Reports for Office {
    fn report(&self, _: &ReportFacts, picture: Option<Vec<u8>>) -> Result<Vec<u8>, Fault> {
        picture.ok_or_else(|| Fault::broken("no picture"))
    }
}

impl Renderings for Office {
    async fn ask(&self, _: &JobId, _: &DocumentId, _: u32, _: Option<&Password>) -> Result<(), Fault> {
        Ok(())
    }
}

impl Eraser for Office {
    async fn erase(&self, _: &JobId, _: &Copies) -> Result<(), Fault> {
        Ok(())
    }
}

impl CarrierCopies for Office {
    async fn forget(&self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
}

impl Payments for Office {
    async fn look(&self, _: &str) -> Result<MoneyNews, Fault> {
        Ok(MoneyNews::Nothing)
    }
    async fn close(&self, _: &JobId, _: u32, _: &str) -> Result<MoneyNews, Fault> {
        Ok(MoneyNews::Nothing)
    }
    async fn capture(&self, _: &JobId, _: u32, _: &str) -> Result<MoneyNews, Fault> {
        Ok(MoneyNews::Nothing)
    }
    async fn release(&self, _: &JobId, _: u32, _: &str) -> Result<MoneyNews, Fault> {
        Ok(MoneyNews::Nothing)
    }
    async fn refund(&self, _: &JobId, _: u32, _: &str) -> Result<MoneyNews, Fault> {
        Ok(MoneyNews::Nothing)
    }
}

const MAIL: Effect = Effect::Mail(MailKind::Delivered, 1);

/// What comes of the mail about a delivery that is taken up for the so-manieth time, and the letter.
async fn mailed(works: bool, tries: u32) -> (Result<Vec<Event>, Fault>, Option<Letter>) {
    let mut story = Story::dialling();
    let report = DeliveryReport { pages: Some(3), ..DeliveryReport::of(Outcome::Delivered) };
    story.call(1, crate::job::event::CallNews::Report { reference: None, report });
    story.job.pending.iter_mut().find(|p| p.effect == MAIL).unwrap().tries = tries;
    let office = Office { works, letters: Mutex::default() };
    let head =
        Letterhead { name: "F".into(), site_url: "https://f".into(), seller: String::new(), zone: TimeZone::UTC };
    let lookup = LookupKey::new(&[1; 32]).unwrap();
    let settler = Settler { port: &office, letterhead: &head, lookup: &lookup };
    let came = settler.perform(&story.job, &MAIL).await;
    let letter = office.letters.lock().unwrap().pop();
    (came, letter)
}

#[tokio::test]
async fn a_report_that_can_be_made_goes_with_its_mail() {
    let (came, letter) = mailed(true, 1).await;
    assert_eq!(came.unwrap(), [Event::Mailed(MailKind::Delivered, 1)]);
    let letter = letter.unwrap();
    assert!(letter.report.is_some() && letter.text.contains("Sendebericht hängt an"), "{}", letter.text);
}

#[tokio::test]
async fn a_report_that_cannot_be_made_holds_its_mail_up_for_three_tries_and_no_longer() {
    for tries in 1..REPORT_TRIES {
        let (came, letter) = mailed(false, tries).await;
        assert!(came.is_err() && letter.is_none(), "try {tries}");
    }
    let (came, letter) = mailed(false, REPORT_TRIES).await;
    assert_eq!(came.unwrap(), [Event::MailedBare(MailKind::Delivered, 1)]);
    let letter = letter.unwrap();
    assert!(letter.report.is_none() && !letter.text.contains("hängt an."), "{}", letter.text);
    assert!(letter.text.contains("ließ sich gerade nicht erstellen") && letter.text.contains("Statusseite"));
}
