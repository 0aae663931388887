//! `JUnit` XML: a suite a file, a failed case a diagnostic, one passed case for a file without any.
//!
//! The suites are written one by one, so the whole has no totals: they are in each suite.

use std::io::{self, Write};

use cable_lint::Diagnostic;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Checked, Layout, Totals};
use crate::visible::visible;

pub(super) struct Junit;

impl Layout for Junit {
    fn names_clean_files(&self) -> bool {
        true
    }

    fn begin(&self, mut output: &mut dyn Write) -> io::Result<()> {
        let mut writer = Writer::new(&mut output);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        output.write_all(b"\n")?;
        Writer::new(&mut output).write_event(Event::Start(element("testsuites", &[("name", "cable-lsp")])))
    }

    fn file(&self, mut output: &mut dyn Write, checked: &Checked<'_>, _: usize) -> io::Result<()> {
        let (tests, failures) = (checked.diagnostics.len().max(1).to_string(), checked.diagnostics.len().to_string());
        output.write_all(b"\n")?;
        let mut writer = Writer::new_with_indent(&mut output, b' ', 2);
        let suite = [
            ("name", checked.path),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", "0"),
            ("skipped", "0"),
            ("time", "0"),
        ];
        writer.write_event(Event::Start(element("testsuite", &suite)))?;
        if checked.diagnostics.is_empty() {
            let case = [("name", "no diagnostics"), ("classname", checked.path), ("time", "0")];
            writer.write_event(Event::Empty(element("testcase", &case)))?;
        }
        for diagnostic in checked.diagnostics {
            write_case(&mut writer, checked, diagnostic)?;
        }
        writer.write_event(Event::End(BytesEnd::new("testsuite")))
    }

    fn end(&self, mut output: &mut dyn Write, _: &Totals<'_>) -> io::Result<()> {
        output.write_all(b"\n")?;
        Writer::new(&mut output).write_event(Event::End(BytesEnd::new("testsuites")))?;
        output.write_all(b"\n")
    }
}

fn write_case<W: Write>(writer: &mut Writer<W>, checked: &Checked<'_>, diagnostic: &Diagnostic) -> io::Result<()> {
    let (rule, start) = (diagnostic.rule, checked.positions.at(diagnostic.range.start));
    let name = format!("{} {} at {}:{}", rule.code, rule.name, start.line, start.column);
    let case = [("name", name.as_str()), ("classname", checked.path), ("time", "0")];
    let failure = [("message", diagnostic.message.as_str()), ("type", diagnostic.severity.word())];
    let text = format!("{}:{}:{}: {}", checked.path, start.line, start.column, rule.summary);
    writer.write_event(Event::Start(element("testcase", &case)))?;
    writer.write_event(Event::Start(element("failure", &failure)))?;
    writer.write_event(Event::Text(BytesText::new(&legal(&text))))?;
    writer.write_event(Event::End(BytesEnd::new("failure")))?;
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, legal(value).as_str()));
    }
    element
}

/// A text without the characters that XML has no place for: the form feeds and NULs of old transcriptions are made
/// visible, and two that are no characters are replaced.
fn legal(text: &str) -> String {
    visible(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
