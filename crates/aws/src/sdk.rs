//! What all SDK clients share: credentials, region, endpoint, and one HTTP client with one TLS stack.

use aws_credential_types::Credentials;
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use crate::settings::Settings;

/// The account's access as the function's environment gives it.
#[derive(Clone)]
pub struct Aws {
    pub(crate) credentials: Credentials,
    pub(crate) region: String,
    pub(crate) endpoint: Option<String>,
    pub(crate) http: SharedHttpClient,
}

impl std::fmt::Debug for Aws {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Aws({})", self.region)
    }
}

impl Aws {
    /// Reads the standard variables: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION`
    /// and, where another endpoint is meant, `AWS_ENDPOINT_URL`.
    pub fn new(settings: &Settings) -> Self {
        let credentials = Credentials::from_keys(
            settings.text("AWS_ACCESS_KEY_ID"),
            settings.text("AWS_SECRET_ACCESS_KEY"),
            settings.optional("AWS_SESSION_TOKEN"),
        );
        Self {
            credentials,
            region: settings.text("AWS_REGION"),
            endpoint: settings.optional("AWS_ENDPOINT_URL").map(|url| url.trim_end_matches('/').to_owned()),
            http: Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https(),
        }
    }
}

/// Fills an SDK's configuration builder from an [`Aws`]; the builders share no trait.
macro_rules! configured {
    ($sdk:ident, $aws:expr) => {{
        let aws: &$crate::sdk::Aws = $aws;
        let mut config = $sdk::Config::builder()
            .behavior_version($sdk::config::BehaviorVersion::latest())
            .credentials_provider(aws.credentials.clone())
            .region($sdk::config::Region::new(aws.region.clone()))
            .http_client(aws.http.clone());
        config.set_endpoint_url(aws.endpoint.clone());
        $sdk::Client::from_conf(config.build())
    }};
}
pub(crate) use configured;

/// A client for the carrier, the payment provider and the parameter store: same TLS stack, no redirects, bounded in
/// time.
///
/// # Errors
/// When the system's certificates cannot be read.
#[cfg(feature = "secrets")]
pub fn http() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(std::time::Duration::from_secs(5))
        .timeout(std::time::Duration::from_secs(20))
        .user_agent("JustFax")
        .build()
}
