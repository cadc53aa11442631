//! The transmission report (Sendebericht): one signed PDF that proves what was sent, to whom, and how it went.
//!
//! The light half ([`seal`]) signs and checks and knows nothing of layout; the rest sets the page. The decision a reader
//! might question: the signature is no PDF signature (CMS, certificates, a byte range), but an Ed25519 signature over the
//! whole file but its own digits, kept inside the attached facts. Twenty lines check it anywhere, and every changed byte
//! of the file is found, not only one in what the page says.

mod compose;
mod flow;
mod marks;
mod pdf;
pub mod seal;
mod typeface;
mod words;
mod writer;

pub use writer::{ReportWriter, Unwritable};
