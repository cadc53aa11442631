//! One Job, opened by its secret.

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Client, Failure, JobView, Money, NewDocument, PaymentPage, Quote, Stage, Uploads, to_body, wait_for};

/// Date of the terms in force and the rest of the operator's configuration, which the site has built in.
const OPERATOR: &str = include_str!("../../../infra/operator.json");

/// Calls about one Job.
#[derive(Debug, Clone)]
pub struct JobClient {
    client: Client,
    /// Its id.
    pub id: String,
    /// What opens it.
    pub secret: String,
}

impl JobClient {
    pub(super) fn new(client: Client, id: &str, secret: &str) -> Self {
        Self { client, id: id.to_owned(), secret: secret.to_owned() }
    }

    /// The same Job, asked about in another language.
    #[must_use]
    pub fn speaking(&self, language: &str) -> Self {
        Self { client: self.client.speaking(language), ..self.clone() }
    }

    /// Everything the sender may know.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn view(&self) -> Result<JobView, Failure> {
        self.call("viewJob", Method::GET, "", None).await
    }

    /// Everything stored about it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn export(&self) -> Result<Value, Failure> {
        self.call("exportJob", Method::GET, "/export", None).await
    }

    /// The transmission report, a PDF file.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn report(&self) -> Result<Vec<u8>, Failure> {
        let request = self.client.request(Method::GET, &format!("/jobs/{}/report", self.id)).bearer_auth(&self.secret);
        self.client.fetch("report", request).await
    }

    /// Announces more files.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn add_documents(&self, documents: &[NewDocument]) -> Result<Uploads, Failure> {
        self.call("addDocuments", Method::POST, "/documents", Some(json!({ "documents": documents }))).await
    }

    /// Takes a file out.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn remove_document(&self, document: &str) -> Result<JobView, Failure> {
        self.call("removeDocument", Method::DELETE, &format!("/documents/{document}"), None).await
    }

    /// Puts the files into this order.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn arrange(&self, order: &[&str]) -> Result<JobView, Failure> {
        self.call("arrangeDocuments", Method::PUT, "/documents", Some(json!({ "order": order }))).await
    }

    /// Says what is wanted of the pages of a file.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn choose_pages(&self, document: &str, wish: &Value) -> Result<JobView, Failure> {
        self.call("choosePages", Method::PUT, &format!("/documents/{document}"), Some(wish.clone())).await
    }

    /// Says how fine the fax is.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn choose_resolution(&self, wish: &Value) -> Result<JobView, Failure> {
        self.call("chooseResolution", Method::PUT, "/resolution", Some(wish.clone())).await
    }

    /// Puts a cover page before the pages.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn write_cover(&self, cover: &Value) -> Result<JobView, Failure> {
        self.call("writeCover", Method::PUT, "/cover", Some(cover.clone())).await
    }

    /// Takes the cover page away.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn remove_cover(&self) -> Result<JobView, Failure> {
        self.call("removeCover", Method::DELETE, "/cover", None).await
    }

    /// The cover page as it is sent.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn view_cover(&self) -> Result<Value, Failure> {
        self.call("viewCover", Method::GET, "/cover", None).await
    }

    /// Asks for a price.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn quote(&self, to: &str, country: Option<&str>) -> Result<Quote, Failure> {
        let mut body = json!({ "to": to });
        if let Some(country) = country {
            body["country"] = country.into();
        }
        self.call("quote", Method::POST, "/quote", Some(body)).await
    }

    /// Orders at a price, with all consents given.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn checkout(&self, to: &str, email: &str, price: &Money, language: &str) -> Result<PaymentPage, Failure> {
        self.checkout_with(&Self::order(to, email, price, language)).await
    }

    /// The body of an order with all consents given.
    pub fn order(to: &str, email: &str, price: &Money, language: &str) -> Value {
        let operator: Value = serde_json::from_str(OPERATOR).unwrap_or_default();
        json!({
            "to": to, "email": email, "price": to_body(price), "terms_version": operator["terms_version"],
            "early_performance": true, "language": language,
        })
    }

    /// Orders with any body.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn checkout_with(&self, order: &Value) -> Result<PaymentPage, Failure> {
        self.call("checkout", Method::POST, "/checkout", Some(order.clone())).await
    }

    /// Cancels an order that is not being dialled.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn cancel(&self) -> Result<JobView, Failure> {
        self.call("cancel", Method::POST, "/cancel", None).await
    }

    /// Sends an undelivered fax again.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn correct_number(&self, to: &str) -> Result<JobView, Failure> {
        self.call("correctNumber", Method::POST, "/number", Some(json!({ "to": to }))).await
    }

    /// Gives an undelivered fax up.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn money_back(&self) -> Result<JobView, Failure> {
        self.call("moneyBack", Method::POST, "/money-back", None).await
    }

    /// Has the private link mailed.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn mail_link(&self, email: &str, language: &str) -> Result<JobView, Failure> {
        let wish = json!({ "email": email, "language": language });
        self.call("mailLink", Method::PUT, "/link", Some(wish)).await
    }

    /// Wants no reminder after all.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn decline_reminder(&self) -> Result<JobView, Failure> {
        self.call("declineReminder", Method::DELETE, "/link", None).await
    }

    /// Deletes everything.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn erase(&self) -> Result<JobView, Failure> {
        self.call("eraseJob", Method::DELETE, "", None).await
    }

    /// Looks until `wanted` is true of the Job, at most so many seconds.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn until(&self, what: &str, seconds: u64, wanted: impl Fn(&JobView) -> bool) -> Result<JobView, Failure> {
        wait_for(what, seconds, || async {
            let view = self.view().await?;
            Ok(if wanted(&view) { Ok(view) } else { Err(view) })
        })
        .await
    }

    /// Looks until the Job is at a stage.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn until_stage(&self, stage: Stage, seconds: u64) -> Result<JobView, Failure> {
        self.until(&format!("{stage:?}"), seconds, |view| view.stage == stage).await
    }

    async fn call<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<T, Failure> {
        let request = self.client.request(method, &format!("/jobs/{}{path}", self.id)).bearer_auth(&self.secret);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        self.client.ask(operation, request).await
    }
}
