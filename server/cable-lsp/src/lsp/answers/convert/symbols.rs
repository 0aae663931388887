//! The outline, kept as JSON cable by cable.

use std::ops::Range;
use std::sync::Arc;

use tower_lsp::lsp_types::{self, DocumentSymbol, Location, SymbolInformation, SymbolKind, Url};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis::{self, Placed};
use crate::lsp::documents::{CablePositions, Rendered, Snapshot};
use crate::visible::visible;

/// The outline as a JSON array: a tree if the client shows trees, else a list, which begins in each cable with headings and
/// paragraphs.
pub(in crate::lsp) fn symbols(snapshot: &Snapshot, uri: &Url, facts: &ClientFacts) -> Vec<u8> {
    let mut array = vec![b'['];
    snapshot.views().symbols.each(
        snapshot.document.cables(),
        |_, _| true,
        |_, placed| {
            let positions = CablePositions::new(facts.encoding, &snapshot.document, placed);
            let range = |span: &Range<usize>| positions.range(span);
            let outline = analysis::cable_outline(&Placed::alone(Arc::clone(&placed.cable)));
            if facts.nested_symbols {
                Rendered::of(outline.map(|symbol| nested_symbol(symbol, &range)))
            } else {
                Rendered::of(flat_symbols(outline.into_iter().collect(), range, uri))
            }
        },
        |placed, view| view.append_to(&mut array, placed.first_line as u32),
    );
    array.push(b']');
    array
}

fn nested_symbol(symbol: analysis::Symbol, range: &impl Fn(&Range<usize>) -> lsp_types::Range) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested_symbol(child, range)).collect();
    #[expect(deprecated, reason = "the field has to be named")]
    DocumentSymbol {
        kind: symbol_kind(symbol.kind),
        name: visible(&symbol.name).into_owned(),
        detail: symbol.detail.map(|detail| visible(&detail).into_owned()),
        tags: None,
        deprecated: None,
        range: range(&symbol.range),
        selection_range: range(&symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

fn flat_symbols(
    outline: Vec<analysis::Symbol>,
    range: impl Fn(&Range<usize>) -> lsp_types::Range,
    uri: &Url,
) -> Vec<SymbolInformation> {
    let mut flat = Vec::new();
    flatten_symbols(analysis::text_first(outline), None, &mut |symbol, container| {
        #[expect(deprecated, reason = "the field has to be named, and `tags` is for clients that ask for trees")]
        flat.push(SymbolInformation {
            name: visible(&symbol.name).into_owned(),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location::new(uri.clone(), range(&symbol.range)),
            container_name: container.map(|name| visible(name).into_owned()),
        });
    });
    flat
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
