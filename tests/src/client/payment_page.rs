//! The payment sandbox's hosted page, used through its forms like a person would.

use super::Failure;

/// One payment page.
#[derive(Debug, Clone)]
pub struct PaymentForm {
    http: reqwest::Client,
    url: String,
}

/// Where a button led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// HTTP status; 303 when the page sent the sender back to the site.
    pub status: u16,
    /// Where to.
    pub location: Option<String>,
    /// The page, when it stayed.
    pub page: String,
}

impl PaymentForm {
    /// The page at this address.
    pub fn new(http: &reqwest::Client, url: &str) -> Self {
        Self { http: http.clone(), url: url.to_owned() }
    }

    /// The page as it looks now.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn look(&self) -> Result<Left, Failure> {
        left(self.http.get(&self.url).send().await?).await
    }

    /// Pays by `card`, `bank`, `slow_bank` or `slow_bank_fails`.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn pay(&self, method: &str) -> Result<Left, Failure> {
        self.press("pay", &[("method", method)]).await
    }

    /// Uses a card that is declined.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn decline(&self) -> Result<Left, Failure> {
        self.press("decline", &[]).await
    }

    /// Goes back to the shop without paying.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn abandon(&self) -> Result<Left, Failure> {
        self.press("abandon", &[]).await
    }

    async fn press(&self, button: &str, form: &[(&str, &str)]) -> Result<Left, Failure> {
        left(self.http.post(format!("{}/{button}", self.url)).form(form).send().await?).await
    }
}

async fn left(response: reqwest::Response) -> Result<Left, Failure> {
    let status = response.status().as_u16();
    let location = response.headers().get("location").and_then(|v| v.to_str().ok()).map(ToOwned::to_owned);
    Ok(Left { status, location, page: response.text().await? })
}
