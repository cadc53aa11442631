//! Our files as other people's decoders see them: libtiff and poppler must get exactly our pixels.
//!
//! Where a program is not installed the test says so and passes; `make test` installs them.
#![expect(clippy::unwrap_used, reason = "a panic in a test's own steps is its answer")]

use std::path::PathBuf;
use std::process::{Command, Stdio};

use justfax_pages::{BYTES_PER_ROW, FaxPage, Resolution, pdf, tiff};
use proptest::prelude::*;

fn is_installed(program: &str) -> bool {
    let found = Command::new(program)
        .arg("-h")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok();
    if !found {
        eprintln!("{program} is not installed; nothing was compared with it");
    }
    found
}

/// A folder that is gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("justfax-pages-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn any_page() -> impl Strategy<Value = FaxPage> {
    let byte = prop_oneof![4 => Just(0u8), 2 => Just(0xff), 1 => any::<u8>()];
    let runs = prop::collection::vec((byte, 1usize..90), 1..600);
    (runs, prop_oneof![Just(Resolution::Fine), Just(Resolution::Standard)]).prop_map(|(runs, resolution)| {
        let mut bits: Vec<u8> = runs.into_iter().flat_map(|(byte, times)| std::iter::repeat_n(byte, times)).collect();
        bits.resize(bits.len().div_ceil(BYTES_PER_ROW) * BYTES_PER_ROW, 0);
        FaxPage::new(resolution, bits).unwrap()
    })
}

/// The packed rows of each page of a TIFF, as libtiff decodes them.
fn through_libtiff(file: &[u8], folder: &Folder) -> Vec<Vec<u8>> {
    let (coded, plain) = (folder.file("coded.tif", file), folder.0.join("plain.tif"));
    let status = Command::new("tiffcp").args(["-c", "none"]).arg(&coded).arg(&plain).status().unwrap();
    assert!(status.success());
    let plain = std::fs::read(plain).unwrap();
    let mut decoder = ::tiff::decoder::Decoder::new(std::io::Cursor::new(plain)).unwrap();
    let mut pages = Vec::new();
    loop {
        let ::tiff::decoder::DecodingResult::U8(samples) = decoder.read_image().unwrap() else {
            panic!("not packed bits")
        };
        // The crate turns "white is zero" round.
        pages.push(samples.iter().map(|byte| !byte).collect());
        if !decoder.more_images() {
            return pages;
        }
        decoder.next_image().unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn libtiff_decodes_our_pages_to_the_same_pixels(pages in prop::collection::vec(any_page(), 1..4)) {
        if is_installed("tiffcp") {
            let decoded = through_libtiff(&tiff::write(&pages), &Folder::new("libtiff"));
            let expected: Vec<_> = pages.iter().map(|page| page.bits().to_vec()).collect();
            prop_assert_eq!(decoded, expected);
        }
    }
}

#[test]
fn a_renderer_at_the_faxs_resolution_gets_our_pixels_from_the_pdf() {
    if !is_installed("pdftoppm") {
        return;
    }
    let folder = Folder::new("poppler");
    for (resolution, vertical) in [(Resolution::Fine, "196"), (Resolution::Standard, "98")] {
        let rows = resolution.a4_rows();
        let bits = (0..rows * BYTES_PER_ROW)
            .map(|at| if at % 11 < 4 { u8::try_from(at / 7 % 256).unwrap() } else { 0 })
            .collect();
        let page = FaxPage::new(resolution, bits).unwrap();
        let file = folder.file("pages.pdf", &pdf::write(&[page.clone(), page.clone()]));
        let output = Command::new("pdftoppm")
            .args(["-mono", "-rx", "204", "-ry", vertical, "-f", "2", "-l", "2"])
            .arg(file)
            .output()
            .unwrap();
        let head = format!("P4\n1728 {rows}\n");
        assert!(output.stdout.starts_with(head.as_bytes()), "{:?}", String::from_utf8_lossy(&output.stdout[..20]));
        assert!(output.stdout[head.len()..] == *page.bits());
    }
}
