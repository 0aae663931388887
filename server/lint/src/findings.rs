//! What a rule sees and what it reports: spans of one cable, so that findings stay true while the cable moves.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
#[cfg(debug_assertions)]
use std::sync::OnceLock;
use std::sync::{Mutex, PoisonError};

use cable_catalog::Catalog;
use cable_syntax::{Cable, Document, Era, Placed, Section, Span};

use crate::one_line::one_line;
use crate::references::{Meaning, Other, References};
use crate::rule::RuleFix;
use crate::{Change, Diagnostic, DiagnosticTag, Fix, FixSafety, Letters, Related, Rule, Settings, Severity, TextEdit};

/// What a rule may look at.
pub(crate) struct Context<'a> {
    pub(crate) cable: &'a Cable,
    pub(crate) catalog: &'a Catalog,
    pub(crate) settings: &'a Settings,
    /// Whether the document ends with this cable.
    pub(crate) is_last: bool,
    /// What is around it; only for the rules that need an archive.
    pub(crate) around: Option<&'a Around<'a>>,
}

/// A document in its archive.
pub(crate) struct Surroundings<'a> {
    pub(crate) references: &'a dyn References,
    /// Where the archive has it.
    pub(crate) path: &'a str,
    pub(crate) document: &'a Document,
    /// The ids that its cables give.
    pub(crate) ids: BTreeSet<&'a str>,
    /// The first cable in it, by its index.
    pub(crate) first: Option<usize>,
    /// Its cables by id and section, by their index: of those that are alike the first two.
    same_id: HashMap<(&'a str, Option<u32>), Vec<usize>>,
}

impl<'a> Surroundings<'a> {
    pub(crate) fn new(document: &'a Document, path: &'a str, references: &'a dyn References) -> Self {
        let cables = document.cables();
        let first = cables.iter().position(|placed| placed.cable.is_recognised());
        let mut own = Self { references, path, document, ids: BTreeSet::new(), first, same_id: HashMap::new() };
        for (index, placed) in cables.iter().enumerate() {
            let Some(id) = placed.cable.canonical_id() else { continue };
            own.ids.insert(id);
            let same_id = own.same_id.entry((id, section_of(&placed.cable).map(|section| section.number))).or_default();
            // Who looks for another than itself needs no more, however many a text holds.
            if same_id.len() < 2 {
                same_id.push(index);
            }
        }
        own
    }

    /// What is around one of its cables.
    pub(crate) fn around(&'a self, index: usize) -> Around<'a> {
        Around {
            surroundings: self,
            index,
            cable: &self.document.cables()[index].cable,
            meanings: OnceCell::new(),
            with_id: OnceCell::new(),
        }
    }

    /// Another cable of the document with this id and section.
    pub(crate) fn other(&self, id: &'a str, section: Option<u32>, than: usize) -> Option<usize> {
        self.same_id.get(&(id, section))?.iter().copied().find(|index| *index != than)
    }
}

/// A cable in its archive. What several rules ask is asked once.
pub(crate) struct Around<'a> {
    pub(crate) surroundings: &'a Surroundings<'a>,
    /// Its index in the document.
    pub(crate) index: usize,
    cable: &'a Cable,
    meanings: OnceCell<Vec<Meaning>>,
    with_id: OnceCell<Vec<Other>>,
}

impl Around<'_> {
    /// What each entry of its REF list means.
    pub(crate) fn meanings(&self) -> &[Meaning] {
        let Surroundings { references, path, .. } = self.surroundings;
        self.meanings.get_or_init(|| references.meanings(path, self.cable))
    }

    /// The cables of other files with its id; none where it gives none.
    pub(crate) fn with_id(&self) -> &[Other] {
        let Surroundings { references, path, .. } = self.surroundings;
        self.with_id
            .get_or_init(|| self.cable.canonical_id().map(|id| references.with_id(path, id)).unwrap_or_default())
    }

    /// The cables of other files with its text.
    pub(crate) fn with_text(&self) -> Vec<Other> {
        let Surroundings { references, path, .. } = self.surroundings;
        references.with_text(path, self.cable)
    }
}

