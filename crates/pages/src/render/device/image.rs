//! Images inside documents.

use hayro::hayro_interpret::{Image, ImageData, LumaData, RgbData};
use hayro::kurbo::{Affine, Point, Rect};

use super::super::canvas::Mark;
use super::super::fit::as_f64;
use super::super::grey::lightness;
use super::super::reading;
use super::super::scale::Picture;
use super::paint::Ink;
use super::scan::Span;
use super::{FaxDevice, scales};

/// Covered part of a pixel of a stencil from which it is painted (31 %).
const STENCIL: u8 = 79;
/// Opacity from which an image hides what is under it.
const OPAQUE: u8 = 128;

impl FaxDevice<'_> {
    /// Draws an image whose pixels `transform` takes to the sheet's.
    pub(super) fn place_image(&mut self, image: &Image<'_, '_>, transform: Affine) {
        let (width, height) = (image.width(), image.height());
        if u64::from(width) * u64::from(height) > self.image_pixels {
            self.too_complex = true;
            return;
        }
        let corners = transform.transform_rect_bbox(Rect::new(0.0, 0.0, f64::from(width), f64::from(height)));
        let (left, top, right, bottom) = self.clips.bounds();
        let visible = Rect::new(f64::from(left), f64::from(top), f64::from(right), f64::from(bottom));
        if !transform.is_finite() || !corners.overlaps(visible) || left >= right || top >= bottom {
            return;
        }
        let (across, down) = scales(&transform);
        let target = Some((pixels(across * f64::from(width)), pixels(down * f64::from(height))));
        match image {
            Image::Stencil(stencil) => {
                let opacity = self.opacity();
                stencil.with_stencil(
                    |luma, paint| {
                        let ink = Ink::of(paint, opacity);
                        self.stencil(luma, transform, ink);
                    },
                    target,
                );
            }
            Image::Raster(raster) => raster.with_rgba(|image, alpha| self.raster(image, alpha, transform), target),
        }
    }

    /// Prints a stencil.
    fn stencil(&mut self, luma: LumaData, transform: Affine, ink: Ink) {
        let transform = scaled_by(transform, luma.scale_factors);
        let Some(picture) = picture_of(luma) else { return };
        let plain = picture.grey.iter().all(|grey| *grey >= STENCIL);
        let Some(placed) = Placed::new(&picture, transform, 0) else { return };
        let mut spans = Vec::new();
        for (y, row) in (placed.top..).zip(placed.picture.grey.chunks_exact(placed.picture.width)) {
            let mut from = None;
            for (x, value) in (placed.left..).zip(row.iter().copied().chain([0])) {
                match (value >= STENCIL, from) {
                    (true, None) => from = Some(x),
                    (false, Some(start)) => {
                        spans.push(Span { y, from: start, to: x });
                        from = None;
                    }
                    _ => {}
                }
            }
        }
        // An all-painted stencil is a rectangle in disguise.
        let thick = placed.picture.width.min(placed.picture.height) >= 8;
        if plain && thick {
            self.tint(&spans, ink, hayro::hayro_interpret::BlendMode::Normal);
        } else {
            self.print(&spans, ink);
        }
    }

    /// Draws a picture.
    fn raster(&mut self, image: ImageData, alpha: Option<LumaData>, transform: Affine) {
        let placed_by = scaled_by(transform, image.scale_factors());
        let picture = match image {
            ImageData::Luma(luma) => picture_of(luma),
            ImageData::Rgb(rgb) => grey_of(&rgb),
        };
        let Some(placed) = picture.as_ref().and_then(|picture| Placed::new(picture, placed_by, 255)) else { return };
        let alpha = alpha.and_then(|alpha| {
            let placed_by = scaled_by(transform, alpha.scale_factors);
            Placed::new(&picture_of(alpha)?, placed_by, 0)
        });
        let alpha = alpha.filter(|alpha| {
            (alpha.picture.width, alpha.picture.height) == (placed.picture.width, placed.picture.height)
        });
        let darkest = placed.picture.grey.iter().fold(u8::MAX, |darkest, grey| darkest.min(*grey));
        let large = placed.picture.grey.len() > 400 * 400;
        self.notes.pale_picture |= large && (190..250).contains(&darkest);
        let marks = reading::marks(&placed.picture, self.photo);
        let width = placed.picture.width;
        for (number, (y, row)) in (placed.top..).zip(marks.chunks_exact(width)).enumerate() {
            let opaque = alpha.as_ref().map(|alpha| &alpha.picture.grey[number * width..(number + 1) * width]);
            self.draw_row(
                placed.left,
                y,
                row,
                opaque,
                placed.inside.as_deref().map(|inside| &inside[number * width..]),
            );
        }
    }

    fn draw_row(&mut self, left: i32, y: i32, row: &[Mark], opaque: Option<&[u8]>, inside: Option<&[bool]>) {
        let to = left.saturating_add(i32::try_from(row.len()).unwrap_or(i32::MAX));
        let shows =
            |at: usize| opaque.is_none_or(|opaque| opaque[at] >= OPAQUE) && inside.is_none_or(|inside| inside[at]);
        let plain = opaque.is_none() && inside.is_none();
        self.clips.cut(Span { y, from: left, to }, |span| {
            if plain {
                let at = |x: i32| usize::try_from(x - left).unwrap_or(0);
                return self.canvas.copy(y, span.from, &row[at(span.from)..at(span.to)]);
            }
            for x in span.from..span.to {
                let at = usize::try_from(x - left).unwrap_or(0);
                if shows(at) {
                    self.canvas.set(x, y, row[at]);
                }
            }
        });
    }
}

