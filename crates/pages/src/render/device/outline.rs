//! How thick a shape is, which is what tells print from areas.

use hayro::kurbo::{BezPath, PathEl, Point, Shape};

/// Mean thickness of a shape: twice its area by the length of its edge. A long line of 3 pixels has about 3, a square
/// half its side. Curves count as their control polygons, which is near enough.
pub(super) fn thickness(shape: &BezPath) -> f64 {
    let (mut start, mut from, mut length) = (Point::ZERO, Point::ZERO, 0.0);
    for element in shape.elements() {
        let to = match *element {
            PathEl::MoveTo(to) => {
                (start, from) = (to, to);
                continue;
            }
            PathEl::LineTo(to) => to,
            PathEl::QuadTo(one, to) => {
                length += from.distance(one) - from.distance(to) + one.distance(to);
                to
            }
            PathEl::CurveTo(one, two, to) => {
                length += from.distance(one) + one.distance(two) + two.distance(to) - from.distance(to);
                to
            }
            PathEl::ClosePath => start,
        };
        length += from.distance(to);
        from = to;
    }
    if length > 0.0 { 2.0 * shape.area().abs() / length } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use hayro::kurbo::{Circle, Rect};

    use super::*;

    #[test]
    fn lines_are_thin_and_boxes_are_not() {
        assert!((thickness(&Rect::new(0.0, 0.0, 300.0, 3.0).to_path(0.1)) - 3.0).abs() < 0.1);
        assert!((thickness(&Rect::new(0.0, 0.0, 40.0, 40.0).to_path(0.1)) - 20.0).abs() < 0.1);
        let mut ring = Circle::new((0.0, 0.0), 50.0).to_path(0.1);
        ring.extend(Circle::new((0.0, 0.0), 46.0).to_path(0.1).reverse_subpaths());
        assert!(thickness(&ring) < 5.0);
    }
}
