//! The programs compared, and how each is asked for 204 by 196 dpi.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use justfax_pages::{FaxPage, Limits, tiff};

/// A program that makes 1-bit pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// `justfax-pages` from this build.
    Ours,
    /// Ghostscript's fax device.
    Ghostscript,
    /// poppler, without any coding of the pages.
    Poppler,
    /// `MuPDF`, without any coding of the pages.
    Mutool,
}

impl Tool {
    pub(crate) const ALL: [Self; 4] = [Self::Ours, Self::Ghostscript, Self::Poppler, Self::Mutool];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "justfax",
            Self::Ghostscript => "gs",
            Self::Poppler => "poppler",
            Self::Mutool => "mutool",
        }
    }

    /// Whether the program can be run.
    pub(crate) fn is_there(self) -> bool {
        let mut probe = match self {
            Self::Ours => return Self::our_program().is_some_and(|program| program.exists()),
            Self::Ghostscript => Command::new("gs"),
            Self::Poppler => Command::new("pdftoppm"),
            Self::Mutool => Command::new("mutool"),
        };
        probe.arg("-v").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    }

    fn our_program() -> Option<PathBuf> {
        Some(std::env::current_exe().ok()?.with_file_name("justfax-pages"))
    }

    /// Whether its output is coded for the line, so that its bytes can be compared.
    pub(crate) fn codes(self) -> bool {
        matches!(self, Self::Ours | Self::Ghostscript)
    }

    /// The file that holds the pages, or the stem of the files.
    pub(crate) fn output(self, work: &Path) -> PathBuf {
        work.join(format!("{}.tif", self.name()))
    }

    /// The command line that turns a document into pages in `work`.
    pub(crate) fn command(self, document: &Path, work: &Path) -> Option<Vec<OsString>> {
        let output = self.output(work);
        let words = |words: &str| words.split(' ').map(OsString::from).collect::<Vec<_>>();
        let mut command = match self {
            Self::Ours => vec![Self::our_program()?.into_os_string()],
            Self::Ghostscript => words("gs -q -dBATCH -dNOPAUSE -dSAFER -sDEVICE=tiffg4 -r204x196"),
            Self::Poppler => words("pdftoppm -mono -rx 204 -ry 196"),
            Self::Mutool => {
                let (width, height) = size_in_pixels(document)?;
                words(&format!("mutool draw -q -c mono -F pbm -w {width} -h {height} -f"))
            }
        };
        match self {
            Self::Ours => command.extend([document.into(), "-o".into(), output.into()]),
            Self::Ghostscript => {
                let mut option = OsString::from("-sOutputFile=");
                option.push(output);
                command.extend([option, document.into()]);
            }
            Self::Poppler => command.extend([document.into(), output.into()]),
            Self::Mutool => command.extend(["-o".into(), output.with_extension("%03d.pbm").into(), document.into()]),
        }
        Some(command)
    }

    /// The first pages as picture files that OCR reads; made from what the last run left.
    pub(crate) fn page_images(self, document: &Path, work: &Path, most: usize) -> Vec<PathBuf> {
        let output = self.output(work);
        match self {
            Self::Ours => {
                let pages = std::fs::read(&output).ok().and_then(|file| tiff::read(&file, &Limits::default()).ok());
                let turned = size_in_pixels(document).is_some_and(|(width, height)| width > height && width > 1728);
                let pages = pages.unwrap_or_default().into_iter().take(most).enumerate();
                pages
                    .filter_map(|(number, page)| {
                        let path = work.join(format!("justfax-{number}.pbm"));
                        std::fs::write(&path, picture(&page, turned)).ok()?;
                        Some(path)
                    })
                    .collect()
            }
            Self::Ghostscript => vec![output],
            Self::Poppler | Self::Mutool => {
                let mut files: Vec<PathBuf> = std::fs::read_dir(work)
                    .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
                    .unwrap_or_default();
                let stem = output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
                files.retain(|file| {
                    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    name.starts_with(&stem) && file.extension().is_some_and(|extension| extension == "pbm")
                });
                files.sort();
                files.truncate(most);
                files
            }
        }
    }
}

/// A page as a PBM. One that was turned to the left to fit is turned back, since OCR does not turn its head.
fn picture(page: &FaxPage, turned: bool) -> Vec<u8> {
    let rows = page.rows();
    if !turned {
        return [format!("P4 1728 {rows}\n").as_bytes(), page.bits()].concat();
    }
    let mut file = format!("P4 {rows} 1728\n").into_bytes();
    for column in 0..1728 {
        let byte = |from: usize| {
            (0..8).fold(0, |byte, bit| {
                byte << 1 | u8::from(rows > from + bit && page.is_black(column, rows - 1 - from - bit))
            })
        };
        file.extend((0..rows).step_by(8).map(byte));
    }
    file
}

/// The first page's size at 204 by 196 dpi.
fn size_in_pixels(document: &Path) -> Option<(u32, u32)> {
    let output = Command::new("pdfinfo").arg(document).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    let numbers: Vec<f64> = value("Page size:")?.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [width, height] = numbers.get(..2)?.try_into().ok()?;
    let on_its_side = value("Page rot:").is_some_and(|turn| matches!(turn.trim(), "90" | "270"));
    let (width, height) = if on_its_side { (height, width) } else { (width, height) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
    let pixels = |points: f64, per_inch: f64| (points / 72.0 * per_inch).round() as u32;
    Some((pixels(width, 204.0), pixels(height, 196.0)))
}
