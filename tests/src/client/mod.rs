//! A headless sender: the public HTTP API, typed.
//!
//! Every answer is handed to a witness before it is read, so that the tests can hold each one against `docs/openapi.yaml`
//! without the client knowing the contract; a client that read leniently would otherwise forgive what a browser does not.

mod desk;
mod job;
mod pages;
mod payment_page;
mod people;
mod types;
mod upload;

use std::{sync::Arc, time::Duration};

use reqwest::{Method, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

pub use self::{
    desk::{Attachment, Call, Desk, Intent, Machine, Mail, ReceivedPage, fetch_picture},
    job::JobClient,
    pages::{NotAPicture, Raster},
    payment_page::{Left, PaymentForm},
    people::DataKey,
    types::{
        AttemptView, DeletionView, DocumentView, JobView, LinkView, MailView, Money, NewDocument, OpenedJob, PageView,
        Payment, PaymentPage, PaymentState, Problem, Quote, Recipient, Stage, Upload, Uploads,
    },
    upload::{Uploaded, form_body, upload},
};

/// One answer as it came.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// `operationId` of the API description.
    pub operation: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Its `Content-Type`.
    pub content_type: &'a str,
    /// Its body.
    pub body: &'a str,
}

/// Looks at every answer; says what is wrong with it.
pub type Witness = Arc<dyn Fn(&Exchange<'_>) -> Result<(), String> + Send + Sync>;

/// Why a call gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The service says no.
    #[error("{}: {}. {}", .0.code, .0.title, .0.detail)]
    Problem(Problem),
    /// Nobody answered.
    #[error("no answer: {0}")]
    NoAnswer(#[from] reqwest::Error),
    /// The answer is not what the API promises.
    #[error("{operation} answered {status} with something else than promised: {why}")]
    Unpromised {
        /// Which call.
        operation: &'static str,
        /// HTTP status.
        status: u16,
        /// What is wrong.
        why: String,
    },
    /// What was awaited did not come.
    #[error("waited {seconds} s in vain for {what}; last seen: {seen}")]
    Late {
        /// What for.
        what: String,
        /// How long.
        seconds: u64,
        /// The last look at it.
        seen: String,
    },
}

impl Failure {
    /// The problem, if the service gave one.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }
}

/// Calls the API of one stack.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    api: String,
    language: String,
    witness: Option<Witness>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({}, {})", self.api, self.language)
    }
}

impl Client {
    /// A client of the API at `api` (no trailing slash) that asks for answers in `language`.
    pub fn new(http: reqwest::Client, api: &str, language: &str) -> Self {
        Self { http, api: api.to_owned(), language: language.to_owned(), witness: None }
    }

    /// The same, with each answer shown to the witness.
    #[must_use]
    pub fn watched_by(mut self, witness: Witness) -> Self {
        self.witness = Some(witness);
        self
    }

    /// The same, in another language (an `Accept-Language` value).
    #[must_use]
    pub fn speaking(&self, language: &str) -> Self {
        Self { language: language.to_owned(), ..self.clone() }
    }

    /// The HTTP client, for what is not the API.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Opens a Job.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn open_job(&self, language: &str, documents: &[NewDocument]) -> Result<OpenedJob, Failure> {
        let body = json!({ "language": language, "documents": documents });
        self.ask("openJob", self.request(Method::POST, "/jobs").json(&body)).await
    }

    /// The Job that this id and secret open.
    pub fn job(&self, id: &str, secret: &str) -> JobClient {
        JobClient::new(self.clone(), id, secret)
    }

    /// Posts a body as it is, for requests that are wrong on purpose.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn post_raw(
        &self,
        operation: &'static str,
        path: &str,
        body: String,
    ) -> Result<serde_json::Value, Failure> {
        let request = self.request(Method::POST, path).header("content-type", "application/json").body(body);
        self.ask(operation, request).await
    }

    /// Posts a webhook with these headers.
    ///
    /// # Errors
    /// [`Failure`]; a refusal is a [`Failure::Problem`].
    pub async fn webhook(&self, provider: &str, headers: &[(&str, String)], body: &str) -> Result<(), Failure> {
        let operation = if provider == "payment" { "paymentWebhook" } else { "carrierWebhook" };
        let mut request = self.request(Method::POST, &format!("/webhooks/{provider}"));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.ask::<serde_json::Value>(operation, request.body(body.to_owned())).await.map(|_| ())
    }

    /// The key that reports are signed with, as the API tells it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn report_keys(&self) -> Result<serde_json::Value, Failure> {
        self.ask("reportKeys", self.request(Method::GET, "/report-keys")).await
    }

    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.api)).header("accept-language", &self.language)
    }

    /// Asks for a file; the witness sees its status and type.
    pub(super) async fn fetch(&self, operation: &'static str, request: RequestBuilder) -> Result<Vec<u8>, Failure> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let content_type =
            response.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let bytes = response.bytes().await?;
        let unpromised = |why: String| Failure::Unpromised { operation, status, why };
        let body = String::from_utf8_lossy(&bytes);
        if let Some(witness) = &self.witness {
            witness(&Exchange { operation, status, content_type: &content_type, body: &body }).map_err(unpromised)?;
        }
        if !(200..300).contains(&status) {
            let problem = serde_json::from_str(&body).map_err(|e| unpromised(format!("{e} in {body:.200}")))?;
            return Err(Failure::Problem(problem));
        }
        Ok(bytes.to_vec())
    }

    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        request: RequestBuilder,
    ) -> Result<T, Failure> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let content_type =
            response.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let body = response.text().await?;
        let unpromised = |why: String| Failure::Unpromised { operation, status, why };
        if let Some(witness) = &self.witness {
            witness(&Exchange { operation, status, content_type: &content_type, body: &body }).map_err(unpromised)?;
        }
        if !(200..300).contains(&status) {
            let problem = serde_json::from_str(&body).map_err(|e| unpromised(format!("{e} in {body:.200}")))?;
            return Err(Failure::Problem(problem));
        }
        serde_json::from_str(&body).map_err(|e| unpromised(format!("{e} in {body:.200}")))
    }
}

/// Looks again and again until something is there; an error of a look ends the waiting.
///
/// # Errors
/// [`Failure::Late`] after `seconds`, or what a look says.
pub async fn wait_for<T, D, F>(what: &str, seconds: u64, mut look: impl FnMut() -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<Result<T, D>, Failure>>,
    D: std::fmt::Debug,
{
    let deadline = tokio::time::Instant::now() + Duration::from_secs(seconds);
    loop {
        match look().await? {
            Ok(found) => return Ok(found),
            Err(seen) if tokio::time::Instant::now() > deadline => {
                return Err(Failure::Late { what: what.to_owned(), seconds, seen: format!("{seen:?}") });
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(120)).await,
        }
    }
}

/// Serialises a body; the types here always can be.
pub(super) fn to_body(value: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
