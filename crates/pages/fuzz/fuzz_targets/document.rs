//! Any bytes as a document of whatever kind they look like. A panic of a foreign parser is found here too: the child
//! turns it into a refusal, but it should be known.
#![no_main]

use justfax_pages::{Limits, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { pages: 4, image_pixels: 4_000_000, ..Limits::default() };
    if let Ok(rendered) = render(bytes, &limits) {
        assert!(!rendered.pages.is_empty() && rendered.pages.len() <= limits.pages);
    }
});
