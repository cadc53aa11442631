//! Rendering in a child process that may die.
//!
//! The renderer can be neither cancelled nor bounded from inside, so a service gives each document a process of its
//! own: the document goes in on standard input, the pages come back on standard output, and between them are an
//! address-space and a CPU limit that the child sets on itself before it looks at a byte, and a deadline at which the
//! parent kills it. The child starts with an empty environment: a document that took it over would find no
//! credentials there, and the function's own are out of its reach.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::options::Options;
use crate::render::{AboutPage, Rendered, RenderedPage, render_with};
use justfax::document::Refusal;

/// First bytes of a request and of an answer: a program that is no renderer is found out.
const MAGIC: [u8; 8] = *b"JFPAGES1";
/// Most bytes of an answer for each page allowed: noise on a whole A4 page codes to under 2 MiB.
const ANSWER_BYTES_PER_PAGE: u64 = 2 << 20;
/// Most bytes of the answer's description.
const ABOUT_BYTES: u32 = 1 << 20;
/// Stack of the rendering thread: enough for the nesting that the parsers allow.
const STACK_BYTES: usize = 64 << 20;

/// The description that precedes the pages.
#[derive(Serialize, Deserialize)]
enum About {
    Refused(Refusal),
    Pages(Vec<AboutPage>),
}

/// What precedes the document.
#[derive(Serialize, Deserialize)]
struct Request {
    limits: Limits,
    options: Options,
}

/// As [`render_in_child_with`], with the default [`Options`].
///
/// # Errors
/// A [`Refusal`] that can be shown to the sender.
pub fn render_in_child<A: AsRef<OsStr>>(
    program: &Path,
    args: impl IntoIterator<Item = A>,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Rendered, Refusal> {
    render_in_child_with(program, args, bytes, limits, &Options::default())
}

/// Renders a document in a child process `program args…`, whose `main` must call [`serve`].
///
/// # Errors
/// As [`crate::render_with`]; besides, [`Refusal::TooComplex`] when the child exceeds time or memory, and
/// [`Refusal::Damaged`] when it fails in another way.
pub fn render_in_child_with<A: AsRef<OsStr>>(
    program: &Path,
    args: impl IntoIterator<Item = A>,
    bytes: &[u8],
    limits: &Limits,
    options: &Options,
) -> Result<Rendered, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge);
    }
    let deadline = Instant::now() + limits.time;
    let mut child = Command::new(program)
        .args(args)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Refusal::TooComplex)?;
    let request = request(bytes, &Request { limits: *limits, options: options.clone() });
    let answer = talk(&mut child, request, limits, deadline);
    // Killing a child that has ended already fails, and that is fine.
    let _ = child.kill();
    let ended = child.wait();
    let refused = match answer {
        Ok(answer) => match parse(answer, limits) {
            Ok(result) => return result,
            Err(_) => Refusal::Damaged,
        },
        Err(refusal) => refusal,
    };
    // A panic ends with 101; every other death is one of the limits.
    Err(if ended.is_ok_and(|status| status.code() == Some(101)) { Refusal::Damaged } else { refused })
}

/// Writes the request and reads the whole answer, until the deadline.
fn talk(child: &mut Child, request: Vec<u8>, limits: &Limits, deadline: Instant) -> Result<Vec<u8>, Refusal> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Refusal::TooComplex);
    };
    let most = ANSWER_BYTES_PER_PAGE.saturating_mul(limits.pages as u64 + 1);
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut answer = Vec::new();
        let read = output.take(most).read_to_end(&mut answer);
        // The parent may have given up waiting.
        let _ = send.send(read.map(|_| answer));
    });
    thread::spawn(move || {
        // A child that dies early closes its end; the answer, or its absence, says so.
        let _ = input.write_all(&request);
    });
    let left = deadline.saturating_duration_since(Instant::now());
    match receive.recv_timeout(left) {
        Ok(Ok(answer)) if !answer.is_empty() => Ok(answer),
        Ok(_) | Err(_) => Err(Refusal::TooComplex),
    }
}

fn request(bytes: &[u8], head: &Request) -> Vec<u8> {
    let head = serde_json::to_vec(head).unwrap_or_default();
    let mut request = MAGIC.to_vec();
    request.extend_from_slice(&u32::try_from(head.len()).unwrap_or(0).to_le_bytes());
    request.extend_from_slice(&head);
    request.extend_from_slice(bytes);
    request
}

/// The answer's description and the TIFF behind it.
fn parse(mut answer: Vec<u8>, limits: &Limits) -> io::Result<Result<Rendered, Refusal>> {
    let mut rest = answer.as_slice();
    let about: About = read_framed(&mut rest)?;
    let about = match about {
        About::Refused(refusal) => return Ok(Err(refusal)),
        About::Pages(about) => about,
    };
    let head = answer.len() - rest.len();
    answer.drain(..head);
    Ok(Rendered::from_parts(answer, about, limits))
}

/// Reads the magic bytes, a length and that many bytes of JSON.
fn read_framed<T: for<'a> Deserialize<'a>>(from: &mut impl Read) -> io::Result<T> {
    let mut magic = [0; 8];
    let mut length = [0; 4];
    from.read_exact(&mut magic)?;
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if magic != MAGIC || length > ABOUT_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut text = vec![0; length as usize];
    from.read_exact(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

/// What the child's `main` does: limits itself, reads a document from standard input, renders it, and writes the
/// answer to standard output.
///
/// # Errors
/// When the limits cannot be set, or the parent does not speak the protocol or has gone.
pub fn serve() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let Request { limits, options } = read_framed(&mut input)?;
    confine(&limits)?;
    let mut bytes = Vec::new();
    input.take(limits.bytes as u64 + 1).read_to_end(&mut bytes)?;
    // What a parser says in its panic may quote the document.
    std::panic::set_hook(Box::new(|_| {}));
    let rendering =
        thread::Builder::new().stack_size(STACK_BYTES).spawn(move || render_with(&bytes, &limits, &options))?;
    let result = rendering.join().unwrap_or(Err(Refusal::Damaged));
    let (about, tiff) = match &result {
        Ok(rendered) => {
            let about = rendered.pages.iter().map(RenderedPage::about).collect();
            (About::Pages(about), rendered.tiff())
        }
        Err(refusal) => (About::Refused(*refusal), [].as_slice()),
    };
    let about = serde_json::to_vec(&about)?;
    let mut output = io::stdout().lock();
    output.write_all(&MAGIC)?;
    output.write_all(&u32::try_from(about.len()).unwrap_or(u32::MAX).to_le_bytes())?;
    output.write_all(&about)?;
    output.write_all(tiff)?;
    output.flush()
}

/// Bounds address space, CPU time, files and processes of this process.
fn confine(limits: &Limits) -> io::Result<()> {
    let bound = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    bound(Resource::As, limits.memory)?;
    bound(Resource::Cpu, limits.time.as_secs().max(1))?;
    bound(Resource::Core, 0)?;
    bound(Resource::Fsize, 0)?;
    Ok(())
}
