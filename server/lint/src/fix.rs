//! Applies fixes to a text.
//!
//! A fix is applied whole or not at all, and only where it is proved ([`crate::proof`]). Fixes that touch the same text
//! wait for the next round, in which the text is read anew; rounds are bounded, so repairing ends whatever the rules do.

#[cfg(test)]
mod tests;
mod waiting;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use cable_catalog::Catalog;
use cable_syntax::Document;

use waiting::Waiting;

use crate::check::MARKS;
use crate::proof::{Proposal, Prover, Refusal};
use crate::{Checker, Diagnostic, Fix, FixSafety, Rule, RuleFix, Settings, Severity, TextEdit};

/// After so many rounds nothing new is to be expected.
const MOST_ROUNDS: usize = 20;

/// So often a cable is read again in one round, to find which of its fixes can be proved together.
const MOST_PROOFS: usize = 64;

/// A text after its repair.
#[derive(Debug, Clone)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// The same, as it was read.
    pub document: Document,
    /// What is wrong in it still.
    pub remaining: Vec<Diagnostic>,
    /// The edits that lead from the text before to this one, in order.
    pub edits: Vec<TextEdit>,
    /// How many problems were fixed, by the code of their rule.
    pub applied: BTreeMap<&'static str, usize>,
    /// The same, by severity.
    pub severities: BTreeMap<Severity, usize>,
    /// The fixes that were left out in the last round, and why.
    pub refused: Vec<(Diagnostic, Refusal)>,
    /// How often the text was read and changed.
    pub rounds: usize,
}

/// Fixes what can be fixed: with [`FixSafety::Safe`] the safe fixes, with [`FixSafety::Unsafe`] all of them.
pub fn repair(text: &str, catalog: &Catalog, settings: &Settings, level: FixSafety) -> Repaired {
    repair_document(&Document::new(text, catalog), settings, level)
}

/// Fixes what can be fixed in a document that has been read already.
pub fn repair_document(document: &Document, settings: &Settings, level: FixSafety) -> Repaired {
    let mut applied: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut severities: BTreeMap<Severity, usize> = BTreeMap::new();
    let mut edits = Vec::new();
    let mut rounds = 0;
    let end = repeat(&mut Repairer::new(settings), document.clone(), level, |found, round| {
        for &index in &round.applied {
            *applied.entry(found[index].rule.code).or_default() += 1;
            *severities.entry(found[index].severity).or_default() += 1;
        }
        edits.clone_from(&round.edits);
        rounds += 1;
    });
    let End { document: after, mut remaining, refused } = end;
    let text = after.rope().to_string();
    let refused = refused.into_iter().map(|(index, why)| (remaining[index].clone(), why)).collect();
    // What could be fixed unasked is fixed.
    remaining.iter_mut().for_each(distrust);
    if rounds > 1 {
        // The edits of later rounds are of other texts.
        edits = differences(&document.rope().to_string(), &text);
    }
    Repaired { text, document: after, remaining, edits, applied, severities, refused, rounds }
}

/// How a repair ended.
struct End {
    document: Document,
    remaining: Vec<Diagnostic>,
    /// The fixes that were left out in the last round, by their index, and why.
    refused: Vec<(usize, Refusal)>,
}

/// Fixes round by round until there is nothing to do, and tells of each round, with what was wrong before it.
fn repeat(
    repairer: &mut Repairer,
    mut document: Document,
    level: FixSafety,
    mut tell: impl FnMut(&[Diagnostic], &Round),
) -> End {
    let mut seen = HashSet::from([document.rope().to_string()]);
    loop {
        let found = repairer.check(&document);
        let mut round = repairer.round(&document, &found, level);
        let is_new = |after: &Document| seen.len() <= MOST_ROUNDS && seen.insert(after.rope().to_string());
        let Some(next) = round.after.take().filter(is_new) else {
            return End { document, remaining: found, refused: round.refused };
        };
        tell(&found, &round);
        document = next;
    }
}

