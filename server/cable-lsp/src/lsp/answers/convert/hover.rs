//! What a token means.

use ropey::Rope;
use tower_lsp::lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis;
use crate::visible::visible_lines;

/// A hover, in Markdown if the client renders it.
pub(in crate::lsp) fn hover(found: analysis::Hover, rope: &Rope, facts: &ClientFacts) -> Hover {
    Hover {
        contents: HoverContents::Markup(markup(found.markdown, facts)),
        range: Some(facts.encoding.range(rope, &found.range)),
    }
}

/// Our own Markdown, or its words for a client that does not render it.
pub(super) fn markup(markdown: String, facts: &ClientFacts) -> MarkupContent {
    markup_for(markdown, facts.markdown_hover)
}

/// Our own Markdown, or its words where it is not rendered.
pub(super) fn markup_for(markdown: String, is_rendered: bool) -> MarkupContent {
    let (kind, value) =
        if is_rendered { (MarkupKind::Markdown, markdown) } else { (MarkupKind::PlainText, plain(&markdown)) };
    // After the marks of Markdown, of which `\` is one.
    MarkupContent { kind, value: visible_lines(&value).into_owned() }
}

/// Our own Markdown without its marks: emphasis, code, heading and escape signs go, a link keeps its text.
fn plain(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.starts_with("```"));
    lines.map(|line| plain_line(line.trim_start_matches('#').trim_start())).collect::<Vec<_>>().join("\n")
}

fn plain_line(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut in_code = false;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '`' => in_code = !in_code,
            _ if in_code => text.push(character),
            '*' => {}
            '\\' => text.extend(characters.next()),
            '[' => {
                let rest = characters.as_str();
                let named = rest.split_once("](").and_then(|(name, rest)| Some((name, rest.split_once(')')?.1)));
                if let Some((name, after)) = named {
                    text.push_str(&plain_line(name));
                    characters = after.chars();
                } else {
                    text.push('[');
                }
            }
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_hover_keeps_the_words() {
        let markdown = "## `KDEM`\n**Democratization** (see [7 FAM](https://example.org/x))\n\n- [x] not a link";
        assert_eq!(plain(markdown), "KDEM\nDemocratization (see 7 FAM)\n\n- [x] not a link");
        assert_eq!(plain(r"**`a*b\c`** An \*invented\* \[subject"), r"a*b\c An *invented* [subject");
    }
}
