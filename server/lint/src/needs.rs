//! What must hold of a cable before a rule can be sure. Data of the rules: a rule does not run where it does not hold, and
//! whoever shows findings reads how far a cable must be written.

use cable_syntax::{Cable, Era};

/// One thing that must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// The copy is whole: what is not there was not left out by the publisher.
    WholeCopy,
    /// The text of the copy is whole: one that has its signature lost no more than parts of its header.
    WholeText,
    /// The cable is more than the published extract of one.
    NotExtract,
    /// The cable may have an envelope: extracts and cables of SMART have none.
    Envelope,
    /// The cable was not made by SMART, which writes other lines.
    NotSmart,
    /// The cable is of one of these eras.
    Era(&'static [Era]),
    /// There is an archive around the cable, and somebody who knows it. What is found then depends on other files, so it is
    /// never remembered with the cable.
    Archive,
    /// This part is written to its end. While a cable is typed, what is missing or does not fit may still come.
    Finished(Stage),
}

impl Need {
    /// Whether it holds of a cable. How far a text is written, and what is around it, cannot be seen in it: that is for whoever
    /// watches the typing, or knows the archive.
    pub(crate) fn is_met(self, cable: &Cable) -> bool {
        match self {
            Self::WholeCopy => !cable.cut_off,
            Self::WholeText => !cable.cut_off || cable.signature.is_some(),
            Self::NotExtract => !cable.is_extract(),
            Self::Envelope => !cable.is_extract() && cable.era != Era::Smart2010,
            Self::NotSmart => cable.era != Era::Smart2010,
            Self::Era(eras) => eras.contains(&cable.era),
            Self::Archive | Self::Finished(_) => true,
        }
    }
}

/// A part of a cable that is written from top to bottom, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The line that the finding is on.
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
