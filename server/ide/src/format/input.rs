//! A cable as rows: its lines, who owns each, and which of them are to stay as they are.

use cable_syntax::{Cable, Part, PartKind, Span};

/// A cable as the steps of formatting see it.
pub(super) struct FormatInput<'a> {
    pub(super) cable: &'a Cable,
    pub(super) rows: Vec<Row<'a>>,
    /// The line break of the cable.
    pub(super) line_break: &'static str,
    /// Nothing follows the cable in its document.
    pub(super) is_last: bool,
}

/// One line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// The line without its break: bytes of the cable.
    pub(super) span: Span,
    /// One past the line break.
    pub(super) end: u32,
    pub(super) text: &'a str,
    /// What is in it, in order.
    pub(super) parts: &'a [Part],
    /// Stands between the lines that open and close a quoted text.
    pub(super) quoted: bool,
}

impl<'a> FormatInput<'a> {
    pub(super) fn of(cable: &'a Cable) -> Self {
        let lines = cable.lines();
        let mut parts = cable.parts.as_slice();
        let mut rows = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let (own, after) = parts.split_at(parts.partition_point(|part| part.line as usize <= index));
            parts = after;
            let end = lines.get(index + 1).map_or(cable.text().len() as u32, |next| next.span.start);
            let quoted = cable.is_quoted(index as u32);
            rows.push(Row { span: line.span, end, text: cable.slice(line.span), parts: own, quoted });
        }
        let line_break = match cable.text().find(['\r', '\n']).map(|at| &cable.text()[at..]) {
            Some(rest) if rest.starts_with("\r\n") => "\r\n",
            Some(rest) if rest.starts_with('\r') => "\r",
            _ => "\n",
        };
        Self { cable, rows, line_break, is_last: false }
    }

    /// The rows that hold anything: what is not mere spaces counts, a form feed too.
    pub(super) fn written(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.rows.len()).filter(|&row| !self.rows[row].is_blank())
    }
}

impl<'a> Row<'a> {
    /// Whether it holds nothing but spaces.
    pub(super) fn is_blank(&self) -> bool {
        self.text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
    }

    /// The line without the spaces at its end.
    pub(super) fn trimmed(&self) -> &'a str {
        self.text.trim_end_matches([' ', '\t'])
    }

    /// The kind of what is in it, when that is one thing and begins the line.
    pub(super) fn kind(&self) -> Option<PartKind> {
        match self.parts {
            [part] if part.span.start == self.span.start => Some(part.kind),
            _ => None,
        }
    }

    pub(super) fn first_kind(&self) -> Option<PartKind> {
        self.parts.first().map(|part| part.kind)
    }

    pub(super) fn last_kind(&self) -> Option<PartKind> {
        self.parts.last().map(|part| part.kind)
    }

    /// Whether it is not the cable's own: a publisher's line, or another cable's.
    pub(super) fn is_foreign(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.kind, PartKind::Wrapper | PartKind::Quoted))
    }

    /// Whether the blank lines around it stay as they are: where a page or a section ends a copy leaves anything, and
    /// the tables above an old cable are laid out by hand.
    pub(super) fn keeps_its_place(&self) -> bool {
        let kept = |part: &Part| {
            matches!(
                part.kind,
                PartKind::Distribution
                    | PartKind::PageLine
                    | PartKind::PageMark
                    | PartKind::StrayCaption
                    | PartKind::RepeatedHeader
            )
        };
        self.is_foreign()
            || self.quoted
            || self.parts.is_empty()
            || self.parts.iter().any(kept)
            || self.text.chars().any(|character| character.is_control() && character != '\t')
    }
}
