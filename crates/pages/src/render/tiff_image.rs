//! Pictures inside foreign TIFF files.

use std::io::{Read, Seek};

use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult};

use super::grey::{lightness, over_white};
use super::picture::check_size;
use super::scale::Picture;
use crate::limits::Limits;
use justfax::document::Refusal;

/// Reads the current image of a TIFF as grey on white.
pub(super) fn read<R: Read + Seek>(decoder: &mut Decoder<R>, limits: &Limits) -> Result<Picture, Refusal> {
    let (width, height) = decoder.dimensions().map_err(|_| Refusal::Damaged)?;
    check_size(width, height, limits)?;
    let color = decoder.colortype().map_err(|_| Refusal::Damaged)?;
    let samples = match decoder.read_image().map_err(|_| Refusal::Damaged)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|sample| sample.to_be_bytes()[0]).collect(),
        _ => return Err(Refusal::Damaged),
    };
    let (width, height) = (width as usize, height as usize);
    let grey = match color {
        ColorType::Gray(bits @ (1 | 2 | 4)) => unpack(&samples, width, usize::from(bits)),
        ColorType::Gray(_) => samples,
        ColorType::GrayA(_) => each(&samples, 2, |pixel| over_white(pixel[0], pixel[1])),
        ColorType::RGB(_) => each(&samples, 3, |pixel| lightness(pixel[0], pixel[1], pixel[2])),
        ColorType::RGBA(_) => each(&samples, 4, |pixel| over_white(lightness(pixel[0], pixel[1], pixel[2]), pixel[3])),
        ColorType::CMYK(_) => each(&samples, 4, |pixel| {
            lightness(less(pixel[0], pixel[3]), less(pixel[1], pixel[3]), less(pixel[2], pixel[3]))
        }),
        ColorType::YCbCr(_) => each(&samples, 3, |pixel| pixel[0]),
        _ => return Err(Refusal::Damaged),
    };
    Picture::new(width, height, grey).ok_or(Refusal::Damaged)
}

/// What an ink and black leave of the light.
fn less(ink: u8, black: u8) -> u8 {
    u8::try_from(u32::from(255 - ink) * u32::from(255 - black) / 255).unwrap_or(u8::MAX)
}

fn each(samples: &[u8], channels: usize, grey: impl Fn(&[u8]) -> u8) -> Vec<u8> {
    samples.chunks_exact(channels).map(grey).collect()
}

/// Samples of under 8 bits, rows padded to whole bytes, as bytes.
fn unpack(packed: &[u8], width: usize, bits: usize) -> Vec<u8> {
    let (per_byte, most) = (8 / bits, (1usize << bits) - 1);
    packed
        .chunks_exact(width.div_ceil(per_byte))
        .flat_map(|row| {
            (0..width).map(move |x| {
                let sample = usize::from(row[x / per_byte]) >> (8 - bits - x % per_byte * bits) & most;
                u8::try_from(sample * 255 / most).unwrap_or(u8::MAX)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_samples_fill_the_whole_range() {
        assert_eq!(unpack(&[0b1010_0000, 0xff], 3, 1), [255, 0, 255, 255, 255, 255]);
        assert_eq!(unpack(&[0b0001_1011], 4, 2), [0, 85, 170, 255]);
    }
}
