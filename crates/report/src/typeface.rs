//! The faces of the report and how wide their letters are.
//!
//! Noto Sans as everywhere else in this service. Letters are placed one after the other without kerning, which the
//! files hold only in a table that would need a shaping engine; at the sizes of a report nobody sees it.

use ab_glyph::{Font as _, FontRef};
use krilla::text::{Font, GlyphId, KrillaGlyph};

/// A face to write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// For running text.
    Regular,
    /// For headings and labels.
    Bold,
}

/// Both faces, ready to measure and to draw.
pub(crate) struct Faces {
    regular: (FontRef<'static>, Font),
    bold: (FontRef<'static>, Font),
}

impl Faces {
    /// Reads the embedded files; none if the build is broken.
    pub(crate) fn new() -> Option<Self> {
        let read = |file: &'static [u8]| {
            let drawn = Font::new(file.into(), 0)?;
            Some((FontRef::try_from_slice(file).ok()?, drawn))
        };
        Some(Self { regular: read(notosans::REGULAR_TTF)?, bold: read(notosans::BOLD_TTF)? })
    }

    fn of(&self, face: Face) -> &(FontRef<'static>, Font) {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// The face as the PDF embeds it.
    pub(crate) fn drawn(&self, face: Face) -> Font {
        self.of(face).1.clone()
    }

    /// The text with a question mark for each letter that the face lacks, and without control characters.
    pub(crate) fn printable(&self, face: Face, text: &str) -> String {
        let font = &self.of(face).0;
        text.chars()
            .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
            .filter(|letter| !letter.is_control())
            .map(|letter| if font.glyph_id(letter).0 == 0 { '?' } else { letter })
            .collect()
    }

    /// Width in points at a size in points.
    pub(crate) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let font = &self.of(face).0;
        text.chars().map(|letter| advance(font, letter)).sum::<f32>() * size
    }

    /// Glyphs of a printable text, with advances of an em.
    pub(crate) fn glyphs(&self, face: Face, text: &str) -> Vec<KrillaGlyph> {
        let font = &self.of(face).0;
        text.char_indices()
            .map(|(at, letter)| {
                let glyph = GlyphId::new(u32::from(font.glyph_id(letter).0));
                KrillaGlyph::new(glyph, advance(font, letter), 0.0, 0.0, 0.0, at..at + letter.len_utf8(), None)
            })
            .collect()
    }

    /// Breaks a printable text into lines no wider than `room` points; a word that is wider is cut. Each line but the
    /// last ends with the space it was broken at, so that words stay apart when the text is read out.
    pub(crate) fn lines(&self, face: Face, size: f32, room: f32, text: &str) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_inclusive(' ').flat_map(|word| self.pieces(face, size, room, word)) {
            let line = lines.last().map(String::as_str).unwrap_or_default();
            if !line.is_empty() && self.width(face, size, &format!("{line}{}", word.trim_end())) > room {
                lines.push(word);
            } else if let Some(line) = lines.last_mut() {
                line.push_str(&word);
            }
        }
        lines
    }

    /// The word, or its pieces where it is wider than the room.
    fn pieces(&self, face: Face, size: f32, room: f32, word: &str) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for letter in word.chars() {
            let Some(piece) = pieces.last_mut() else { break };
            piece.push(letter);
            if self.width(face, size, piece.trim_end()) > room && piece.chars().count() > 1 {
                piece.pop();
                pieces.push(letter.to_string());
            }
        }
        pieces
    }
}

fn advance(font: &FontRef<'static>, letter: char) -> f32 {
    let per_em = font.units_per_em().filter(|units| *units > 0.0).unwrap_or(1000.0);
    font.h_advance_unscaled(font.glyph_id(letter)) / per_em
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_at_spaces_and_a_long_word_is_cut() {
        let faces = Faces::new().unwrap();
        let lines = faces.lines(Face::Regular, 10.0, 60.0, "Der Empfang Donaudampfschifffahrtsgesellschaft war gut");
        assert!(lines.len() > 3, "{lines:?}");
        assert!(lines.iter().all(|line| faces.width(Face::Regular, 10.0, line.trim_end()) <= 60.0), "{lines:?}");
        assert_eq!(lines.concat(), "Der Empfang Donaudampfschifffahrtsgesellschaft war gut");
    }

    #[test]
    fn letters_of_other_scripts_become_question_marks() {
        let faces = Faces::new().unwrap();
        assert_eq!(faces.printable(Face::Regular, "Grüße\t北京\u{7}.pdf"), "Grüße ??.pdf");
    }
}
