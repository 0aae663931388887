//! What the edits of one cable may change, all together: the paths of its reading, by the places of the edits.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::{self, Write as _};

use cable_syntax::{Cable, Part, PartKind, Span};

use super::{Site, SiteEdit};
use crate::{Change, Rule};

/// A step of the way to a value of the reading.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => formatter.write_str(key),
            Self::Index(index) => write!(formatter, "{index}"),
        }
    }
}

/// What may be different in a cable after the edits of a site.
pub(super) struct Permit {
    /// Paths of the reading: `tags`, `paragraphs.3.mark`, `refs.*.id`.
    paths: HashSet<Cow<'static, str>>,
    /// Whether lines may begin and end elsewhere.
    pub(super) lines: bool,
    /// For each line of the cable before the edits: its line after them.
    moved: Vec<u32>,
    /// Whether each line is there still, under the same number.
    pub(super) keeps_lines: bool,
    /// Lines after the edits on which something can be seen that could not be seen before.
    seen: HashSet<u32>,
    /// The kinds of part on whose lines all can be seen anew.
    seen_fields: Vec<PartKind>,
    /// The rules whose findings are fixed.
    rules: Vec<&'static Rule>,
}

impl Permit {
    pub(super) fn of(before: &Cable, after: &Cable, site: &Site<'_>) -> Self {
        let moved: Vec<u32> = (0..before.lines().len() as u32)
            .map(|line| {
                let span = before.lines()[line as usize].span;
                let text = before.slice(span);
                let spaces = text.len() - text.trim_start().len();
                // A blank line has nothing but its start.
                let spaces = if spaces == text.len() { 0 } else { spaces };
                after.line_at(site.moved(span.start + spaces as u32))
            })
            .collect();
        let mut permit = Self {
            paths: HashSet::new(),
            lines: false,
            keeps_lines: moved.iter().enumerate().all(|(line, &moved)| line == moved as usize),
            moved,
            seen: HashSet::new(),
            seen_fields: Vec::new(),
            rules: Vec::new(),
        };
        for edit in &site.edits {
            for proposal in &edit.proposals {
                permit.rules.extend(proposal.rule);
                for &change in proposal.changes {
                    permit.add(change, edit, before, after);
                }
            }
        }
        // What was changed in one line of a field may be seen in the next.
        let lines = after.parts.iter().filter(|part| permit.seen_fields.contains(&part.kind));
        permit.seen.extend(lines.map(|part| part.line));
        permit.rules.sort_unstable_by_key(|rule| rule.code);
        permit.rules.dedup();
        permit
    }

    fn add(&mut self, change: Change, edit: &SiteEdit<'_>, before: &Cable, after: &Cable) {
        let makes_visible = match change {
            Change::Marker => {
                self.paragraph(before, edit.span, "artefact", |_| true);
                false
            }
            Change::PortionMark => {
                let is_malformed =
                    |mark: Option<&cable_syntax::marker::Mark>| mark.is_none_or(|mark| !mark.well_formed);
                self.paragraph(before, edit.span, "mark", is_malformed)
            }
            Change::Numbers => {
                self.all(&["paragraphs.*.n", "fragments.*.paragraph", "stray_captions.*.paragraph"]);
                false
            }
            Change::Paragraphs => {
                self.all(&["paragraphs", "fragments", "stray_captions"]);
                true
            }
            Change::Captions => {
                self.all(keys(PartKind::Caption));
                self.all(keys(PartKind::Handling));
                self.all(&["header_lines.captions", "header_lines.handling"]);
                true
            }
            Change::StrayCaptions => {
                self.all(&["stray_captions", "fragments"]);
                false
            }
            Change::Value => {
                for part in parts_at(before, edit.span) {
                    self.value(before, part, edit.span);
                }
                self.see_fields(after, edit.new)
            }
            Change::Field => {
                for part in parts_at(before, edit.span).into_iter().chain(parts_at(after, edit.new)) {
                    self.all(keys(part.kind));
                    self.all(places(part.kind));
                }
                self.see_fields(after, edit.new)
            }
            Change::Lines => {
                self.lines = true;
                false
            }
            Change::Swallowed => {
                self.all(&["headings", "signature", "signature_line", "trailer", "fragments"]);
                true
            }
        };
        if makes_visible {
            self.seen.extend(after.line_at(edit.new.start)..=after.line_at(edit.new.end));
        }
    }

