//! What was collected for each keyword of the header while it was arranged.

use crate::line::Keyword;
use crate::span::Span;

/// Lines, and the columns of each that belong to one part.
type Lines = Vec<(usize, Span)>;

/// The stretches of every part that begins with a keyword. The first line of each keyword is read: a repeated one, and
/// what continues it, is owned but says nothing new.
#[derive(Debug, Default)]
pub(in crate::arrange) struct Stretches {
    order: Lines,
    tags: Lines,
    subject: Lines,
    reference: Lines,
    classified_by: Lines,
    repeating: bool,
}

impl Stretches {
    /// What was collected for a keyword.
    pub(in crate::arrange) const fn of(&self, keyword: Keyword) -> &Lines {
        match keyword {
            Keyword::ExecutiveOrder => &self.order,
            Keyword::Tags => &self.tags,
            Keyword::Subject => &self.subject,
            Keyword::Reference => &self.reference,
            Keyword::ClassifiedBy => &self.classified_by,
        }
    }

    /// A stretch that starts with the keyword.
    pub(in crate::arrange) fn begin(&mut self, keyword: Keyword, line: usize, span: Span) {
        // `Derived from` below `Classified By` goes on with it.
        self.repeating = !self.of(keyword).is_empty() && keyword != Keyword::ClassifiedBy;
        self.go_on(keyword, line, span);
    }

    /// Takes back what was collected for a keyword.
    pub(in crate::arrange) fn forget(&mut self, keyword: Keyword) {
        self.of_mut(keyword).clear();
    }

    /// Cuts the last stretch of a keyword to what is its own.
    pub(in crate::arrange) fn cut_last(&mut self, keyword: Keyword, own: Span) {
        if let Some(last) = self.of_mut(keyword).last_mut() {
            last.1 = own;
        }
    }

    const fn of_mut(&mut self, keyword: Keyword) -> &mut Lines {
        match keyword {
            Keyword::ExecutiveOrder => &mut self.order,
            Keyword::Tags => &mut self.tags,
            Keyword::Subject => &mut self.subject,
            Keyword::Reference => &mut self.reference,
            Keyword::ClassifiedBy => &mut self.classified_by,
        }
    }

    /// A stretch that continues the part.
    pub(in crate::arrange) fn go_on(&mut self, keyword: Keyword, line: usize, span: Span) {
        if self.repeating {
            return;
        }
        self.of_mut(keyword).push((line, span));
    }
}
