//! Fax pages and the PDFs that carry them, made here and not by the product, so that a mistake of the product shows.

use data_encoding::HEXLOWER;
use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use sha2::{Digest, Sha256};

pub(crate) const WIDTH: usize = 1728;

/// A page of packed rows, 1 = black.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) rows: Vec<u8>,
    pub(crate) height: usize,
}

impl Page {
    /// A page that looks like a typewritten letter; the seed chooses the text.
    pub(crate) fn letter(seed: u64, height: usize) -> Self {
        let mut page = Self { rows: vec![0; height * WIDTH / 8], height };
        let mut state = seed.wrapping_mul(2).wrapping_add(1);
        for line in (120..height.saturating_sub(120)).step_by(48) {
            for letter in 0..70 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if state >> 61 > 0 {
                    page.letter_at(160 + letter * 20, line, state >> 20);
                }
            }
        }
        page
    }

    fn letter_at(&mut self, left: usize, top: usize, shape: u64) {
        for y in 0..24 {
            for x in 0..14 {
                if shape >> ((y / 4) * 5 + x / 3) & 1 == 1 {
                    let at = (top + y) * WIDTH + left + x;
                    self.rows[at / 8] |= 0x80 >> (at % 8);
                }
            }
        }
    }

    pub(crate) fn sha256(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(&self.rows))
    }

    pub(crate) fn t6(&self) -> Vec<u8> {
        let mut encoder = Encoder::new(VecWriter::new());
        for row in self.rows.chunks(WIDTH / 8) {
            let pixels =
                (0..WIDTH).map(|x| if row[x / 8] >> (7 - x % 8) & 1 == 1 { Color::Black } else { Color::White });
            encoder.encode_line(pixels, u32::try_from(WIDTH).unwrap()).unwrap();
        }
        encoder.finish().unwrap().finish()
    }
}

/// Letters of fine A4 height.
pub(crate) fn letters(count: u64) -> Vec<Page> {
    (1..=count).map(|seed| Page::letter(seed, 2292)).collect()
}

/// A PDF with one T.6 image a page.
pub(crate) fn pdf(pages: &[Page]) -> Vec<u8> {
    pdf_with(pages, "/ColorSpace /DeviceGray /BitsPerComponent 1", "q 595 0 0 842 0 0 cm /Im Do Q")
}

/// The same with other image entries or another content stream.
pub(crate) fn pdf_with(pages: &[Page], image: &str, content: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 3 + at * 3)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
    ];
    for (at, page) in pages.iter().enumerate() {
        let (contents, picture) = (4 + at * 3, 5 + at * 3);
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} 0 R /Resources << /XObject << /Im {picture} 0 R >> >> >>").into_bytes());
        objects.push(stream("", content.as_bytes()));
        let entries = format!(
            "/Type /XObject /Subtype /Image /Width {WIDTH} /Height {} {image} /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {WIDTH} /Rows {} >>",
            page.height, page.height
        );
        objects.push(stream(&entries, &page.t6()));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes());
    for offset in &offsets {
        file.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", offsets.len() + 1);
    file.extend_from_slice(trailer.as_bytes());
    file
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}
