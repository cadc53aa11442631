//! The T.6 coder.
//!
//! Bits collect in a 64-bit register that is emptied 32 at a time; per-bit writing was what made plain coders slow.

use super::changes::{self, Changes, EDGE};
use super::codes::{BLACK, Code, END_OF_LINE, HORIZONTAL, PASS, VERTICAL, WHITE};
use crate::page::{BYTES_PER_ROW, FaxPage};

/// Codes a page by T.6, ended by an end-of-facsimile-block and padded to a whole byte.
pub fn encode(page: &FaxPage) -> Vec<u8> {
    let mut writer = Writer::with_capacity(32 * 1024);
    let mut above = changes::of_white();
    let mut row = Changes::with_capacity(256);
    for bits in page.bits().chunks_exact(BYTES_PER_ROW) {
        changes::find(bits, &mut row);
        encode_row(&above, &row, &mut writer);
        std::mem::swap(&mut above, &mut row);
    }
    writer.put(END_OF_LINE);
    writer.put(END_OF_LINE);
    writer.finish()
}

/// Codes one row against the one above. `at` counts the changes of this row that are coded: its parity is the colour.
fn encode_row(above: &[u16], row: &[u16], writer: &mut Writer) {
    let mut a0 = None;
    let mut at = 0;
    let mut b = 0;
    loop {
        let a1 = row[at];
        b = first_change_right_of(above, a0, at, b);
        let (b1, b2) = (above[b], above[b + 1]);
        if b2 < a1 {
            writer.put(PASS);
            a0 = Some(b2);
            continue;
        }
        if let Some(code) = VERTICAL.get(usize::from((a1 + 3).wrapping_sub(b1))) {
            writer.put(*code);
            a0 = Some(a1);
            at += 1;
        } else {
            let a2 = row[at + 1];
            writer.put(HORIZONTAL);
            writer.put_run(a1 - a0.unwrap_or(0), at % 2 == 1);
            writer.put_run(a2 - a1, at % 2 == 0);
            a0 = Some(a2);
            at += 2;
        }
        if a0 >= Some(EDGE) {
            return;
        }
    }
}

/// Index of b1: the first change in the row above that lies right of a0 and turns to the colour that a1 turns to
/// (the parity of `at`). `from` is where the last search ended; b1 can only move a step back from there.
fn first_change_right_of(above: &[u16], a0: Option<u16>, at: usize, from: usize) -> usize {
    let mut b = from.saturating_sub(1);
    if b % 2 != at % 2 {
        b += 1;
    }
    while above[b] < EDGE && a0.is_some_and(|a0| above[b] <= a0) {
        b += 2;
    }
    b
}

struct Writer {
    bytes: Vec<u8>,
    register: u64,
    filled: u32,
}

impl Writer {
    fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), register: 0, filled: 0 }
    }

    fn put(&mut self, code: Code) {
        self.register = self.register << code.length | u64::from(code.bits);
        self.filled += u32::from(code.length);
        if self.filled >= 32 {
            self.filled -= 32;
            #[expect(clippy::cast_possible_truncation, reason = "the 32 oldest bits are taken, the rest stays")]
            let oldest = (self.register >> self.filled) as u32;
            self.bytes.extend_from_slice(&oldest.to_be_bytes());
        }
    }

    fn put_run(&mut self, run: u16, black: bool) {
        let codes = if black { &BLACK } else { &WHITE };
        if run >= 64 {
            self.put(codes[usize::from(63 + run / 64)]);
        }
        self.put(codes[usize::from(run % 64)]);
    }

    fn finish(mut self) -> Vec<u8> {
        let padding = (8 - self.filled % 8) % 8;
        let bits = self.register << padding;
        let bytes = (self.filled + padding) / 8;
        self.bytes.extend((0..bytes).rev().map(|byte| (bits >> (8 * byte) & 0xff) as u8));
        self.bytes
    }
}
