//! Pictures inside foreign TIFF files.

use std::io::{Read, Seek};

use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult};

use super::picture::check_size;
use super::scale::Picture;
use crate::limits::Limits;
use crate::verdict::Refusal;

/// Reads the current image of a TIFF as grey on white.
pub(super) fn read<R: Read + Seek>(decoder: &mut Decoder<R>, limits: &Limits) -> Result<Picture, Refusal> {
    let (width, height) = decoder.dimensions().map_err(|_| Refusal::Damaged)?;
    check_size(width, height, limits)?;
    let color = decoder.colortype().map_err(|_| Refusal::Damaged)?;
    let samples = match decoder.read_image().map_err(|_| Refusal::Damaged)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|sample| (sample >> 8) as u8).collect(),
        _ => return Err(Refusal::Damaged),
    };
    let (width, height) = (width as usize, height as usize);
    let grey = match color {
        ColorType::Gray(bits @ (1 | 2 | 4)) => unpack(&samples, width, usize::from(bits)),
        ColorType::Gray(_) => samples,
        ColorType::GrayA(_) => each(&samples, 2, |pixel| over_white(pixel[0], pixel[1])),
        ColorType::RGB(_) => each(&samples, 3, lightness),
        ColorType::RGBA(_) => each(&samples, 4, |pixel| over_white(lightness(pixel), pixel[3])),
        ColorType::CMYK(_) => each(&samples, 4, |pixel| {
            let light = |ink: u8| (u32::from(255 - ink) * u32::from(255 - pixel[3]) / 255) as u8;
            lightness(&[light(pixel[0]), light(pixel[1]), light(pixel[2])])
        }),
        ColorType::YCbCr(_) => each(&samples, 3, |pixel| pixel[0]),
        _ => return Err(Refusal::Damaged),
    };
    Picture::new(width, height, grey).ok_or(Refusal::Damaged)
}

fn each(samples: &[u8], channels: usize, grey: impl Fn(&[u8]) -> u8) -> Vec<u8> {
    samples.chunks_exact(channels).map(grey).collect()
}

/// Lightness of red, green and blue (ITU-R BT.601, in 256ths).
#[expect(clippy::cast_possible_truncation, reason = "a weighted mean of bytes")]
fn lightness(pixel: &[u8]) -> u8 {
    ((u32::from(pixel[0]) * 77 + u32::from(pixel[1]) * 150 + u32::from(pixel[2]) * 29) >> 8) as u8
}

#[expect(clippy::cast_possible_truncation, reason = "a weighted mean of bytes")]
fn over_white(grey: u8, alpha: u8) -> u8 {
    ((u32::from(grey) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255) as u8
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
