//! What a token means.

use ropey::Rope;
use tower_lsp::lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::super::analysis;
use super::super::capabilities::ClientFacts;

/// A hover, in Markdown if the client renders it.
pub(in crate::lsp) fn hover(found: analysis::Hover, rope: &Rope, facts: &ClientFacts) -> Hover {
    let (kind, value) = if facts.markdown_hover {
        (MarkupKind::Markdown, found.markdown)
    } else {
        (MarkupKind::PlainText, plain(&found.markdown))
    };
    Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: Some(facts.encoding.range(rope, &found.range)),
    }
}

/// Our own Markdown without its marks: emphasis, code and heading signs go, a link keeps its text.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for line in markdown.lines().filter(|line| !line.starts_with("```")) {
        if !text.is_empty() {
            text.push('\n');
        }
        let mut rest = line.trim_start_matches('#').trim_start();
        while let Some((before, link)) = rest.split_once('[') {
            text.push_str(&before.replace(['*', '`'], ""));
            if let Some((name, after)) =
                link.split_once("](").and_then(|(name, rest)| Some((name, rest.split_once(')')?.1)))
            {
                text.push_str(&name.replace(['*', '`'], ""));
                rest = after;
            } else {
                text.push('[');
                rest = link;
            }
        }
        text.push_str(&rest.replace(['*', '`'], ""));
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
    }
}
