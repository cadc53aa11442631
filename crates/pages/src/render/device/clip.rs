//! Where drawing is allowed.
//!
//! Nearly every clip is a rectangle, so a clip is one, and has a mask only when its shape asks for it.

use std::rc::Rc;

use hayro::kurbo::{BezPath, Rect, Shape};

use super::scan::{Bounds, Coverage, Scanner, Span};
use crate::page::COLUMNS;

/// The clips in force, innermost last.
pub(super) struct Clips {
    stack: Vec<Clip>,
}

#[derive(Clone)]
struct Clip {
    bounds: Bounds,
    mask: Option<Rc<Mask>>,
}

/// The allowed parts of each row from `top` on: where they end in `spans`, and they, from left to right.
struct Mask {
    top: i32,
    ends: Vec<usize>,
    spans: Vec<(i32, i32)>,
}

impl Clips {
    /// The whole of a sheet of `rows` rows.
    pub(super) fn new(rows: usize) -> Self {
        let size = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
        Self { stack: vec![Clip { bounds: (0, 0, size(COLUMNS), size(rows)), mask: None }] }
    }

    fn top(&self) -> Clip {
        self.stack.last().cloned().unwrap_or(Clip { bounds: (0, 0, 0, 0), mask: None })
    }

    /// The rectangle that holds all that is allowed.
    pub(super) fn bounds(&self) -> Bounds {
        self.stack.last().map_or((0, 0, 0, 0), |clip| clip.bounds)
    }

    /// Allows the pixels that `rect` touches only (ISO 32000-1, 10.6.5). With less, a letter moved to whole pixels loses
    /// its foot to a cell drawn tightly around its line.
    pub(super) fn push_rect(&mut self, rect: &Rect) {
        let mut clip = self.top();
        clip.bounds = intersection(clip.bounds, touched(rect));
        self.stack.push(clip);
    }

    /// Allows what is within `path` only.
    pub(super) fn push_path(&mut self, path: &BezPath, even_odd: bool, scanner: &mut Scanner) {
        let outer = self.top();
        let bounds = intersection(outer.bounds, rounded(&path.bounding_box().inflate(1.0, 1.0)));
        let mut mask = Mask { top: bounds.1, ends: Vec::new(), spans: Vec::new() };
        scanner.scan(path, even_odd, Coverage::AREA, bounds, |span| {
            mask.end_rows_before(span.y);
            outer.cut(span, |span| mask.spans.push((span.from, span.to)));
        });
        mask.end_rows_before(bounds.3);
        self.stack.push(Clip { bounds, mask: Some(Rc::new(mask)) });
    }

    /// Ends the innermost clip; the sheet itself stays.
    pub(super) fn pop(&mut self) {
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }

    /// Whether a box lies within what is allowed, but for a pixel on each side.
    pub(super) fn nearly_hold(&self, (left, top, right, bottom): Bounds) -> bool {
        let holds = |(from_x, from_y, to_x, to_y): Bounds| {
            left >= from_x - 1 && top >= from_y - 1 && right <= to_x + 1 && bottom <= to_y + 1
        };
        self.stack.last().is_some_and(|clip| clip.mask.is_none() && clip.bounds.0 < clip.bounds.2 && holds(clip.bounds))
    }

    /// Calls `each` for the allowed parts of a span.
    pub(super) fn cut(&self, span: Span, each: impl FnMut(Span)) {
        if let Some(clip) = self.stack.last() {
            clip.cut(span, each);
        }
    }
}

impl Clip {
    fn cut(&self, span: Span, mut each: impl FnMut(Span)) {
        let (from, to) = (span.from.max(self.bounds.0), span.to.min(self.bounds.2));
        if span.y < self.bounds.1 || span.y >= self.bounds.3 || from >= to {
            return;
        }
        let Some(mask) = &self.mask else { return each(Span { y: span.y, from, to }) };
        for (start, end) in mask.row(span.y) {
            let (from, to) = (from.max(*start), to.min(*end));
            if from < to {
                each(Span { y: span.y, from, to });
            }
        }
    }
}

impl Mask {
    /// Ends the rows above row `y`, which is begun.
    fn end_rows_before(&mut self, y: i32) {
        let rows = usize::try_from(y - self.top).unwrap_or(0);
        self.ends.resize(rows.max(self.ends.len()), self.spans.len());
    }

