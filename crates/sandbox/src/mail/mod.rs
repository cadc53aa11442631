//! Mail: what SES was given, whole.
//!
//! The emulator keeps a summary of each mail but throws the attachments away; it can however relay to an SMTP server. So this
//! program is that server: it keeps each message as it came and never sends anything on. Mail that only the emulator knows
//! (sent while this program was not running) is shown from the summary and marked so.

mod letter;
mod post_office;
mod smtp;

pub use letter::{Attachment, Letter};
pub use post_office::{find, list, raw};
pub use smtp::serve;
