//! One call: two stations, frame by frame, until both have hung up.
//!
//! The sender's report and what the machine has on paper are kept apart, because they can disagree: a line that drops after
//! the receiver's last confirmation leaves a sender that failed and a machine that has everything.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::audio::{FRAME, FRAMES_PER_SECOND, Noise, Trunk, Voice, audible};
use super::machine::{EngineError, Machine, Standing};
use super::paper::{self, Sheet};
use crate::numbers::Behaviour;

/// A call that takes longer is cut (350 pages at 2,400 bit/s are not a case we play).
const LONGEST_SECONDS: u32 = 6 * 3600;
/// Rows of a page after which the machine of [`Behaviour::HangsUpMidPage`] hangs up.
const ROWS_UNTIL_HANG_UP: i32 = 700;
/// Frames that both stations may be silent after the end before the line is taken down.
const AFTER_END: u32 = 25;

/// How fast a call is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As fast as the processor can.
    Fast,
    /// 20 ms a frame, as on a telephone line.
    RealTime,
}

/// What is to be sent, and to what kind of far end.
#[derive(Debug, Clone)]
pub struct CallPlan {
    /// Multi-page TIFF with the pages to send.
    pub send: PathBuf,
    /// Where the machine writes what it receives.
    pub receive: PathBuf,
    /// Sender's identification (TSI), at most 20 characters.
    pub sender_ident: String,
    /// Machine's identification (CSI, the sender's CSID), at most 20 characters.
    pub machine_ident: String,
    /// What the far end does. Busy, no answer and unallocated never reach a line and are treated as silence.
    pub behaviour: Behaviour,
    /// Number of pages in `send`.
    pub pages: u32,
    /// How fast it is played.
    pub pace: Pace,
}

/// What the sender's side heard last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hearing {
    /// Nothing at all came from the far end.
    Nothing,
    /// Something, but no fax machine.
    NoFax,
    /// A fax machine.
    Fax,
}

/// The two truths about a call.
#[derive(Debug, Clone)]
pub struct CallReport {
    /// Completion code of the sender's T.30 engine; 0 is success.
    pub sender_code: i32,
    /// Completion code of the machine's; `None` where no machine took part.
    pub machine_code: Option<i32>,
    /// Pages that the sender holds for confirmed.
    pub pages_confirmed: u32,
    /// Pages on the machine's paper, in order.
    pub sheets: Vec<Sheet>,
    /// The machine's identification as the sender heard it.
    pub csid: Option<String>,
    /// The sender's identification as the machine heard it.
    pub tsi: Option<String>,
    /// Line time in seconds, rounded up.
    pub seconds: u32,
    /// Last speed of the image carrier in bit/s; 0 if none was agreed on.
    pub bit_rate: u32,
    /// Whether error correction was used.
    pub error_correction: bool,
    /// What the sender heard.
    pub hearing: Hearing,
}

/// Plays one call to its end, or until `stop` is set. Blocks its thread for 0.1 s and more a page, or for the whole line time
/// in real time.
///
/// # Errors
/// When the fax engine cannot be set up. A call that goes wrong is a report, not an error.
pub fn run(plan: &CallPlan, stop: &AtomicBool) -> Result<CallReport, EngineError> {
    let mut line = Line::connect(plan)?;
    let start = Instant::now();
    while !line.over() && !stop.load(Ordering::Acquire) {
        line.pass_frame();
        if plan.pace == Pace::RealTime {
            let due = Duration::from_millis(u64::from(line.frames) * 1000 / u64::from(FRAMES_PER_SECOND));
            sleep(due.saturating_sub(start.elapsed()));
        }
    }
    Ok(line.report(&plan.receive))
}

/// Who is at the far end.
enum FarEnd {
    Machine(Machine),
    Person(Voice),
    Nobody,
}

struct Line {
    sender: Machine,
    far: FarEnd,
    forth: Trunk,
    back: Trunk,
    noise: Option<(Noise, Noise)>,
    behaviour: Behaviour,
    pages: i32,
    frames: u32,
    silent_since_end: u32,
    cut: bool,
    hearing: Hearing,
}

