//! How long a fax will hold the line.
//!
//! The figures are for the commonest good case - V.17 at 14,400 bit/s with error correction - because a prediction is
//! of use only when it is usually right; a bad line takes longer and nobody can know it before.

/// Modem speed, in bits per second (ITU-T V.17).
const BITS_PER_SECOND: u64 = 14_400;
/// Answer tone, identification, training and confirmation before the first page, and the disconnection, in
/// milliseconds (ITU-T T.30 phases A, B and E, as timed on simulated calls).
const CALL_MILLISECONDS: u64 = 16_000;
/// Retraining, end-of-page message and confirmation after each page, in milliseconds (T.30 phase D).
const PAGE_MILLISECONDS: u64 = 4_500;
/// Error-correction frames carry 256 bytes in about 268 with flags, address, number, check sum and stuffed bits, per
/// thousand bytes of page (ITU-T T.4 annex A).
const FRAMED_PER_THOUSAND: u64 = 1_047;

/// Predicted seconds on the line for `pages` pages whose T.6 coding has `encoded_bytes` in all, rounded up.
pub fn transmission_seconds(encoded_bytes: usize, pages: usize) -> u32 {
    let bits = (encoded_bytes as u64).saturating_mul(8 * FRAMED_PER_THOUSAND);
    let milliseconds = CALL_MILLISECONDS
        .saturating_add(PAGE_MILLISECONDS.saturating_mul(pages as u64))
        .saturating_add(bits / BITS_PER_SECOND);
    u32::try_from(milliseconds.div_ceil(1000)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_kilobytes_take_about_a_minute_more_than_none() {
        let more = transmission_seconds(100_000, 1) - transmission_seconds(0, 1);
        assert!((57..=60).contains(&more), "{more}");
    }

    #[test]
    fn absurd_sizes_do_not_overflow() {
        assert_eq!(transmission_seconds(usize::MAX, usize::MAX), u32::MAX);
    }
}
