//! Any bytes as T.6 data of any number of rows: what decodes must survive coding.
#![no_main]

use justfax_pages::{Resolution, g4};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &[u8])| {
    let (rows, data) = input;
    if let Ok(page) = g4::decode(data, usize::from(rows), Resolution::Fine) {
        assert_eq!(g4::decode(&g4::encode(&page), page.rows(), Resolution::Fine), Ok(page));
    }
});
