//! Presigned POSTs: a signed policy under which a browser may put exactly one object, of exactly the announced size.
//!
//! The SDK signs no POST policies, so the signature is made here (AWS Signature Version 4, "POST policy"). The content
//! type is pinned to `application/octet-stream`: whatever was uploaded is never served as a page.

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use data_encoding::BASE64;
use jiff::{SignedDuration, Timestamp};
use justfax::{
    fault::Fault,
    ids::{DocumentId, JobId},
    ports::{Upload, UploadDesk},
};
use serde_json::json;

/// Long enough for 20 MiB over a slow mobile line and for a second try.
const VALID: SignedDuration = SignedDuration::from_mins(60);

/// Signs uploads into the documents bucket.
#[derive(Debug, Clone)]
pub struct UploadSigner {
    aws: crate::Aws,
    bucket: String,
}

impl UploadSigner {
    /// For the bucket of this name.
    pub fn new(aws: &crate::Aws, bucket: String) -> Self {
        Self { aws: aws.clone(), bucket }
    }

    fn url(&self) -> String {
        match &self.aws.endpoint {
            Some(endpoint) => format!("{endpoint}/{}", self.bucket),
            None => format!("https://{}.s3.{}.amazonaws.com/", self.bucket, self.aws.region),
        }
    }
}

impl UploadDesk for UploadSigner {
    fn allow(&self, job: &JobId, document: &DocumentId, bytes: u64, now: Timestamp) -> Result<Upload, Fault> {
        let credentials = &self.aws.credentials;
        let date = now.strftime("%Y%m%d").to_string();
        let scope = format!("{}/{date}/{}/s3/aws4_request", credentials.access_key_id(), self.aws.region);
        let mut fields = vec![
            ("key".to_owned(), format!("uploads/{job}/{document}")),
            ("Content-Type".to_owned(), "application/octet-stream".to_owned()),
            ("success_action_status".to_owned(), "204".to_owned()),
            ("x-amz-algorithm".to_owned(), "AWS4-HMAC-SHA256".to_owned()),
            ("x-amz-credential".to_owned(), scope),
            ("x-amz-date".to_owned(), now.strftime("%Y%m%dT%H%M%SZ").to_string()),
        ];
        fields.extend(credentials.session_token().map(|t| ("x-amz-security-token".to_owned(), t.to_owned())));

        let mut conditions = vec![json!({ "bucket": self.bucket }), json!(["content-length-range", bytes, bytes])];
        conditions.extend(fields.iter().map(|(name, value)| json!({ name: value })));
        let expires = (now + VALID).strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
        let policy = BASE64.encode(json!({ "expiration": expires, "conditions": conditions }).to_string().as_bytes());

        let key = generate_signing_key(credentials.secret_access_key(), now.into(), &self.aws.region, "s3");
        let signature = calculate_signature(key, policy.as_bytes());
        fields.push(("policy".to_owned(), policy));
        fields.push(("x-amz-signature".to_owned(), signature));
        Ok(Upload { url: self.url(), fields })
    }
}
