//! Puts parts one below the other, on as many pages as it takes.
//!
//! A row of a table never breaks over two pages; everything else of a report is smaller than a page.

use crate::{
    marks::{Cell, CellKind, Ink, Mark, Marks, PAGE, Part, Plan},
    typeface::{Face, Faces},
};

/// Left and right margin, and where the flow begins and must end.
pub(crate) const LEFT: f32 = 45.0;
pub(crate) const WIDTH: f32 = PAGE.0 - 2.0 * LEFT;
const TOP: f32 = 44.0;
const BOTTOM: f32 = PAGE.1 - 52.0;
/// Height of a line by the size of its letters.
const LEADING: f32 = 1.28;

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Face.
    pub(crate) face: Face,
    /// Size in points.
    pub(crate) size: f32,
}

/// Running text.
pub(crate) const TEXT: Style = Style { face: Face::Regular, size: 8.5 };
/// Names of rows and columns.
pub(crate) const NAME: Style = Style { face: Face::Bold, size: 8.5 };
/// Small print.
pub(crate) const SMALL: Style = Style { face: Face::Regular, size: 7.5 };
/// Small names.
pub(crate) const SMALL_NAME: Style = Style { face: Face::Bold, size: 7.5 };

/// A column of a table: its left end from the margin, and its width.
pub(crate) type Column = (f32, f32);

/// What stands in a cell: its kind, its style, its text.
pub(crate) type Content = (CellKind, Style, String);

/// The flow: where the next part goes.
pub(crate) struct Flow<'a> {
    faces: &'a Faces,
    pub(crate) plan: Plan,
    page: usize,
    /// Distance from the top of the page.
    pub(crate) y: f32,
}

impl<'a> Flow<'a> {
    /// An empty document.
    pub(crate) fn new(faces: &'a Faces) -> Self {
        Self { faces, plan: Plan { pages: 1, ..Plan::default() }, page: 0, y: TOP }
    }

    /// Leaves some points free.
    pub(crate) fn skip(&mut self, points: f32) {
        self.y += points;
    }

    /// Goes on to a new page unless so many points are left.
    fn need(&mut self, points: f32) {
        if self.y + points > BOTTOM && self.y > TOP {
            self.page += 1;
            self.plan.pages = self.page + 1;
            self.y = TOP;
        }
    }

    /// Draws something on the present page.
    pub(crate) fn put(&mut self, x: f32, y: f32, ink: Ink) -> usize {
        self.plan.marks.push(Mark { page: self.page, x, y, ink });
        self.plan.marks.len() - 1
    }

    /// A line across the page.
    pub(crate) fn rule(&mut self, thickness: f32) {
        self.put(LEFT, self.y, Ink::Rule { width: WIDTH, thickness });
    }

    /// Lines of text from `x`, from the present height on; their marks and their height.
    fn set(&mut self, style: Style, x: f32, room: f32, text: &str) -> (Marks, f32) {
        let text = self.faces.printable(style.face, text);
        let mut marks = Marks::new();
        let mut below = 0.0;
        for text in self.faces.lines(style.face, style.size, room, &text) {
            let baseline = self.y + below + style.size;
            marks.push(self.put(x, baseline, Ink::Text { face: style.face, size: style.size, text }));
            below += style.size * LEADING;
        }
        (marks, below)
    }

    /// Height that a text takes in a room.
    pub(crate) fn height(&self, style: Style, room: f32, text: &str) -> f32 {
        let text = self.faces.printable(style.face, text);
        self.faces.lines(style.face, style.size, room, &text).iter().map(|_| style.size * LEADING).sum()
    }

    /// A heading.
    pub(crate) fn heading(&mut self, level: u16, size: f32, text: &str) {
        self.need(size * 4.0);
        let (marks, height) = self.set(Style { face: Face::Bold, size }, LEFT, WIDTH, text);
        self.plan.parts.push(Part::Heading(level, marks));
        self.y += height;
    }

    /// A paragraph in a column of the page.
    pub(crate) fn paragraph(&mut self, style: Style, (x, room): Column, text: &str) {
        self.need(self.height(style, room, text));
        let (marks, height) = self.set(style, LEFT + x, room, text);
        self.plan.parts.push(Part::Paragraph(marks));
        self.y += height;
    }

    /// A table of rows; rows of different numbers of cells take as many columns as they have cells.
    pub(crate) fn table(&mut self, columns: &[Column], rows: &[Vec<Content>], gap: f32) {
        let rows = rows.iter().map(|row| self.row(columns, row, gap)).collect();
        self.plan.parts.push(Part::Table(rows));
    }

    fn row(&mut self, columns: &[Column], row: &[Content], gap: f32) -> Vec<Cell> {
        let tall = columns.iter().zip(row).map(|((_, room), (_, style, text))| self.height(*style, *room, text));
        let height = tall.fold(0.0, f32::max);
        self.need(height);
        let mut cells = Vec::new();
        for ((x, room), (kind, style, text)) in columns.iter().zip(row) {
            let (marks, _) = self.set(*style, LEFT + x, *room, text);
            cells.push(Cell { kind: *kind, marks });
        }
        self.y += height + gap;
        cells
    }

    /// A line at the foot of every page, which belongs to no part: `text` gets the page and the number of pages.
    pub(crate) fn feet(&mut self, text: impl Fn(usize, usize) -> String) {
        let pages = self.plan.pages;
        for page in 0..pages {
            self.page = page;
            self.y = BOTTOM + 10.0;
            self.rule(0.4);
            self.y += 3.0;
            self.set(SMALL, LEFT, WIDTH, &text(page + 1, pages));
        }
    }
}
