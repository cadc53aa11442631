//! Uploading to the presigned address, as a browser's form does.
//!
//! The form is written by hand: it is twenty lines, and tests must be able to write wrong ones.

use std::collections::BTreeMap;

use super::{Failure, Upload};

/// Separates the parts; it occurs in no document, because documents are not this text.
const BOUNDARY: &str = "justfax-form-5d1f6c0e9b7a4e2f";

/// What the storage answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// HTTP status; 204 when it was taken.
    pub status: u16,
    /// Its words, XML when it was refused.
    pub body: String,
}

/// The body of a `multipart/form-data` form (RFC 7578) with these fields and, last, the file; with its content type.
pub fn form_body(fields: &BTreeMap<String, String>, file: &[u8]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"document\"\r\nContent-Type: application/octet-stream";
    body.extend_from_slice(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// Posts a file under a presigned form.
///
/// # Errors
/// [`Failure::NoAnswer`]; a refusal is an answer.
pub async fn upload(http: &reqwest::Client, form: &Upload, file: &[u8]) -> Result<Uploaded, Failure> {
    let (content_type, body) = form_body(&form.fields, file);
    let response = http.post(&form.url).header("content-type", content_type).body(body).send().await?;
    Ok(Uploaded { status: response.status().as_u16(), body: response.text().await? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_the_last_part_and_stays_as_it_is() {
        let fields = BTreeMap::from([("key".to_owned(), "uploads/a/b".to_owned())]);
        let (kind, body) = form_body(&fields, b"\x00\xff\r\n--");
        assert!(kind.ends_with(BOUNDARY));
        let text = String::from_utf8_lossy(&body);
        let (before, file) = text.split_once("name=\"file\"").unwrap();
        assert!(before.contains("name=\"key\"\r\n\r\nuploads/a/b\r\n"));
        assert!(file.ends_with(&format!("\r\n--{BOUNDARY}--\r\n")));
        assert!(body.windows(6).any(|part| part == b"\x00\xff\r\n--"));
    }
}
