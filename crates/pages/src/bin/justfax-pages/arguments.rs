//! The command line of `justfax-pages`.

use std::ffi::OsString;
use std::path::PathBuf;

use justfax_pages::{Options, Resolution};

const USAGE: &str = "usage: justfax-pages DOCUMENT… [-o OUT.tif] [--pdf OUT.pdf] [--preview FOLDER] [--standard] [--photo]\n\
                     \x20      [--password WORD]";

/// What to read and what to write.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) tiff: Option<PathBuf>,
    pub(crate) pdf: Option<PathBuf>,
    pub(crate) preview: Option<PathBuf>,
    pub(crate) options: Options,
}

impl Arguments {
    /// Reads the arguments after the program's name; the error is what to print.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let mut parsed = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let target = match argument.to_str() {
                Some("-o") => &mut parsed.tiff,
                Some("--pdf") => &mut parsed.pdf,
                Some("--preview") => &mut parsed.preview,
                Some("--standard") => {
                    parsed.options.resolution = Resolution::Standard;
                    continue;
                }
                Some("--photo") => {
                    parsed.options.photo = true;
                    continue;
                }
                Some("--password") => {
                    let word = arguments.next().ok_or_else(|| USAGE.to_owned())?;
                    parsed.options.password = Some(word.to_string_lossy().into_owned());
                    continue;
                }
                Some(option) if option.starts_with('-') => return Err(format!("unknown option {option}\n{USAGE}")),
                _ => {
                    parsed.inputs.push(argument.into());
                    continue;
                }
            };
            *target = Some(arguments.next().ok_or_else(|| USAGE.to_owned())?.into());
        }
        if parsed.inputs.is_empty() { Err(USAGE.to_owned()) } else { Ok(parsed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn several_documents_and_outputs() {
        let parsed = parse("a.pdf b.jpg -o out.tif --preview dir").unwrap();
        assert_eq!(parsed.inputs, [PathBuf::from("a.pdf"), PathBuf::from("b.jpg")]);
        assert_eq!((parsed.tiff, parsed.preview), (Some("out.tif".into()), Some("dir".into())));
    }

    #[test]
    fn nothing_to_read_or_an_unknown_option_shows_the_usage() {
        for line in ["", "-o out.tif", "a.pdf --what x", "a.pdf -o"] {
            assert!(parse(line).unwrap_err().contains("usage"), "{line}");
        }
    }
}
