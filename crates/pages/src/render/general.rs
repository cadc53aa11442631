//! The general renderer, for pages that use what [`super::device`] cannot show.
//!
//! It makes a grey picture as for a screen, which is then read as a picture of print.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::canvas::Canvas;
use super::grey::lightness;
use super::reading;
use super::scale::Picture;
use crate::page::COLUMNS;
use justfax::choices::Resolution;

/// Draws a page; `photo` takes it for a photograph.
pub(super) fn draw<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    settings: &InterpreterSettings,
    transform: Affine,
    (resolution, rows, photo): (Resolution, usize, bool),
) -> Canvas {
    let mut canvas = Canvas::new(resolution, rows);
    let (Ok(width), Ok(height)) = (u16::try_from(COLUMNS), u16::try_from(rows)) else { return canvas };
    let mut context = RenderContext::new(width, height);
    let rendering = RenderSettings { hinting: false, ..RenderSettings::default() };
    render_into(page, cache, settings, &rendering, &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let rasterizer = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), rasterizer);
    let grey = pixmap.data().iter().map(|pixel| lightness(pixel.r, pixel.g, pixel.b)).collect();
    let Some(picture) = Picture::new(COLUMNS, rows, grey) else { return canvas };
    let marks = reading::marks(&picture, photo);
    for (y, row) in (0..).zip(marks.chunks_exact(COLUMNS)) {
        canvas.copy(y, 0, row);
    }
    canvas
}
