//! Shapes to spans of pixels, by how much of each pixel they cover.
//!
//! Six lines a row: two of them are a third of a pixel, just over the coverage from which print counts, so that level
//! strokes are judged as upright ones are. Along a line coverage is exact.

use hayro::kurbo::{BezPath, PathEl, Point, flatten};

/// Lines sampled in each row of pixels.
const LINES: i32 = 6;
/// Coverage of a pixel is counted to this.
const FULL: i32 = 64 * LINES;
/// Pixels that are passed over together.
const RUN: usize = 16;
/// Most crossings of one shape: a page full of hatching has a million.
const MOST_CROSSINGS: usize = 8_000_000;

/// Covered part of a pixel from which it counts, of [`FULL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Coverage(i32);

impl Coverage {
    /// For print: 31 %, measured to keep thin strokes whole without closing small letters.
    pub(super) const PRINT: Self = Self(FULL * 31 / 100);
    /// For areas and clips: a half, so that neighbours neither overlap nor gape.
    pub(super) const AREA: Self = Self(FULL / 2);
}

/// Rows and columns to stay within: left, top, right, bottom.
pub(super) type Bounds = (i32, i32, i32, i32);

/// Where an edge crosses a line, as one number that sorts by line and then by column: line, column in 1/64 pixel, and
/// whether the edge goes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Crossing(i64);

impl Crossing {
    /// Columns are within a million pixels; this makes them positive.
    const OFFSET: i64 = 1 << 30;

    fn new(line: i32, column: i32, down: bool) -> Self {
        Self(i64::from(line) << 32 | (i64::from(column) + Self::OFFSET) << 1 | i64::from(down))
    }

    fn line(self) -> i32 {
        i32::try_from(self.0 >> 32).unwrap_or(0)
    }

    fn column(self) -> i32 {
        i32::try_from(((self.0 & 0xffff_ffff) >> 1) - Self::OFFSET).unwrap_or(0)
    }

    fn direction(self) -> i32 {
        if self.0 & 1 == 1 { 1 } else { -1 }
    }
}

/// A span of row `y` from `from` to before `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) y: i32,
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Span {
    /// The span, so many columns and rows further.
    pub(super) fn moved(self, (columns, rows): (i32, i32)) -> Self {
        Self {
            y: self.y.saturating_add(rows),
            from: self.from.saturating_add(columns),
            to: self.to.saturating_add(columns),
        }
    }
}

/// Scan conversion; it keeps its buffers from shape to shape.
#[derive(Default)]
pub(super) struct Scanner {
    /// Crossings of edges with lines.
    crossings: Vec<Crossing>,
    /// Change of coverage from pixel to pixel in the current row.
    deltas: Vec<i32>,
}

impl Scanner {
    /// Finds the spans of a shape (in pixels) within `bounds`. A shape with absurdly many edges has none.
    pub(super) fn scan(
        &mut self,
        shape: &BezPath,
        even_odd: bool,
        coverage: Coverage,
        bounds: Bounds,
        mut each: impl FnMut(Span),
    ) {
        let (left, top, right, bottom) = bounds;
        if left >= right || top >= bottom {
            return;
        }
        self.collect(shape, top * LINES, bottom * LINES);
        self.crossings.sort_unstable();
        self.deltas.clear();
        self.deltas.resize(usize::try_from(right - left).unwrap_or(0) + 2, 0);
        let mut at = 0;
        while let Some(first) = self.crossings.get(at) {
            let y = first.line().div_euclid(LINES);
            let mut touched = (i32::MAX, i32::MIN);
            while let Some(line) =
                self.crossings.get(at).map(|crossing| crossing.line()).filter(|line| line.div_euclid(LINES) == y)
            {
                let end = at + self.crossings[at..].iter().take_while(|crossing| crossing.line() == line).count();
                self.add_line(at, end, even_odd, (left, right), &mut touched);
                at = end;
            }
            self.emit(y, left, touched, coverage, &mut each);
        }
    }

    fn collect(&mut self, shape: &BezPath, first: i32, last: i32) {
        self.crossings.clear();
        let (mut start, mut from) = (Point::ZERO, Point::ZERO);
        let crossings = &mut self.crossings;
        flatten(shape, 0.1, |element| match element {
            PathEl::MoveTo(to) => {
                add_edge(crossings, from, start, first, last);
                (start, from) = (to, to);
            }
            PathEl::LineTo(to) => {
                add_edge(crossings, from, to, first, last);
                from = to;
            }
            _ => {
                add_edge(crossings, from, start, first, last);
                from = start;
            }
        });
        add_edge(crossings, from, start, first, last);
        if crossings.len() > MOST_CROSSINGS {
            crossings.clear();
        }
    }

    /// Adds the inside of one line, whose crossings are `from..to`, to the row.
    fn add_line(&mut self, from: usize, to: usize, even_odd: bool, limits: (i32, i32), touched: &mut (i32, i32)) {
        let mut winding = 0;
        let mut entered = 0;
        for at in from..to {
            let x = self.crossings[at].column();
            let was_inside = if even_odd { winding & 1 != 0 } else { winding != 0 };
            winding += self.crossings[at].direction();
            let is_inside = if even_odd { winding & 1 != 0 } else { winding != 0 };
            if is_inside && !was_inside {
                entered = x;
            } else if was_inside && !is_inside {
                self.add_interval(entered, x, limits, touched);
            }
        }
    }

