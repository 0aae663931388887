//! What must hold of a cable before a rule can be sure. Data of the rules: whoever shows findings reads it.

/// One thing that must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// The copy is whole: what is not there was not left out by the publisher.
    WholeCopy,
    /// The cable has its envelope.
    Envelope,
    /// The cable was not made by SMART, which writes other lines.
    NotSmart,
    /// This part is written to its end. While a cable is typed, what is missing or does not fit may still come.
    Finished(Stage),
}

/// A part of a cable that is written from top to bottom, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The line that the finding stands on.
    Line,
    /// The line of the date-time group.
    DateTimeGroup,
    /// All lines above the classification line.
    Envelope,
    /// The classification line.
    Classification,
    /// The E.O. line.
    ExecutiveOrder,
    /// The TAGS line.
    Tags,
    /// The SUBJECT line.
    Subject,
    /// All lines above the text.
    Header,
    /// The text.
    Text,
    /// The whole copy, to its last byte: it is when it is saved.
    Copy,
}
