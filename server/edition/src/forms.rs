//! The forms of an edition, each a fold over its blocks: plain text, Markdown, HTML and TEI.

mod html;
mod linked;
mod markdown;
mod origins;
mod spans;
mod tei;
mod text;

use cable_syntax::{FurnitureKind, Placed};

use crate::edition::{Edition, Editor};
use crate::head::Head;
use linked::References;
use origins::Marks;

pub(crate) use html::start;
pub use linked::{OpenReferences, Page};
pub use origins::{Element, Origins};

#[cfg(test)]
pub(crate) use html::{STYLE, STYLE_HASH};

/// A cable and its edition.
#[derive(Debug, Clone, Copy)]
pub struct Edited<'a> {
    /// The cable in its document.
    pub placed: &'a Placed,
    /// Its edition.
    pub edition: &'a Edition,
    /// The name of its file, for people.
    pub file: &'a str,
}

/// The columns of a line of plain text where nobody says otherwise.
pub const TEXT_WIDTH: usize = 80;

/// How an edition is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Wrapped at a width, numbers in the margin.
    Text {
        /// Columns of a line.
        width: usize,
    },
    /// With front matter, and footnotes for corrections.
    Markdown,
    /// A page that needs nothing but itself.
    Html,
    /// TEI P5.
    Tei,
}

impl Form {
    /// Who makes the editions for it. TEI alone says of each number what was written.
    pub fn editor(self) -> Editor {
        match self {
            Self::Tei => Editor::default(),
            Self::Text { .. } | Self::Markdown | Self::Html => Editor::without_numbers(),
        }
    }
}

/// Where another cable is found, by its canonical id.
pub trait Links {
    /// The address of its page, relative to this one; none where it is not known.
    fn page(&self, id: &str) -> Option<String>;
}

impl Links for () {
    fn page(&self, _: &str) -> Option<String> {
        None
    }
}

/// Writes the cables of a file in a form. It ends in a line end.
pub fn render(cables: &[Edited<'_>], form: Form, links: &dyn Links) -> String {
    write(cables, &heads(cables), form, &mut Marks::default()).linked(links).into_parts().0
}

/// The same, and where each part of it comes from.
pub fn render_with_origins(cables: &[Edited<'_>], form: Form, links: &dyn Links) -> (String, Origins) {
    let mut marks = Marks::default();
    let page = write(cables, &heads(cables), form, &mut marks);
    let origins = match form {
        Form::Html => Origins::Elements(origins::elements(cables)),
        // A link puts no line end into the page.
        Form::Text { .. } | Form::Markdown | Form::Tei => Origins::Lines(marks.lines(page.text())),
    };
    (page.linked(links).into_parts().0, origins)
}

/// Writes a cable that has a page of its own.
pub(crate) fn page(cable: Edited<'_>, head: &Head, form: Form) -> Page {
    write(&[cable], std::slice::from_ref(head), form, &mut Marks::default())
}

fn heads(cables: &[Edited<'_>]) -> Vec<Head> {
    cables.iter().map(|edited| Head::of(edited.placed)).collect()
}

fn write(cables: &[Edited<'_>], heads: &[Head], form: Form, marks: &mut Marks) -> Page {
    let mut references = References::new();
    let text = match form {
        Form::Text { width } => text::page(cables, heads, width, marks),
        Form::Markdown => markdown::page(cables, heads, &mut references, marks),
        Form::Html => html::page(cables, heads, &mut references),
        Form::Tei => tei::page(cables, heads, marks),
    };
    Page::new(form, text, references)
}

/// What is before every name of a cable's parts in a page: nothing for the first cable of a file.
fn id_prefix(index: usize) -> String {
    if index == 0 { String::new() } else { format!("c{}-", index + 1) }
}

/// What was left out of the text, in words: `the envelope, 2 page lines`.
fn left_out(edition: &Edition) -> String {
    // A kind has its own place, in the order of the kinds.
    let mut counts = [None; FurnitureKind::Garbage as usize + 1];
    for piece in &edition.furniture {
        counts[piece.kind as usize].get_or_insert((piece.kind, 0_usize)).1 += 1;
    }
    let words = |&(kind, count): &(FurnitureKind, usize)| {
        let (one, many) = match kind {
            FurnitureKind::Envelope => return Some("the envelope".to_owned()),
            FurnitureKind::Header => return Some("the header".to_owned()),
            FurnitureKind::Notice => return Some("the notice of an extract".to_owned()),
            FurnitureKind::Trailer => return Some("what is below the signature".to_owned()),
            FurnitureKind::Markup => return Some("marks of a copy".to_owned()),
            // They are shown in the margin, or show nothing.
            FurnitureKind::Marker | FurnitureKind::Mark | FurnitureKind::Blank | FurnitureKind::Rule => return None,
            FurnitureKind::PageLine => ("page line", "page lines"),
            FurnitureKind::PageClass => ("page mark", "page marks"),
            FurnitureKind::RepeatedCaption => ("caption at a page break", "captions at page breaks"),
            FurnitureKind::Wrapper => ("line of a publisher or reviewer", "lines of a publisher or reviewer"),
            FurnitureKind::Distribution => ("line of distribution", "lines of distribution"),
            FurnitureKind::ListDash => ("dash before a number", "dashes before numbers"),
            FurnitureKind::Garbage => ("piece that nobody owns", "pieces that nobody owns"),
        };
        Some(format!("{count} {}", if count == 1 { one } else { many }))
    };
    counts.iter().flatten().filter_map(words).collect::<Vec<_>>().join(", ")
}
