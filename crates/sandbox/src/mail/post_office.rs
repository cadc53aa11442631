//! All mail, newest first: the kept messages, and what only the emulator remembers.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use super::letter::Letter;
use crate::app::App;
use crate::clock;

/// The emulator's list, by account.
#[derive(Debug, Default, Deserialize)]
struct Remembered {
    messages: std::collections::BTreeMap<String, Vec<Summary>>,
}

/// The emulator's summary of a mail.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    message_id: String,
    source: String,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default, rename = "CC")]
    copies: Vec<String>,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body_text: Option<String>,
    #[serde(default)]
    body_html: Option<String>,
    timestamp: f64,
}

/// Every mail, newest first. An emulator that does not answer has none.
pub async fn list(app: &App) -> Vec<Letter> {
    let mut letters = kept(&app.folder.join("mail"));
    let known: BTreeSet<String> = letters.iter().map(|letter| letter.message_id.clone()).collect();
    letters.extend(remembered(app).await.into_iter().filter(|letter| !known.contains(&letter.message_id)));
    letters.sort_by(|a, b| b.at.cmp(&a.at));
    letters
}

/// One mail by its desk identifier.
pub async fn find(app: &App, id: &str) -> Option<Letter> {
    list(app).await.into_iter().find(|letter| letter.id == id)
}

/// The kept message as it came.
#[must_use]
pub fn raw(app: &App, id: &str) -> Option<Vec<u8>> {
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then(|| std::fs::read(app.folder.join("mail").join(format!("{id}.eml"))).ok()).flatten()
}

fn kept(folder: &Path) -> Vec<Letter> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let files =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "eml"));
    files
        .filter_map(|path| {
            let id = path.file_stem()?.to_str()?.to_owned();
            let taken = id.split('-').next()?.parse().ok()?;
            let at = jiff::Timestamp::from_millisecond(taken).map(clock::rfc3339_of).ok()?;
            Letter::parse(&id, at, &std::fs::read(&path).ok()?)
        })
        .collect()
}

async fn remembered(app: &App) -> Vec<Letter> {
    let url = format!("{}/_ministack/ses/messages", app.config.emulator_url);
    let answer = app.http.get(url).timeout(Duration::from_secs(3)).send().await;
    let list: Remembered = match answer {
        Ok(answer) => answer.json().await.unwrap_or_default(),
        Err(_) => Remembered::default(),
    };
    list.messages.into_values().flatten().map(Summary::letter).collect()
}

impl Summary {
    fn letter(self) -> Letter {
        let id = self.message_id.split('@').next().unwrap_or_default().to_owned();
        let since = jiff::SignedDuration::try_from_secs_f64(self.timestamp).unwrap_or_default();
        let moment = jiff::Timestamp::from_duration(since).unwrap_or_default();
        Letter {
            id,
            message_id: self.message_id,
            at: clock::rfc3339_of(moment),
            from: self.source,
            to: self.to.into_iter().chain(self.copies).collect(),
            subject: self.subject,
            text: self.body_text.filter(|text| !text.is_empty()),
            html: self.body_html.filter(|html| !html.is_empty()),
            attachments: Vec::new(),
            headers: Vec::new(),
            complete: false,
        }
    }
}
