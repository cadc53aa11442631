//! What is heard on the line besides the modems: G.711 coding, noise, a voice.
//!
//! Noise is scaled to the signal of the moment before it is added: a constant noise floor would never be recognised as
//! silence by the modems, and the call would not end. It comes from a small fixed generator, so that a call is repeatable.

use spandsp::g711::{G711Mode, G711State};

use super::machine::EngineError;

/// Samples in a frame of 20 ms at 8,000 Hz.
pub(super) const FRAME: usize = 160;
const SAMPLES: i64 = 160;
/// Frames in a second.
pub(super) const FRAMES_PER_SECOND: u32 = 50;
/// Mean amplitude above which a carrier hears "something" on the line (about −45 dBm0).
const AUDIBLE: i64 = 150;

/// One direction of a digital trunk: every sample passes through 8-bit G.711 (A-law, as in Europe).
pub(super) struct Trunk {
    codec: G711State,
    coded: [u8; FRAME],
}

impl Trunk {
    pub(super) fn new() -> Result<Self, EngineError> {
        Ok(Self { codec: G711State::new(G711Mode::ALaw)?, coded: [0; FRAME] })
    }

    /// Codes and decodes one frame in place.
    pub(super) fn carry(&mut self, frame: &mut [i16; FRAME]) {
        self.codec.encode(&mut self.coded, frame);
        self.codec.decode(frame, &self.coded);
    }
}

/// Noise at a fixed distance below the signal.
pub(super) struct Noise {
    state: u64,
    /// Noise amplitude in thousandths of the signal's mean amplitude.
    per_mille: i64,
}

impl Noise {
    /// The modems fall back from 14,400 to 9,600 bit/s, and even dithered pages still get through. Found by trying: with 250
    /// such a page needs most of the retries that error correction has, with 340 nothing gets through.
    pub(super) fn poor_line() -> Self {
        Self { state: 0x9E37_79B9_7F4A_7C15, per_mille: 200 }
    }

    /// Adds noise to one frame.
    pub(super) fn add(&mut self, frame: &mut [i16; FRAME]) {
        let level = loudness(frame) * self.per_mille / 1000;
        if level == 0 {
            return;
        }
        for sample in frame.iter_mut() {
            let noise = self.next(level);
            *sample = i16::try_from((i64::from(*sample) + noise).clamp(i64::from(i16::MIN), i64::from(i16::MAX)))
                .unwrap_or_default();
        }
    }

    /// A number in −2·level…2·level with a bell-like distribution (the sum of two even ones).
    fn next(&mut self, level: i64) -> i64 {
        let even = |state: &mut u64| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from(*state >> 40).unwrap_or_default() % (2 * level + 1) - level
        };
        even(&mut self.state) + even(&mut self.state)
    }
}

/// A person who says something, waits, and says it again: a buzzing voice of about 140 Hz in syllables.
#[derive(Default)]
pub(super) struct Voice {
    sample: u32,
}

impl Voice {
    /// Samples of one "hello? – silence" round (3 s), of a syllable (0.25 s), of the voice's period (57 ≈ 140 Hz).
    const ROUND: u32 = 24_000;
    const SYLLABLE: u32 = 2_000;
    const PERIOD: u32 = 57;

    pub(super) fn speak(&mut self, frame: &mut [i16; FRAME]) {
        for sample in frame.iter_mut() {
            let at = self.sample % Self::ROUND;
            *sample = if at < 6 * Self::SYLLABLE { Self::voiced(at) } else { 0 };
            self.sample = self.sample.wrapping_add(1);
        }
    }

    /// A sawtooth with the loudness of a syllable that swells and fades.
    fn voiced(at: u32) -> i16 {
        let in_syllable = at % Self::SYLLABLE;
        let swell = in_syllable.min(Self::SYLLABLE - in_syllable) * 6;
        let saw = i64::from(at % Self::PERIOD) * 2 - i64::from(Self::PERIOD);
        i16::try_from(saw * i64::from(swell) / i64::from(Self::PERIOD)).unwrap_or_default()
    }
}

/// Mean amplitude of a frame.
pub(super) fn loudness(frame: &[i16; FRAME]) -> i64 {
    frame.iter().map(|sample| i64::from(sample.unsigned_abs())).sum::<i64>() / SAMPLES
}

/// Whether a listener would hear something in this frame.
pub(super) fn audible(frame: &[i16; FRAME]) -> bool {
    loudness(frame) > AUDIBLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_is_heard_and_pauses() {
        let mut voice = Voice::default();
        let mut heard = 0;
        for _ in 0..150 {
            let mut frame = [0; FRAME];
            voice.speak(&mut frame);
            heard += u32::from(audible(&frame));
        }
        assert!((40..100).contains(&heard), "{heard} of 150 frames");
    }

    #[test]
    fn noise_is_silent_in_silence_and_below_the_signal_otherwise() {
        let mut frame = [0; FRAME];
        Noise::poor_line().add(&mut frame);
        assert_eq!(frame, [0; FRAME]);
        let mut frame = [8_000; FRAME];
        Noise::poor_line().add(&mut frame);
        assert!(frame.iter().any(|sample| *sample != 8_000));
        assert!(frame.iter().all(|sample| (4_000..12_000).contains(sample)));
    }
}
