//! The few elements that the charts are drawn with. All numbers are in units of the drawing.

use std::io::{self, Write};

use quick_xml::escape::escape;

use crate::visible::visible;

/// The width of every drawing.
pub(super) const WIDTH: f64 = 960.0;

/// A text or the value of an attribute.
pub(super) fn text(text: &str) -> String {
    escape(&*visible(text)).into_owned()
}

/// Where a text is by its place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The ink of a text: that of the page, which follows the reader's choice of light or dark, or one that is read on a fill.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ink {
    Page,
    OnPale,
    OnDark,
}

/// What fills a rectangle.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fill<'a> {
    /// A class of the page's style, which has a colour for light and one for dark.
    Class(&'a str),
    /// The same colour always.
    Colour(&'a str),
}

/// Opens a drawing that says what it shows to those who cannot see it.
pub(super) fn open(output: &mut impl Write, height: f64, name: &str, description: &str) -> io::Result<()> {
    let label = text(&format!("{name}. {description}"));
    writeln!(output, "<svg viewBox=\"0 0 {WIDTH} {height:.1}\" role=\"img\" aria-label=\"{label}\">")
}

pub(super) fn close(output: &mut impl Write) -> io::Result<()> {
    output.write_all(b"</svg>\n")
}

/// A filled rectangle that names itself under the pointer.
pub(super) fn rectangle(
    output: &mut impl Write,
    [x, y, width, height]: [f64; 4],
    fill: Fill<'_>,
    words: &str,
) -> io::Result<()> {
    let (attribute, value) = match fill {
        Fill::Class(class) => ("class", class),
        Fill::Colour(colour) => ("fill", colour),
    };
    writeln!(
        output,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {attribute}=\"{value}\"><title>{}</title></rect>",
        text(words)
    )
}

pub(super) fn label(
    output: &mut impl Write,
    [x, y]: [f64; 2],
    anchor: Anchor,
    ink: Ink,
    words: &str,
) -> io::Result<()> {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let ink = match ink {
        Ink::Page => "",
        Ink::OnPale => " on-pale",
        Ink::OnDark => " on-dark",
    };
    writeln!(output, "<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{anchor}{ink}\">{}</text>", text(words))
}

/// A thin line across.
pub(super) fn rule(output: &mut impl Write, [from, to]: [f64; 2], y: f64) -> io::Result<()> {
    writeln!(output, "<line x1=\"{from:.1}\" y1=\"{y:.1}\" x2=\"{to:.1}\" y2=\"{y:.1}\"/>")
}
