//! ITU-T T.6 (Group 4, MMR) coding of fax pages.
//!
//! Both directions work on the columns where a row changes colour, never on pixels: a text row has some forty changes
//! in 1728 pixels, so finding them 64 pixels at a time and coding only them costs a third of a per-pixel coder.

mod changes;
mod codes;
mod decode;
mod encode;

pub use decode::{NotG4, decode};
pub use encode::encode;
