//! One fax station: the engine's analogue fax terminal with its T.30 state machine.
//!
//! The engine is C, and its crate has no safe function for four things a station cannot do without: its identification
//! (TSI/CSI), the other side's, the compression of the received file, and "the line was cut". These four calls are the only
//! `unsafe` code of the project; each takes a pointer that this struct owns and gives nothing back that outlives the call.

use std::ffi::{CStr, CString};
use std::path::Path;

use spandsp::fax::FaxState;
use spandsp::spandsp_sys as sys;
use spandsp::t30::T30ModemSupport;
use spandsp::{ReceiveCompletion, ReceivePageKind, ReceiveRecovery};

/// T.4 one- and two-dimensional and T.6 coding (`T4_COMPRESSION_*` of the engine).
const COMPRESSIONS: i32 = 0x02 | 0x04 | 0x08;
/// The received file is written as T.6.
const RECEIVED_COMPRESSION: i32 = 0x08;
/// A station identification is 20 characters (ITU-T T.30, 5.3.6.2.4).
const IDENT_LENGTH: usize = 20;
/// The engine's code while a call has not ended.
const STILL_RUNNING: i32 = 0;
/// The engine's code for a call that was cut.
const CALL_DROPPED: i32 = 49;

/// The engine refused something that is always allowed; there is no way on for this call.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The engine itself.
    #[error("fax engine: {0}")]
    Engine(#[from] spandsp::error::SpanDspError),
    /// A path with a character that C cannot take.
    #[error("a path cannot be handed to the fax engine")]
    Path,
}

/// A station at one end of the line.
pub(super) struct Machine {
    fax: FaxState,
}

/// How a station stands: what its T.30 engine reports.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    /// Completion code, 0 as long as nothing went wrong.
    pub(super) code: i32,
    /// Bit/s of the image carrier.
    pub(super) bit_rate: i32,
    /// Pages sent and confirmed.
    pub(super) sent: i32,
    /// Pages received.
    pub(super) received: i32,
    /// Rows of the page that is being received.
    pub(super) rows: i32,
    /// Whether error correction was agreed on.
    pub(super) ecm: bool,
}

impl Machine {
    /// The calling station, sending all pages of `file`.
    pub(super) fn sender(ident: &str, file: &Path) -> Result<Self, EngineError> {
        let machine = Self::new(FaxState::new(true)?, ident, true)?;
        machine.fax.get_t30_state()?.set_tx_file(path(file)?, -1, -1)?;
        Ok(machine)
    }

    /// The answering station, writing what it receives to `file`. Like a machine with paper it keeps the rows of a page that
    /// never ended.
    pub(super) fn receiver(ident: &str, file: &Path, ecm: bool) -> Result<Self, EngineError> {
        let fax = FaxState::new_receiver(ReceiveRecovery::PreserveDecodedRows)?;
        let machine = Self::new(fax, ident, ecm)?;
        machine.fax.get_t30_state()?.set_rx_file(path(file)?, -1)?;
        machine.write_received_as_t6();
        Ok(machine)
    }

    fn new(fax: FaxState, ident: &str, ecm: bool) -> Result<Self, EngineError> {
        fax.set_transmit_on_idle(true);
        let machine = Self { fax };
        machine.set_ident(ident);
        let protocol = machine.fax.get_t30_state()?;
        protocol.set_supported_modems(T30ModemSupport::default())?;
        protocol.set_supported_compressions(COMPRESSIONS)?;
        protocol.set_ecm_capability(ecm)?;
        drop(protocol);
        Ok(machine)
    }

    /// The next sound of this station; silence when it has nothing to say.
    pub(super) fn speak(&self, frame: &mut [i16]) {
        let made = self.fax.tx(frame);
        frame[made..].fill(0);
    }

    /// Lets this station hear a frame.
    pub(super) fn hear(&self, frame: &mut [i16]) {
        self.fax.rx(frame);
    }

    /// What the engine reports now.
    pub(super) fn standing(&self) -> Standing {
        let Ok(protocol) = self.fax.get_t30_state() else {
            return Standing::default();
        };
        let stats = protocol.get_transfer_statistics();
        Standing {
            code: stats.current_status,
            bit_rate: stats.bit_rate,
            sent: stats.pages_tx,
            received: stats.pages_rx,
            rows: stats.length,
            ecm: stats.error_correcting_mode != 0,
        }
    }

    /// Whether the T.30 session is still going on.
    pub(super) fn talking(&self) -> bool {
        self.fax.get_t30_state().is_ok_and(|protocol| protocol.call_active())
    }

    /// Whether the session went wrong although it has not ended yet.
    pub(super) fn in_trouble(&self) -> bool {
        self.standing().code != STILL_RUNNING
    }

    #[expect(unsafe_code, reason = "no safe wrapper: T.30 identification; the string is copied by the engine")]
    fn set_ident(&self, ident: &str) {
        let text: String = ident.chars().filter(char::is_ascii).take(IDENT_LENGTH).collect();
        let Ok(text) = CString::new(text) else { return };
        // SAFETY: the fax state is alive and owned by `self`, the string ends in NUL and is shorter than the engine's buffer.
        unsafe { sys::t30_set_tx_ident(sys::fax_get_t30_state(self.fax.as_ptr()), text.as_ptr()) };
    }

    /// The identification that the other station gave (TSI or CSI), without padding.
    #[expect(unsafe_code, reason = "no safe wrapper: T.30 identification; the string is copied before returning")]
    pub(super) fn far_ident(&self) -> Option<String> {
        // SAFETY: the fax state is alive; the engine returns null or a NUL-terminated string inside that state.
        let text = unsafe {
            let text = sys::t30_get_rx_ident(sys::fax_get_t30_state(self.fax.as_ptr()));
            (!text.is_null()).then(|| CStr::from_ptr(text).to_string_lossy().trim().to_owned())
        };
        text.filter(|ident| !ident.is_empty())
    }

    #[expect(unsafe_code, reason = "no safe wrapper: coding of the received file")]
    fn write_received_as_t6(&self) {
        // SAFETY: the fax state is alive and owned by `self`; the call only sets an integer in it.
        unsafe {
            sys::t30_set_supported_output_compressions(sys::fax_get_t30_state(self.fax.as_ptr()), RECEIVED_COMPRESSION)
        };
    }

    /// The receiver puts down: closes its file. Gives its completion code and, for each page on paper, whether it is whole.
    pub(super) fn put_down(mut self) -> (i32, Vec<bool>) {
        let report = self.fax.finalize_receive();
        let code = match report.completion {
            ReceiveCompletion::Completed { code } => code,
            ReceiveCompletion::Interrupted { .. } => CALL_DROPPED,
        };
        (code, report.pages.iter().map(|page| page.kind == ReceivePageKind::Complete).collect())
    }

    /// The line was cut: the sender's engine sets its completion code.
    #[expect(unsafe_code, reason = "no safe wrapper: the end of the call as the line sees it")]
    pub(super) fn hang_up(&mut self) {
        // SAFETY: the fax state is alive and borrowed exclusively.
        unsafe { sys::t30_terminate(sys::fax_get_t30_state(self.fax.as_ptr())) };
    }
}

fn path(file: &Path) -> Result<&str, EngineError> {
    file.to_str().ok_or(EngineError::Path)
}
