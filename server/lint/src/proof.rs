//! The proof of an edit: a text is read again with it, and nothing but what was declared may be different.
//!
//! Three things are held against a fix. What is read from each cable differs only in what the fix declares, and in
//! where lines are (`reading`, `permit`). Inside the edits only the declared letters and digits change; outside them
//! nothing can. And no warning or error appears that the edits caused (`caused`). Cables that the edits do not touch
//! must stay as they are.
//!
//! A proof costs one reading and one check of the cables that change, and where a check after the edits finds anything, one
//! of before.

mod caused;
mod permit;
mod reading;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use cable_syntax::{Document, Edit, Span};

use crate::{Change, Checker, Diagnostic, Fix, Letters, Rule, Settings, TextEdit};
use caused::FindingCounts;
use permit::Permit;

/// Edits that belong together, and what they may change.
#[derive(Debug, Clone, Copy)]
pub struct Proposal<'a> {
    /// The rule that proposes them, if one does.
    pub rule: Option<&'static Rule>,
    /// In order; they do not overlap. Bytes of the document.
    pub edits: &'a [TextEdit],
    /// What they may change in what is read.
    pub changes: &'a [Change],
    /// Which letters and digits they may change.
    pub letters: Letters,
}

impl<'a> Proposal<'a> {
    /// A fix of a diagnostic. None where it has no fix.
    pub fn of(diagnostic: &'a Diagnostic) -> Option<Self> {
        diagnostic.fix.as_ref().map(|fix| Self { rule: Some(diagnostic.rule), ..Self::from(fix) })
    }
}

impl<'a> From<&'a Fix> for Proposal<'a> {
    fn from(fix: &'a Fix) -> Self {
        Self { rule: None, edits: &fix.edits, changes: fix.changes, letters: fix.letters }
    }
}

/// Why edits are not proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The edits do not lie in one cable, or are out of order.
    Place,
    /// Other letters or digits would change.
    Letters {
        /// The text that would go.
        old: String,
        /// The text that would come.
        new: String,
    },
    /// There would be more cables, or fewer, or another one would change.
    Cables,
    /// Something else would be read: a path of `export`, as in `paragraphs.2.n`.
    Reading {
        /// The path.
        path: String,
        /// What is there now.
        before: String,
        /// What would be there.
        after: String,
    },
    /// A warning or an error would appear.
    Finding {
        /// The code of its rule.
        code: &'static str,
        /// What it would say.
        message: String,
    },
    /// So many other fixes of the cable were refused that this one was not tried.
    Untried,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place => write!(formatter, "its edits are not inside one cable"),
            Self::Letters { old, new } => write!(formatter, "it would turn \"{old}\" into \"{new}\""),
            Self::Cables => write!(formatter, "it would change which cables the text holds"),
            Self::Reading { path, before, after } => {
                write!(formatter, "it would change {path} from {before} to {after}")
            }
            Self::Finding { code, message } => write!(formatter, "it would cause {code}: {message}"),
            Self::Untried => write!(formatter, "too many other fixes of this cable were refused"),
        }
    }
}

/// Reads documents again with edits in them, and says whether only that changes which may.
#[derive(Debug, Clone)]
pub struct Prover {
    /// Every rule that is on by default, whatever a person chose to see: harm is harm.
    pub(crate) checker: Checker,
    settings: Settings,
}

impl Prover {
    /// A prover for fixes that are written as the settings say.
    pub fn new(settings: &Settings) -> Self {
        let settings = Settings { paragraph_style: settings.paragraph_style, ..Settings::default() };
        Self { checker: Checker::default(), settings }
    }

    /// The document with the edits of all proposals in it, if those change nothing but what they declare.
    ///
    /// # Errors
    ///
    /// The first thing that would change and may not.
    pub fn prove(&mut self, document: &Document, proposals: &[Proposal<'_>]) -> Result<Document, Refusal> {
        let trial = Trial::of(document, proposals)?;
        self.hold(&trial)?;
        Ok(trial.after)
    }

    /// Proves edits that were tried.
    ///
    /// # Errors
    ///
    /// The first thing that would change and may not.
    pub fn hold(&mut self, trial: &Trial<'_>) -> Result<(), Refusal> {
        let Trial { before, sites, after } = trial;
        for site in sites {
            site.letters_hold(before)?;
        }
        let mut edited = sites.iter().peekable();
        for (index, (old, new)) in before.cables().iter().zip(after.cables()).enumerate() {
            let site = edited.next_if(|site| site.cable == index);
            if Arc::ptr_eq(&old.cable, &new.cable) || old.cable == new.cable {
                continue;
            }
            let site = site.ok_or(Refusal::Cables)?;
            let permit = Permit::of(&old.cable, &new.cable, site);
            reading::compare(&old.cable, &new.cable, &permit)?;
            let now = self.checker.grave_findings(after, index, &self.settings);
            let before = || FindingCounts::of(&self.checker.grave_findings(before, index, &self.settings), &old.cable);
            caused::hold(&now, before, &new.cable, &permit)?;
        }
        Ok(())
    }
}

/// A document with edits in it that are not proved yet: whoever wants to look at what is read there first reads it once.
pub struct Trial<'a> {
    before: &'a Document,
    sites: Vec<Site<'a>>,
    after: Document,
}

