//! The outline.

use ropey::Rope;
use tower_lsp::lsp_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind, Url};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis;
use crate::visible::visible;

/// The outline: a tree if the client shows trees, else a list, which begins with headings and paragraphs.
pub(in crate::lsp) fn symbols(
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
    flatten_symbols(analysis::text_first(outline), None, &mut |symbol, container| {
        #[expect(deprecated, reason = "the field has to be named, and `tags` is for clients that ask for trees")]
        flat.push(SymbolInformation {
            name: visible(&symbol.name).into_owned(),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location::new(uri.clone(), facts.encoding.range(rope, &symbol.range)),
            container_name: container.map(|name| visible(name).into_owned()),
        });
    });
    DocumentSymbolResponse::Flat(flat)
}

fn nested_symbol(symbol: analysis::Symbol, rope: &Rope, facts: &ClientFacts) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested_symbol(child, rope, facts)).collect();
    #[expect(deprecated, reason = "the field has to be named")]
    DocumentSymbol {
        kind: symbol_kind(symbol.kind),
        name: visible(&symbol.name).into_owned(),
        detail: symbol.detail.map(|detail| visible(&detail).into_owned()),
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
