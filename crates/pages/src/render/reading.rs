//! Whether a picture is something to read or something to look at, decided for the picture as a whole.
//!
//! A decision per tile leaves blocks of black in photographs; one per picture is what the sender would call right.

use super::bilevel;
use super::canvas::Mark;
use super::flatten;
use super::scale::Picture;

/// Tones at least this light are paper.
const LIGHT: u8 = 238;
/// Share of neither-dark-nor-light pixels, in percent, up to which a picture is print as it is.
const CLEAR_PRINT: usize = 6;
/// The same for pictures made by programs: a screenshot has its plain colours, a drawing lives by them.
const CLEAR_DRAWING: usize = 20;

/// How a picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Print, at local thresholds.
    Print,
    /// Print on paper in uneven light.
    Paper,
    /// A photograph, in dots.
    Photograph,
}

impl Reading {
    /// Decides; a flattened copy is returned where it was made.
    pub(super) fn of(picture: &Picture) -> (Self, Option<Picture>) {
        let between = count(&picture.grey, |grey| (56..200).contains(&grey));
        let at_most = |percent: usize| between * 100 <= picture.grey.len() * percent;
        if at_most(CLEAR_PRINT) {
            return (Self::Print, None);
        }
        if flatten::is_synthetic(picture) {
            return (if at_most(CLEAR_DRAWING) { Self::Print } else { Self::Photograph }, None);
        }
        match flatten::paper(picture) {
            Some(print) => (Self::Paper, Some(print)),
            None => (Self::Photograph, None),
        }
    }
}

/// How many of some bytes are so. In runs that a byte can count, which is what processors do eight or more at once.
pub(super) fn count(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> usize {
    let of_run = |run: &[u8]| run.iter().fold(0u8, |count, byte| count.wrapping_add(u8::from(is_so(*byte))));
    bytes.chunks(usize::from(u8::MAX)).map(|run| usize::from(of_run(run))).sum()
}

/// The marks of a picture, row by row.
pub(super) fn marks(picture: &Picture, photo: bool) -> Vec<Mark> {
    let (reading, flattened) = if photo { (Reading::Photograph, None) } else { Reading::of(picture) };
    match reading {
        Reading::Photograph => {
            picture.grey.iter().map(|grey| if *grey >= LIGHT { Mark::PAPER } else { Mark::tone(*grey) }).collect()
        }
        Reading::Print | Reading::Paper => bilevel::print(flattened.as_ref().unwrap_or(picture)),
    }
}
