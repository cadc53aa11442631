//! Draws a plan as PDF/A-3a: fonts embedded, everything tagged, the facts attached.
//!
//! Level A of part 3, not of part 2, which forbids attachments other than PDF/A files; the two differ in nothing else.

use std::{
    collections::{HashMap, HashSet},
    num::NonZeroU16,
};

use krilla::{
    Document, SerializeSettings,
    color::luma,
    configure::{Archival, Configuration, ConfigurationBuilder},
    embed::{AssociationKind, EmbeddedFile, MimeType},
    geom::{PathBuilder, Point, Rect, Size, Transform},
    image::Image,
    metadata::{DateTime, Metadata},
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree},
};

use crate::{
    marks::{Cell, CellKind, Ink, Mark, PAGE, Part, Plan},
    typeface::Faces,
};

/// Name of the attachment.
pub(crate) const ATTACHMENT: &str = "justfax-report.json";

/// What goes into the file beside its pages.
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) language: &'static str,
    pub(crate) author: String,
    pub(crate) made: DateTime,
    pub(crate) facts: String,
    pub(crate) facts_are: String,
}

type Pieces = HashMap<usize, Identifier>;

/// Draws.
///
/// # Errors
/// What the PDF library refuses: a broken build, never the facts.
pub(crate) fn draw(plan: &Plan, about: About, faces: &Faces, picture: Option<&Image>) -> Result<Vec<u8>, String> {
    let settings = SerializeSettings { configuration: level_a()?, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let told = tagged(plan);
    let mut pieces = Pieces::new();
    for number in 0..plan.pages {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or("no page")?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for (index, mark) in plan.marks.iter().enumerate().filter(|(_, mark)| mark.page == number) {
            let tag = match (told.contains(&index), &mark.ink) {
                (false, _) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
                (true, Ink::Text { .. }) => ContentTag::Span(SpanTag::empty().with_lang(Some(about.language))),
                (true, _) => ContentTag::Other,
            };
            let piece = surface.start_tagged(tag);
            put(&mut surface, mark, faces, picture);
            surface.end_tagged();
            pieces.insert(index, piece);
        }
    }
    document.set_tag_tree(tree(&plan.parts, &pieces, about.language));
    document.set_metadata(metadata(&about));
    document.embed_file(attachment(about)?).ok_or("attached twice")?;
    document.finish().map_err(|error| error.to_string())
}

fn level_a() -> Result<Configuration, String> {
    let builder = ConfigurationBuilder::new().with_archival_validator(Archival::A3_A);
    builder.finish().map_err(|error| format!("{error:?}"))
}

fn metadata(about: &About) -> Metadata {
    Metadata::new()
        .title(about.title.clone())
        .language(about.language.to_owned())
        .authors(vec![about.author.clone()])
        .creator("JustFax".to_owned())
        .creation_date(about.made)
}

fn attachment(about: About) -> Result<EmbeddedFile, String> {
    Ok(EmbeddedFile {
        path: ATTACHMENT.to_owned(),
        mime_type: Some(MimeType::new("application/json").ok_or("no media type")?),
        description: Some(about.facts_are),
        association_kind: AssociationKind::Data,
        data: about.facts.into_bytes().into(),
        modification_date: Some(about.made),
        // The signature is put in afterwards, so it must lie in the file as it is.
        compress: Some(false),
        location: None,
    })
}

/// The marks that mean something.
fn tagged(plan: &Plan) -> HashSet<usize> {
    let marks = plan.parts.iter().flat_map(|part| match part {
        Part::Heading(_, marks) | Part::Paragraph(marks) | Part::Figure(_, marks) => marks.clone(),
        Part::Table(rows) => rows.iter().flatten().flat_map(|cell| cell.marks.clone()).collect(),
    });
    marks.collect()
}

fn put(surface: &mut Surface<'_>, mark: &Mark, faces: &Faces, picture: Option<&Image>) {
    match &mark.ink {
        Ink::Text { face, size, text } => {
            let (at, glyphs) = (Point::from_xy(mark.x, mark.y), faces.glyphs(*face, text));
            surface.draw_glyphs(at, &glyphs, faces.drawn(*face), text, *size, false);
        }
        Ink::Rule { width, thickness } => fill(surface, Rect::from_xywh(mark.x, mark.y, *width, *thickness)),
        Ink::Frame { width, height } => outline(surface, Rect::from_xywh(mark.x, mark.y, *width, *height)),
        Ink::Picture { width, height } => {
            let (Some(picture), Some(size)) = (picture, Size::from_wh(*width, *height)) else { return };
            surface.push_transform(&Transform::from_translate(mark.x, mark.y));
            surface.draw_image(picture.clone(), size);
            surface.pop();
        }
    }
}

fn path(rect: Option<Rect>) -> Option<krilla::geom::Path> {
    let mut path = PathBuilder::new();
    path.push_rect(rect?);
    path.finish()
}

fn fill(surface: &mut Surface<'_>, rect: Option<Rect>) {
    if let Some(path) = path(rect) {
        surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
        surface.draw_path(&path);
        surface.set_fill(None);
    }
}

fn outline(surface: &mut Surface<'_>, rect: Option<Rect>) {
    if let Some(path) = path(rect) {
        surface.set_stroke(Some(Stroke { paint: luma::Color::black().into(), width: 0.8, ..Stroke::default() }));
        surface.draw_path(&path);
        surface.set_stroke(None);
    }
}

fn tree(parts: &[Part], pieces: &Pieces, language: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for part in parts {
        tree.push(match part {
            Part::Heading(level, marks) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                group(TagGroup::new(Tag::Hn(level, None)), marks, pieces)
            }
            Part::Paragraph(marks) => group(TagGroup::new(Tag::P), marks, pieces),
            Part::Figure(shows, marks) => group(TagGroup::new(Tag::Figure(Some(shows.clone()))), marks, pieces),
            Part::Table(rows) => table(rows, pieces),
        });
    }
    tree
}

fn group(mut group: TagGroup, marks: &[usize], pieces: &Pieces) -> TagGroup {
    for mark in marks {
        if let Some(piece) = pieces.get(mark) {
            group.push(*piece);
        }
    }
    group
}

fn table(rows: &[Vec<Cell>], pieces: &Pieces) -> TagGroup {
    let mut table = TagGroup::new(Tag::Table);
    for cells in rows {
        let mut row = TagGroup::new(Tag::TR);
        for cell in cells {
            let of_kind = match cell.kind {
                CellKind::RowName => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
                CellKind::ColumnName => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
                CellKind::Fact => TagGroup::new(Tag::TD),
            };
            row.push(group(of_kind, &cell.marks, pieces));
        }
        table.push(row);
    }
    table
}