/// What is wrong in a document, and of each safe fix whether [`repair_document`] applies it: one that it does not is not
/// safe.
pub fn check_and_prove(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    let mut repairer = Repairer::new(settings);
    let mut found = repairer.check(document);
    prove(&mut repairer, document, &mut found);
    found
}

fn prove(repairer: &mut Repairer, document: &Document, found: &mut [Diagnostic]) {
    let is_safe = |one: &Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.safety == FixSafety::Safe);
    if !found.iter().any(is_safe) {
        return;
    }
    let mut first = repairer.round(document, found, FixSafety::Safe);
    let mut proved = vec![false; found.len()];
    for &index in &first.applied {
        proved[index] = true;
    }
    let is_refused: HashSet<usize> = first.refused.iter().map(|(index, _)| *index).collect();
    let waits = |index: &usize| is_safe(&found[*index]) && !proved[*index] && !is_refused.contains(index);
    let waiting: Vec<usize> = (0..found.len()).filter(waits).collect();
    if let Some(after) = first.after.take().filter(|_| !waiting.is_empty()) {
        let mut waiting = Waiting::of(&waiting, found);
        waiting.follow(&first.edits);
        repeat(repairer, after, FixSafety::Safe, |found, round| {
            for &applied in &round.applied {
                if let Some(index) = waiting.take(&found[applied]) {
                    proved[index] = true;
                }
            }
            waiting.follow(&round.edits);
        });
    }
    for (one, proved) in found.iter_mut().zip(proved) {
        if !proved {
            distrust(one);
        }
    }
}

/// Makes a fix an unsafe one.
fn distrust(diagnostic: &mut Diagnostic) {
    if let Some(fix) = &mut diagnostic.fix {
        fix.safety = FixSafety::Unsafe;
    }
}

/// The edits that turn a text into another: one for each line that differs where both have the same lines, else one for
/// all that differs. None where they are equal.
fn differences(old: &str, new: &str) -> Vec<TextEdit> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    if before.len() != after.len() {
        return difference(old, new, 0).into_iter().collect();
    }
    let mut at = 0;
    let mut edits = Vec::new();
    for (before, after) in before.into_iter().zip(after) {
        edits.extend(difference(before, after, at));
        at += before.len();
    }
    edits
}

/// The one edit that turns a text, which begins at a byte, into another; none where they are equal.
fn difference(old: &str, new: &str, at: usize) -> Option<TextEdit> {
    if old == new {
        return None;
    }
    let same = |one: &mut dyn Iterator<Item = char>, two: &mut dyn Iterator<Item = char>| -> usize {
        one.zip(two).take_while(|(one, two)| one == two).map(|(one, _)| one.len_utf8()).sum()
    };
    let start = same(&mut old.chars(), &mut new.chars());
    let end = same(&mut old[start..].chars().rev(), &mut new[start..].chars().rev());
    let text = new[start..new.len() - end].to_owned();
    Some(TextEdit { range: at + start..at + old.len() - end, text })
}

/// Finds the fixes of one document after another, and proves them.
#[derive(Debug, Clone)]
pub struct Repairer {
    settings: Settings,
    prover: Prover,
    /// For rules that were chosen; none where those run that the prover runs too.
    checker: Option<Checker>,
}

/// What can be done to a document at once.
#[derive(Debug, Clone, Default)]
pub struct Round {
    /// The document after the fixes; none where there is nothing to do.
    pub after: Option<Document>,
    /// The edits, in order.
    pub edits: Vec<TextEdit>,
    /// The diagnostics that are fixed, by their index.
    pub applied: Vec<usize>,
    /// Those whose fix cannot be proved, by their index, and why.
    pub refused: Vec<(usize, Refusal)>,
}

impl Repairer {
    /// A repairer that fixes what the settings select.
    pub fn new(settings: &Settings) -> Self {
        let same = settings.running() == Settings::default().running();
        Self { settings: settings.clone(), prover: Prover::new(settings), checker: (!same).then(Checker::default) }
    }

