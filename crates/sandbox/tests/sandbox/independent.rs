//! An independent fax program receives our pages: `efax` on a pseudo-terminal, behind a soft modem.
//!
//! The virtual machine of the sandbox is the same engine as its sender, so the two could agree on a mistake. Here the pages are
//! taken by a T.30 and T.4 implementation with another author, which sees nothing but a Class 1 modem. Skipped where `efax` is
//! not installed.
//!
//! It has to answer the modem within the time of a few frames. So the line waits as long as the program has not read what the
//! modem said, never makes up for lost time, and a busy machine gets three tries.
#![expect(
    unsafe_code,
    reason = "the soft modem has no safe wrapper; its two callbacks only touch the box they are given"
)]

use std::ffi::{c_char, c_int, c_void};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fax::Color;
use justfax_sandbox::carrier::tiff::{self, CodedPage};
use rustix::fs::{Mode, OFlags, fcntl_setfl};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use spandsp::fax::FaxState;
use spandsp::spandsp_sys as sys;

use crate::support::paper::{Page, WIDTH};

/// Samples of 20 ms.
const FRAME: usize = 160;
/// Wall time of a frame, at least: half of its line time.
const FRAME_TIME: Duration = Duration::from_millis(10);
/// Calls until one must succeed.
const TRIES: usize = 3;
/// `AT_MODEM_CONTROL_ANSWER` and `AT_CALL_EVENT_ANSWERED` of the engine.
const ANSWER: c_int = 1;
const ANSWERED: c_int = 3;

/// What the modem wants to say to the terminal, and whether it was told to answer.
#[derive(Default)]
struct Desk {
    to_terminal: Vec<u8>,
    answered: bool,
}

/// A Class 1 modem (ITU-T T.31).
struct Modem {
    state: *mut sys::t31_state_t,
    desk: Box<Desk>,
}

unsafe extern "C" fn to_terminal(desk: *mut c_void, bytes: *const u8, length: usize) -> c_int {
    // SAFETY: the engine hands back the pointer it was given, which lives as long as the modem, and `length` valid bytes.
    let (desk, bytes) = unsafe { (&mut *desk.cast::<Desk>(), std::slice::from_raw_parts(bytes, length)) };
    desk.to_terminal.extend_from_slice(bytes);
    0
}

unsafe extern "C" fn control(_: *mut sys::t31_state_t, desk: *mut c_void, operation: c_int, _: *const c_char) -> c_int {
    // SAFETY: as above.
    let desk = unsafe { &mut *desk.cast::<Desk>() };
    desk.answered |= operation == ANSWER;
    0
}

impl Modem {
    fn new() -> Self {
        let mut desk = Box::<Desk>::default();
        let pointer: *mut c_void = std::ptr::from_mut(desk.as_mut()).cast();
        // SAFETY: both callbacks match their types; the box is not moved while the modem lives. T.38 is never switched on.
        let state = unsafe {
            sys::t31_init(
                std::ptr::null_mut(),
                Some(to_terminal),
                pointer,
                Some(control),
                pointer,
                None,
                std::ptr::null_mut(),
            )
        };
        assert!(!state.is_null());
        // SAFETY: the state is alive.
        unsafe { sys::t31_set_transmit_on_idle(state, true) };
        Self { state, desk }
    }

    fn typed(&mut self, bytes: &[u8]) {
        // SAFETY: the state is alive; the engine copies the bytes.
        unsafe { sys::t31_at_rx(self.state, bytes.as_ptr().cast(), c_int::try_from(bytes.len()).unwrap()) };
    }

    fn pick_up(&mut self) {
        // SAFETY: the state is alive.
        unsafe { sys::t31_call_event(self.state, ANSWERED) };
    }

    fn exchange(&mut self, heard: &mut [i16; FRAME]) -> [i16; FRAME] {
        let mut said = [0; FRAME];
        let length = c_int::try_from(FRAME).unwrap();
        // SAFETY: the state is alive and both buffers have `length` samples.
        unsafe {
            sys::t31_tx(self.state, said.as_mut_ptr(), length);
            sys::t31_rx(self.state, heard.as_mut_ptr(), length);
        }
        said
    }
}

impl Drop for Modem {
    fn drop(&mut self) {
        // SAFETY: the state is alive and not used again.
        unsafe { sys::t31_free(self.state) };
    }
}

/// A pseudo-terminal.
struct Terminal {
    /// Our end.
    ours: OwnedFd,
    /// The program's end, to see whether it has read everything.
    theirs: OwnedFd,
    /// Name of the program's end.
    name: String,
}

fn terminal() -> Terminal {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    fcntl_setfl(&ours, OFlags::NONBLOCK | OFlags::RDWR).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
    let theirs = rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK, Mode::empty()).unwrap();
    Terminal { ours, theirs, name }
}

