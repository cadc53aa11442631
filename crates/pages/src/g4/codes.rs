//! The code words of ITU-T T.4 tables 2 and 3, written as in the standard and turned into numbers at compile time.
//!
//! Text was chosen over hexadecimal so that a reader can hold the page of the standard beside it. Runs beyond 1728
//! (table 3b) cannot occur in rows of 1728 pixels and are left out.

/// A code word: its bits, right-aligned, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) bits: u16,
    pub(super) length: u8,
}

/// Entries for one colour: runs 0 to 63, then the make-up runs 64, 128, … 1728.
pub(super) const RUN_CODES: usize = 64 + 27;

const fn parse(texts: &[&str; RUN_CODES]) -> [Code; RUN_CODES] {
    let mut codes = [Code { bits: 0, length: 0 }; RUN_CODES];
    let mut at = 0;
    while at < RUN_CODES {
        codes[at] = parse_one(texts[at].as_bytes());
        at += 1;
    }
    codes
}

#[expect(clippy::cast_possible_truncation, reason = "no code word has more than 13 bits")]
const fn parse_one(text: &[u8]) -> Code {
    let mut bits = 0;
    let mut at = 0;
    while at < text.len() {
        bits = bits << 1 | (text[at] - b'0') as u16;
        at += 1;
    }
    Code { bits, length: text.len() as u8 }
}

/// White runs (T.4 tables 2 and 3a).
#[rustfmt::skip]
pub(super) const WHITE: [Code; RUN_CODES] = parse(&[
    "00110101", "000111", "0111", "1000", "1011", "1100", "1110", "1111", "10011", "10100", "00111", "01000",
    "001000", "000011", "110100", "110101", "101010", "101011", "0100111", "0001100", "0001000", "0010111",
    "0000011", "0000100", "0101000", "0101011", "0010011", "0100100", "0011000", "00000010", "00000011", "00011010",
    "00011011", "00010010", "00010011", "00010100", "00010101", "00010110", "00010111", "00101000", "00101001",
    "00101010", "00101011", "00101100", "00101101", "00000100", "00000101", "00001010", "00001011", "01010010",
    "01010011", "01010100", "01010101", "00100100", "00100101", "01011000", "01011001", "01011010", "01011011",
    "01001010", "01001011", "00110010", "00110011", "00110100",
    "11011", "10010", "010111", "0110111", "00110110", "00110111", "01100100", "01100101", "01101000", "01100111",
    "011001100", "011001101", "011010010", "011010011", "011010100", "011010101", "011010110", "011010111",
    "011011000", "011011001", "011011010", "011011011", "010011000", "010011001", "010011010", "011000", "010011011",
]);

/// Black runs (T.4 tables 2 and 3a).
#[rustfmt::skip]
pub(super) const BLACK: [Code; RUN_CODES] = parse(&[
    "0000110111", "010", "11", "10", "011", "0011", "0010", "00011", "000101", "000100", "0000100", "0000101",
    "0000111", "00000100", "00000111", "000011000", "0000010111", "0000011000", "0000001000", "00001100111",
    "00001101000", "00001101100", "00000110111", "00000101000", "00000010111", "00000011000", "000011001010",
    "000011001011", "000011001100", "000011001101", "000001101000", "000001101001", "000001101010", "000001101011",
    "000011010010", "000011010011", "000011010100", "000011010101", "000011010110", "000011010111", "000001101100",
    "000001101101", "000011011010", "000011011011", "000001010100", "000001010101", "000001010110", "000001010111",
    "000001100100", "000001100101", "000001010010", "000001010011", "000000100100", "000000110111", "000000111000",
    "000000100111", "000000101000", "000001011000", "000001011001", "000000101011", "000000101100", "000001011010",
    "000001100110", "000001100111",
    "0000001111", "000011001000", "000011001001", "000001011011", "000000110011", "000000110100", "000000110101",
    "0000001101100", "0000001101101", "0000001001010", "0000001001011", "0000001001100", "0000001001101",
    "0000001110010", "0000001110011", "0000001110100", "0000001110101", "0000001110110", "0000001110111",
    "0000001010010", "0000001010011", "0000001010100", "0000001010101", "0000001011010", "0000001011011",
    "0000001100100", "0000001100101",
]);

/// The pass mode of T.6 table 1: `0001`.
pub(super) const PASS: Code = Code { bits: 0b0001, length: 4 };
/// The horizontal mode of T.6 table 1: `001`.
pub(super) const HORIZONTAL: Code = Code { bits: 0b001, length: 3 };
/// The vertical modes of T.6 table 1: a1 three to the left of b1, … straight below, … three to the right.
pub(super) const VERTICAL: [Code; 7] = [
    Code { bits: 0b000_0010, length: 7 },
    Code { bits: 0b00_0010, length: 6 },
    Code { bits: 0b010, length: 3 },
    Code { bits: 0b1, length: 1 },
    Code { bits: 0b011, length: 3 },
    Code { bits: 0b00_0011, length: 6 },
    Code { bits: 0b000_0011, length: 7 },
];
/// Half of the end-of-facsimile-block (T.6, section 2.4.1.1): it is sent twice.
pub(super) const END_OF_LINE: Code = Code { bits: 1, length: 12 };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_word_begins_another_of_its_colour() {
        for table in [WHITE, BLACK] {
            for (at, one) in table.iter().enumerate() {
                for other in table.iter().skip(at + 1) {
                    let shorter = one.length.min(other.length);
                    assert_ne!(one.bits >> (one.length - shorter), other.bits >> (other.length - shorter));
                }
            }
        }
    }
}