    /// A repairer that looks for nothing but what it may fix by some of the rules that the settings select. It fixes the same,
    /// for less.
    pub fn of_fixes(settings: &Settings, is_wanted: impl Fn(&Rule, RuleFix) -> bool) -> Self {
        // What a web page put around a text hides all else, also where it is only shown.
        let is_wanted = |rule: &&Rule| rule.code == MARKS || rule.fix.is_some_and(|fix| is_wanted(rule, fix));
        let rules: Vec<&Rule> = settings.running().into_iter().filter(is_wanted).collect();
        Self::new(&Settings { paragraph_style: settings.paragraph_style, ..Settings::only(&rules) })
    }

    /// What is wrong in a document.
    pub fn check(&mut self, document: &Document) -> Vec<Diagnostic> {
        self.checker.as_mut().unwrap_or(&mut self.prover.checker).check(document, &self.settings)
    }

    /// Proves as many of the fixes up to a level as it can, together. `found` is what is wrong in the document.
    pub fn round(&mut self, document: &Document, found: &[Diagnostic], level: FixSafety) -> Round {
        let is_wanted = |index: &usize| found[*index].fix.as_ref().is_some_and(|fix| fix.safety <= level);
        self.together(document, found, (0..found.len()).filter(is_wanted).collect())
    }

    /// Proves as many of the fixes of some diagnostics as it can, together.
    pub fn together(&mut self, document: &Document, found: &[Diagnostic], wanted: Vec<usize>) -> Round {
        let fixes: Vec<&Fix> = wanted.iter().filter_map(|&index| found[index].fix.as_ref()).collect();
        let (_, taken) = choose(&fixes);
        let mut wanted = wanted.into_iter().filter(|&index| found[index].fix.is_some()).zip(taken);
        let chosen: Vec<usize> = wanted.by_ref().filter_map(|(index, taken)| taken.then_some(index)).collect();
        let mut round = Round::default();
        if chosen.is_empty() {
            return round;
        }
        let proposals: Vec<Proposal<'_>> = chosen.iter().filter_map(|&index| Proposal::of(&found[index])).collect();
        let Provable { mut proved, refused, after } = self.prover.provable(document, &proposals);
        proved.sort_unstable();
        round.after = after;
        round.edits = choose(&proved.iter().filter_map(|&at| found[chosen[at]].fix.as_ref()).collect::<Vec<_>>()).0;
        round.applied = proved.into_iter().map(|at| chosen[at]).collect();
        round.refused = refused.into_iter().map(|(at, why)| (chosen[at], why)).collect();
        round
    }

    /// Proves one fix alone.
    ///
    /// # Errors
    ///
    /// What it would change and may not.
    pub fn alone(&mut self, document: &Document, diagnostic: &Diagnostic) -> Result<Document, Refusal> {
        self.prover.prove(document, Proposal::of(diagnostic).as_slice())
    }
}

/// Which proposals can be proved together.
struct Provable {
    /// By their index.
    proved: Vec<usize>,
    refused: Vec<(usize, Refusal)>,
    /// The document with the proved ones in it; none where there are none.
    after: Option<Document>,
}

