//! Plain values with byte ranges → what the protocol says, fitted to the client.

use std::ops::Range;

use ropey::Rope;
use serde_json::json;
use tower_lsp::lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DocumentSymbol,
    DocumentSymbolResponse, Hover, HoverContents, Location, MarkupContent, MarkupKind, NumberOrString,
    SymbolInformation, SymbolKind, Url,
};

use super::analysis::{self, Analysis, FixSafety, Severity};
use super::capabilities::ClientFacts;
use super::documents::Snapshot;

/// The diagnostics of a snapshot, as this client shows them.
pub(super) fn diagnostics(analysis: &Analysis, snapshot: &Snapshot, uri: &Url, facts: &ClientFacts) -> Vec<Diagnostic> {
    let rope = snapshot.document.rope();
    let found = analysis.check(&snapshot.document, &snapshot.findings);
    found.iter().map(|found| diagnostic(found, rope, uri, facts)).collect()
}

/// One diagnostic. Its `data` names the rule for people and says how far its fix may be trusted.
pub(super) fn diagnostic(found: &analysis::Diagnostic, rope: &Rope, uri: &Url, facts: &ClientFacts) -> Diagnostic {
    let range = |span: &Range<usize>| facts.encoding.range(rope, span);
    let related = found.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), range(&related.range)),
        message: related.message.clone(),
    });
    let tags: Vec<_> = found.tags.iter().copied().map(tag).filter(|tag| facts.diagnostic_tags.contains(tag)).collect();
    let data = || json!({ "name": found.rule.name, "fix": found.fix.as_ref().map(|fix| safety(fix.safety)) });
    Diagnostic {
        range: range(&found.range),
        severity: Some(severity(found.severity)),
        code: Some(NumberOrString::String(found.rule.code.into())),
        code_description: None,
        source: Some("cable".into()),
        message: found.message.clone(),
        related_information: (facts.related_information && !found.related.is_empty()).then(|| related.collect()),
        tags: (!tags.is_empty()).then_some(tags),
        data: facts.diagnostic_data.then(data),
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

fn tag(tag: analysis::DiagnosticTag) -> DiagnosticTag {
    match tag {
        analysis::DiagnosticTag::Unnecessary => DiagnosticTag::UNNECESSARY,
        analysis::DiagnosticTag::Deprecated => DiagnosticTag::DEPRECATED,
    }
}

fn safety(safety: FixSafety) -> &'static str {
    match safety {
        FixSafety::Safe => "safe",
        FixSafety::Ask => "ask",
    }
}

/// The outline: a tree if the client shows trees, else a list in the order of the text.
pub(super) fn symbols(
    outline: Vec<analysis::Symbol>,
    rope: &Rope,
    uri: &Url,
    facts: &ClientFacts,
) -> DocumentSymbolResponse {
    if facts.nested_symbols {
        return DocumentSymbolResponse::Nested(
            outline.into_iter().map(|symbol| nested_symbol(symbol, rope, facts)).collect(),
        );
    }
    let mut flat = Vec::new();
    flatten_symbols(outline, None, &mut |symbol, container| {
        #[expect(deprecated, reason = "the field has to be named, and `tags` is for clients that ask for trees")]
        flat.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location::new(uri.clone(), facts.encoding.range(rope, &symbol.range)),
            container_name: container.map(str::to_owned),
        });
    });
    DocumentSymbolResponse::Flat(flat)
}

fn nested_symbol(symbol: analysis::Symbol, rope: &Rope, facts: &ClientFacts) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested_symbol(child, rope, facts)).collect();
    #[expect(deprecated, reason = "the field has to be named")]
    DocumentSymbol {
        kind: symbol_kind(symbol.kind),
        name: symbol.name,
        detail: symbol.detail,
        tags: None,
        deprecated: None,
        range: facts.encoding.range(rope, &symbol.range),
        selection_range: facts.encoding.range(rope, &symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

fn flatten_symbols(
    outline: Vec<analysis::Symbol>,
    container: Option<&str>,
    each: &mut impl FnMut(&analysis::Symbol, Option<&str>),
) {
    for symbol in outline {
        each(&symbol, container);
        flatten_symbols(symbol.children, Some(&symbol.name), each);
    }
}

/// The protocol's kinds are a programmer's; these are chosen for the icon they get.
fn symbol_kind(kind: analysis::SymbolKind) -> SymbolKind {
    use analysis::SymbolKind as Kind;
    match kind {
        Kind::Cable => SymbolKind::FILE,
        Kind::Notice => SymbolKind::EVENT,
        Kind::Envelope | Kind::Header | Kind::Trailer => SymbolKind::NAMESPACE,
        Kind::EnvelopeLine => SymbolKind::FIELD,
        Kind::Addressee => SymbolKind::INTERFACE,
        Kind::HeaderLine => SymbolKind::PROPERTY,
        Kind::Reference => SymbolKind::KEY,
        Kind::Heading => SymbolKind::CLASS,
        Kind::Paragraph => SymbolKind::METHOD,
        Kind::Text | Kind::Quoted => SymbolKind::STRING,
        Kind::Signature => SymbolKind::CONSTANT,
    }
}

/// A hover, in Markdown if the client renders it.
pub(super) fn hover(found: analysis::Hover, rope: &Rope, facts: &ClientFacts) -> Hover {
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
