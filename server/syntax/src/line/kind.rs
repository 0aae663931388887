//! The kinds of lines, and the keywords by which the lines of a header are told.

/// Keyword of a header line (FORMAT.md, "Header").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Keyword {
    /// `E.O.`
    ExecutiveOrder,
    /// `TAGS`
    Tags,
    /// `SUBJECT`
    Subject,
    /// `REF`
    Reference,
    /// `Classified By`
    ClassifiedBy,
}

/// What a line looks like on its own (FORMAT.md, "Parts").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Nothing but white space.
    Blank,
    /// Partial-extract notice.
    Notice,
    /// TI line, format line 1.
    TransmissionId,
    /// Routing line, format line 2.
    Routing,
    /// Nothing but routing indicators: a wrapped routing line.
    RoutingMore,
    /// DE line, format line 3.
    De,
    /// Op-signal line, format line 4.
    OperatingSignal,
    /// Precedence and date-time group, format line 5.
    DateTimeGroup,
    /// FM line, format line 6.
    From,
    /// TO line, format line 7.
    To,
    /// INFO line, format line 8.
    Info,
    /// An addressee without keyword.
    Addressee,
    /// XMT, ZEN or AIG, format line 9.
    Exempt,
    /// BT alone.
    BreakText,
    /// `ORIGIN`, `ACTION` or `INFO` with offices, and the wrapped rest of such a list.
    Distribution,
    /// `DRAFTED BY`, `APPROVED BY` and the like.
    Drafting,
    /// Dashes with a counter, before the date-time group.
    Dashes,
    /// A number alone on its line.
    Counter,
    /// Classification line with an MRN.
    Classification,
    /// A classification word without an MRN: the head or foot of a page.
    ClassificationWord,
    /// Page line of the merged sections.
    PageLine,
    /// `PAGE nn` line of the years before 2003.
    OldPageLine,
    /// Starts with a header keyword.
    Keyword(Keyword),
    /// A field of the SMART header that is no keyword of the older form.
    SmartLabel,
    /// Starts like a numbered paragraph.
    Marker,
    /// Dashes, stars or the like that underline a heading.
    Rule,
    /// Opens quoted text.
    QuoteBegins,
    /// Closes quoted text.
    QuoteEnds,
    /// NNNN, a service note, an end-of-message check or a release footer.
    Trailer,
    /// A line that a publisher put around the cable.
    Metadata,
    /// A stamp of a reviewer, and whatever else is printed at the head or foot of a page: no text wherever it is.
    Furniture,
    /// A backslash that an export left on a line of its own: as good as blank.
    Residue,
    /// Anything else.
    Text,
}

impl LineKind {
    /// Lines of the ACP 127 envelope.
    pub const fn is_envelope(self) -> bool {
        matches!(
            self,
            Self::TransmissionId
                | Self::Routing
                | Self::RoutingMore
                | Self::De
                | Self::OperatingSignal
                | Self::DateTimeGroup
                | Self::From
                | Self::To
                | Self::Info
                | Self::Addressee
                | Self::Exempt
                | Self::BreakText
        )
    }

    /// Lines that are above a cable's classification line and nowhere in a text: its envelope, the blocks of older
    /// layouts, a notice, a publisher's record.
    pub const fn stands_above_header(self) -> bool {
        self.is_envelope()
            || matches!(
                self,
                Self::Blank
                    | Self::Notice
                    | Self::Distribution
                    | Self::Drafting
                    | Self::Dashes
                    | Self::Counter
                    | Self::OldPageLine
                    | Self::Metadata
                    | Self::Furniture
            )
    }
}
