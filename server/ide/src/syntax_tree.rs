//! The syntax tree as text: which part owns which words. For people who wonder how a cable was read.

use std::fmt::Write as _;

use cable_syntax::{Cable, Document, Part};

/// The parts of every cable, a line each: the line in the document, the columns, the part and its text. Lines and
/// columns from 1, columns in Unicode scalar values.
pub fn syntax_tree(document: &Document) -> String {
    let mut tree = String::new();
    for placed in document.cables() {
        let cable = &placed.cable;
        let id = cable.canonical_id().unwrap_or("without an id");
        let known = if cable.is_recognised() { "" } else { ", not recognised" };
        // A `String` takes whatever is written.
        let _ = writeln!(tree, "cable {id}, era {}{known}", cable.era.letter());
        for part in &cable.parts {
            let _ = writeln!(tree, "{}", line(cable, part, placed.first_line));
        }
    }
    tree
}

fn line(cable: &Cable, part: &Part, first_line: usize) -> String {
    let start = cable.lines().get(part.line as usize).map_or(0, |line| line.span.start);
    let column = |offset: u32| {
        let before = cable.text().get(start as usize..offset as usize).unwrap_or_default();
        before.chars().count() + 1
    };
    let columns = format!("{}-{}", column(part.span.start), column(part.span.end));
    format!("{:6}:{columns:8} {:16} {}", first_line + part.line as usize + 1, format!("{:?}", part.kind), {
        let text: String = cable.slice(part.span).chars().take(60).collect();
        text
    })
}

#[cfg(test)]
mod tests {
    use cable_catalog::Catalog;

    use super::*;

    #[test]
    fn says_who_owns_what() {
        let text = "UNCLAS ASTANA 000312\n\nTAGS: KZ   SUBJECT: É\n\n1. (U) One.\ntwo.\n";
        let expected = "\
cable without an id, era C
     1:1-21     Classification   UNCLAS ASTANA 000312
     3:1-9      Tags             TAGS: KZ
     3:12-22    Subject          SUBJECT: É
     5:1-12     Paragraph        1. (U) One.
     6:1-5      Fragment         two.
";
        assert_eq!(syntax_tree(&Document::new(text, &Catalog::built_in())), expected);
    }
}