/// A phrase for as many more places as a finding speaks of, ` and on 3 more lines`; nothing for none.
pub(crate) fn and_more(phrase: &str, count: usize, noun: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!(" {phrase} 1 more {noun}"),
        _ => format!(" {phrase} {count} more {noun}s"),
    }
}

/// The section that a cable says it is.
pub(crate) fn section_of(cable: &Cable) -> Option<Section> {
    cable.header.classification.as_ref()?.value.section
}

impl<'a> Context<'a> {
    pub(crate) const fn new(cable: &'a Cable, settings: &'a Settings, is_last: bool) -> Self {
        Self { cable, catalog: cable.catalog(), settings, is_last, around: None }
    }

    /// The same in an archive.
    pub(crate) const fn within(self, around: &'a Around<'a>) -> Self {
        Self { around: Some(around), ..self }
    }

    /// Whether nothing of the cable is there but the first lines of its envelope, and another cable begins below them:
    /// what is not there is no mistake of those lines.
    pub(crate) fn is_head_alone(&self) -> bool {
        let (envelope, header) = (&self.cable.envelope, &self.cable.header);
        let has_envelope = envelope.date_time_group.is_some() || envelope.from.is_some() || !envelope.to.is_empty();
        let has_header = header.classification.is_some()
            || header.executive_order.is_some()
            || header.tags.is_some()
            || header.subject.is_some();
        !self.is_last && !has_envelope && !has_header && self.cable.body.paragraphs.is_empty()
    }
}

/// The findings of the rules that have run on one cable.
#[derive(Debug)]
pub(crate) struct Findings {
    rule: &'static Rule,
    is_softened: bool,
    found: Vec<Finding>,
}

/// One mistake of one cable.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    rule: &'static Rule,
    severity: Severity,
    /// Whether the cable is of a time whose layouts are known too little for more than information.
    is_softened: bool,
    span: Span,
    message: String,
    /// A line of the cable, from 0, whose number ends the message.
    on_line: Option<u32>,
    related: Vec<(Span, String)>,
    tags: Vec<DiagnosticTag>,
    fix: Option<CableFix>,
}

/// A fix whose edits are spans of the cable.
#[derive(Debug, Clone)]
struct CableFix {
    title: String,
    safety: FixSafety,
    edits: Vec<(Span, String)>,
    changes: &'static [Change],
    letters: Letters,
}

impl Findings {
    /// Runs rules over one cable. One that panics loses what it found there, and nothing else.
    pub(crate) fn of(rules: impl Iterator<Item = &'static Rule>, context: &Context<'_>) -> Vec<Finding> {
        let mut rules = rules.filter(|rule| rule.needs.iter().all(|need| need.is_met(context.cable))).peekable();
        let Some(&first) = rules.peek() else { return Vec::new() };
        let is_softened = matches!(context.cable.era, Era::Archives1973 | Era::Letters1979);
        let mut findings = Self { rule: first, is_softened, found: Vec::new() };
        for rule in rules {
            findings.rule = rule;
            let before = findings.found.len();
            let checked = catch_unwind(AssertUnwindSafe(|| {
                planted(rule);
                (rule.check)(context, &mut findings);
            }));
            if checked.is_err() {
                findings.found.truncate(before);
                tell_loss(rule);
            }
        }
        findings.found
    }

