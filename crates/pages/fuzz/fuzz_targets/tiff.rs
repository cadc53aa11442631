//! Any bytes as one of our TIFFs: what is read must be written the same way again.
#![no_main]

use justfax_pages::{Limits, tiff};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(pages) = tiff::read(bytes, &Limits::default()) {
        assert_eq!(tiff::read(&tiff::write(&pages), &Limits::default()).as_ref(), Ok(&pages));
    }
});