impl Terminal {
    /// Waits until the program has read what the modem said, or is stuck.
    fn settle(&self) {
        for _ in 0..2_000 {
            if rustix::io::ioctl_fionread(&self.theirs).unwrap_or(0) == 0 {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(FRAME_TIME);
    }
}

/// The independent program, answering at once and writing `page.001`, `page.002` …
fn efax(folder: &Path, device: &str) -> Option<Child> {
    let log = std::fs::File::create(folder.join("efax.log")).unwrap();
    Command::new("efax")
        .args(["-v", "ewinc", "-d", device, "-o1", "-l", "+49 30 23125999", "-c", "1,5,0,2,0,0,0,0", "-r"])
        .arg(folder.join("page"))
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .ok()
}

/// Runs the line until the sender has ended or the time is up; gives the sender's completion code and confirmed pages.
fn transmit(sender: &FaxState, modem: &mut Modem, terminal: &Terminal) -> (i32, usize) {
    let start = Instant::now();
    let mut on_line = false;
    let mut to_modem = [0; FRAME];
    let mut after = 0;
    while start.elapsed() < Duration::from_secs(150) && after < 100 {
        let mut typed = [0; 512];
        if let Ok(count @ 1..) = rustix::io::read(&terminal.ours, &mut typed) {
            modem.typed(&typed[..count]);
        }
        if modem.desk.answered && !on_line {
            on_line = true;
            modem.pick_up();
        }
        let mut to_sender = modem.exchange(&mut to_modem);
        if on_line {
            sender.rx(&mut to_sender);
            to_modem = [0; FRAME];
            sender.tx(&mut to_modem);
            after += u32::from(!sender.get_t30_state().unwrap().call_active());
        }
        let written = rustix::io::write(&terminal.ours, &modem.desk.to_terminal).unwrap_or(0);
        modem.desk.to_terminal.drain(..written);
        terminal.settle();
    }
    let stats = sender.get_t30_state().unwrap().get_transfer_statistics();
    (stats.current_status, usize::try_from(stats.pages_tx).unwrap())
}

/// The rows of a file that efax wrote: one strip of one-dimensional Group 3.
fn read_page(file: &Path) -> Vec<u8> {
    let bytes = std::fs::read(file).unwrap();
    assert_eq!(&bytes[..4], b"II*\0", "little-endian TIFF");
    let short = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
    let long = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let directory = long(4);
    let field = |tag: usize| {
        let entries = (0..short(directory)).map(|entry| directory + 2 + entry * 12);
        let found = entries.into_iter().find(|at| short(*at) == tag);
        found.map(|at| if short(at + 2) == 3 { short(at + 8) } else { long(at + 8) })
    };
    let strip = &bytes[field(273).unwrap()..][..field(279).unwrap()];
    let low_bit_first = field(266) == Some(2);
    let data = strip.iter().map(|byte| if low_bit_first { byte.reverse_bits() } else { *byte });
    let mut rows = Vec::new();
    fax::decoder::decode_g3(data, |transitions| {
        let mut row = vec![0_u8; WIDTH / 8];
        for (at, colour) in fax::decoder::pels(transitions, u32::try_from(WIDTH).unwrap()).enumerate() {
            if colour == Color::Black {
                row[at / 8] |= 0x80 >> (at % 8);
            }
        }
        rows.extend_from_slice(&row);
    });
    rows
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("justfax-efax-{}", justfax_sandbox::ids::uuid()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// One call: whether both pages came out with the same pixels; `None` without the program.
fn call(pages: &[Page]) -> Option<Result<(), String>> {
    let folder = folder();
    let file = folder.join("send.tif");
    std::fs::write(&file, tiff::write(&pages.iter().map(coded).collect::<Vec<_>>())).unwrap();
    let terminal = terminal();
    let mut program = efax(&folder, &terminal.name)?;
    let sender = FaxState::new(true).unwrap();
    sender.set_transmit_on_idle(true);
    sender.get_t30_state().unwrap().set_tx_file(file.to_str().unwrap(), -1, -1).unwrap();
    let result = transmit(&sender, &mut Modem::new(), &terminal);
    drop(terminal);
    let _ = program.kill();
    program.wait().unwrap();
    let verdict = if result == (0, pages.len()) {
        (1..).zip(pages).try_for_each(|(number, page)| compare(&folder.join(format!("page.{number:03}")), page))
    } else {
        Err(format!("{result:?}: {}", std::fs::read_to_string(folder.join("efax.log")).unwrap_or_default()))
    };
    std::fs::remove_dir_all(folder).unwrap();
    Some(verdict)
}

fn coded(page: &Page) -> CodedPage {
    CodedPage { width: 1728, height: u32::try_from(page.height).unwrap(), lines_per_inch: 196, data: page.t6() }
}

/// The same pixels, and nothing but white after them.
fn compare(file: &Path, page: &Page) -> Result<(), String> {
    let received = read_page(file);
    let differing: u32 = received.iter().zip(&page.rows).map(|(a, b)| (a ^ b).count_ones()).sum();
    let white_after = received.iter().skip(page.rows.len()).all(|byte| *byte == 0);
    if received.len() >= page.rows.len() && differing == 0 && white_after {
        return Ok(());
    }
    Err(format!("{}: {} rows, {differing} other pixels", file.display(), received.len() * 8 / WIDTH))
}

#[test]
fn an_independent_fax_program_receives_the_same_pixels() {
    let pages = [Page::letter(11, 700), Page::letter(12, 500)];
    let mut faults = Vec::new();
    for _ in 0..TRIES {
        match call(&pages) {
            None => return eprintln!("skipped: efax is not installed"),
            Some(Ok(())) => return,
            Some(Err(fault)) => faults.push(fault),
        }
    }
    panic!("{}", faults.join("\n\n"));
}
