//! What is put on paper, and what it means: a display list beside a tree of the parts of the document.
//!
//! Two things and not one, because a page is drawn from top to bottom and read in the order of its meaning: the picture
//! stands beside the facts but is read after them.

use crate::typeface::Face;

/// A4, in points.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);

/// Something drawn at a place; positions are points from the top left corner of its page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// Page, from 0.
    pub(crate) page: usize,
    /// Left end.
    pub(crate) x: f32,
    /// Baseline of a text, else upper end.
    pub(crate) y: f32,
    /// What.
    pub(crate) ink: Ink,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ink {
    /// One line of printable text.
    Text {
        /// In which face.
        face: Face,
        /// Size in points.
        size: f32,
        /// The line.
        text: String,
    },
    /// A horizontal line.
    Rule {
        /// Length.
        width: f32,
        /// Thickness.
        thickness: f32,
    },
    /// The outline of a box.
    Frame {
        /// Width.
        width: f32,
        /// Height.
        height: f32,
    },
    /// The picture of the first page.
    Picture {
        /// Width.
        width: f32,
        /// Height.
        height: f32,
    },
}

/// Marks by their place in the list.
pub(crate) type Marks = Vec<usize>;

/// A part of the document, in the order in which it is read.
#[derive(Debug)]
pub(crate) enum Part {
    /// A heading of a level, from 1.
    Heading(u16, Marks),
    /// A paragraph.
    Paragraph(Marks),
    /// A picture and what it shows.
    Figure(String, Marks),
    /// A table: rows of cells.
    Table(Vec<Vec<Cell>>),
}

/// A cell of a table.
#[derive(Debug)]
pub(crate) struct Cell {
    /// What it is.
    pub(crate) kind: CellKind,
    /// Its marks.
    pub(crate) marks: Marks,
}

/// What a cell of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// Names its row.
    RowName,
    /// Names its column.
    ColumnName,
    /// Holds a fact.
    Fact,
}

/// A document ready to be drawn.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// What is drawn.
    pub(crate) marks: Vec<Mark>,
    /// What it means; marks of no part are decoration.
    pub(crate) parts: Vec<Part>,
    /// Number of pages.
    pub(crate) pages: usize,
}
