//! Problem details, RFC 9457: a stable code for the page, words for people.

use justfax::{
    fault::Fault,
    flow::{open::NotOpened, order::NotOrdered},
    job::{Limit, Refused},
    language::Language,
    number::NumberRefused,
};
use lambda_http::{Body, Response};
use serde_json::json;

use crate::words;

/// What is wrong, as `docs/openapi.yaml` lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The request is not of the documented form.
    BadRequest,
    /// No such Job, or the secret does not open it: which of the two is not told.
    NotFound,
    /// More files than a Job takes.
    TooManyDocuments,
    /// A file over the limit.
    DocumentTooLarge,
    /// All files together over the limit.
    JobTooLarge,
    /// A file without bytes.
    EmptyDocument,
    /// A file was changed more often than it is made anew.
    TooManyChanges,
    /// More pages than one fax may have.
    TooManyPages,
    /// Letters on the cover page for which there is no font.
    LettersUnknown,
    /// The text of the cover page does not fit the page.
    CoverTooLong,
    /// Not a number that can be dialled.
    NumberInvalid,
    /// A kind of number that is not dialled.
    NumberNotAllowed,
    /// No price for its country.
    NumberCountryUnsupported,
    /// Not an e-mail address.
    EmailInvalid,
    /// A consent is missing.
    ConsentMissing,
    /// Price or terms changed since they were shown.
    PriceChanged,
    /// Files are missing, being converted, or refused.
    NotReady,
    /// The Job is at a stage where this cannot be.
    WrongStage,
    /// A text is empty or too long.
    TextInvalid,
    /// Asked too often.
    TooManyRequests,
    /// The link was mailed often enough.
    TooManyLinks,
    /// The Job names another address.
    OtherAddress,
    /// No mail goes to the address any more.
    MailStopped,
    /// A webhook is not believed.
    SignatureInvalid,
    /// Passing trouble on our side.
    TryAgain,
    /// Trouble on our side.
    Internal,
}

impl Code {
    /// Its name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "bad_request",
            Self::NotFound => "not_found",
            Self::TooManyDocuments => "too_many_documents",
            Self::DocumentTooLarge => "document_too_large",
            Self::JobTooLarge => "job_too_large",
            Self::EmptyDocument => "empty_document",
            Self::TooManyChanges => "too_many_changes",
            Self::TooManyPages => "too_many_pages",
            Self::LettersUnknown => "letters_unknown",
            Self::CoverTooLong => "cover_too_long",
            Self::NumberInvalid => "number_invalid",
            Self::NumberNotAllowed => "number_not_allowed",
            Self::NumberCountryUnsupported => "number_country_unsupported",
            Self::EmailInvalid => "email_invalid",
            Self::ConsentMissing => "consent_missing",
            Self::PriceChanged => "price_changed",
            Self::NotReady => "not_ready",
            Self::WrongStage => "wrong_stage",
            Self::TextInvalid => "text_invalid",
            Self::TooManyRequests => "too_many_requests",
            Self::TooManyLinks => "too_many_links",
            Self::OtherAddress => "other_address",
            Self::MailStopped => "mail_stopped",
            Self::SignatureInvalid => "signature_invalid",
            Self::TryAgain => "try_again",
            Self::Internal => "internal",
        }
    }

    /// HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest | Self::ConsentMissing => 400,
            Self::SignatureInvalid => 401,
            Self::NotFound => 404,
            Self::PriceChanged | Self::NotReady | Self::WrongStage | Self::OtherAddress | Self::MailStopped => 409,
            Self::DocumentTooLarge | Self::JobTooLarge => 413,
            Self::TooManyDocuments
            | Self::EmptyDocument
            | Self::TooManyChanges
            | Self::TooManyPages
            | Self::LettersUnknown
            | Self::CoverTooLong
            | Self::NumberInvalid
            | Self::NumberNotAllowed
            | Self::NumberCountryUnsupported
            | Self::EmailInvalid
            | Self::TextInvalid => 422,
            Self::TooManyRequests | Self::TooManyLinks => 429,
            Self::Internal => 500,
            Self::TryAgain => 503,
        }
    }
}

/// A problem, with the field it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub code: Code,
    /// Where.
    pub field: Option<&'static str>,
}

impl Problem {
    /// A problem with one field of the request.
    pub fn with(code: Code, field: &'static str) -> Self {
        Self { code, field: Some(field) }
    }

    /// The answer, in the language asked for.
    pub fn response(self, language: Language) -> Response<Body> {
        let (title, detail) = words::of(self.code, language);
        let status = self.code.status();
        let mut body = json!({
            "type": "about:blank", "title": title, "status": status, "detail": detail, "code": self.code.as_str(),
        });
        if let Some(field) = self.field {
            body["field"] = field.into();
        }
        let mut response = Response::builder()
            .status(status)
            .header("Content-Type", "application/problem+json")
            .header("Content-Language", language.as_str())
            .header("Cache-Control", "no-store");
        if self.code == Code::TryAgain {
            response = response.header("Retry-After", "5");
        }
        response.body(Body::Text(body.to_string())).unwrap_or_default()
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self { code, field: None }
    }
}

impl From<Fault> for Problem {
    /// Logged here, where it is handled: the caller only learns whether to try again.
    fn from(fault: Fault) -> Self {
        match &fault {
            Fault::Retry { .. } => {
                tracing::warn!(error = %fault, "answered with try_again");
                Code::TryAgain.into()
            }
            Fault::Broken(_) => {
                tracing::error!(error = %fault, "answered with internal");
                Code::Internal.into()
            }
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Stale | Refused::WrongStage | Refused::NeedsPayment => Code::WrongStage.into(),
            Refused::NotReady => Code::NotReady.into(),
            Refused::OtherAddress => Self::with(Code::OtherAddress, "email"),
            Refused::MailStopped => Self::with(Code::MailStopped, "email"),
            Refused::Limit(Limit::Links) => Code::TooManyLinks.into(),
            Refused::NotNow => Code::TryAgain.into(),
            Refused::Limit(Limit::Documents) => Self::with(Code::TooManyDocuments, "documents"),
            Refused::Limit(Limit::DocumentBytes) => Self::with(Code::DocumentTooLarge, "documents"),
            Refused::Limit(Limit::JobBytes) => Self::with(Code::JobTooLarge, "documents"),
            Refused::Limit(Limit::Editions) => Code::TooManyChanges.into(),
            Refused::Limit(Limit::Pages) => Code::TooManyPages.into(),
        }
    }
}

impl From<NumberRefused> for Problem {
    fn from(refused: NumberRefused) -> Self {
        let code = match refused {
            NumberRefused::Invalid => Code::NumberInvalid,
            NumberRefused::NotAllowed => Code::NumberNotAllowed,
            NumberRefused::CountryUnsupported => Code::NumberCountryUnsupported,
        };
        Self::with(code, "to")
    }
}

impl From<NotOpened> for Problem {
    fn from(error: NotOpened) -> Self {
        match error {
            NotOpened::Refused(refused) => refused.into(),
            NotOpened::Fault(fault) => fault.into(),
        }
    }
}

impl From<NotOrdered> for Problem {
    fn from(error: NotOrdered) -> Self {
        match error {
            NotOrdered::Number(refused) => refused.into(),
            NotOrdered::Email(_) => Self::with(Code::EmailInvalid, "email"),
            NotOrdered::PriceChanged => Self::with(Code::PriceChanged, "price"),
            NotOrdered::Refused(refused) => refused.into(),
            NotOrdered::Unknown => Code::NotFound.into(),
            NotOrdered::Fault(fault) => fault.into(),
        }
    }
}
