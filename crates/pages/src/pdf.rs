//! Fax pages as a PDF that holds exactly their bits.
//!
//! A carrier renders the PDF again, so each page is as large as the fax grid makes it (1728 columns at 204 dpi): a
//! renderer at the grid's own resolution then has one pixel for each of ours and nothing left to decide.

use crate::g4;
use crate::page::{COLUMNS, COLUMNS_PER_INCH, FaxPage};

/// Writes pages as a PDF 1.4 file: one `CCITTFaxDecode` (T.6) image a page, without metadata, so that equal pages make
/// equal files.
pub fn write(pages: &[FaxPage]) -> Vec<u8> {
    let mut file = File::default();
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 3 + page * 3)).collect();
    file.object("<< /Type /Catalog /Pages 2 0 R >>", None);
    file.object(&format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()), None);
    for page in pages {
        put_page(&mut file, page);
    }
    file.finish()
}

fn put_page(file: &mut File, page: &FaxPage) {
    let (content, image) = (file.next() + 1, file.next() + 2);
    let rows = page.rows();
    let width = points(COLUMNS, COLUMNS_PER_INCH);
    let height = points(rows, page.resolution().rows_per_inch());
    file.object(
        &format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {content} 0 R \
             /Resources << /XObject << /P {image} 0 R >> >> >>"
        ),
        None,
    );
    let drawing = format!("{width} 0 0 {height} 0 0 cm /P Do");
    file.object(&format!("<< /Length {} >>", drawing.len()), Some(drawing.as_bytes()));
    let coded = g4::encode(page);
    file.object(
        &format!(
            "<< /Type /XObject /Subtype /Image /Width {COLUMNS} /Height {rows} /ColorSpace /DeviceGray \
             /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {COLUMNS} /Rows {rows} >> \
             /Length {} >>",
            coded.len()
        ),
        Some(&coded),
    );
}

/// A length in points, with four decimals (a thousandth of a pixel).
fn points(pixels: usize, per_inch: u32) -> String {
    let ten_thousandths = pixels as u64 * 720_000 / u64::from(per_inch);
    format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000)
}

/// A PDF file being written: numbered objects in file order.
struct File {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl Default for File {
    fn default() -> Self {
        Self { bytes: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec(), offsets: Vec::new() }
    }
}

impl File {
    /// Number of the object that [`Self::object`] writes next.
    fn next(&self) -> usize {
        self.offsets.len() + 1
    }

    fn object(&mut self, dictionary: &str, stream: Option<&[u8]>) {
        let number = self.next();
        self.offsets.push(self.bytes.len());
        self.text(&format!("{number} 0 obj\n{dictionary}\n"));
        if let Some(stream) = stream {
            self.text("stream\n");
            self.bytes.extend_from_slice(stream);
            self.text("\nendstream\n");
        }
        self.text("endobj\n");
    }

    fn text(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let size = self.next();
        let entries: Vec<String> = self.offsets.iter().map(|offset| format!("{offset:010} 00000 n \n")).collect();
        self.text(&format!("xref\n0 {size}\n0000000000 65535 f \n{}", entries.concat()));
        self.text(&format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
        self.bytes
    }
}
