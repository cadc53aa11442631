//! The emulator's AWS API, asked as its root user: what is stored, queued and logged, and calling a function directly.
//!
//! Signed by hand over one HTTP client. The SDK crates for five services would take longer to link into every test program
//! than the whole of the journeys takes to run.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{
        PercentEncodingMode, SignableBody, SignableRequest, SigningSettings, UriPathNormalizationMode, sign,
    },
    sign::v4,
};
use serde_json::{Value, json};

use crate::stack::Stack;

/// Access to one stack's emulator.
#[derive(Debug, Clone)]
pub struct Aws {
    http: reqwest::Client,
    stack: Stack,
}

/// The emulator did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AwsError {
    /// The request could not be made or was not answered.
    #[error("the emulator could not be asked: {0}")]
    Request(#[from] Box<dyn std::error::Error + Send + Sync>),
    /// It was answered with an error.
    #[error("the emulator answered {service} with {status}: {body}")]
    Refused {
        /// Which service.
        service: &'static str,
        /// HTTP status.
        status: u16,
        /// Its words.
        body: String,
    },
}

/// Messages of a queue, as the service counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Can be received now.
    pub visible: u64,
    /// Received and not deleted.
    pub in_flight: u64,
    /// To be seen later. Nudges for work that is due in minutes wait so, and find nothing to do when it was done before.
    pub delayed: u64,
}

/// What a function gave back.
#[derive(Debug, Clone)]
pub struct Invoked {
    /// Its answer.
    pub answer: Value,
    /// Whether it ended with an error.
    pub failed: bool,
}

impl Aws {
    /// For a stack.
    pub fn new(http: reqwest::Client, stack: Stack) -> Self {
        Self { http, stack }
    }

