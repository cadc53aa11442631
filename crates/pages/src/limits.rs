//! How much one document may ask of us.
//!
//! One set of limits travels from the caller through the child process to the parsers, so that no layer has a
//! default of its own that nobody thought of.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Bounds for one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest document, in bytes.
    pub bytes: usize,
    /// Most pages a document may have.
    pub pages: usize,
    /// Most pixels an image (as a file, or inside a document) may have before it is decoded.
    pub image_pixels: u64,
    /// Wall-clock time for the whole document.
    pub time: Duration,
    /// Address space of the rendering child, in bytes.
    pub memory: u64,
}

impl Default for Limits {
    /// 20 MiB, 200 pages, 60 million pixels, 20 seconds, 512 MiB.
    fn default() -> Self {
        Self { bytes: 20 << 20, pages: 200, image_pixels: 60_000_000, time: Duration::from_secs(20), memory: 512 << 20 }
    }
}