    /// Reports a mistake at `span`, with the severity of the running rule.
    pub(crate) fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.found.push(Finding {
            rule: self.rule,
            severity: self.rule.severity,
            is_softened: self.is_softened && !self.rule.is_of_all_eras,
            span,
            message: one_line(message.into()),
            on_line: None,
            related: Vec::new(),
            tags: Vec::new(),
            fix: None,
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// Says once that a rule failed: it may fail on every cable of an archive.
fn tell_loss(rule: &Rule) {
    static TOLD: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    if TOLD.lock().unwrap_or_else(PoisonError::into_inner).insert(rule.code) {
        eprintln!(
            "cable-lsp: the rule {rule:?} failed on a cable and found nothing there; the others went on. Please report it"
        );
    }
}

/// Panics in the rule that `CABLE_LSP_FAILING_RULE` names, for the tests. There is no such thing in a release.
#[cfg(debug_assertions)]
fn planted(rule: &Rule) {
    static FAILING: OnceLock<Option<String>> = OnceLock::new();
    let failing = FAILING.get_or_init(|| std::env::var("CABLE_LSP_FAILING_RULE").ok());
    assert!(failing.as_deref() != Some(rule.code), "as the test asks");
}

#[cfg(not(debug_assertions))]
const fn planted(_: &Rule) {}

impl Finding {
    /// The case for which the rule has its lower severity.
    pub(crate) fn lower_severity(&mut self) -> &mut Self {
        self.severity = self.rule.lower_severity.unwrap_or(self.severity);
        self
    }

    /// Ends the message with ` on line N` for a line of the cable.
    pub(crate) fn on_line(&mut self, line: u32) -> &mut Self {
        self.on_line = Some(line);
        self
    }

    pub(crate) fn related(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.related.push((span, one_line(message.into())));
        self
    }

    pub(crate) fn tag(&mut self, tag: DiagnosticTag) -> &mut Self {
        self.tags.push(tag);
        self
    }

    /// Adds a fix of the rule's own safety.
    pub(crate) fn fix(&mut self, title: impl Into<String>, edits: Vec<(Span, String)>) -> &mut Self {
        // A rule that declares no fix may change nothing.
        let own = self.rule.fix.unwrap_or(RuleFix::unsafe_(&[], Letters::Kept));
        let RuleFix { safety, changes, letters } = own;
        self.fix = Some(CableFix { title: one_line(title.into()), safety, edits, changes, letters });
        self
    }

    /// Lets this one fix change other things than those of its rule.
    pub(crate) fn changing(&mut self, changes: &'static [Change], letters: Letters) -> &mut Self {
        if let Some(fix) = &mut self.fix {
            (fix.changes, fix.letters) = (changes, letters);
        }
        self
    }

    /// Makes this one fix of a rule whose fixes are safe an unsafe one.
    pub(crate) fn mark_unsafe(&mut self) -> &mut Self {
        if let Some(fix) = &mut self.fix {
            fix.safety = FixSafety::Unsafe;
        }
        self
    }

    pub(crate) const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// The severity before settings and the era of the cable change it: a fix that makes the era known is no harm.
    pub(crate) const fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether its message ends with the number of a line.
    pub(crate) const fn names_line(&self) -> bool {
        self.on_line.is_some()
    }

    /// What it says, without the number of a line.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Where it is in its cable.
    pub(crate) const fn span(&self) -> Span {
        self.span
    }

    /// The finding as a diagnostic of the document that holds the cable.
    pub(crate) fn placed(&self, placed: &Placed, settings: &Settings) -> Diagnostic {
        let edit = |(span, text): &(Span, String)| TextEdit { range: placed.range(*span), text: text.clone() };
        let message = match self.on_line {
            Some(line) => format!("{} (first on line {})", self.message, placed.first_line + line as usize + 1),
            None => self.message.clone(),
        };
        let own = if self.is_softened { self.severity.min(Severity::Information) } else { self.severity };
        Diagnostic {
            rule: self.rule,
            severity: settings.severity_of(self.rule).unwrap_or(own),
            range: placed.range(self.span),
            message,
            related: self
                .related
                .iter()
                .map(|(span, message)| Related { range: placed.range(*span), message: message.clone() })
                .collect(),
            tags: self.tags.clone(),
            fix: self.fix.as_ref().map(|fix| Fix {
                title: fix.title.clone(),
                safety: fix.safety,
                edits: fix.edits.iter().map(edit).collect(),
                changes: fix.changes,
                letters: fix.letters,
            }),
        }
    }
}
