//! Bugs to be seeded into the code under test, so that a checker that finds nothing can be trusted.
//!
//! Each changes what is written to the table, or how the world keeps a rule, the way a careless edit of the real code
//! would. The Job is changed through its stored form, which is the only way in from outside.

use justfax::job::Job;
use serde_json::Value;

/// A careless edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bug {
    /// The claim of a dial is not written before the carrier is called.
    NoClaimBeforeDialling,
    /// A lapsed claim dials again instead of asking.
    DialsAgainAfterCrash,
    /// An answer that got lost counts as "not dialled".
    SilenceIsNotDialled,
    /// A call that is not listed at once counts as never placed.
    UnlistedBelievedAtOnce,
    /// The hold is captured when the carrier accepts, before delivery.
    CapturesBeforeDelivery,
    /// The capture after delivery is forgotten.
    ForgetsToCapture,
    /// A cancelled order does not release the hold.
    ForgetsToRelease,
    /// Originals are not deleted after delivery.
    ForgetsToDelete,
    /// The provider is never asked, so a lost webhook is never noticed.
    NeverAsksPayment,
    /// The carrier is never asked, so lost news is never noticed.
    NeverAsksCarrier,
    /// The mail of an end is forgotten.
    ForgetsToMail,
    /// Writes do not check the version.
    VersionsIgnored,
    /// Two Jobs may have one line.
    LinesIgnored,
    /// A report that comes again after the end dials again.
    OldReportDialsAgain,
    /// The carrier's copy of a call that turned up when it was given up is not deleted.
    LateCopyIsLeft,
}

impl Bug {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::NoClaimBeforeDialling,
        Self::DialsAgainAfterCrash,
        Self::SilenceIsNotDialled,
        Self::UnlistedBelievedAtOnce,
        Self::CapturesBeforeDelivery,
        Self::ForgetsToCapture,
        Self::ForgetsToRelease,
        Self::ForgetsToDelete,
        Self::NeverAsksPayment,
        Self::NeverAsksCarrier,
        Self::ForgetsToMail,
        Self::VersionsIgnored,
        Self::LinesIgnored,
        Self::OldReportDialsAgain,
        Self::LateCopyIsLeft,
    ];

    /// The Job that is written instead of `job`; none when the write is dropped and success is claimed all the same.
    pub fn change(self, before: Option<&Job>, job: &Job) -> Option<Job> {
        let mut value = serde_json::to_value(job).ok()?;
        let old = before.and_then(|job| serde_json::to_value(job).ok()).unwrap_or_default();
        match self {
            Self::NoClaimBeforeDialling if claims_dial(&old, &value) => return None,
            Self::DialsAgainAfterCrash => redial_lost_claim(&old, &mut value),
            Self::SilenceIsNotDialled => forget_silence(&old, &mut value),
            Self::UnlistedBelievedAtOnce => end_unknown(&mut value),
            Self::CapturesBeforeDelivery => capture_early(&mut value),
            Self::ForgetsToCapture => drop_pending(&mut value, "capture"),
            Self::ForgetsToRelease => drop_pending(&mut value, "release"),
            Self::ForgetsToDelete => drop_pending(&mut value, "delete"),
            Self::NeverAsksPayment => drop_pending(&mut value, "ask_payment"),
            Self::NeverAsksCarrier => drop_pending(&mut value, "ask_carrier"),
            Self::ForgetsToMail => drop_pending(&mut value, "mail"),
            Self::OldReportDialsAgain => redial_after_delivery(&mut value),
            Self::LateCopyIsLeft => leave_late_copy(&mut value),
            Self::NoClaimBeforeDialling | Self::VersionsIgnored | Self::LinesIgnored => {}
        }
        serde_json::from_value(value).ok()
    }
}

fn array<'a>(job: &'a mut Value, name: &str) -> Option<&'a mut Vec<Value>> {
    job.get_mut(name)?.as_array_mut()
}

fn attempts(job: &Value) -> usize {
    job["attempts"].as_array().map_or(0, Vec::len)
}

fn drop_pending(job: &mut Value, kind: &str) {
    if let Some(pending) = array(job, "pending") {
        pending.retain(|p| p["effect"].get(kind).is_none());
    }
}

fn claims_dial(old: &Value, new: &Value) -> bool {
    attempts(new) > attempts(old)
}

