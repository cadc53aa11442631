//! Secrets from the SSM parameter store, read once at start.
//!
//! One signed request by hand: the store's own SDK crate would be the largest of all dependencies, for this one call.

use std::{collections::HashMap, time::SystemTime};

use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use serde::Deserialize;
use serde_json::json;

/// Why the secrets could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretsUnread {
    /// The request could not be made.
    #[error("the parameter store could not be asked")]
    Request(#[from] Box<dyn std::error::Error + Send + Sync>),
    /// The store answered with an error.
    #[error("the parameter store answered {status}: {kind}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Its `__type`.
        kind: String,
    },
    /// These parameters are not there: put them with `aws ssm put-parameter --type SecureString`.
    #[error("no such parameters: {0:?}")]
    Missing(Vec<String>),
}

/// The secrets of a function.
pub struct Secrets(HashMap<String, String>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(default)]
    parameters: Vec<Parameter>,
    #[serde(default)]
    invalid_parameters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Parameter {
    name: String,
    value: String,
}

impl Secrets {
    /// Reads the named secrets under `path`.
    ///
    /// # Errors
    /// [`SecretsUnread`]; without its secrets a function must not start.
    pub async fn read(
        aws: &crate::Aws,
        http: &reqwest::Client,
        path: &str,
        names: &[&str],
    ) -> Result<Self, SecretsUnread> {
        let names: Vec<String> = names.iter().map(|name| format!("{path}/{name}")).collect();
        let body = json!({ "Names": names, "WithDecryption": true }).to_string();
        let response = http.execute(signed(aws, body)?).await.map_err(|e| Box::new(e) as Box<_>)?;
        let status = response.status();
        let text = response.text().await.map_err(|e| Box::new(e) as Box<_>)?;
        if !status.is_success() {
            let answer: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
            let kind = answer["__type"].as_str().unwrap_or("unnamed").to_owned();
            return Err(SecretsUnread::Refused { status: status.as_u16(), kind });
        }
        let answer: Answer = serde_json::from_str(&text).map_err(|e| Box::new(e) as Box<_>)?;
        if !answer.invalid_parameters.is_empty() {
            return Err(SecretsUnread::Missing(answer.invalid_parameters));
        }
        let prefix = format!("{path}/");
        let value = |p: Parameter| (p.name.strip_prefix(&prefix).unwrap_or(&p.name).to_owned(), p.value);
        Ok(Self(answer.parameters.into_iter().map(value).collect()))
    }

    /// One of the secrets read; empty when it was not asked for.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// `GetParameters`, signed.
fn signed(aws: &crate::Aws, body: String) -> Result<reqwest::Request, Box<dyn std::error::Error + Send + Sync>> {
    let endpoint = aws.endpoint.clone().unwrap_or_else(|| format!("https://ssm.{}.amazonaws.com", aws.region));
    let mut request = http::Request::post(format!("{endpoint}/"))
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", "AmazonSSM.GetParameters")
        .body(body)?;
    let identity = aws.credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(&aws.region)
        .name("ssm")
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()?;
    let headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect();
    let signable = SignableRequest::new(
        "POST",
        request.uri().to_string(),
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())),
        SignableBody::Bytes(request.body().as_bytes()),
    )?;
    let (instructions, _) = sign(signable, &params.into())?.into_parts();
    instructions.apply_to_request_http1x(&mut request);
    Ok(reqwest::Request::try_from(request)?)
}
