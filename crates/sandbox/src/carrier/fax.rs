//! A fax as the carrier knows it, and what really happened on the line.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::line::Hearing;
use crate::numbers::Behaviour;

/// The carrier's states in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Accepted.
    #[serde(rename = "queued")]
    Queued,
    /// Document fetched and understood.
    #[serde(rename = "media.processed")]
    MediaProcessed,
    /// Dialling.
    #[serde(rename = "originated")]
    Originated,
    /// Answered, transmitting.
    #[serde(rename = "sending")]
    Sending,
    /// Every page confirmed.
    #[serde(rename = "delivered")]
    Delivered,
    /// Not delivered.
    #[serde(rename = "failed")]
    Failed,
}

impl Status {
    /// Whether this is the carrier's last word.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Delivered | Self::Failed)
    }

    /// The word of the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::MediaProcessed => "media.processed",
            Self::Originated => "originated",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

/// One fax.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fax {
    /// UUID.
    pub id: String,
    /// Connection it was sent with.
    pub connection_id: String,
    /// Sender, E.164.
    pub from: String,
    /// Recipient, E.164.
    pub to: String,
    /// Where the document was fetched from.
    pub media_url: String,
    /// The caller's own reference, base64.
    pub client_state: String,
    /// Where events go.
    pub webhook_url: String,
    /// As asked for.
    pub quality: String,
    /// As asked for.
    pub store_media: bool,
    /// How far it is.
    pub status: Status,
    /// Why it failed.
    pub failure_reason: Option<String>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub updated_at: String,
    /// Whether the caller cancelled it.
    pub cancelled: bool,
    /// Whether the caller deleted it: the API knows it no more.
    pub deleted: bool,
    /// The document at the carrier; gone after deletion.
    pub carrier_copy: Option<CarrierCopy>,
    /// What the number dialled does.
    pub behaviour: Behaviour,
    /// What happened on the line; `None` as long as nobody answered.
    pub line: Option<LineFacts>,
    /// In words, for the desk: why a document was refused, and the like.
    pub remark: Option<String>,
}

/// The document as the carrier keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CarrierCopy {
    /// Bytes of the PDF.
    pub bytes: u64,
    /// Hexadecimal SHA-256 of the PDF.
    pub sha256: String,
    /// Pages in it.
    pub pages: u32,
}

/// The facts of a transmission, read from both fax engines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineFacts {
    /// Identification of the machine as the sender heard it.
    pub csid: Option<String>,
    /// Identification of the sender as the machine heard it.
    pub tsi: Option<String>,
    /// Line time in seconds.
    pub seconds: u32,
    /// Last speed in bit/s.
    pub bit_rate: u32,
    /// Whether error correction was used.
    pub error_correction: bool,
    /// Pages the sender holds for confirmed.
    pub pages_confirmed: u32,
    /// T.30 completion code of the sender, 0 = success.
    pub sender_code: i32,
    /// T.30 completion code of the machine.
    pub machine_code: Option<i32>,
    /// What was heard.
    pub hearing: Hearing,
    /// What is on the machine's paper.
    pub pages: Vec<MachinePage>,
}

/// A page on the machine's paper.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MachinePage {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Hexadecimal SHA-256 of the packed rows (1 bit a pixel, 1 = black, most significant bit first).
    pub sha256: String,
    /// Whether the page came to its end; otherwise the line was lost in it.
    pub complete: bool,
}

/// All faxes, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Faxes {
    /// Also the deleted ones: the desk shows them.
    pub all: Vec<Fax>,
}

impl Faxes {
    /// A fax, deleted or not.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Fax> {
        self.all.iter().rev().find(|fax| fax.id == id)
    }

    /// A fax to change.
    pub fn find_mut(&mut self, id: &str) -> Option<&mut Fax> {
        self.all.iter_mut().rev().find(|fax| fax.id == id)
    }

    /// Whether the same Job dialled this number before. A Job is the part of the client state before the last full stop.
    #[must_use]
    pub fn dialled_before(&self, fax: &Fax) -> bool {
        self.all.iter().any(|other| other.id != fax.id && other.to == fax.to && other.job() == fax.job())
    }
}