    fn all(&mut self, paths: &[&'static str]) {
        self.paths.extend(paths.iter().map(|&path| Cow::Borrowed(path)));
    }

    /// A key of the paragraphs whose markers an edit touches, where their marks are such. Returns whether there is one.
    fn paragraph(
        &mut self,
        cable: &Cable,
        edit: Span,
        key: &str,
        is_such: impl Fn(Option<&cable_syntax::marker::Mark>) -> bool,
    ) -> bool {
        let paragraphs = &cable.body.paragraphs;
        let from =
            paragraphs.partition_point(|paragraph| paragraph.marker.at(paragraph.marker.value.span).end < edit.start);
        let touched = paragraphs[from..]
            .iter()
            .enumerate()
            .take_while(|(_, paragraph)| paragraph.marker.at(paragraph.marker.value.span).start <= edit.end)
            .filter(|(_, paragraph)| is_such(paragraph.marker.value.mark.as_ref()));
        let found: Vec<Cow<'static, str>> =
            touched.map(|(index, _)| Cow::Owned(format!("paragraphs.{}.{key}", from + index))).collect();
        let any = !found.is_empty();
        self.paths.extend(found);
        any
    }

    /// The value of a part at an edit, and what is worked out from it.
    fn value(&mut self, cable: &Cable, part: Part, edit: Span) {
        let Some(line) = cable.header.classification.as_ref().filter(|_| part.kind == PartKind::Classification) else {
            self.all(keys(part.kind));
            return;
        };
        // Level, section and MRN are values of their own.
        let number = line.at(line.value.reference_number.span);
        let section = line.value.section.map(|section| line.at(section.span));
        if edit.start >= number.start {
            self.all(&["mrn", "canonical_id"]);
        } else if section.is_some_and(|section| edit.start >= section.start) {
            self.all(&["section"]);
        } else {
            self.all(&["classification"]);
        }
    }

    /// The fields at a span are to be seen anew. Returns whether there is one: the text of a paragraph is none.
    fn see_fields(&mut self, after: &Cable, span: Span) -> bool {
        let is_field = |kind: &PartKind| !keys(*kind).is_empty();
        let kinds: Vec<PartKind> = parts_at(after, span).iter().map(|part| part.kind).filter(is_field).collect();
        let is_any = !kinds.is_empty();
        for kind in kinds {
            if !self.seen_fields.contains(&kind) {
                self.seen_fields.push(kind);
            }
        }
        is_any
    }

    /// Whether a key of the reading, and all that is in it, may be different.
    pub(super) fn allows_all_of(&self, key: &str) -> bool {
        self.paths.contains(key)
    }

    /// Whether a path of the reading may be different.
    pub(super) fn allows(&self, path: &[Step<'_>]) -> bool {
        let (mut written, mut with_any) = (String::new(), String::new());
        path.iter().enumerate().any(|(depth, step)| {
            let separator = if depth == 0 { "" } else { "." };
            let _ = write!(written, "{separator}{step}");
            // The second step is the place in a list.
            let _ = if depth == 1 { write!(with_any, ".*") } else { write!(with_any, "{separator}{step}") };
            self.paths.contains(written.as_str()) || self.paths.contains(with_any.as_str())
        })
    }

    /// The line, from 0, that a line of the cable is after the edits.
    pub(super) fn moved(&self, line: u32) -> u32 {
        self.moved.get(line as usize).copied().unwrap_or(line)
    }

    /// Whether a finding on a line after the edits tells of what could not be looked at before.
    pub(super) fn is_seen(&self, line: u32) -> bool {
        self.seen.contains(&line)
    }

    /// Whether a rule is one of those whose findings are fixed.
    pub(super) fn fixes(&self, rule: &Rule) -> bool {
        self.rules.iter().any(|fixed| fixed.code == rule.code)
    }
}

/// The parts that a span touches; where it touches none, the last one before it.
fn parts_at(cable: &Cable, span: Span) -> Vec<Part> {
    let from = cable.parts.partition_point(|part| part.span.end < span.start);
    let touched: Vec<Part> =
        cable.parts[from..].iter().take_while(|part| part.span.start <= span.end).copied().collect();
    if touched.is_empty() {
        return from.checked_sub(1).map(|before| cable.parts[before]).into_iter().collect();
    }
    touched
}

/// The keys of the reading that a part gives, and those worked out from it.
const fn keys(kind: PartKind) -> &'static [&'static str] {
    match kind {
        PartKind::Notice => &["notice"],
        PartKind::TransmissionId => &["transmission_id"],
        PartKind::Routing => &["routing"],
        PartKind::De => &["de"],
        PartKind::OperatingSignal => &["opsig"],
        PartKind::DateTimeGroup => &["dtg", "dtg_iso", "precedence", "canonical_id", "decl", "refs.*.id"],
        PartKind::From => &["from"],
        PartKind::To => &["to"],
        PartKind::Info => &["info"],
        PartKind::Classification => &["classification", "section", "mrn", "canonical_id"],
        PartKind::Caption => &["captions", "caption_lines", "sensitive"],
        PartKind::Handling => &["handling"],
        PartKind::ExecutiveOrder => &["eo", "eo_order", "eo_instruction", "decl"],
        PartKind::Tags => &["tags"],
        PartKind::Subject => &["subject"],
        PartKind::Reference => &["refs"],
        PartKind::ClassifiedBy => &["classified_by"],
        PartKind::Heading => &["headings"],
        PartKind::PageLine => &["page_lines"],
        PartKind::Signature => &["signature"],
        PartKind::Trailer => &["trailer"],
        _ => &[],
    }
}

/// The keys that say where a part is.
const fn places(kind: PartKind) -> &'static [&'static str] {
    match kind {
        PartKind::TransmissionId => &["header_lines.ti"],
        PartKind::Routing => &["header_lines.routing"],
        PartKind::De => &["header_lines.de"],
        PartKind::OperatingSignal => &["header_lines.opsig"],
        PartKind::DateTimeGroup => &["header_lines.dtg"],
        PartKind::From => &["header_lines.from"],
        PartKind::To => &["header_lines.to"],
        PartKind::Info => &["header_lines.info"],
        PartKind::Classification => &["header_lines.classification"],
        PartKind::Caption => &["header_lines.captions"],
        PartKind::Handling => &["header_lines.handling"],
        PartKind::ExecutiveOrder => &["header_lines.eo"],
        PartKind::Tags => &["header_lines.tags", "tags_line"],
        PartKind::Subject => &["header_lines.subject", "subject_lines"],
        PartKind::Reference => &["header_lines.ref"],
        PartKind::ClassifiedBy => &["header_lines.classified_by"],
        PartKind::Signature => &["signature_line"],
        PartKind::Fragment => &["fragments"],
        _ => &[],
    }
}
