//! Filling: print, tints, gradients and repeated patterns.

use hayro::hayro_interpret::pattern::{Pattern, ShadingPattern, TilingPattern};
use hayro::hayro_interpret::{BlendMode, DrawProps, FillRule, Paint};
use hayro::kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::super::canvas::{Mark, Print};
use super::super::grey::lightness;
use super::FaxDevice;
use super::clip::rounded;
use super::outline::thickness;
use super::scan::{Bounds, Coverage, Span};

/// Shapes thinner than this are print, in pixels (1 mm).
pub(super) const PRINT_THICKNESS: f64 = 8.0;
/// Print that differs from its ground by less was not meant to be seen.
const LEAST_CONTRAST: i32 = 16;
/// Opacity under which an area lets print show through.
const TRANSLUCENT: f32 = 0.65;
/// Lightness taken for a pattern where one is needed.
const PATTERN_LIGHTNESS: u8 = 110;
/// Most tiles drawn of one pattern; beyond, it becomes a tint.
const MOST_TILES: f64 = 3000.0;
/// Tones of gradients at least this light become paper.
const LIGHT_TONE: u8 = 225;
/// Pixels around print on a photograph that get a plain ground.
const HALO: i32 = 3;

/// What is painted with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    pub(super) lightness: u8,
    pub(super) opacity: f32,
}

impl Ink {
    pub(super) fn of(paint: &Paint<'_>, opacity: f32) -> Self {
        match paint {
            Paint::Color(color) => {
                let [red, green, blue, alpha] = color.to_rgba().to_rgba8();
                Self { lightness: lightness(red, green, blue), opacity: opacity * f32::from(alpha) / 255.0 }
            }
            Paint::Pattern(_) => Self { lightness: PATTERN_LIGHTNESS, opacity },
        }
    }

    /// How light it looks on a ground.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a weighted mean of bytes")]
    fn on(self, ground: u8) -> u8 {
        let opacity = self.opacity.clamp(0.0, 1.0);
        (f32::from(self.lightness) * opacity + f32::from(ground) * (1.0 - opacity)).round() as u8
    }
}