    fn add_interval(&mut self, from: i32, to: i32, (left, right): (i32, i32), touched: &mut (i32, i32)) {
        let (from, to) = (from.max(left * 64) - left * 64, to.min(right * 64) - left * 64);
        if from >= to {
            return;
        }
        let (first, last) = (from >> 6, (to - 1) >> 6);
        touched.0 = touched.0.min(first);
        touched.1 = touched.1.max(last);
        let mut add = |pixel: i32, change: i32| self.deltas[pixel.unsigned_abs() as usize] += change;
        // The share of the first pixel, the step to a whole one, and back to nothing after the last.
        if first == last {
            add(first, to - from);
            add(first + 1, from - to);
        } else {
            let (head, tail) = (((first + 1) << 6) - from, to - (last << 6));
            add(first, head);
            add(first + 1, 64 - head);
            add(last, tail - 64);
            add(last + 1, -tail);
        }
    }

    /// Gives the spans of a row, and makes `deltas` ready for the next. Between edges nothing changes, so that runs of
    /// pixels are passed over together.
    fn emit(&mut self, y: i32, left: i32, (first, last): (i32, i32), coverage: Coverage, each: &mut impl FnMut(Span)) {
        let (Ok(first), Ok(last)) = (usize::try_from(first), usize::try_from(last)) else { return };
        let Some(row) = self.deltas.get_mut(first..last.saturating_add(2)) else { return };
        let mut covered = 0;
        let mut from = None;
        for (run, start) in row.chunks_mut(RUN).zip((first..).step_by(RUN)) {
            if run.iter().fold(0, |any, delta| any | delta) == 0 {
                continue;
            }
            for (delta, pixel) in run.iter_mut().zip(left.saturating_add(i32::try_from(start).unwrap_or(i32::MAX))..) {
                covered += std::mem::take(delta);
                match (covered >= coverage.0, from) {
                    (true, None) => from = Some(pixel),
                    (false, Some(start)) => {
                        each(Span { y, from: start, to: pixel });
                        from = None;
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Adds the crossings of the edge from `a` to `b` with the lines from `first` to before `last`.
#[expect(clippy::cast_possible_truncation, reason = "clamped to the lines and to a million pixels")]
fn add_edge(crossings: &mut Vec<Crossing>, a: Point, b: Point, first: i32, last: i32) {
    let down = a.y < b.y;
    let (upper, lower) = if down { (a, b) } else { (b, a) };
    // Lines lie at the middle of a sixth of a row.
    let line_at = |y: f64| (y * f64::from(LINES) - 0.5).ceil();
    let (from, to) = (line_at(upper.y).max(f64::from(first)), line_at(lower.y).min(f64::from(last)));
    if from.is_nan() || to.is_nan() || from >= to || crossings.len() > MOST_CROSSINGS {
        return;
    }
    let slope = (lower.x - upper.x) / (lower.y - upper.y);
    let step = slope * 64.0 / f64::from(LINES);
    let mut x = (upper.x + ((from + 0.5) / f64::from(LINES) - upper.y) * slope) * 64.0;
    for line in from as i32..to as i32 {
        crossings.push(Crossing::new(line, x.clamp(-6.4e7, 6.4e7) as i32, down));
        x += step;
    }
}

#[cfg(test)]
mod tests {
    use hayro::kurbo::{Circle, Rect, Shape};

    use super::*;

    fn spans(shape: &BezPath, even_odd: bool, coverage: Coverage) -> Vec<Span> {
        let mut spans = Vec::new();
        Scanner::default().scan(shape, even_odd, coverage, (0, 0, 100, 100), |span| spans.push(span));
        spans
    }

    fn area(spans: &[Span]) -> i32 {
        spans.iter().map(|span| span.to - span.from).sum()
    }

    #[test]
    fn a_rectangle_is_its_pixels() {
        let spans = spans(&Rect::new(10.0, 20.0, 14.0, 22.0).to_path(0.1), false, Coverage::AREA);
        assert_eq!(spans, [Span { y: 20, from: 10, to: 14 }, Span { y: 21, from: 10, to: 14 }]);
    }

    #[test]
    fn print_keeps_a_third_of_a_pixel_and_areas_do_not() {
        let thin = Rect::new(10.0, 20.0, 40.0, 20.4).to_path(0.1);
        assert_eq!(area(&spans(&thin, false, Coverage::PRINT)), 30);
        assert_eq!(area(&spans(&thin, false, Coverage::AREA)), 0);
    }

    #[test]
    fn a_hole_is_a_hole_by_the_even_odd_rule() {
        let mut ring = Circle::new((50.0, 50.0), 40.0).to_path(0.1);
        ring.extend(Circle::new((50.0, 50.0), 20.0).to_path(0.1));
        let (odd, full) = (area(&spans(&ring, true, Coverage::AREA)), area(&spans(&ring, false, Coverage::AREA)));
        assert!((odd - 3770).abs() < 40, "{odd}");
        assert!((full - 5027).abs() < 40, "{full}");
    }

    #[test]
    fn shapes_beyond_the_bounds_and_without_numbers_are_harmless() {
        let wild = Rect::new(-1e9, -1e9, 1e9, 1e9).to_path(0.1);
        assert_eq!(area(&spans(&wild, false, Coverage::AREA)), 10_000);
        let mut nan = BezPath::new();
        nan.move_to((f64::NAN, 0.0));
        nan.line_to((f64::INFINITY, 50.0));
        nan.line_to((3.0, f64::NEG_INFINITY));
        let _ = spans(&nan, false, Coverage::PRINT);
    }
}