    /// The allowed parts of a row.
    fn row(&self, y: i32) -> &[(i32, i32)] {
        let Ok(row) = usize::try_from(y - self.top) else { return &[] };
        let end = self.ends.get(row).copied().unwrap_or(0);
        let start = row.checked_sub(1).and_then(|above| self.ends.get(above)).copied().unwrap_or(0);
        self.spans.get(start..end).unwrap_or_default()
    }
}

fn intersection(a: Bounds, b: Bounds) -> Bounds {
    let (left, top) = (a.0.max(b.0), a.1.max(b.1));
    (left, top, a.2.min(b.2).max(left), a.3.min(b.3).max(top))
}

/// The pixels that a rectangle touches, of which a hundredth does not count: computed places are not exact.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
fn touched(rect: &Rect) -> Bounds {
    let (left, top) = ((rect.x0 + 0.01).floor() as i32, (rect.y0 + 0.01).floor() as i32);
    let (right, bottom) = ((rect.x1 - 0.01).ceil() as i32, (rect.y1 - 0.01).ceil() as i32);
    (left, top, right.max(left.saturating_add(1)), bottom.max(top.saturating_add(1)))
}

/// A rectangle in whole pixels, at least one wide and high: what is clipped to a hair is still meant to be seen.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
pub(super) fn rounded(rect: &Rect) -> Bounds {
    let (left, top) = (rect.x0.round() as i32, rect.y0.round() as i32);
    (
        left,
        top,
        (rect.x1.round() as i32).max(left.saturating_add(1)),
        (rect.y1.round() as i32).max(top.saturating_add(1)),
    )
}

#[cfg(test)]
mod tests {
    use hayro::kurbo::Circle;

    use super::*;

    fn allowed(clips: &Clips) -> i32 {
        let mut count = 0;
        for y in -5..105 {
            clips.cut(Span { y, from: -5, to: 2000 }, |span| count += span.to - span.from);
        }
        count
    }

    #[test]
    fn clips_nest_and_end() {
        let mut clips = Clips::new(100);
        clips.push_rect(&Rect::new(10.0, 10.0, 60.0, 60.0));
        assert_eq!(allowed(&clips), 2500);
        clips.push_path(&Circle::new((60.0, 35.0), 20.0).to_path(0.1), false, &mut Scanner::default());
        assert!((allowed(&clips) - 628).abs() < 15);
        clips.push_path(&Rect::new(0.0, 0.0, 1000.0, 35.0).to_path(0.1), false, &mut Scanner::default());
        assert!((allowed(&clips) - 314).abs() < 15);
        clips.pop();
        clips.pop();
        clips.pop();
        clips.pop();
        assert_eq!(allowed(&clips), 100 * 1728);
    }

    #[test]
    fn clips_that_do_not_meet_allow_nothing() {
        let mut clips = Clips::new(100);
        clips.push_rect(&Rect::new(10.0, 10.0, 20.0, 20.0));
        clips.push_rect(&Rect::new(30.0, 30.0, 40.0, 40.0));
        assert_eq!(allowed(&clips), 0);
    }

    #[test]
    fn a_letter_may_overhang_a_rectangle_by_a_pixel_but_no_shape() {
        let mut clips = Clips::new(100);
        clips.push_rect(&Rect::new(10.0, 10.0, 60.0, 20.0));
        assert!(clips.nearly_hold((9, 9, 61, 21)));
        assert!(!clips.nearly_hold((10, 8, 20, 15)) && !clips.nearly_hold((10, 12, 20, 22)));
        clips.push_path(&Circle::new((30.0, 15.0), 4.0).to_path(0.1), false, &mut Scanner::default());
        assert!(!clips.nearly_hold((29, 14, 31, 16)));
    }

    #[test]
    fn a_pixel_that_a_clip_touches_is_allowed() {
        let mut clips = Clips::new(100);
        clips.push_rect(&Rect::new(10.4, 20.3, 12.6, 20.6));
        assert_eq!(allowed(&clips), 3);
        clips.push_rect(&Rect::new(10.0 - 1e-9, 20.0, 12.0 + 1e-9, 21.0));
        assert_eq!(allowed(&clips), 2);
    }
}