fn last_state(job: &Value) -> &Value {
    job["attempts"].as_array().and_then(|a| a.last()).map_or(&Value::Null, |a| &a["state"])
}

/// Takes the last attempt back and owes its dial again.
fn take_back(job: &mut Value) {
    let number = job["attempts"].as_array().and_then(|a| a.last()).map(|a| a["number"].clone()).unwrap_or_default();
    let began = job["attempts"].as_array().and_then(|a| a.last()).map(|a| a["began"].clone()).unwrap_or_default();
    if let Some(attempts) = array(job, "attempts") {
        attempts.pop();
    }
    drop_pending(job, "ask_carrier");
    job["stage"]["sending"]["line"] = serde_json::json!({ "waiting": began });
    if let Some(pending) = array(job, "pending") {
        pending
            .push(serde_json::json!({ "effect": { "dial": number }, "not_before": began, "tries": 0, "lease": null }));
    }
}

/// The claim found lapsed.
fn redial_lost_claim(old: &Value, new: &mut Value) {
    let lapsed = *last_state(old) == "claimed" && last_state(new).get("unknown").is_some();
    let leased = old["pending"].as_array().is_some_and(|p| p.iter().any(|p| p["effect"].get("dial").is_some()));
    let claim = new["pending"].as_array().is_some_and(|p| p.iter().any(|p| p["effect"].get("ask_carrier").is_some()));
    if lapsed && leased && claim {
        take_back(new);
    }
}

fn forget_silence(old: &Value, new: &mut Value) {
    if *last_state(old) == "claimed" && last_state(new).get("unknown").is_some() {
        take_back(new);
    }
}

/// An attempt nobody knows about is ended as soon as it was asked about once.
fn end_unknown(job: &mut Value) {
    let Some(since) = last_state(job).get("unknown").map(|u| u["since"].clone()) else { return };
    if let Some(last) = array(job, "attempts").and_then(|a| a.last_mut()) {
        last["state"] = serde_json::json!({ "ended": { "at": since, "report": {
            "outcome": "not_placed", "seconds": null, "pages": null, "csid": null, "reason": null } } });
        let number = last["number"].as_u64().unwrap_or(0);
        drop_pending(job, "ask_carrier");
        job["stage"]["sending"]["line"] = serde_json::json!({ "waiting": since });
        if let Some(pending) = array(job, "pending") {
            for effect in [serde_json::json!({ "free_line": number }), serde_json::json!({ "dial": number + 1 })] {
                pending.push(serde_json::json!({ "effect": effect, "not_before": since, "tries": 0, "lease": null }));
            }
        }
    }
}

fn capture_early(job: &mut Value) {
    if last_state(job).get("placed").is_none() {
        return;
    }
    let Some(payment) = array(job, "payments").and_then(|p| p.last_mut()) else { return };
    let (order, held) = (payment["order"].clone(), payment["state"]["held"]["intent"].clone());
    if held.is_string() {
        payment["state"] = serde_json::json!({ "capturing": held });
        let now = job["created"].clone();
        if let Some(pending) = array(job, "pending") {
            pending.push(
                serde_json::json!({ "effect": { "capture": order }, "not_before": now, "tries": 0, "lease": null }),
            );
        }
    }
}

fn redial_after_delivery(job: &mut Value) {
    let Some(at) = job["stage"].get("delivered").cloned() else { return };
    let freed = job["pending"].as_array().is_some_and(|p| p.iter().all(|p| p["effect"].get("free_line").is_none()));
    if freed {
        let next = attempts(job) + 1;
        job["stage"] = serde_json::json!({ "sending": { "since": at, "line": { "waiting": at } } });
        if let Some(pending) = array(job, "pending") {
            pending
                .push(serde_json::json!({ "effect": { "dial": next }, "not_before": at, "tries": 0, "lease": null }));
        }
    }
}

fn leave_late_copy(job: &mut Value) {
    let given_up = |a: &&Value| a["state"]["ended"]["report"]["outcome"] == "not_placed";
    let numbers: Vec<Value> =
        job["attempts"].as_array().into_iter().flatten().filter(given_up).map(|a| a["number"].clone()).collect();
    if let Some(pending) = array(job, "pending") {
        pending.retain(|p| !numbers.contains(&p["effect"]["delete"]["carrier_copy"]));
    }
}
