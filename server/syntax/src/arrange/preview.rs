//! What only a publisher's preview still has: the whole copy below it may have lost its SUBJECT and REF lines.
//!
//! The preview breaks off with `...`; a field of which the end is lost is not taken.

use std::ops::Range;

use crate::fields::keywords_inside::keywords_after;
use crate::line::{Keyword, LineKind};
use crate::part::PartKind;
use crate::white_space::trim;

use super::Arranger;
use super::header::{Stretches, part_of};

/// A subject or a list that wraps over more lines than this is none.
const MOST_LINES: usize = 12;

impl Arranger<'_> {
    /// Fills the fields that the copy which is read lacks.
    pub(super) fn preview(&mut self, lines: Range<usize>) {
        for keyword in [Keyword::Subject, Keyword::Reference] {
            let lacks = match keyword {
                Keyword::Subject => self.header.subject.is_none(),
                _ => self.header.references.is_none(),
            };
            let own = if lacks { self.whole_field(keyword, lines.clone()) } else { Vec::new() };
            if own.is_empty() {
                continue;
            }
            let mut stretches = Stretches::default();
            for &line in &own {
                stretches.go_on(keyword, line, self.trimmed(line));
            }
            match keyword {
                Keyword::Subject => self.header.subject = self.read_subject(stretches.of(keyword)),
                _ => self.header.references = self.read_references(stretches.of(keyword)),
            }
            for part in &mut self.parts {
                if part.kind == PartKind::Wrapper && own.contains(&(part.line as usize)) {
                    part.kind = part_of(keyword);
                }
            }
        }
    }

    /// The lines of a field, from its keyword to the next blank line or keyword; none where the preview breaks off in it.
    fn whole_field(&self, keyword: Keyword, lines: Range<usize>) -> Vec<usize> {
        let Some(first) = lines.clone().find(|&line| self.kind(line) == LineKind::Keyword(keyword)) else {
            return Vec::new();
        };
        let goes_on = |&line: &usize| {
            line == first || matches!(self.kind(line), LineKind::Text | LineKind::Counter | LineKind::Addressee)
        };
        let own: Vec<usize> = (first..lines.end).take_while(goes_on).collect();
        let breaks_off = own.iter().any(|&line| {
            let text = trim(self.slice(self.lines[line].span));
            text.ends_with("...") || keywords_after(text).next().is_some()
        });
        if breaks_off || own.len() > MOST_LINES { Vec::new() } else { own }
    }
}