impl FaxDevice<'_> {
    /// Prints spans in black or white by comparison with what lies under them.
    pub(super) fn print(&mut self, spans: &[Span], ink: Ink) {
        let Some(print) = self.prepared(spans, bounds_of(spans), (0, 0), ink) else { return };
        for span in spans {
            self.clips.cut(*span, |span| self.canvas.fill(span.y, span.from, span.to, print.mark()));
        }
    }

    /// Prints a letter's spans, within `bounds`, moved by `by` columns and rows. A letter that the clip holds but for the
    /// half pixel by which letters are moved is drawn whole.
    pub(super) fn print_letter(&mut self, spans: &[Span], bounds: Bounds, by: (i32, i32), ink: Ink) {
        if !self.clips.nearly_hold(moved(bounds, by)) {
            let spans: Vec<Span> = spans.iter().map(|span| span.moved(by)).collect();
            return self.print(&spans, ink);
        }
        let Some(print) = self.prepared(spans, bounds, by, ink) else { return };
        for span in spans.iter().map(|span| span.moved(by)) {
            self.canvas.fill(span.y, span.from, span.to, print.mark());
        }
    }

    /// What print on the ground under some spans has to be, with the ground made fit for it; `None` where it was not
    /// meant to be seen.
    fn prepared(&mut self, spans: &[Span], bounds: Bounds, by: (i32, i32), ink: Ink) -> Option<Print> {
        let ground = self.ground_under(spans, by)?;
        let contrast = i32::from(ink.on(ground.lightness())) - i32::from(ground.lightness());
        if contrast.abs() < LEAST_CONTRAST {
            return None;
        }
        let print = if contrast < 0 { Print::Dark } else { Print::Light };
        if !ground.is_print() && ground != Mark::PAPER {
            self.canvas.prepare_ground(ground, print, around(moved(bounds, by)));
        }
        Some(print)
    }

    /// The commonest mark under some of the spans.
    fn ground_under(&self, spans: &[Span], by: (i32, i32)) -> Option<Mark> {
        let last = spans.len().checked_sub(1)?;
        let sample = |part: usize| {
            let span = spans[last * part / 4].moved(by);
            self.canvas.at(i32::midpoint(span.from, span.to), span.y)
        };
        let samples = [0, 1, 2, 3, 4].map(sample);
        samples.into_iter().max_by_key(|mark| samples.iter().filter(|other| *other == mark).count())
    }

    /// Marks spans as an area.
    pub(super) fn tint(&mut self, spans: &[Span], ink: Ink, mode: BlendMode) {
        let ground = self.ground_under(spans, (0, 0)).unwrap_or(Mark::PAPER);
        let shows_through = ink.opacity < TRANSLUCENT || mode != BlendMode::Normal;
        if ink.opacity < 0.04 {
            return;
        }
        let under = if ground.is_print() { 255 } else { ground.lightness() };
        let lightness = if mode == BlendMode::Normal { ink.on(under) } else { ink.on(255).min(under) };
        let mark = Mark::tint(lightness);
        for span in spans {
            self.clips.cut(*span, |span| {
                if shows_through {
                    for x in span.from..span.to {
                        if !self.canvas.at(x, span.y).is_print() {
                            self.canvas.set(x, span.y, mark);
                        }
                    }
                } else {
                    self.canvas.fill(span.y, span.from, span.to, mark);
                }
            });
        }
    }

    /// Fills an upright rectangle, given in pixels.
    pub(super) fn fill_rect(&mut self, rect: Rect, props: &DrawProps<'_>) {
        let ink = Ink::of(&props.paint, self.opacity());
        let thin = rect.width().min(rect.height()) < PRINT_THICKNESS;
        let (left, top, right, bottom) = if thin { sharp(&rect) } else { rounded(&rect) };
        let bounds = self.clips.bounds();
        let spans: Vec<Span> =
            (top.max(bounds.1)..bottom.min(bounds.3)).map(|y| Span { y, from: left, to: right }).collect();
        if thin { self.print(&spans, ink) } else { self.tint(&spans, ink, props.blend_mode) }
    }

    /// Fills a shape, given in pixels.
    pub(super) fn fill_shape(&mut self, shape: &BezPath, rule: FillRule, props: &DrawProps<'_>) {
        self.fill(shape, rule == FillRule::EvenOdd, thickness(shape), props);
    }

    /// Fills a shape, given in pixels, that is `thick`.
    pub(super) fn fill(&mut self, shape: &BezPath, even_odd: bool, thick: f64, props: &DrawProps<'_>) {
        if let Paint::Pattern(pattern) = &props.paint
            && thick >= PRINT_THICKNESS
        {
            match &**pattern {
                Pattern::Shading(shading) => return self.fill_shading(shape, even_odd, shading),
                Pattern::Tiling(tiles) => {
                    if fill_tiles(self, shape, even_odd, tiles) {
                        return;
                    }
                }
            }
        }
        let ink = Ink::of(&props.paint, self.opacity());
        let print = thick < PRINT_THICKNESS;
        let coverage = if print { Coverage::PRINT } else { Coverage::AREA };
        let spans = self.spans(shape, even_odd, coverage);
        if print { self.print(&spans, ink) } else { self.tint(&spans, ink, props.blend_mode) }
    }

    fn spans(&mut self, shape: &BezPath, even_odd: bool, coverage: Coverage) -> Vec<Span> {
        let mut spans = Vec::new();
        self.scanner.scan(shape, even_odd, coverage, self.clips.bounds(), |span| spans.push(span));
        spans
    }

    /// Fills a shape with a gradient, in tones of 4 by 4 pixels.
    fn fill_shading(&mut self, shape: &BezPath, even_odd: bool, shading: &ShadingPattern) {
        let spans = self.spans(shape, even_odd, Coverage::AREA);
        let encoded = shading.encode();
        let opacity = self.opacity();
        let mut tones = Tones { row: i32::MIN, of_column: vec![Tone::Unknown; crate::page::COLUMNS / 4 + 1] };
        for span in spans {
            if tones.row != span.y / 4 {
                tones.row = span.y / 4;
                tones.of_column.fill(Tone::Unknown);
            }
            self.clips.cut(span, |span| {
                for x in span.from..span.to {
                    let Some(cached) = usize::try_from(x / 4).ok().and_then(|at| tones.of_column.get_mut(at)) else {
                        continue;
                    };
                    if matches!(cached, Tone::Unknown) {
                        let place = Point::new(f64::from(x / 4 * 4 + 2), f64::from(span.y / 4 * 4 + 2));
                        *cached = tone(encoded.sample(encoded.base_transform * place), opacity);
                    }
                    if let Tone::Of(mark) = cached {
                        self.canvas.set(x, span.y, *mark);
                    }
                }
            });
        }
    }
}

/// A block's tone.
#[derive(Clone, Copy)]
enum Tone {
    Unknown,
    Clear,
    Of(Mark),
}

