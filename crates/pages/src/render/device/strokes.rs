//! Strokes.
//!
//! Most strokes of a document are the lines of a table. Drawn as outlines they come out one or two pixels thick by
//! chance, or vanish; so level and upright lines are drawn as whole pixels in their own right.

use hayro::hayro_interpret::{DrawProps, StrokeProps};
use hayro::kurbo::{Affine, BezPath, Cap, PathEl, Point, Rect, Stroke, StrokeOpts, stroke};

use super::paint::{Ink, PRINT_THICKNESS, sharp};
use super::scan::Span;
use super::{FaxDevice, scales};

/// A line is level or upright when it rises by less than this, in pixels.
const LEVEL: f64 = 0.2;
/// Most segments of a path that are looked at for level lines.
const MOST_SEGMENTS: usize = 2000;

impl FaxDevice<'_> {
    /// Strokes a path given in user space.
    pub(super) fn stroke_shape(&mut self, path: &BezPath, props: &StrokeProps, draw: &DrawProps<'_>) {
        let (x_scale, y_scale) = scales(&draw.transform);
        let scale = (x_scale * y_scale).sqrt();
        if !(scale > 1e-9 && scale.is_finite()) {
            return;
        }
        let width = f64::from(props.line_width).abs() * scale;
        if props.dash_array.is_empty()
            && width < PRINT_THICKNESS
            && let Some(lines) = level_lines(path, &draw.transform)
        {
            let ink = Ink::of(&draw.paint, self.opacity());
            let reach = if matches!(props.line_cap, Cap::Butt) && lines.len() == 1 { 0.0 } else { width / 2.0 };
            for (from, to) in lines {
                self.level_line(from, to, width, reach, ink);
            }
            return;
        }
        let style = Stroke {
            width: f64::from(props.line_width).abs().max(1.0 / scale),
            join: props.line_join,
            miter_limit: f64::from(props.miter_limit),
            start_cap: props.line_cap,
            end_cap: props.line_cap,
            dash_pattern: dashes(props),
            dash_offset: f64::from(props.dash_offset),
        };
        let outline = stroke(path.elements().iter().copied(), &style, &StrokeOpts::default(), 0.1 / scale);
        self.fill(&(draw.transform * outline), false, width, draw);
    }

    fn level_line(&mut self, from: Point, to: Point, width: f64, reach: f64, ink: Ink) {
        let level = (to.y - from.y).abs() < LEVEL;
        let (along, across) = if level { (reach, width / 2.0) } else { (width / 2.0, reach) };
        let rect = Rect::from_points(from, to).inflate(along, across);
        let (left, top, right, bottom) = sharp(&rect);
        let bounds = self.clips.bounds();
        let spans: Vec<Span> =
            (top.max(bounds.1)..bottom.min(bounds.3)).map(|y| Span { y, from: left, to: right }).collect();
        self.print(&spans, ink);
    }
}

/// The dash pattern; one that would never end or is not one is none.
fn dashes(props: &StrokeProps) -> hayro::kurbo::Dashes {
    let sum: f32 = props.dash_array.iter().sum();
    let sound = sum > 0.01 && props.dash_array.iter().all(|length| length.is_finite() && *length >= 0.0);
    if sound {
        props.dash_array.iter().map(|length| f64::from(*length)).collect()
    } else {
        hayro::kurbo::Dashes::default()
    }
}

/// The segments of a path in pixels, if all of them are level or upright.
fn level_lines(path: &BezPath, transform: &Affine) -> Option<Vec<(Point, Point)>> {
    if path.elements().len() > MOST_SEGMENTS {
        return None;
    }
    let mut lines = Vec::with_capacity(path.elements().len());
    let (mut start, mut from) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        let to = match *element {
            PathEl::MoveTo(to) => {
                (start, from) = (*transform * to, *transform * to);
                continue;
            }
            PathEl::LineTo(to) => *transform * to,
            PathEl::ClosePath => start,
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => return None,
        };
        let level = (to.x - from.x).abs() < LEVEL || (to.y - from.y).abs() < LEVEL;
        if !level || !to.x.is_finite() || !to.y.is_finite() {
            return None;
        }
        lines.push((from, to));
        from = to;
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use hayro::kurbo::Shape;

    use super::*;

    #[test]
    fn a_box_is_four_level_lines_and_a_slope_is_none() {
        let lines = level_lines(&Rect::new(0.0, 0.0, 9.0, 5.0).to_path(0.1), &Affine::scale(2.0)).unwrap();
        assert_eq!(lines.len(), 4);
        let mut slope = BezPath::new();
        slope.move_to((0.0, 0.0));
        slope.line_to((5.0, 5.0));
        assert!(level_lines(&slope, &Affine::IDENTITY).is_none());
    }
}
