//! What a file is, by its content alone: names and declared types are the uploader's word.

/// A kind of document that can be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// Portable Network Graphics.
    Png,
    /// JPEG, as cameras and scanners make it.
    Jpeg,
    /// TIFF, also of several pages.
    Tiff,
    /// WebP.
    WebP,
    /// Plain text in UTF-8.
    Text,
}

/// How far into a file a PDF may begin (Adobe's readers accept junk before the header; ISO 32000-2 annex I.3).
const PDF_HEADER_WITHIN: usize = 1024;

/// Finds the kind of a document; `None` for anything that cannot be rendered.
pub fn identify(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Some(Kind::Pdf);
    }
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Kind::Png),
        [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Kind::Tiff),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::WebP),
        _ if is_text(bytes) => Some(Kind::Text),
        _ => None,
    }
}

/// Text is UTF-8 without control characters other than those that set lines and pages.
fn is_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        !text.is_empty() && text.chars().all(|letter| !letter.is_control() || "\t\n\r\u{c}\u{b}".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_content() {
        assert_eq!(identify(b"junk before %PDF-1.7 and so on"), Some(Kind::Pdf));
        assert_eq!(identify(b"\x89PNG\r\n\x1a\n...."), Some(Kind::Png));
        assert_eq!(identify(b"RIFF\x01\x02\x03\x04WEBPVP8 "), Some(Kind::WebP));
        assert_eq!(identify("Sehr geehrte Damen und Herren,\r\n\tGrüße".as_bytes()), Some(Kind::Text));
    }

    #[test]
    fn programs_archives_and_half_letters_are_no_documents() {
        for bytes in
            [&b"\x7fELF\x02\x01\x01\0"[..], b"MZ\x90\0\x03", b"PK\x03\x04\x14\0", b"", b"Gr\xfc\xdfe", b"\x1b[31mred"]
        {
            assert_eq!(identify(bytes), None);
        }
    }
}
