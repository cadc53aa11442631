//! Makes reports: facts and picture in, signed PDF out.

use jiff::tz::TimeZone;
use justfax::{fault::Fault, number::FaxNumber, operator::Operator, ports::Reports, report::ReportFacts};
use krilla::image::Image;

use crate::{
    compose::{Letterhead, compose},
    pdf::{About, draw},
    seal::{self, NoPlace, NotAKey, ReportKey},
    typeface::Faces,
    words::Words,
};

/// The report could not be made. It is the same for every report: something is wrong with the build.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    /// The embedded faces cannot be read.
    #[error("the embedded faces cannot be read")]
    Faces,
    /// The facts cannot be written as JSON.
    #[error("the facts cannot be written")]
    Facts(#[from] serde_json::Error),
    /// The PDF library refused.
    #[error("the page cannot be written: {0}")]
    Page(String),
    /// The page has no place for the signature.
    #[error("the page cannot be signed")]
    Seal(#[from] NoPlace),
}

/// Makes and signs the reports of one operator.
#[derive(Debug, Clone)]
pub struct ReportWriter {
    /// The operator's key.
    pub key: ReportKey,
    /// Name of the service.
    pub service: String,
    /// How the sender is named on the header line: the service and its number.
    pub sender: String,
    /// Who is answerable: name and address in one line.
    pub operator: String,
    /// Address of the site, without trailing slash.
    pub site_url: String,
    /// Zone for times.
    pub zone: TimeZone,
}

impl ReportWriter {
    /// For this operator, who sends from this number and signs with this secret (`report-signing-key`).
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn new(
        operator: &Operator,
        key: &str,
        from: &FaxNumber,
        site_url: String,
        zone: TimeZone,
    ) -> Result<Self, NotAKey> {
        let service = operator.service.clone();
        let sender = format!("{service} {}", from.display());
        Ok(Self { key: ReportKey::parse(key)?, service, sender, operator: operator.name_and_address(), site_url, zone })
    }

    /// The report of these facts, with the reduced first page as PNG where it is still there.
    ///
    /// # Errors
    /// [`Unwritable`].
    pub fn write(&self, facts: &ReportFacts, picture: Option<Vec<u8>>) -> Result<Vec<u8>, Unwritable> {
        let fonts = Faces::new().ok_or(Unwritable::Faces)?;
        // A picture that cannot be read is no reason to give no report. Not smoothed by the viewer: PDF/A forbids it.
        let picture = picture.and_then(|png| Image::from_png(png.into(), false).ok());
        let key = self.key.public().id;
        let head = Letterhead {
            sender: &self.sender,
            operator: &self.operator,
            site_url: &self.site_url,
            zone: &self.zone,
            key: &key,
        };
        let plan = compose(&fonts, &head, facts, picture.as_ref().map(Image::size));
        let words = Words::of(facts.language);
        let about = About {
            title: format!("{}: {} {}", self.service, words.title, facts.job),
            language: facts.language.as_str(),
            author: self.service.clone(),
            made: crate::compose::date(facts.made),
            facts: seal::attachment(&self.key, facts)?,
            facts_are: words.facts.to_owned(),
        };
        let file = draw(&plan, about, &fonts, picture.as_ref()).map_err(Unwritable::Page)?;
        Ok(self.key.seal(file)?)
    }
}

impl Reports for ReportWriter {
    fn report(&self, facts: &ReportFacts, picture: Option<Vec<u8>>) -> Result<Vec<u8>, Fault> {
        self.write(facts, picture).map_err(Fault::broken)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::Timestamp;
    use justfax::{
        choices::Resolution,
        language::Language,
        money::{Currency, Money},
        redial::Outcome,
        report::{AttemptFacts, DocumentFacts},
    };

    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn eur(amount: u32) -> Money {
        Money { amount, currency: Currency::parse("EUR").unwrap() }
    }

    fn attempt(number: u32, outcome: Outcome) -> AttemptFacts {
        AttemptFacts {
            number,
            to: "+493023125001".to_owned(),
            began: time("2026-11-24T08:15:30.5Z"),
            ended: Some(time("2026-11-24T08:17:02Z")),
            outcome: Some(outcome),
            code: (outcome != Outcome::Delivered).then(|| "user_busy".to_owned()),
            seconds: Some(87),
            pages: Some(3),
            sent_sha256: Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned()),
        }
    }

    pub(crate) fn facts() -> ReportFacts {
        ReportFacts {
            job: "abcdefghijklmnopqrstuvwxyz".to_owned(),
            language: Language::De,
            result: Outcome::Delivered,
            recipient: "+49 30 23125001".to_owned(),
            country: Some("DE".to_owned()),
            csid: Some("+49 30 23125001".to_owned()),
            began: time("2026-11-24T08:15:30.5Z"),
            ended: time("2026-11-24T08:17:02Z"),
            seconds: Some(87),
            resolution: Resolution::Fine,
            pages: 3,
            pages_confirmed: Some(3),
            attempts: vec![attempt(1, Outcome::Busy), attempt(2, Outcome::Delivered)],
            documents: vec![DocumentFacts {
                name: "Kündigung Müller-Lüdenscheidt.pdf".to_owned(),
                bytes: 48_123,
                pages: 3,
                sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
            }],
            price: eur(239),
            vat: eur(38),
            vat_percent: "19".to_owned(),
            made: time("2026-11-24T08:17:03Z"),
        }
    }

    pub(crate) fn key() -> ReportKey {
        ReportKey::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap()
    }

    pub(crate) fn writer() -> ReportWriter {
        ReportWriter {
            key: key(),
            service: "JustFax".to_owned(),
            sender: "JustFax +49 30 23125000".to_owned(),
            operator: "Musterfax GmbH, Musterstraße 1, 10115 Berlin, Germany".to_owned(),
            site_url: "https://justfax.example".to_owned(),
            zone: TimeZone::get("Europe/Berlin").unwrap(),
        }
    }

    pub(crate) fn written(facts: &ReportFacts) -> Vec<u8> {
        writer().write(facts, None).unwrap()
    }

    #[test]
    fn the_same_facts_make_the_same_file() {
        assert_eq!(written(&facts()), written(&facts()));
    }

    #[test]
    fn strange_names_and_many_attempts_make_a_report() {
        let mut told = facts();
        told.documents =
            vec![DocumentFacts { name: "北京 \u{1f4e0} عقد \u{7}".repeat(20), ..told.documents[0].clone() }; 20];
        told.attempts = (1..=40).map(|number| attempt(number, Outcome::LineLost)).collect();
        told.result = Outcome::LineLost;
        told.csid = None;
        told.language = Language::En;
        assert!(written(&told).starts_with(b"%PDF-1.7"));
    }

    #[test]
    fn a_picture_that_cannot_be_read_is_left_out() {
        assert!(writer().write(&facts(), Some(b"no picture".to_vec())).is_ok());
    }
}
