//! The life of one fax: fetch, read, dial, transmit, report.
//!
//! Runs in a task of its own from acceptance to the last event. The waits are for the eye only: long enough that "dialling"
//! can be seen, short enough for tests; in real time they are those of a telephone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tokio::time::sleep;

use super::fax::{CarrierCopy, Fax, Status, carrier_folder, machine_folder};
use super::media::{self, FetchFault};
use super::outcome::{self, End};
use super::pdf::{self, MediaFault};
use super::tiff;
use crate::app::App;
use crate::hooks::{self, Hook, Provider};
use crate::line::{self, CallPlan, Pace};
use crate::numbers::Behaviour;
use crate::{clock, store};

/// Milliseconds, when calls are played fast: until the far end answers or signals, and for each page.
const RINGING_MS: u64 = 1_200;
const NO_ANSWER_MS: u64 = 2_500;
const PAGE_MS: u64 = 350;
const MOST_PAGES_MS: u64 = 4_000;
/// The same in real time: two rings; a minute of ringing.
const REAL_RINGING_MS: u64 = 8_000;
const REAL_NO_ANSWER_MS: u64 = 60_000;
/// How often a running call looks whether it was cancelled.
const CANCEL_CHECK: Duration = Duration::from_millis(100);

/// Starts the life of a fax that was just accepted.
pub(super) fn begin(app: &Arc<App>, id: String) {
    let app = Arc::clone(app);
    tokio::spawn(async move {
        announce(&app, &id, "fax.queued", Map::new());
        let end = live(&app, &id).await;
        finish(&app, &id, end);
    });
}

/// Faxes that were under way when the program ended: the carrier lost them, and says so.
pub fn resume(app: &Arc<App>) {
    let lost: Vec<String> = app
        .faxes
        .read(|faxes| faxes.all.iter().filter(|fax| !fax.status.is_final()).map(|fax| fax.id.clone()).collect());
    for id in lost {
        finish(app, &id, End::failed("carrier_lost", Some("the sandbox was stopped during the call".to_owned())));
    }
}

async fn live(app: &Arc<App>, id: &str) -> End {
    let pages = match prepare(app, id).await {
        Ok(pages) => pages,
        Err(end) => return end,
    };
    set_status(app, id, Status::MediaProcessed);
    announce(app, id, "fax.media.processed", Map::new());
    let Some(behaviour) = dial(app, id) else {
        return End::failed("sender_canceled", None);
    };
    ring(app, behaviour).await;
    if cancelled(app, id) {
        return End::failed("sender_canceled", None);
    }
    match behaviour {
        Behaviour::Busy => End::failed("user_busy", None),
        Behaviour::NoAnswer => End::failed("receiver_no_answer", None),
        Behaviour::Unallocated => End::failed("receiver_unallocated_number", None),
        _ => transmit(app, id, behaviour, pages).await,
    }
}

/// Fetches the document, keeps the carrier's copy, and writes the file that the fax engine sends. Gives the page count.
async fn prepare(app: &App, id: &str) -> Result<u32, End> {
    let Some(fax) = app.faxes.read(|faxes| faxes.find(id).cloned()) else {
        return Err(End::failed("media_processing_exception", None));
    };
    let bytes = media::fetch(app, &fax.media_url).await.map_err(|fault| match fault {
        FetchFault::Download(_) => End::failed("file_download_failed", Some(fault.to_string())),
        FetchFault::TooLarge => End::failed("file_size_limit_exceeded", None),
    })?;
    let pages = pdf::pages(&bytes).map_err(|fault| match fault {
        MediaFault::Format(why) => End::failed("file_format_invalid", Some(why)),
        MediaFault::TooManyPages => End::failed("page_count_limit_exceeded", None),
    })?;
    let folder = carrier_folder(&app.folder, id);
    let broken = |fault: store::StoreError| End::failed("media_processing_exception", Some(fault.to_string()));
    store::replace(&folder.join("media.pdf"), &bytes).map_err(broken)?;
    store::replace(&folder.join("send.tif"), &tiff::write(&pages)).map_err(broken)?;
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let sha256 = HEXLOWER.encode(&Sha256::digest(&bytes));
    update(app, id, |fax| fax.carrier_copy = Some(CarrierCopy { bytes: bytes.len() as u64, sha256, pages: count }));
    Ok(count)
}

/// Decides what the far end does this time; `None` if the fax was cancelled.
fn dial(app: &App, id: &str) -> Option<Behaviour> {
    app.faxes.change(|faxes| {
        let again = faxes.find(id).is_some_and(|fax| faxes.dialled_before(fax));
        let fax = faxes.find_mut(id)?;
        if fax.cancelled {
            return None;
        }
        fax.status = Status::Originated;
        fax.updated_at = clock::rfc3339();
        Some(match fax.behaviour {
            Behaviour::BusyOnce if again => Behaviour::Answers,
            Behaviour::BusyOnce => Behaviour::Busy,
            other => other,
        })
    })
}

