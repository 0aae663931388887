//! The zone between the classification line and the E.O. line: captions and passing lines
//! (FORMAT.md, "Captions", "Passing lines").

use cable_catalog::{CaptionKind, Catalog};

use crate::cable::Field;
use crate::fields::caption;
use crate::part::PartKind;
use crate::span::Span;
use crate::white_space::trim;

use super::Arranger;

/// A line has no more captions.
const MOST_CAPTIONS: usize = 32;

impl Arranger<'_> {
    /// A line between the captions and the E.O. line (FORMAT.md, "Captions", "Passing lines"): captions, perhaps with a
    /// passing line after them.
    pub(super) fn caption_or_handling(&mut self, line: usize, span: Span) {
        let mut rest = self.trim_span(span);
        let mut after = Vec::new();
        for _ in 0..MOST_CAPTIONS {
            // `CORRECTED COPY - TEXT SIPDIS SENSITIVE`: the captions of the next lines after a phrase.
            while after.len() < MOST_CAPTIONS
                && let Some((phrase, last)) = self.slice(rest).rsplit_once(' ')
                && is_stray_caption(self.catalog, last)
                && caption::is_correction(phrase)
            {
                let cut = rest.start + phrase.len() as u32;
                after.push(self.trim_span(Span::new(cut, rest.end)));
                rest = self.trim_span(Span::new(rest.start, cut));
            }
            let text = self.slice(rest);
            if self.caption_meant(text).is_some() {
                break;
            }
            let Some((length, next)) = caption::first_of_several(text, self.catalog) else { break };
            self.own_caption_or_handling(line, self.trim_span(Span::new(rest.start, rest.start + length as u32)));
            rest = self.trim_span(Span::new(rest.start + next as u32, rest.end));
        }
        self.own_caption_or_handling(line, rest);
        for last in after.into_iter().rev() {
            self.own_caption_or_handling(line, last);
        }
    }

    fn own_caption_or_handling(&mut self, line: usize, span: Span) {
        match self.caption_meant(self.slice(span)) {
            Some(value) => self.own_caption(line, span, value),
            None => self.own_handling(line, span),
        }
    }

    /// Text between the captions and the E.O. line that is no caption.
    pub(super) fn own_handling(&mut self, line: usize, span: Span) {
        self.own(PartKind::Handling, line, span);
        self.header.handling.push(Field { line: line as u32, span, value: () });
    }

    fn own_caption(&mut self, line: usize, span: Span, value: String) {
        self.own(PartKind::Caption, line, span);
        self.header.captions.push(Field { line: line as u32, span, value });
    }

    /// The caption that a line is, or is misspelled for (FORMAT.md, "Captions").
    pub(super) fn caption_meant(&self, text: &str) -> Option<String> {
        caption::read(text, self.catalog)
    }
}

/// A distribution caption alone on a line: what a section's header leaves at the section break
/// (FORMAT.md, "Stray captions").
pub(super) fn is_stray_caption(catalog: &Catalog, text: &str) -> bool {
    let text = trim(text);
    if text.len() > 12 || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    matches!(text, "SENSITIVE" | "NOFORN")
        || catalog.caption(text).is_some_and(|caption| {
            !caption.doubtful && caption.kind == CaptionKind::Distribution && caption.word == text
        })
}