/// A picture at the size and place it has on the sheet.
struct Placed {
    picture: Picture,
    left: i32,
    top: i32,
    /// Which pixels belong to it, where it lies askew.
    inside: Option<Vec<bool>>,
}

impl Placed {
    /// Places a picture; what is beside one that lies askew is `outside`.
    fn new(picture: &Picture, transform: Affine, outside: u8) -> Option<Self> {
        let [a, b, c, d, _, _] = transform.as_coeffs();
        let size = Rect::new(0.0, 0.0, as_f64(picture.width), as_f64(picture.height));
        let corners = transform.transform_rect_bbox(size);
        let (left, top, right, bottom) = super::clip::rounded(&corners);
        let width = usize::try_from(right.checked_sub(left)?).ok()?;
        let height = usize::try_from(bottom.checked_sub(top)?).ok()?;
        // A picture many sheets large is decided on a part of it at most.
        if width > 8 * crate::page::COLUMNS || height > 8 * crate::page::COLUMNS {
            return None;
        }
        let (long, short) = (a.abs().max(d.abs()), b.abs().max(c.abs()));
        let placed = |picture| Self { picture, left, top, inside: None };
        if short <= long * 1e-3 {
            Some(placed(picture.scaled(width, height).flipped(a < 0.0, d < 0.0)))
        } else if long <= short * 1e-3 {
            Some(placed(picture.transposed().scaled(width, height).flipped(c < 0.0, b < 0.0)))
        } else {
            Some(Self::askew(picture, transform, (left, top), (width, height), outside))
        }
    }

    fn askew(
        picture: &Picture,
        transform: Affine,
        (left, top): (i32, i32),
        (width, height): (usize, usize),
        outside: u8,
    ) -> Self {
        let (across, down) = scales(&transform);
        let shrunk = |side: usize, scale: f64| (pixels(as_f64(side) * scale) as usize).clamp(1, side);
        let source = picture.scaled(shrunk(picture.width, across), shrunk(picture.height, down));
        let to_source = Affine::scale_non_uniform(
            as_f64(source.width) / as_f64(picture.width),
            as_f64(source.height) / as_f64(picture.height),
        ) * transform.inverse();
        let mut grey = Vec::with_capacity(width * height);
        let mut inside = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let place = Point::new(f64::from(left) + as_f64(x) + 0.5, f64::from(top) + as_f64(y) + 0.5);
                let value = source.at(to_source * place);
                inside.push(value.is_some());
                grey.push(value.unwrap_or(outside));
            }
        }
        Self { picture: Picture { width, height, grey }, left, top, inside: Some(inside) }
    }
}

fn picture_of(luma: LumaData) -> Option<Picture> {
    Picture::new(luma.width as usize, luma.height as usize, luma.data)
}

fn grey_of(rgb: &RgbData) -> Option<Picture> {
    let grey = rgb.data.as_chunks::<3>().0.iter().map(|[red, green, blue]| lightness(*red, *green, *blue)).collect();
    Picture::new(rgb.width as usize, rgb.height as usize, grey)
}

fn scaled_by(transform: Affine, factors: (f32, f32)) -> Affine {
    transform * Affine::scale_non_uniform(f64::from(factors.0), f64::from(factors.1))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
fn pixels(length: f64) -> u32 {
    (length.ceil() as u32).max(1)
}
