//! The Telnyx fax API, version 2.
//!
//! It knows no idempotency on POST: our attempt travels as `client_state`, and a call whose answer got lost is looked
//! up in the list before anybody dials again. Only an answer that surely means "nothing was dialled" counts as a
//! refusal; a time-out or a 5xx after the request was sent is ambiguous.

mod reasons;
pub mod webhook;
mod wire;

use data_encoding::BASE64;
use jiff::SignedDuration;
use justfax::{
    fault::Fault,
    job::attempt::DeliveryReport,
    number::FaxNumber,
    ports::{Call, Carrier, CarrierCopies, CarrierWord, Dialled},
    redial::Outcome,
};
use reqwest::{Client, Response, StatusCode};

use self::{
    reasons::outcome_of,
    wire::{Fax, FaxList, One, SendFax},
};

/// Calls of ours are listed from this much before they were claimed: clocks differ.
const SKEW: SignedDuration = SignedDuration::from_secs(120);

/// Access to the carrier.
#[derive(Clone)]
pub struct Telnyx {
    /// HTTP client.
    pub http: Client,
    /// Base address, without trailing slash.
    pub base: String,
    /// API key.
    pub key: String,
    /// Connection the calls go over.
    pub connection_id: String,
    /// Our own number, E.164.
    pub from: FaxNumber,
    /// Where events are sent.
    pub webhook_url: String,
}

impl std::fmt::Debug for Telnyx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Telnyx({})", self.base)
    }
}

/// An answer of the carrier that is no answer to what was asked.
#[derive(Debug, thiserror::Error)]
#[error("the carrier answered {0}")]
struct Answered(StatusCode);

/// Our reference at the carrier.
pub(crate) fn client_state(job: &str, attempt: u32) -> String {
    BASE64.encode(format!("{job}.{attempt}").as_bytes())
}

impl Telnyx {
    fn url(&self, path: &str) -> String {
        format!("{}/v2/faxes{path}", self.base)
    }

    async fn one(&self, reference: &str) -> Result<Option<Fax>, Fault> {
        let request = self.http.get(self.url(&format!("/{reference}"))).bearer_auth(&self.key);
        let response = request.send().await.map_err(passing)?;
        match response.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => Ok(Some(response.json::<One>().await.map_err(passing)?.data)),
            status => Err(class(status)),
        }
    }

    /// Looks through the calls to that number since the claim for the one that carries our reference.
    async fn listed(&self, call: &Call<'_>) -> Result<Option<Fax>, Fault> {
        let ours = client_state(call.job.as_str(), call.attempt);
        let since = (call.began - SKEW).to_string();
        let query =
            [("filter[to][eq]", call.to.e164()), ("filter[created_at][gte]", since.as_str()), ("page[size]", "100")];
        let request = self.http.get(self.url("")).bearer_auth(&self.key).query(&query);
        let response = request.send().await.map_err(passing)?;
        if !response.status().is_success() {
            return Err(class(response.status()));
        }
        let list = response.json::<FaxList>().await.map_err(passing)?;
        Ok(list.data.into_iter().find(|fax| fax.client_state.as_deref() == Some(ours.as_str())))
    }
}

/// Trouble on the way: nothing was changed by a question.
fn passing(error: reqwest::Error) -> Fault {
    Fault::retry(10, error.without_url())
}

fn class(status: StatusCode) -> Fault {
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        Fault::retry(20, Answered(status))
    } else {
        Fault::broken(Answered(status))
    }
}

async fn dialled(response: Response) -> Result<Dialled, Fault> {
    let status = response.status();
    match status {
        _ if status.is_success() => match response.json::<One>().await {
            Ok(one) => Ok(Dialled::Accepted(one.data.id)),
            Err(_) => Ok(Dialled::Ambiguous),
        },
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST => {
            let reason = Some(wire::first_code(&response.text().await.unwrap_or_default()));
            tracing::error!(carrier.reason = reason, "the carrier refuses the call");
            Ok(Dialled::Refused(DeliveryReport { reason, ..DeliveryReport::of(Outcome::CarrierTrouble) }))
        }
        StatusCode::TOO_MANY_REQUESTS => Err(Fault::retry(20, Answered(status))),
        _ if status.is_client_error() => Err(Fault::broken(Answered(status))),
        _ => Ok(Dialled::Ambiguous),
    }
}

impl Carrier for Telnyx {
    async fn dial(&self, call: &Call<'_>) -> Result<Dialled, Fault> {
        let body = SendFax {
            connection_id: &self.connection_id,
            from: self.from.e164(),
            to: call.to.e164(),
            media_url: call.sheet_url,
            client_state: client_state(call.job.as_str(), call.attempt),
            webhook_url: &self.webhook_url,
            quality: "high",
            store_media: false,
            store_preview: false,
        };
        match self.http.post(self.url("")).bearer_auth(&self.key).json(&body).send().await {
            Ok(response) => dialled(response).await,
            // No connection means that nothing was sent.
            Err(error) if error.is_connect() => Err(passing(error)),
            Err(error) => {
                tracing::warn!(job.id = %call.job, error = %error.without_url(), "the carrier's answer got lost");
                Ok(Dialled::Ambiguous)
            }
        }
    }

    async fn look(&self, call: &Call<'_>, reference: Option<&str>) -> Result<CarrierWord, Fault> {
        let found = match reference {
            Some(reference) => self.one(reference).await?,
            None => self.listed(call).await?,
        };
        Ok(found.map_or(CarrierWord::Unlisted, word))
    }
}

/// What a fax object says.
fn word(fax: Fax) -> CarrierWord {
    let reference = fax.id;
    match fax.status.as_str() {
        "delivered" => {
            let report = DeliveryReport::of(Outcome::Delivered);
            CarrierWord::Over { reference, report }
        }
        "failed" => {
            let report = DeliveryReport {
                reason: fax.failure_reason.clone(),
                ..DeliveryReport::of(outcome_of(fax.failure_reason.as_deref()))
            };
            CarrierWord::Over { reference, report }
        }
        status => CarrierWord::Progress { reference, transmitting: status == "sending" },
    }
}

impl CarrierCopies for Telnyx {
    async fn forget(&self, reference: &str) -> Result<(), Fault> {
        let request = self.http.delete(self.url(&format!("/{reference}"))).bearer_auth(&self.key);
        let status = request.send().await.map_err(passing)?.status();
        if !(status.is_success() || status == StatusCode::NOT_FOUND) {
            return Err(class(status));
        }
        match self.one(reference).await? {
            None => Ok(()),
            Some(_) => Err(Fault::retry(30, "the carrier still has its copy")),
        }
    }
}