    /// Objects, all their versions and delete markers of a Job, under each prefix that a Job can have.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn keys_of(&self, job: &str) -> Result<Vec<String>, AwsError> {
        let mut keys = Vec::new();
        for folder in ["uploads", "pages", "transmissions", "reports"] {
            for listing in
                [format!("versions=&prefix={folder}%2F{job}%2F"), format!("list-type=2&prefix={folder}%2F{job}%2F")]
            {
                let url = format!("{}/{}?{listing}", self.stack.emulator, self.stack.bucket);
                let xml = self.send("s3", http::Request::get(url).body(String::new())).await?;
                keys.extend(named(&xml, "Key").map(ToOwned::to_owned));
            }
        }
        keys.sort();
        keys.dedup();
        Ok(keys)
    }

    /// How many messages wait in a queue.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn waiting(&self, queue_url: &str) -> Result<Waiting, AwsError> {
        let answer =
            self.queue("GetQueueAttributes", json!({ "QueueUrl": queue_url, "AttributeNames": ["All"] })).await?;
        let count = |name: &str| answer["Attributes"][name].as_str().and_then(|text| text.parse().ok()).unwrap_or(0);
        Ok(Waiting {
            visible: count("ApproximateNumberOfMessages"),
            in_flight: count("ApproximateNumberOfMessagesNotVisible"),
            delayed: count("ApproximateNumberOfMessagesDelayed"),
        })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn send_message(&self, queue_url: &str, body: &str) -> Result<(), AwsError> {
        self.queue("SendMessage", json!({ "QueueUrl": queue_url, "MessageBody": body })).await.map(|_| ())
    }

    /// Looks at up to ten messages of a queue without taking them.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn peek(&self, queue_url: &str) -> Result<Vec<String>, AwsError> {
        let body = json!({ "QueueUrl": queue_url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 0 });
        let answer = self.queue("ReceiveMessage", body).await?;
        let bodies = answer["Messages"].as_array().into_iter().flatten().filter_map(|message| message["Body"].as_str());
        Ok(bodies.map(ToOwned::to_owned).collect())
    }

    /// Takes the messages with this body out of a queue, of the ten that come first.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn take_away(&self, queue_url: &str, body: &str) -> Result<(), AwsError> {
        let wanted = json!({ "QueueUrl": queue_url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 1 });
        let answer = self.queue("ReceiveMessage", wanted).await?;
        for message in answer["Messages"].as_array().into_iter().flatten().filter(|message| message["Body"] == body) {
            let receipt = &message["ReceiptHandle"];
            self.queue("DeleteMessage", json!({ "QueueUrl": queue_url, "ReceiptHandle": receipt })).await?;
        }
        Ok(())
    }

    /// The alarms that are deployed.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn alarms(&self) -> Result<Vec<Value>, AwsError> {
        let mut answer =
            self.call("monitoring", "GraniteServiceVersion20100801.DescribeAlarms", "1.0", &json!({})).await?;
        Ok(serde_json::from_value(answer["MetricAlarms"].take()).unwrap_or_default())
    }

    /// Calls a function with an event and waits for its answer.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn invoke(&self, function: &str, event: &Value) -> Result<Invoked, AwsError> {
        let name = self.stack.functions.get(function).map_or(function, String::as_str);
        let url = format!("{}/2015-03-31/functions/{name}/invocations", self.stack.emulator);
        let (headers, body) = self.exchange("lambda", http::Request::post(url).body(event.to_string())).await?;
        let answer = serde_json::from_str(&body).unwrap_or(Value::String(body));
        Ok(Invoked { answer, failed: headers.contains_key("x-amz-function-error") })
    }

    /// Environment of a deployed function: what it runs with.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn environment_of(&self, function: &str) -> Result<Vec<(String, String)>, AwsError> {
        let name = self.stack.functions.get(function).map_or(function, String::as_str);
        let url = format!("{}/2015-03-31/functions/{name}/configuration", self.stack.emulator);
        let body = self.send("lambda", http::Request::get(url).body(String::new())).await?;
        let configuration: Value = serde_json::from_str(&body).map_err(|e| Box::new(e) as Box<_>)?;
        let variables = configuration["Environment"]["Variables"].as_object();
        let text = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
        Ok(variables.into_iter().flatten().filter_map(text).collect())
    }

    /// Every line that a function logged since a time (milliseconds since 1970).
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn log_lines(&self, group: &str, since_ms: i64) -> Result<Vec<String>, AwsError> {
        let (mut lines, mut token) = (Vec::new(), Value::Null);
        loop {
            let mut body = json!({ "logGroupName": group, "startTime": since_ms });
            if !token.is_null() {
                body["nextToken"] = token;
            }
            let answer = self.call("logs", "Logs_20140328.FilterLogEvents", "1.1", &body).await?;
            let events = answer["events"].as_array().into_iter().flatten();
            lines.extend(events.filter_map(|event| event["message"].as_str()).map(ToOwned::to_owned));
            token = answer["nextToken"].clone();
            if token.is_null() {
                return Ok(lines);
            }
        }
    }

    async fn queue(&self, action: &str, body: Value) -> Result<Value, AwsError> {
        self.call("sqs", &format!("AmazonSQS.{action}"), "1.0", &body).await
    }

    pub(crate) async fn call(
        &self,
        service: &'static str,
        target: &str,
        version: &str,
        body: &Value,
    ) -> Result<Value, AwsError> {
        let request = http::Request::post(format!("{}/", self.stack.emulator))
            .header("content-type", format!("application/x-amz-json-{version}"))
            .header("x-amz-target", target)
            .body(body.to_string());
        let text = self.send(service, request).await?;
        Ok(serde_json::from_str(&text).map_err(|e| Box::new(e) as Box<_>)?)
    }

    /// One page of a listing of the bucket, as XML.
    pub(crate) async fn listing(&self, query: &str) -> Result<String, AwsError> {
        let url = format!("{}/{}?{query}", self.stack.emulator, self.stack.bucket);
        self.send("s3", http::Request::get(url).body(String::new())).await
    }

    /// What the emulator shows of all queues without receiving from them.
    pub(crate) async fn peeked(&self) -> Result<Value, AwsError> {
        let url = format!("{}/_ministack/sqs/messages", self.stack.emulator);
        let text = self.send("sqs", http::Request::get(url).body(String::new())).await?;
        Ok(serde_json::from_str(&text).map_err(|e| Box::new(e) as Box<_>)?)
    }

    pub(crate) async fn send(
        &self,
        service: &'static str,
        request: http::Result<http::Request<String>>,
    ) -> Result<String, AwsError> {
        self.exchange(service, request).await.map(|(_, body)| body)
    }

    async fn exchange(
        &self,
        service: &'static str,
        request: http::Result<http::Request<String>>,
    ) -> Result<(http::HeaderMap, String), AwsError> {
        let request = self.signed(service, request.map_err(|e| Box::new(e) as Box<_>)?)?;
        let response = self.http.execute(request).await.map_err(|e| Box::new(e) as Box<_>)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.text().await.map_err(|e| Box::new(e) as Box<_>)?;
        if status.is_success() {
            Ok((headers, body))
        } else {
            Err(AwsError::Refused { service, status: status.as_u16(), body })
        }
    }

    fn signed(
        &self,
        service: &'static str,
        mut request: http::Request<String>,
    ) -> Result<reqwest::Request, Box<dyn std::error::Error + Send + Sync>> {
        let identity = Credentials::from_keys(&self.stack.access_key, &self.stack.secret_key, None).into();
        let mut settings = SigningSettings::default();
        if service == "s3" {
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        }
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.stack.region)
            .name(service)
            .time(SystemTime::now())
            .settings(settings)
            .build()?;
        let text = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            Some((name.to_string(), value.to_str().ok()?.to_owned()))
        };
        let headers: Vec<(String, String)> = request.headers().iter().filter_map(text).collect();
        let signable = SignableRequest::new(
            request.method().as_str(),
            request.uri().to_string(),
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())),
            SignableBody::Bytes(request.body().as_bytes()),
        )?;
        let (instructions, _) = sign(signable, &params.into())?.into_parts();
        instructions.apply_to_request_http1x(&mut request);
        Ok(reqwest::Request::try_from(request)?)
    }
}

/// The texts of all elements of this name, for answers as flat as a bucket listing.
pub(crate) fn named<'a>(xml: &'a str, element: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let parts: Vec<&str> =
        xml.split(open.as_str()).skip(1).filter_map(|part| part.split(close.as_str()).next()).collect();
    parts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_and_marker_of_a_listing_is_counted() {
        let xml = "<ListVersionsResult><Prefix>a/</Prefix><Version><Key>a/1</Key></Version><DeleteMarker><Key>a/2</Key></DeleteMarker></ListVersionsResult>";
        assert_eq!(named(xml, "Key").collect::<Vec<_>>(), ["a/1", "a/2"]);
        assert_eq!(named("<ListBucketResult/>", "Key").count(), 0);
    }
}
