//! Rendering in a child process that may die.
//!
//! The renderer can be neither cancelled nor bounded from inside, so a service gives each document a process of its
//! own: the document goes in on standard input, the pages come back on standard output one by one, and between them are
//! an address-space and a CPU limit that the child sets on itself before it looks at a byte, and a deadline at which the
//! parent kills it. The pages come as bits: the parent codes one while the child draws the next, and what it codes, shows
//! and hashes are the same bits, whatever became of the child. The child starts with an empty environment: a document that took it over would find no
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
use crate::page::{BYTES_PER_ROW, FaxPage, MAX_ROWS};
use crate::render::{AboutPage, Finished, Rendered, RenderedPage, render_each};
use justfax::choices::Resolution;
use justfax::document::Refusal;

/// First bytes of a request and of an answer: a program that is no renderer is found out.
const MAGIC: [u8; 8] = *b"JFPAGES1";
/// Most bytes of a description.
const ABOUT_BYTES: u32 = 1 << 20;
/// Stack of the rendering thread: enough for the nesting that the parsers allow.
const STACK_BYTES: usize = 64 << 20;

/// What the child says.
#[derive(Serialize, Deserialize)]
enum Word {
    /// A page, whose packed rows follow.
    Page(AboutPage),
    /// The document ends here, or in a refusal.
    End(Option<Refusal>),
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
    let mut pages = Vec::new();
    render_each_in_child(program, args, bytes, limits, options, |page| pages.push(page))?;
    Ok(Rendered { pages })
}

/// As [`render_in_child_with`], page by page as they are finished. What was given before a refusal is void.
///
/// # Errors
/// As [`render_in_child_with`].
pub fn render_each_in_child<A: AsRef<OsStr>>(
    program: &Path,
    args: impl IntoIterator<Item = A>,
    bytes: &[u8],
    limits: &Limits,
    options: &Options,
    each: impl FnMut(RenderedPage),
) -> Result<(), Refusal> {
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
    let ended = talk(&mut child, request(bytes, limits, options), (limits, options.resolution), deadline, each);
    // Killing a child that has ended already fails, and that is fine.
    let _ = child.kill();
    let status = child.wait();
    match ended {
        Ended::Properly(refused) => refused.map_or(Ok(()), Err),
        // A panic ends with 101; every other death is one of the limits.
        Ended::Early if status.is_ok_and(|status| status.code() == Some(101)) => Err(Refusal::Damaged),
        Ended::Early => Err(Refusal::TooComplex),
        Ended::InNonsense => Err(Refusal::Damaged),
    }
}

/// How a child's words ended.
enum Ended {
    /// As it said.
    Properly(Option<Refusal>),
    /// In the middle, or not in time.
    Early,
    /// In something that no child of ours says.
    InNonsense,
}

/// Writes the request and takes the pages, until the deadline.
fn talk(
    child: &mut Child,
    request: Vec<u8>,
    expected: (&Limits, Resolution),
    deadline: Instant,
    mut each: impl FnMut(RenderedPage),
) -> Ended {
    let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else { return Ended::Early };
    let (most, resolution) = (expected.0.pages, expected.1);
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        // The parent may have given up waiting.
        let ended = listen(&mut output, most, resolution, |page| send.send(Ok(page)).is_ok());
        let _ = send.send(Err(ended));
    });
    thread::spawn(move || {
        // A child that dies early closes its end; the answer, or its absence, says so.
        let _ = input.write_all(&request);
    });
    loop {
        match receive.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Ok(page)) => each(page),
            Ok(Err(ended)) => return ended,
            Err(_) => return Ended::Early,
        }
    }
}

/// Reads pages until they end; `each` says whether more are wanted.
fn listen(
    from: &mut impl Read,
    most: usize,
    resolution: Resolution,
    mut each: impl FnMut(RenderedPage) -> bool,
) -> Ended {
    for _ in 0..=most {
        match read_framed(from).and_then(|word| Ok((read_page(from, &word, resolution)?, word))) {
            Ok((Some(page), Word::Page(about))) => {
                if !each(RenderedPage::new(page, about)) {
                    return Ended::Early;
                }
            }
            Ok((_, Word::End(refused))) => return Ended::Properly(refused),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ended::Early,
            Ok((None, Word::Page(_))) | Err(_) => return Ended::InNonsense,
        }
    }
    Ended::InNonsense
}

/// The rows of the page that a word announces.
fn read_page(from: &mut impl Read, word: &Word, resolution: Resolution) -> io::Result<Option<FaxPage>> {
    let Word::Page(about) = word else { return Ok(None) };
    let mut bits = vec![0; about.rows.min(MAX_ROWS) * BYTES_PER_ROW];
    from.read_exact(&mut bits)?;
    Ok(FaxPage::new(resolution, bits).ok().filter(|page| page.rows() == about.rows))
}

fn request(bytes: &[u8], limits: &Limits, options: &Options) -> Vec<u8> {
    let mut request = Vec::with_capacity(bytes.len() + 1024);
    // Writing to memory does not fail; a request without a head would be refused by the child.
    let _ = write_framed(&mut request, &Request { limits: *limits, options: options.clone() });
    request.extend_from_slice(bytes);
    request
}

/// Writes the magic bytes, a length and JSON of that many bytes.
fn write_framed(to: &mut impl Write, word: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_vec(word)?;
    to.write_all(&MAGIC)?;
    to.write_all(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes())?;
    to.write_all(&text)
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
    let rendering = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || render_each(&bytes, &limits, &options, &mut say))?;
    let refused = rendering.join().unwrap_or(Err(Refusal::Damaged)).err();
    let mut output = io::stdout().lock();
    write_framed(&mut output, &Word::End(refused))?;
    output.flush()
}

/// Says a page to the parent. When it has gone there is nobody to tell why.
#[expect(clippy::needless_pass_by_value, reason = "whoever is told of a page is given it")]
fn say(finished: Finished) -> Result<(), Refusal> {
    let mut output = io::stdout().lock();
    write_framed(&mut output, &Word::Page(AboutPage::of(&finished)))
        .and_then(|()| output.write_all(finished.0.bits()))
        .map_err(|_| Refusal::Damaged)
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