impl Fax {
    /// The resource as the API shows it.
    #[must_use]
    pub fn view(&self) -> Value {
        let mut view = json!({
            "record_type": "fax", "id": self.id, "connection_id": self.connection_id, "direction": "outbound",
            "from": self.from, "to": self.to, "media_url": self.media_url, "quality": self.quality,
            "status": self.status, "store_media": self.store_media, "webhook_url": self.webhook_url,
            "client_state": self.client_state, "created_at": self.created_at, "updated_at": self.updated_at,
        });
        if let (Some(reason), Some(object)) = (&self.failure_reason, view.as_object_mut()) {
            object.insert("failure_reason".to_owned(), json!(reason));
        }
        view
    }

    /// The payload that all events of a fax share.
    #[must_use]
    pub fn event_payload(&self) -> Map<String, Value> {
        let payload = json!({
            "fax_id": self.id, "connection_id": self.connection_id, "direction": "outbound", "from": self.from,
            "to": self.to, "client_state": self.client_state, "original_media_url": self.media_url,
            "status": self.status, "user_id": USER,
        });
        match payload {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }

    fn job(&self) -> String {
        let state = data_encoding::BASE64.decode(self.client_state.as_bytes()).unwrap_or_default();
        let state = String::from_utf8_lossy(&state).into_owned();
        state.rsplit_once('.').map_or_else(|| state.clone(), |(job, _)| job.to_owned())
    }
}

/// The account that all faxes of this sandbox belong to.
const USER: &str = "5a1db0c5-0000-4000-8000-6a7573746661";

/// Folder of a fax at the carrier. Emptied when the fax is deleted.
#[must_use]
pub(super) fn carrier_folder(state: &Path, id: &str) -> PathBuf {
    state.join("carrier").join(id)
}

/// Folder with the paper of the virtual machine: `received.tif` and `<n>.png` from 1.
#[must_use]
pub fn machine_folder(state: &Path, id: &str) -> PathBuf {
    state.join("machine").join(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fax(id: &str, to: &str, state: &str) -> Fax {
        Fax {
            id: id.to_owned(),
            connection_id: "1".to_owned(),
            from: "+493023125000".to_owned(),
            to: to.to_owned(),
            media_url: "http://127.0.0.1/a.pdf".to_owned(),
            client_state: data_encoding::BASE64.encode(state.as_bytes()),
            webhook_url: "http://127.0.0.1/hook".to_owned(),
            quality: "high".to_owned(),
            store_media: false,
            status: Status::Queued,
            failure_reason: None,
            created_at: String::new(),
            updated_at: String::new(),
            cancelled: false,
            deleted: false,
            carrier_copy: None,
            behaviour: Behaviour::Answers,
            line: None,
            remark: None,
        }
    }

    #[test]
    fn a_line_is_dialled_before_only_by_the_same_job() {
        let mut faxes = Faxes { all: vec![fax("a", "+1", "job.1")] };
        faxes.all.push(fax("b", "+1", "job.2"));
        faxes.all.push(fax("c", "+1", "other.1"));
        faxes.all.push(fax("d", "+2", "job.3"));
        let again = |id: &str| faxes.dialled_before(faxes.find(id).unwrap());
        assert!(again("b"));
        assert!(!again("c") && !again("d"));
    }

    #[test]
    fn a_reason_is_shown_only_by_a_fax_that_failed() {
        let mut one = fax("a", "+1", "job.1");
        assert!(one.view().get("failure_reason").is_none());
        one.status = Status::Failed;
        one.failure_reason = Some("user_busy".to_owned());
        assert_eq!(one.view()["failure_reason"], "user_busy");
        assert_eq!(one.event_payload()["status"], "failed");
    }
}
