//! Colours, as the five numbers a token that the protocol wants: each place counts from the one before it.

use std::ops::Range;

use tower_lsp::lsp_types::{SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokensLegend};

use super::positions::Encoding;
use crate::lsp::analysis::{Cable, Document, TokenKind, cable_tokens, tokens};

/// What the numbers of kinds and modifiers mean.
pub(in crate::lsp) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TokenKind::ALL.map(|kind| SemanticTokenType::new(kind.standard_name())).into(),
        token_modifiers: vec![SemanticTokenModifier::DEFINITION],
    }
}

/// The colours of one cable: the first place counts from the start of the cable.
#[derive(Debug)]
pub(in crate::lsp) struct CableColours {
    tokens: Vec<SemanticToken>,
    /// Line of the last token within the cable.
    last_line: u32,
}

impl CableColours {
    /// Adds the colours of a cable that begins on `first_line` of the document. `line` is that of the last token so far.
    pub(in crate::lsp) fn append_to(&self, tokens: &mut Vec<SemanticToken>, line: &mut u32, first_line: u32) {
        let Some((first, rest)) = self.tokens.split_first() else { return };
        tokens.push(SemanticToken { delta_line: first_line + first.delta_line - *line, ..*first });
        tokens.extend_from_slice(rest);
        *line = first_line + self.last_line;
    }
}

/// The colours of a cable.
pub(in crate::lsp) fn cable_colours(cable: &Cable, encoding: Encoding) -> CableColours {
    let mut found = Vec::new();
    let (mut line, mut column, mut counted) = (0, 0, 0);
    // A cable begins with a line, and no token is before its first byte.
    let mut at = 0;
    for token in cable_tokens(cable) {
        let delta_line = token.line - line;
        if delta_line > 0 {
            (line, column, counted) = (token.line, 0, 0);
            at = cable.lines().get(line as usize).map_or(token.span.start, |line| line.span.start) as usize;
        }
        let before = cable.text().get(at..token.span.start as usize).unwrap_or_default();
        counted += encoding.length(before);
        at = token.span.start as usize;
        found.push(SemanticToken {
            delta_line,
            delta_start: counted - column,
            length: encoding.length(cable.slice(token.span)),
            token_type: number_of(token.kind),
            token_modifiers_bitset: u32::from(token.is_definition),
        });
        column = counted;
    }
    CableColours { tokens: found, last_line: line }
}

/// The colours that touch a range of the document.
pub(in crate::lsp) fn colours_in(document: &Document, range: &Range<usize>, encoding: Encoding) -> Vec<SemanticToken> {
    let (mut line, mut column) = (0, 0);
    let encoded = tokens(document, range).into_iter().map(|token| {
        let place = encoding.range(document.rope(), &token.range);
        let delta_line = place.start.line - line;
        let delta_start = place.start.character - if delta_line == 0 { column } else { 0 };
        (line, column) = (place.start.line, place.start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: place.end.character - place.start.character,
            token_type: number_of(token.kind),
            token_modifiers_bitset: u32::from(token.is_definition),
        }
    });
    encoded.collect()
}

/// The place of a kind in the legend.
fn number_of(kind: TokenKind) -> u32 {
    TokenKind::ALL.iter().position(|other| *other == kind).unwrap_or_default() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::analysis::Analysis;

    #[test]
    fn a_range_of_everything_is_the_whole() {
        let one = "UNCLAS ASTANA 000001\nTAGS: 𐍈 PREL KZ\nSUBJECT: é𐍈 A\n\n1. (U) ref A 𐍈 ref B\n";
        let text = format!("VZCZCXRO0001\n{one}\nVZCZCXRO0002\n{}", one.replace("0001", "0002"));
        let document = Analysis::default().parse(&text);
        assert_eq!(document.cables().len(), 2);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut whole = Vec::new();
            let mut line = 0;
            for placed in document.cables() {
                let colours = cable_colours(&placed.cable, encoding);
                colours.append_to(&mut whole, &mut line, placed.first_line as u32);
            }
            assert!(whole.len() > 20);
            assert_eq!(whole, colours_in(&document, &(0..text.len()), encoding));
        }
    }
}
