//! The header that a later section repeats inside the text (FORMAT.md, "Repeated headers").
//!
//! The first header is known: what goes on with a keyword in a later one is what went on with it there. Text below it is
//! the text's, however it is written.

use crate::fields::keywords_inside::keywords_after;
use crate::fields::subject;
use crate::line::{Keyword, LineKind, keyword_at_start};
use crate::part::PartKind;

use super::caption_zone::is_stray_caption;
use super::{Arranger, Piece, is_cable_line, is_upper};

/// No repeated header has more pieces.
const LONGEST: usize = 24;

/// Longer lines of the first header are compared no further.
const MOST_COMPARED: usize = 4000;

/// A passing line that the first header does not have is no longer.
const LONGEST_PASSING: usize = 120;

/// What the first header says, in letters and figures alone: a later one may be wrapped in another way.
#[derive(Debug, Default)]
pub(super) struct FirstHeader {
    passing: String,
    tags: String,
    references: String,
    subject: String,
    subject_lines: Vec<String>,
}

/// What the line of a keyword may go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum After {
    /// Captions and passing lines: no keyword yet.
    Captions,
    Order,
    Tags,
    /// The subject, as far as it has been read.
    Subject(String),
    References,
}

impl After {
    /// What may follow a line with keywords: the rest of the last of them.
    fn keywords(text: &str) -> Self {
        let at = keywords_after(text).last().unwrap_or(0);
        match keyword_at_start(&text[at..]) {
            Some(Keyword::Tags) => Self::Tags,
            Some(Keyword::Subject) => {
                let begins = subject::keyword(&text[at..]).map_or(0, |keyword| keyword.end as usize);
                Self::Subject(letters(text.get(at + begins..).unwrap_or_default()))
            }
            Some(Keyword::Reference) => Self::References,
            Some(Keyword::ExecutiveOrder | Keyword::ClassifiedBy) | None => Self::Order,
        }
    }
}

impl FirstHeader {
    /// Whether a line without a keyword is the rest of what a keyword begins.
    fn goes_on(&self, text: &str, after: &mut After, is_adjacent: bool) -> bool {
        let own = letters(text);
        // What a page line cut off a subject stands below the other lines.
        if own.len() >= 4 && self.subject_lines.contains(&own) && !matches!(after, After::Subject(_)) {
            return true;
        }
        match after {
            After::Captions | After::Order => false,
            After::Tags => has(&self.tags, &own) || (is_adjacent && are_codes(text)),
            After::References => has(&self.references, &own),
            After::Subject(read) if self.subject.is_empty() => {
                read.push_str(&own);
                is_adjacent && text.len() <= 80 && !text.ends_with('.')
            }
            After::Subject(read) => {
                read.push_str(&own);
                self.subject.starts_with(read.as_str())
            }
        }
    }
}

impl Arranger<'_> {
    /// What the header of the cable says.
    pub(super) fn first_header(&self) -> FirstHeader {
        let said = |kind: PartKind| {
            let mut said = String::new();
            for part in self.parts.iter().filter(|part| part.kind == kind) {
                if said.len() < MOST_COMPARED {
                    said.push_str(&letters(self.slice(part.span)));
                }
            }
            said
        };
        let lines = self.header.subject.iter().flat_map(|subject| &subject.lines);
        let subject_lines: Vec<String> = lines.map(|line| letters(self.slice(line.span))).collect();
        FirstHeader {
            passing: said(PartKind::Handling),
            tags: said(PartKind::Tags),
            references: said(PartKind::Reference),
            subject: subject_lines.concat(),
            subject_lines,
        }
    }

    /// A section's own header inside the text: classification line, captions, keywords, up to the text that goes on. Gives one
    /// past its last piece.
    pub(super) fn repeated_header_end(&self, pieces: &[Piece], index: usize, first: &FirstHeader) -> usize {
        let mut end = index + 1;
        let mut after = After::Captions;
        for (at, piece) in pieces.iter().enumerate().skip(index + 1).take(LONGEST) {
            let text = self.slice(piece.span);
            let is_adjacent = piece.line <= pieces[at - 1].line + 1;
            // Whether lines are above that only a keyword below them makes passing lines.
            let is_pending = end < at && pieces[end..at].iter().any(|piece| piece.kind == LineKind::Text);
            match piece.kind {
                LineKind::Marker | LineKind::Rule => break,
                // A page may end inside the header.
                LineKind::Furniture | LineKind::ClassificationWord | LineKind::OldPageLine => continue,
                _ if piece.page.is_some() => break,
                LineKind::Keyword(Keyword::Reference | Keyword::ClassifiedBy) if is_pending => break,
                LineKind::Keyword(_) => after = After::keywords(text),
                _ if is_stray_caption(self.catalog, text) => {}
                kind if is_cable_line(kind) => {
                    if is_pending {
                        break;
                    }
                }
                _ if runs_together(text, &after) => after = After::keywords(text),
                LineKind::Text if is_upper(text) && first.goes_on(text, &mut after, is_adjacent) => {}
                // A passing line is the header's only when a keyword follows it.
                LineKind::Text
                    if is_upper(text)
                        && after == After::Captions
                        && (text.len() <= LONGEST_PASSING || has(&first.passing, &letters(text))) =>
                {
                    continue;
                }
                _ => break,
            }
            end = at + 1;
        }
        end
    }
}

/// Whether a line is one of a header that runs into the next: a keyword is in it, after captions or a passing line. A
/// sentence speaks of a cable, `THE NOTE (REF: ASTANA 12)`, before any keyword.
fn runs_together(text: &str, after: &After) -> bool {
    keywords_after(text).next().is_some_and(|at| {
        let keyword = keyword_at_start(&text[at..]);
        let begins = matches!(keyword, Some(Keyword::ExecutiveOrder | Keyword::Tags | Keyword::Subject));
        !text[..at].contains(char::is_lowercase) && (begins || *after != After::Captions)
    })
}

/// The letters and figures of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).take(MOST_COMPARED).collect()
}

/// Whether letters are among those of a part.
fn has(part: &str, own: &str) -> bool {
    own.len() >= 2 && part.contains(own)
}

/// Whether a line holds nothing but codes of TAGS.
fn are_codes(text: &str) -> bool {
    text.split([' ', ',']).filter(|word| !word.is_empty()).all(|code| {
        matches!(code.len(), 2..=5) && code.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'-'))
    })
}
