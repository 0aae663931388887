//! What an archive knows of the cables around one, as far as a rule asks.
//!
//! Whoever has an archive answers; nothing here knows how it is kept. Where an answer cannot be had, it is that of an archive
//! that knows nothing: then no rule speaks.

use cable_catalog::Catalog;
use cable_syntax::Cable;

/// An archive. A file is named by its path in it, as the archive itself writes that; a file that it does not have has
/// whatever path it would have.
pub trait References {
    /// What each entry of a cable's REF list means, in the order of the list. The name of its file may give the year that
    /// its text lacks.
    fn meanings(&self, path: &str, cable: &Cable) -> Vec<Meaning>;

    /// The id that a file is named after, where it is none of these ids, which are those that its texts give.
    fn named_otherwise(&self, path: &str, ids: &[&str], catalog: &Catalog) -> Option<String>;

    /// The cables of other files than this one whose own texts give an id.
    fn with_id(&self, path: &str, id: &str) -> Vec<Other>;

    /// The cables of other files than this one whose text is that of a cable but for the ends of lines.
    fn with_text(&self, path: &str, cable: &Cable) -> Vec<Other>;
}

/// What an entry of a REF list means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// It names no cable of a known post.
    NoCable,
    /// A cable that the archive has, in the year that is meant.
    Present,
    /// The archive has no such cable in that year, and has some in others: their ids with their years, the nearest first,
    /// each once.
    OtherYear {
        /// What was looked for; none where no year is known.
        id: Option<String>,
        /// What is there.
        present: Vec<(String, i16)>,
    },
    /// The archive has no such cable.
    Absent {
        /// What was looked for: an id, or post and serial where no year is known.
        id: String,
    },
}

/// A cable of another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The file, as the archive writes its path.
    pub path: String,
    /// The line that it begins on, from 1.
    pub line: u64,
    /// Its id.
    pub id: Option<String>,
    /// The section it is and how many there are; none also of a copy that holds them all.
    pub section: Option<(u32, u32)>,
}