impl Prover {
    /// As many proposals as can be proved together: all, or of each cable by halves as many as are found.
    fn provable(&mut self, document: &Document, proposals: &[Proposal<'_>]) -> Provable {
        let all: Vec<usize> = (0..proposals.len()).collect();
        let first = match self.prove(document, proposals) {
            Ok(after) => return Provable { proved: all, refused: Vec::new(), after: Some(after) },
            Err(why) => why,
        };
        let cable =
            |&index: &usize| proposals[index].edits.first().map_or(0, |edit| document.cable_at(edit.range.start));
        let mut by_cable: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in all {
            by_cable.entry(cable(&index)).or_default().push(index);
        }
        let (mut proved, mut refused) = (Vec::new(), Vec::new());
        let mut last = None;
        let is_only = by_cable.len() == 1;
        for own in by_cable.into_values() {
            let known = is_only.then(|| first.clone());
            let (kept, after) = self.by_halves(document, proposals, &own, known, &mut refused);
            proved.extend(kept);
            last = after;
        }
        let after = if is_only || proved.is_empty() {
            last
        } else {
            let together: Vec<Proposal<'_>> = proved.iter().map(|&index| proposals[index]).collect();
            match self.prove(document, &together) {
                Ok(after) => Some(after),
                // Cables stand in each other's way only where one begins because of another: no repair is worth that.
                Err(why) => {
                    refused.extend(proved.drain(..).map(|index| (index, why.clone())));
                    None
                }
            }
        };
        Provable { proved, refused, after }
    }

    /// As many proposals of one cable as are found by halves. `known` is why they cannot be proved all together, where
    /// that was tried.
    fn by_halves(
        &mut self,
        document: &Document,
        proposals: &[Proposal<'_>],
        own: &[usize],
        known: Option<Refusal>,
        refused: &mut Vec<(usize, Refusal)>,
    ) -> (Vec<usize>, Option<Document>) {
        let mut kept: Vec<usize> = Vec::new();
        let mut result = None;
        let mut known = known;
        let mut waiting = vec![own];
        let mut proofs = 0;
        while let Some(chunk) = waiting.pop() {
            let outcome = match known.take() {
                Some(why) => Err(why),
                None if proofs == MOST_PROOFS => {
                    refused.extend(chunk.iter().map(|&index| (index, Refusal::Untried)));
                    continue;
                }
                None => {
                    proofs += 1;
                    let trial: Vec<Proposal<'_>> = kept.iter().chain(chunk).map(|&index| proposals[index]).collect();
                    self.prove(document, &trial)
                }
            };
            match (outcome, chunk) {
                (Ok(after), _) => {
                    kept.extend(chunk);
                    result = Some(after);
                }
                (Err(why), [only]) => refused.push((*only, why)),
                (Err(_), _) => {
                    let (first, second) = chunk.split_at(chunk.len() / 2);
                    waiting.extend([second, first]);
                }
            }
        }
        (kept, result)
    }
}

/// The edits of the fixes that can be applied together, in order, and which fixes those are. The first of two that
/// touch the same text is taken; fixes that share an edit are taken together.
pub fn choose(fixes: &[&Fix]) -> (Vec<TextEdit>, Vec<bool>) {
    let mut chosen: Vec<TextEdit> = Vec::new();
    let mut taken = Vec::with_capacity(fixes.len());
    for fix in fixes {
        let fits = fix.edits.iter().all(|edit| {
            // The chosen edits are in order and apart, so only the neighbours can be in the way.
            let after = chosen.partition_point(|other| other.range.end < edit.range.start);
            chosen[after..]
                .iter()
                .take_while(|other| other.range.start <= edit.range.end)
                .all(|other| other == edit || !in_the_way(&other.range, &edit.range))
        });
        taken.push(fits);
        if !fits {
            continue;
        }
        for edit in &fix.edits {
            let at = chosen.partition_point(|other| other.range.start < edit.range.start);
            let mut same_start = chosen[at..].iter().take_while(|other| other.range.start == edit.range.start);
            if !same_start.any(|other| other == edit) {
                chosen.insert(at, edit.clone());
            }
        }
    }
    (chosen, taken)
}

/// Whether two edits touch the same text, or would write at the same place.
fn in_the_way(one: &Range<usize>, two: &Range<usize>) -> bool {
    one.start < two.end && two.start < one.end || (one.start == two.start && (one.is_empty() || two.is_empty()))
}

/// Applies edits that are in order and do not overlap. Other bytes stay as they are.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        result.push_str(text.get(at..edit.range.start).unwrap_or_default());
        result.push_str(&edit.text);
        at = edit.range.end;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}
