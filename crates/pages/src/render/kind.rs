//! What a file is, by its content alone: names and declared types are the uploader's word.

use justfax::document::Refusal;

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
        _ if is_of_an_office_program(bytes) => None,
        _ if is_text(bytes) => Some(Kind::Text),
        _ => None,
    }
}

/// Why a document that is of no kind cannot be rendered, told as precisely as its content lets.
pub(super) fn refusal(bytes: &[u8]) -> Refusal {
    match bytes {
        _ if is_of_an_office_program(bytes) => Refusal::OfficeDocument,
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..]
            if PHONE_BRANDS.iter().any(|known| brand.starts_with(*known)) =>
        {
            Refusal::HeicPicture
        }
        _ => Refusal::NotADocument,
    }
}

/// Brands of ISO media files that hold a picture (ISO/IEC 23008-12, AV1 image format).
const PHONE_BRANDS: [&[u8; 4]; 7] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif"];
/// First bytes of a compound file, as word processors wrote until 2007 ([MS-CFB] 2.2).
const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Names within a ZIP archive that make it an office document (ECMA-376 part 2, `OpenDocument` part 3, Apple's).
const OFFICE_NAMES: [&[u8]; 4] =
    [b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"Index/Document.iwa", b"application/epub+zip"];

fn is_of_an_office_program(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    let begins =
        |start: &[u8]| head.trim_ascii_start().get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    let has = |name: &&[u8]| bytes.windows(name.len()).any(|window| window == *name);
    begins(b"{\\rtf")
        || begins(b"<!doctype html")
        || begins(b"<html")
        || head.starts_with(&COMPOUND_FILE)
        || (head.starts_with(b"PK\x03\x04") && OFFICE_NAMES.iter().any(has))
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
    fn what_only_another_program_can_lay_out_or_decode_is_named() {
        let word = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0..........[Content_Types].xml";
        let open = b"PK\x03\x04\x14\0\0\0\0\0..............mimetypeapplication/vnd.oasis.opendocument.text";
        for bytes in
            [&word[..], open, b"{\\rtf1\\ansi hello}", b"\n<!DOCTYPE HTML><p>x", b"<html></html>", &COMPOUND_FILE]
        {
            assert_eq!((identify(bytes), refusal(bytes)), (None, Refusal::OfficeDocument), "{bytes:?}");
        }
        assert_eq!(refusal(b"\0\0\0\x24ftypheic\0\0\0\0mif1heic"), Refusal::HeicPicture);
        assert_eq!(refusal(b"PK\x03\x04\x14\0 any archive"), Refusal::NotADocument);
        assert_eq!(identify(b"I wrote {\\rtf in a letter"), Some(Kind::Text));
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