impl Line {
    fn connect(plan: &CallPlan) -> Result<Self, EngineError> {
        let machine = |ecm| Machine::receiver(&plan.machine_ident, &plan.receive, ecm).map(FarEnd::Machine);
        let far = match plan.behaviour {
            Behaviour::Person => FarEnd::Person(Voice::default()),
            Behaviour::Silence | Behaviour::Busy | Behaviour::NoAnswer | Behaviour::Unallocated => FarEnd::Nobody,
            Behaviour::HangsUpMidPage => machine(false)?,
            _ => machine(true)?,
        };
        let noisy = plan.behaviour == Behaviour::NoisyLine;
        Ok(Self {
            sender: Machine::sender(&plan.sender_ident, &plan.send)?,
            far,
            forth: Trunk::new()?,
            back: Trunk::new()?,
            noise: noisy.then(|| (Noise::poor_line(), Noise::poor_line())),
            behaviour: plan.behaviour,
            pages: i32::try_from(plan.pages).unwrap_or(i32::MAX),
            frames: 0,
            silent_since_end: 0,
            cut: false,
            hearing: Hearing::Nothing,
        })
    }

    /// 20 ms in both directions.
    fn pass_frame(&mut self) {
        let (mut forth, mut back) = ([0; FRAME], [0; FRAME]);
        self.sender.speak(&mut forth);
        match &mut self.far {
            FarEnd::Machine(machine) => machine.speak(&mut back),
            FarEnd::Person(voice) => voice.speak(&mut back),
            FarEnd::Nobody => {}
        }
        if let Some((there, here)) = &mut self.noise {
            there.add(&mut forth);
            here.add(&mut back);
        }
        self.forth.carry(&mut forth);
        self.back.carry(&mut back);
        self.listen(&back);
        if let FarEnd::Machine(machine) = &self.far {
            machine.hear(&mut forth);
        }
        if self.machine_hangs_up() {
            self.cut = true;
            return;
        }
        self.sender.hear(&mut back);
        self.frames += 1;
    }

    fn listen(&mut self, back: &[i16; FRAME]) {
        if self.hearing == Hearing::Nothing && audible(back) {
            self.hearing = Hearing::NoFax;
        }
    }

    /// Whether this is the moment at which the machine of a test number cuts the line.
    fn machine_hangs_up(&self) -> bool {
        let FarEnd::Machine(machine) = &self.far else {
            return false;
        };
        let Standing { received, rows, .. } = machine.standing();
        match self.behaviour {
            Behaviour::HangsUpMidPage => {
                let last_whole_page = i32::from(self.pages > 1);
                received > last_whole_page || (received == last_whole_page && rows > ROWS_UNTIL_HANG_UP)
            }
            Behaviour::HangsUpAfterLastConfirmation => received >= self.pages,
            _ => false,
        }
    }

    fn over(&mut self) -> bool {
        if self.cut || self.frames >= LONGEST_SECONDS * FRAMES_PER_SECOND {
            return true;
        }
        let machine_talks = matches!(&self.far, FarEnd::Machine(machine) if machine.talking());
        if self.sender.talking() || (machine_talks && !self.sender.in_trouble()) {
            self.silent_since_end = 0;
        } else {
            self.silent_since_end += 1;
        }
        self.silent_since_end > AFTER_END
    }

    /// Takes the line down and reads both sides.
    fn report(mut self, received: &Path) -> CallReport {
        self.sender.hang_up();
        let sender = self.sender.standing();
        let csid = self.sender.far_ident();
        let (mut machine_code, mut tsi, mut ecm, mut sheets) = (None, None, false, Vec::new());
        if let FarEnd::Machine(machine) = std::mem::replace(&mut self.far, FarEnd::Nobody) {
            tsi = machine.far_ident();
            ecm = machine.standing().ecm;
            let (code, whole) = machine.put_down();
            machine_code = Some(code);
            sheets = paper::read(received).unwrap_or_default();
            for (sheet, whole) in sheets.iter_mut().zip(whole) {
                sheet.whole = whole;
            }
        }
        CallReport {
            sender_code: sender.code,
            machine_code,
            pages_confirmed: u32::try_from(sender.sent).unwrap_or_default(),
            sheets,
            bit_rate: if csid.is_some() { u32::try_from(sender.bit_rate).unwrap_or_default() } else { 0 },
            hearing: if csid.is_some() { Hearing::Fax } else { self.hearing },
            csid,
            tsi,
            seconds: self.frames.div_ceil(FRAMES_PER_SECOND),
            error_correction: ecm,
        }
    }
}
