//! How a call ended: what the carrier says, from what its own fax engine reports, and what stays on paper.

use std::path::Path;

use super::fax::{LineFacts, MachinePage, machine_folder};
use crate::app::App;
use crate::line::{CallReport, Hearing};
use crate::store;

/// How a fax ended.
pub(super) struct End {
    /// `failure_reason`; `None` is delivered.
    pub(super) reason: Option<&'static str>,
    /// Pages that the carrier holds for confirmed.
    pub(super) pages: u32,
    /// What happened on the line, if somebody answered.
    pub(super) line: Option<LineFacts>,
    /// In words, for the desk.
    pub(super) remark: Option<String>,
}

impl End {
    pub(super) fn failed(reason: &'static str, remark: Option<String>) -> Self {
        Self { reason: Some(reason), pages: 0, line: None, remark }
    }
}

/// Keeps the machine's paper and turns the sender's report into the carrier's word.
pub(super) fn judge(app: &App, id: &str, pages: u32, report: CallReport, cancelled: bool) -> End {
    let paper = keep_paper(&machine_folder(&app.folder, id), &report);
    let reason = if cancelled { Some("sender_canceled") } else { failure_reason(&report, pages) };
    let line = LineFacts {
        csid: report.csid,
        tsi: report.tsi,
        seconds: report.seconds,
        bit_rate: report.bit_rate,
        error_correction: report.error_correction,
        pages_confirmed: report.pages_confirmed,
        sender_code: report.sender_code,
        machine_code: report.machine_code,
        hearing: report.hearing,
        pages: paper,
    };
    End { reason, pages: report.pages_confirmed, line: Some(line), remark: None }
}

fn keep_paper(folder: &Path, report: &CallReport) -> Vec<MachinePage> {
    let mut paper = Vec::new();
    for (at, sheet) in report.sheets.iter().enumerate() {
        let kept = sheet.png().map_err(|fault| fault.to_string()).and_then(|picture| {
            store::replace(&folder.join(format!("{}.png", at + 1)), &picture).map_err(|fault| fault.to_string())
        });
        if let Err(fault) = kept {
            tracing::error!(error = fault, "page picture not kept");
        }
        paper.push(MachinePage {
            width: sheet.width,
            height: sheet.height,
            sha256: sheet.sha256(),
            complete: sheet.whole,
        });
    }
    paper
}

/// The carrier's `failure_reason` for the T.30 completion codes of the sending engine; `None` is success.
fn failure_reason(report: &CallReport, pages: u32) -> Option<&'static str> {
    match (report.sender_code, report.hearing) {
        (0, _) if report.pages_confirmed >= pages => None,
        (2 | 3 | 19, Hearing::Nothing) => Some("receiver_no_response"),
        (2 | 3 | 19, _) => Some("fax_initial_communication_timeout"),
        (8..=12, _) => Some("receiver_incompatible_destination"),
        (15 | 16 | 18 | 20..=22 | 48, _) => Some("receiver_communication_error"),
        (41..=46, _) => Some("file_format_invalid"),
        (0 | 49, _) => Some("receiver_call_dropped"),
        _ => Some("fax_signaling_error"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(sender_code: i32, pages_confirmed: u32, hearing: Hearing) -> CallReport {
        CallReport {
            sender_code,
            machine_code: None,
            pages_confirmed,
            sheets: Vec::new(),
            csid: None,
            tsi: None,
            seconds: 1,
            bit_rate: 0,
            error_correction: false,
            hearing,
        }
    }

    #[test]
    fn only_a_clean_end_with_every_page_is_a_delivery() {
        assert_eq!(failure_reason(&report(0, 2, Hearing::Fax), 2), None);
        assert_eq!(failure_reason(&report(0, 1, Hearing::Fax), 2), Some("receiver_call_dropped"));
        assert_eq!(failure_reason(&report(49, 2, Hearing::Fax), 2), Some("receiver_call_dropped"));
    }

    #[test]
    fn silence_and_a_voice_are_told_apart() {
        assert_eq!(failure_reason(&report(2, 0, Hearing::Nothing), 1), Some("receiver_no_response"));
        assert_eq!(failure_reason(&report(2, 0, Hearing::NoFax), 1), Some("fax_initial_communication_timeout"));
        assert_eq!(failure_reason(&report(6, 0, Hearing::Fax), 1), Some("fax_signaling_error"));
    }
}