/// Tones along a row of blocks.
struct Tones {
    row: i32,
    of_column: Vec<Tone>,
}

/// The tone of a gradient's colour on paper.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
fn tone([red, green, blue, alpha]: [f32; 4], opacity: f32) -> Tone {
    let byte = |value: f32| (value * 255.0).round() as u8;
    let ink = Ink { lightness: lightness(byte(red), byte(green), byte(blue)), opacity: alpha * opacity };
    let seen = ink.on(255);
    match seen {
        _ if ink.opacity <= 0.1 => Tone::Clear,
        LIGHT_TONE.. => Tone::Of(Mark::PAPER),
        seen => Tone::Of(Mark::tone(seen)),
    }
}

/// A thin rectangle in whole pixels: its thin side is at least one and keeps its place.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
pub(super) fn sharp(rect: &Rect) -> (i32, i32, i32, i32) {
    let side = |from: f64, to: f64| {
        if to - from < 1.5 {
            let middle = f64::midpoint(from, to).floor() as i32;
            (middle, middle.saturating_add(1))
        } else {
            (from.round() as i32, to.round() as i32)
        }
    };
    let ((left, right), (top, bottom)) = (side(rect.x0, rect.x1), side(rect.y0, rect.y1));
    (left, top, right, bottom)
}

/// The box around spans: left, top, right, bottom.
pub(super) fn bounds_of(spans: &[Span]) -> Bounds {
    let from = spans.iter().map(|span| span.from).min().unwrap_or(0);
    let to = spans.iter().map(|span| span.to).max().unwrap_or(0);
    let (top, last) = (spans.first().map_or(0, |span| span.y), spans.last().map_or(0, |span| span.y));
    (from, top, to, last.saturating_add(1))
}

fn moved((left, top, right, bottom): Bounds, (columns, rows): (i32, i32)) -> Bounds {
    let (across, down) = (|x: i32| x.saturating_add(columns), |y: i32| y.saturating_add(rows));
    (across(left), down(top), across(right), down(bottom))
}

/// The surroundings of print, for its ground.
fn around((left, top, right, bottom): Bounds) -> Bounds {
    let (less, more) = (|x: i32| x.saturating_sub(HALO), |x: i32| x.saturating_add(HALO));
    (less(left), less(top), more(right), more(bottom))
}

/// Draws a repeated pattern over a shape.
fn fill_tiles(device: &mut FaxDevice<'_>, shape: &BezPath, even_odd: bool, tiles: &TilingPattern<'_>) -> bool {
    let bounds = device.clips.bounds();
    let visible = Rect::new(f64::from(bounds.0), f64::from(bounds.1), f64::from(bounds.2), f64::from(bounds.3))
        .intersect(shape.bounding_box());
    let (x_step, y_step) = (f64::from(tiles.x_step).abs(), f64::from(tiles.y_step).abs());
    if tiles.matrix.determinant().abs() < 1e-12 || visible.is_zero_area() {
        return visible.is_zero_area();
    }
    let seen = tiles.matrix.inverse().transform_rect_bbox(visible);
    let across = ((seen.x0 - tiles.bbox.x1) / x_step).ceil()..((seen.x1 - tiles.bbox.x0) / x_step).floor() + 1.0;
    let down = ((seen.y0 - tiles.bbox.y1) / y_step).ceil()..((seen.y1 - tiles.bbox.y0) / y_step).floor() + 1.0;
    let count = (across.end - across.start).max(0.0) * (down.end - down.start).max(0.0);
    if count.is_nan() || count > MOST_TILES {
        return false;
    }
    device.clips.push_path(shape, even_odd, &mut device.scanner);
    let mut y = down.start;
    while y < down.end {
        let mut x = across.start;
        while x < across.end {
            let place = tiles.matrix * Affine::translate((x * x_step, y * y_step));
            let drawn = tiles.interpret(device, place, false);
            if drawn.is_none() {
                break;
            }
            x += 1.0;
        }
        y += 1.0;
    }
    device.clips.pop();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hairlines_are_one_pixel_and_bars_keep_their_width() {
        assert_eq!(sharp(&Rect::new(10.0, 20.3, 500.0, 20.5)), (10, 20, 500, 21));
        assert_eq!(sharp(&Rect::new(10.4, 0.0, 12.6, 90.0)), (10, 0, 13, 90));
    }

    #[test]
    fn half_transparent_black_on_paper_is_grey() {
        assert_eq!(Ink { lightness: 0, opacity: 0.5 }.on(255), 128);
    }
}
