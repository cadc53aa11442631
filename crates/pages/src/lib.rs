//! Documents to exact 1-bit fax pages, and fax pages to the files that carry them.
//!
//! The light part (no features) knows fax pages: raster, T.6 coding, TIFF-F, lossless PDF, preview, header line. The
//! heavy part (feature `render`) turns foreign documents into such pages and is meant to run in a child process,
//! because the parsers of foreign documents have neither a clock nor a memory bound of their own. The two are one
//! crate so that what is previewed and what is transmitted cannot come from two definitions of a page.

#[cfg(feature = "render")]
pub mod child;
pub mod cover;
pub mod g4;
pub mod header;
pub mod limits;
pub mod line_time;
mod lines;
mod options;
mod page;
pub mod pdf;
pub mod preview;
#[cfg(feature = "render")]
mod render;
pub mod tiff;
mod typeface;

pub use justfax::choices::{Resolution, Turn};
pub use justfax::document::{Refusal, Warning};
pub use limits::Limits;
pub use line_time::transmission_seconds;
pub use options::Options;
pub use page::{BYTES_PER_ROW, COLUMNS, FaxPage, MAX_ROWS, NotAPage};
#[cfg(feature = "render")]
pub use render::{Kind, Rendered, RenderedPage, identify, render, render_with};
