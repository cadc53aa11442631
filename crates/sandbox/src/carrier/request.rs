//! The body of "send a fax", checked as strictly as the contract file: no unknown field, every format.
//!
//! Two rules are ours and not the real carrier's: `store_media` and `store_preview` must be false, because nothing of a
//! document may be kept there, and plain `http` is taken for loopback addresses, because the local stack has no certificate.

use data_encoding::BASE64;
use serde_json::{Map, Value};

use super::fault::Fault;

/// The fields JustFax may send; anything else is refused.
const KNOWN: [&str; 14] = [
    "black_threshold",
    "client_state",
    "connection_id",
    "from",
    "from_display_name",
    "media_url",
    "monochrome",
    "preview_format",
    "quality",
    "store_media",
    "store_preview",
    "t38_enabled",
    "to",
    "webhook_url",
];
const QUALITIES: [&str; 5] = ["normal", "high", "very_high", "ultra_light", "ultra_dark"];

/// A request that may be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SendFax {
    /// Connection to send with.
    pub connection_id: String,
    /// E.164.
    pub from: String,
    /// E.164.
    pub to: String,
    /// `https`, or `http` on loopback.
    pub media_url: String,
    /// Base64.
    pub client_state: String,
    /// Absolute address.
    pub webhook_url: String,
    /// One of the carrier's five words.
    pub quality: String,
}

impl SendFax {
    /// Reads a JSON body.
    ///
    /// # Errors
    /// The carrier's answer to the first thing that is wrong.
    pub(super) fn parse(body: &[u8]) -> Result<Self, Fault> {
        let value: Value = serde_json::from_slice(body).map_err(|_| Fault::body("The body is not valid JSON."))?;
        let Value::Object(fields) = value else {
            return Err(Fault::body("The body is not a JSON object."));
        };
        if let Some(unknown) = fields.keys().find(|name| !KNOWN.contains(&name.as_str())) {
            return Err(invalid(unknown, "is not a known field"));
        }
        let request = Self {
            connection_id: text(&fields, "connection_id")?,
            from: e164(&fields, "from")?,
            to: e164(&fields, "to")?,
            media_url: address(&fields, "media_url", true)?,
            client_state: text(&fields, "client_state")?,
            webhook_url: address(&fields, "webhook_url", false)?,
            quality: fields.get("quality").map_or(Ok("high".to_owned()), |_| text(&fields, "quality"))?,
        };
        request.check(&fields)?;
        Ok(request)
    }

    fn check(&self, fields: &Map<String, Value>) -> Result<(), Fault> {
        let state = &self.client_state;
        if state.len() < 4 || BASE64.decode(state.as_bytes()).is_err() {
            return Err(invalid("client_state", "is not base64"));
        }
        if !QUALITIES.contains(&self.quality.as_str()) {
            return Err(invalid("quality", "is not one of the known qualities"));
        }
        for name in ["monochrome", "t38_enabled", "store_media", "store_preview"] {
            if fields.get(name).is_some_and(|value| !value.is_boolean()) {
                return Err(invalid(name, "is not true or false"));
            }
        }
        for name in ["store_media", "store_preview"] {
            if fields.get(name) == Some(&Value::Bool(true)) {
                return Err(invalid(name, "must be false: nothing of a document is stored"));
            }
        }
        if fields.get("black_threshold").is_some_and(|value| !value.as_u64().is_some_and(|n| (1..=100).contains(&n))) {
            return Err(invalid("black_threshold", "is not a number from 1 to 100"));
        }
        if fields.get("from_display_name").is_some_and(|value| !value.as_str().is_some_and(is_display_name)) {
            return Err(invalid("from_display_name", "is not a display name of at most 128 characters"));
        }
        if fields.get("preview_format").is_some_and(|value| !matches!(value.as_str(), Some("pdf" | "tiff"))) {
            return Err(invalid("preview_format", "is not pdf or tiff"));
        }
        Ok(())
    }
}

fn is_display_name(name: &str) -> bool {
    name.len() <= 128 && name.chars().all(|c| c.is_ascii_alphanumeric() || " -_~!.+".contains(c))
}

fn invalid(name: &str, why: &str) -> Fault {
    Fault::field(name, "Invalid field", format!("{name} {why}."))
}

fn text(fields: &Map<String, Value>, name: &str) -> Result<String, Fault> {
    match fields.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text.clone()),
        Some(_) => Err(invalid(name, "is not a text")),
        None => Err(Fault::field(name, "Missing required parameter", format!("The {name} parameter is required."))),
    }
}

/// `+`, a digit from 1 to 9, and 6 to 14 more digits.
fn e164(fields: &Map<String, Value>, name: &str) -> Result<String, Fault> {
    let number = text(fields, name)?;
    let digits = number.strip_prefix('+').unwrap_or_default();
    let good =
        (7..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    if good { Ok(number) } else { Err(invalid(name, "is not a phone number in E.164 format")) }
}

fn address(fields: &Map<String, Value>, name: &str, secure: bool) -> Result<String, Fault> {
    let address = text(fields, name)?;
    let parsed = reqwest::Url::parse(&address).map_err(|_| invalid(name, "is not an address"))?;
    match parsed.scheme() {
        "https" => Ok(address),
        "http" if !secure || is_loopback(&parsed) => Ok(address),
        _ => Err(invalid(name, "is not an https address")),
    }
}

/// Whether an address leads to this machine.
pub(super) fn is_loopback(address: &reqwest::Url) -> bool {
    match address.host_str() {
        Some("localhost") => true,
        Some(host) => host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn good() -> Value {
        json!({"connection_id": "1", "from": "+493023125000", "to": "+493023125001", "client_state": "YS4x",
            "media_url": "http://127.0.0.1:9/a.pdf", "webhook_url": "http://127.0.0.1:9/hook", "quality": "high",
            "store_media": false, "store_preview": false, "t38_enabled": true, "monochrome": true})
    }

    fn with(name: &str, value: Value) -> Result<SendFax, Fault> {
        let mut body = good();
        body[name] = value;
        SendFax::parse(body.to_string().as_bytes())
    }

    #[test]
    fn the_request_that_justfax_sends_is_taken() {
        assert_eq!(SendFax::parse(good().to_string().as_bytes()).unwrap().to, "+493023125001");
    }

    #[test]
    fn every_malformed_field_is_refused() {
        for (name, value) in [
            ("to", json!("030 23125001")),
            ("to", json!("+0301234567")),
            ("to", json!("+4930231250011234567")),
            ("from", json!(49)),
            ("media_url", json!("http://example.com/a.pdf")),
            ("media_url", json!("file:///etc/passwd")),
            ("client_state", json!("not base64!")),
            ("client_state", json!("")),
            ("webhook_url", json!("nowhere")),
            ("quality", json!("best")),
            ("store_media", json!(true)),
            ("t38_enabled", json!("yes")),
            ("black_threshold", json!(0)),
            ("from_display_name", json!("a<b")),
            ("retries", json!(3)),
        ] {
            assert!(with(name, value.clone()).is_err(), "{name} = {value}");
        }
    }

    #[test]
    fn every_required_field_is_missed() {
        for name in ["connection_id", "from", "to", "media_url", "client_state", "webhook_url"] {
            let mut body = good();
            body.as_object_mut().unwrap().remove(name);
            assert!(SendFax::parse(body.to_string().as_bytes()).is_err(), "{name}");
        }
        assert!(SendFax::parse(b"[]").is_err());
        assert!(SendFax::parse(b"").is_err());
    }
}