impl<'a> Trial<'a> {
    /// Puts the edits of all proposals into a document.
    ///
    /// # Errors
    ///
    /// Where the edits are not inside one cable each, or make other cables.
    pub fn of(before: &'a Document, proposals: &[Proposal<'a>]) -> Result<Self, Refusal> {
        let sites = sites(before, proposals)?;
        let mut after = before.clone();
        // From the last one upward, so that the others keep their places.
        for site in sites.iter().rev() {
            let (range, text) = site.hull(before);
            after.apply(&Edit { range, text: &text });
        }
        if after.cables().len() != before.cables().len() {
            return Err(Refusal::Cables);
        }
        Ok(Self { before, sites, after })
    }

    /// The document with the edits in it.
    pub const fn after(&self) -> &Document {
        &self.after
    }
}

/// All edits of one cable.
struct Site<'a> {
    /// Index of the cable.
    cable: usize,
    /// Where the cable is in the document.
    extent: Range<usize>,
    /// In order, each once, with the proposals it belongs to.
    edits: Vec<SiteEdit<'a>>,
}

/// An edit and what it may do.
struct SiteEdit<'a> {
    /// Bytes of the cable that go.
    span: Span,
    /// Bytes of the cable after all edits that come in their place.
    new: Span,
    text: &'a str,
    proposals: Vec<Proposal<'a>>,
}

/// The edits of the proposals by cable.
fn sites<'a>(document: &Document, proposals: &[Proposal<'a>]) -> Result<Vec<Site<'a>>, Refusal> {
    let mut edits: Vec<(&'a TextEdit, Proposal<'a>)> =
        proposals.iter().flat_map(|proposal| proposal.edits.iter().map(|edit| (edit, *proposal))).collect();
    edits.sort_by_key(|(edit, _)| (edit.range.start, edit.range.end));
    let mut sites: Vec<Site<'a>> = Vec::new();
    for (edit, proposal) in edits {
        let cable = document.cable_at(edit.range.start);
        if sites.last().is_none_or(|site| site.cable != cable) {
            let extent = document.cables()[cable].extent();
            sites.push(Site { cable, extent, edits: Vec::new() });
        }
        let Some(site) = sites.last_mut() else { continue };
        site.add(edit, proposal)?;
    }
    Ok(sites)
}

impl<'a> Site<'a> {
    fn add(&mut self, edit: &'a TextEdit, proposal: Proposal<'a>) -> Result<(), Refusal> {
        let TextEdit { range, text } = edit;
        if range.start > range.end || range.start < self.extent.start || range.end > self.extent.end {
            return Err(Refusal::Place);
        }
        let span = Span::of(range.start - self.extent.start..range.end - self.extent.start);
        let mut start = span.start;
        if let Some(last) = self.edits.last_mut() {
            if last.span == span && last.text == text {
                last.proposals.push(proposal);
                return Ok(());
            }
            if last.span.end > span.start {
                return Err(Refusal::Place);
            }
            start = last.new.end + (span.start - last.span.end);
        }
        let new = Span::new(start, start + text.len() as u32);
        self.edits.push(SiteEdit { span, new, text, proposals: vec![proposal] });
        Ok(())
    }

    fn letters_hold(&self, document: &Document) -> Result<(), Refusal> {
        let cable = &document.cables()[self.cable].cable;
        for edit in &self.edits {
            let Some(old) = cable.text().get(edit.span.range()) else { return Err(Refusal::Place) };
            let allowed = |proposal: &Proposal<'_>| proposal.letters.allow(old, edit.text, document.catalog());
            if !edit.proposals.iter().all(allowed) {
                return Err(Refusal::Letters { old: old.to_owned(), new: edit.text.to_owned() });
            }
        }
        Ok(())
    }

    /// The one edit from the first to the last of the site: bytes of the document, and their new text.
    fn hull(&self, document: &Document) -> (Range<usize>, String) {
        let (Some(first), Some(last)) = (self.edits.first(), self.edits.last()) else {
            return (self.extent.start..self.extent.start, String::new());
        };
        let cable = &document.cables()[self.cable].cable;
        let mut text = String::new();
        let mut at = first.span.start;
        for edit in &self.edits {
            text.push_str(cable.slice(Span::new(at, edit.span.start)));
            text.push_str(edit.text);
            at = edit.span.end;
        }
        let start = self.extent.start;
        (start + first.span.start as usize..start + last.span.end as usize, text)
    }

    /// Where a byte of the cable is after the edits: one that goes is where its replacement begins.
    fn moved(&self, offset: u32) -> u32 {
        let before = self.edits.partition_point(|edit| edit.span.start <= offset);
        let Some(edit) = before.checked_sub(1).map(|last| &self.edits[last]) else { return offset };
        if offset < edit.span.end { edit.new.start } else { edit.new.end + (offset - edit.span.end) }
    }
}
