//! A bounded run of the fuzzers' idea on the stable toolchain: seeds of every kind, damaged in thousands of ways, must
//! end as pages or as a refusal, in the time they are given, in a child that never takes the test down.
//!
//! Damage is drawn from a fixed sequence, so a failure can be repeated. The fuzzers themselves are in `fuzz/`.
#![expect(clippy::unwrap_used, reason = "a panic in a test's own steps is its answer")]

use std::path::Path;
use std::time::{Duration, Instant};

use justfax_pages::{Limits, child};

const PROGRAM: &str = env!("CARGO_BIN_EXE_justfax-pages");
/// Damaged copies of each seed.
const COPIES: usize = 60;

/// A fixed sequence of numbers (xorshift64*, Vigna 2016).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end.max(1)
    }
}

/// One to eight changes: a byte, a number made huge, a piece doubled, the end cut off.
fn damaged(seed: &[u8], sequence: &mut Sequence) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=sequence.below(8) {
        let at = sequence.below(bytes.len());
        match sequence.below(4) {
            0 => bytes[at] = u8::try_from(sequence.below(256)).unwrap(),
            1 => bytes[at..].iter_mut().take_while(|byte| byte.is_ascii_digit()).for_each(|byte| *byte = b'9'),
            2 => {
                let piece = bytes[at..(at + 1 + sequence.below(60)).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => bytes.truncate(at.max(bytes.len() / 2).max(1)),
        }
    }
    bytes
}

fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let page =
        justfax_pages::FaxPage::new(justfax_pages::Resolution::Fine, (0..=250u8).cycle().take(216 * 60).collect())
            .unwrap();
    let content = "q 2 0 0 2 10 10 cm BT /F 12 Tf 40 700 Td (Seed) Tj ET 0.5 g 10 10 200 90 re f [3 2] 0 d 0 0 m 90 90 80 10 300 300 c S Q \
                   q 80 0 0 80 300 300 cm BI /W 4 /H 4 /BPC 8 /CS /G ID 0123456789abcdef EI Q /Sh sh";
    let pdf = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font \
         /Subtype /Type1 /BaseFont /Helvetica >> >> /Shading << /Sh << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 90 90] \
         /Function << /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >> >> >> >> >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n",
        content.len()
    );
    vec![
        ("pdf", pdf.into_bytes()),
        ("pdf of pages", justfax_pages::pdf::write(std::slice::from_ref(&page))),
        ("tiff", justfax_pages::tiff::write(&[page.clone(), page.clone()])),
        ("png", justfax_pages::preview::png(&page)),
        ("png, grey", justfax_pages::preview::thumbnail(&page)),
        ("text", "Grüße\taus  München\n\u{c}Zweite Seite".repeat(5).into_bytes()),
    ]
}

#[test]
fn damaged_documents_of_every_kind_end_in_time() {
    let limits = Limits { time: Duration::from_secs(20), ..Limits::default() };
    let mut sequence = Sequence(0x9e37_79b9_7f4a_7c15);
    for (kind, seed) in seeds() {
        let mut pages = 0;
        for copy in 0..COPIES {
            let document = damaged(&seed, &mut sequence);
            let started = Instant::now();
            let result = child::render_in_child(Path::new(PROGRAM), ["render-child"], &document, &limits);
            assert!(started.elapsed() < limits.time + Duration::from_secs(20), "{kind} {copy} took too long");
            pages += usize::from(result.is_ok());
        }
        eprintln!("{kind}: {pages} of {COPIES} damaged copies still had pages");
    }
}