async fn ring(app: &App, behaviour: Behaviour) {
    let milliseconds = match (behaviour, app.config.real_time) {
        (Behaviour::NoAnswer, false) => NO_ANSWER_MS,
        (Behaviour::NoAnswer, true) => REAL_NO_ANSWER_MS,
        (_, false) => RINGING_MS,
        (_, true) => REAL_RINGING_MS,
    };
    sleep(Duration::from_millis(milliseconds)).await;
}

/// Plays the call on a thread of its own and gives its end.
async fn transmit(app: &Arc<App>, id: &str, behaviour: Behaviour, pages: u32) -> End {
    set_status(app, id, Status::Sending);
    announce(app, id, "fax.sending.started", Map::new());
    let Some(plan) = plan(app, id, behaviour, pages) else {
        return End::failed("media_processing_exception", None);
    };
    let Ok(_line) = app.lines.acquire().await else {
        return End::failed("service_unavailable", None);
    };
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    let mut call = tokio::task::spawn_blocking(move || line::run(&plan, &heard));
    let report = loop {
        tokio::select! {
            result = &mut call => break result,
            () = sleep(CANCEL_CHECK) => stop.store(cancelled(app, id), Ordering::Release),
        }
    };
    match report {
        Ok(Ok(report)) => {
            if !app.config.real_time {
                sleep(Duration::from_millis((u64::from(pages) * PAGE_MS).min(MOST_PAGES_MS))).await;
            }
            outcome::judge(app, id, pages, report, cancelled(app, id))
        }
        Ok(Err(fault)) => End::failed("service_unavailable", Some(fault.to_string())),
        Err(fault) => End::failed("service_unavailable", Some(fault.to_string())),
    }
}

fn plan(app: &App, id: &str, behaviour: Behaviour, pages: u32) -> Option<CallPlan> {
    let (from, to) = app.faxes.read(|faxes| faxes.find(id).map(|fax| (fax.from.clone(), fax.to.clone())))?;
    let folder = machine_folder(&app.folder, id);
    std::fs::create_dir_all(&folder).ok()?;
    Some(CallPlan {
        send: carrier_folder(&app.folder, id).join("send.tif"),
        receive: folder.join("received.tif"),
        sender_ident: from,
        machine_ident: format!("{to} FAX"),
        behaviour,
        pages,
        pace: if app.config.real_time { Pace::RealTime } else { Pace::Fast },
    })
}

/// The last word: state, event, log line.
fn finish(app: &Arc<App>, id: &str, end: End) {
    let status = if end.reason.is_some() { Status::Failed } else { Status::Delivered };
    let seconds = end.line.as_ref().map_or(0, |line| line.seconds);
    tracing::info!(
        "carrier.ref" = id,
        outcome = end.reason.unwrap_or("delivered"),
        page.count = end.pages,
        "call ended"
    );
    update(app, id, |fax| {
        fax.status = status;
        fax.failure_reason = end.reason.map(ToOwned::to_owned);
        fax.line = end.line;
        fax.remark = end.remark;
    });
    let mut facts = Map::new();
    match end.reason {
        None => {
            facts.insert("page_count".to_owned(), json!(end.pages));
            facts.insert("call_duration_secs".to_owned(), json!(seconds));
            announce(app, id, "fax.delivered", facts);
        }
        Some(reason) => {
            facts.insert("failure_reason".to_owned(), json!(reason));
            announce(app, id, "fax.failed", facts);
        }
    }
}

/// Sends an event of a fax, with facts of its own besides the common payload.
fn announce(app: &Arc<App>, id: &str, event_type: &str, facts: Map<String, Value>) {
    let Some(fax) = app.faxes.read(|faxes| faxes.find(id).cloned()) else {
        return;
    };
    let mut payload = fax.event_payload();
    payload.extend(facts);
    let event = json!({
        "record_type": "event", "id": hooks::event_id(Provider::Carrier), "event_type": event_type,
        "occurred_at": clock::rfc3339(), "payload": payload,
    });
    hooks::send(app, Hook::new(Provider::Carrier, id, fax.webhook_url, event));
}

fn set_status(app: &App, id: &str, status: Status) {
    update(app, id, |fax| fax.status = status);
}

fn update(app: &App, id: &str, change: impl FnOnce(&mut Fax)) {
    app.faxes.change(|faxes| {
        if let Some(fax) = faxes.find_mut(id) {
            change(fax);
            fax.updated_at = clock::rfc3339();
        }
    });
}

fn cancelled(app: &App, id: &str) -> bool {
    app.faxes.read(|faxes| faxes.find(id).is_none_or(|fax| fax.cancelled))
}
