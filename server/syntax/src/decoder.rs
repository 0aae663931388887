//! Which paragraph each marker really is (FORMAT.md, "Paragraph numbers").
//!
//! OCR turned the pilcrow before a number into a digit 1, so `17.` may be paragraph 7 or 17; numbers at the start of
//! a line may also be list items or wrapped sentences. The decoder chooses the readings of all candidates of one cable
//! together: the cheapest path over (last paragraph number, last item of an inner list). Costs are in hundredths, so
//! that sums and ties are exact. It knows nothing of text: candidates in their order, decisions out.

mod artefact;
mod cost;
mod out_of_order;
#[cfg(test)]
mod tests;

pub use artefact::{Artefact, Blank, artefact};

use std::ops::Range;
use std::sync::Arc;

use crate::marker::{self, Marker};
use cost::Cost;

/// What the decoder needs to know of one marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// The number as written.
    pub literal: u32,
    /// The number without a leading 1; equal to `literal` where nothing can be stripped.
    pub stripped: u32,
    /// The last number of a range; equal to `literal` where it is none.
    pub through: u32,
    /// It carries a portion mark.
    pub marked: bool,
    /// It is inside a line (PAR015).
    pub inside_line: bool,
    /// What the line directly above says about it; `Clear` below a blank line.
    pub above: Above,
}

impl Candidate {
    /// The candidate that `marker` makes at the start of a line; `line_before` is the line directly above it.
    pub fn at_line_start(marker: &Marker, line_before: &str) -> Self {
        Self { above: Above::of(line_before), ..Self::of(marker) }
    }

    /// The candidate that `marker` makes inside a line.
    pub fn inside_line(marker: &Marker) -> Self {
        Self { inside_line: true, ..Self::of(marker) }
    }

    /// Whether one of its readings is in `wanted`, as `wanted_numbers` gives it.
    pub fn gives(&self, wanted: &[u32]) -> bool {
        wanted.binary_search(&self.literal).is_ok() || wanted.binary_search(&self.stripped).is_ok()
    }

    fn of(marker: &Marker) -> Self {
        Self {
            literal: marker.literal,
            stripped: marker.stripped(),
            through: marker.through.unwrap_or(marker.literal),
            marked: marker.mark.is_some(),
            inside_line: false,
            above: Above::Clear,
        }
    }

    /// The number that would be next where one of its two figures is lost, and what that costs: `5.` for 15 after 14.
    /// Restarts begin with 1.
    fn lost_figure(&self, last: u32, habits: Habits) -> Option<(u32, Cost)> {
        let next = last + 1;
        let may_have_lost = (self.marked || habits.stand_apart()) && !self.inside_line && self.above == Above::Clear;
        let is_figure = (1..=9).contains(&self.literal) && self.through == self.literal && (10..100).contains(&next);
        let cost = match self.literal {
            last_figure if last_figure > 1 && last_figure == next % 10 => cost::LOST_FIGURE,
            first_figure if first_figure == next / 10 => cost::LOST_LAST_FIGURE,
            _ => return None,
        };
        (may_have_lost && is_figure).then_some((next, cost))
    }

    /// The last of the numbers it stands for when it is read as `number`.
    const fn last_of(&self, number: u32) -> u32 {
        if number == self.literal { self.through } else { number }
    }

    /// The numbers it may mean, and whether a 1 was stripped to get there.
    fn readings(&self) -> impl Iterator<Item = (u32, bool)> + use<> {
        let stripped = (self.stripped != self.literal).then_some((self.stripped, true));
        std::iter::once((self.literal, false)).chain(stripped)
    }
}

/// What a line says about a number directly below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Above {
    /// Nothing: a blank line, a heading, a header field or a rule. A paragraph may well begin here.
    #[default]
    Clear,
    /// A sentence ends here.
    Finished,
    /// A full line that breaks off in mid-sentence: the number may be its wrapped end.
    Unfinished,
    /// A colon: a list may follow.
    Colon,
}

impl Above {
    /// What `line` says. A line that was wrapped is long; a short one without a full stop is a heading or a field.
    pub fn of(line: &str) -> Self {
        const SHORTEST_WRAPPED_LINE: usize = 40;
        let line = line.trim_end();
        // The last name was taken out.
        if marker::ends_block(line) || line.ends_with("XXXX") {
            return Self::Finished;
        }
        match line.chars().next_back() {
            Some(':') => Self::Colon,
            Some('.' | '?' | '!' | ';' | '"' | '”' | ')') => Self::Finished,
            None | Some('-' | '=' | '*' | '_') => Self::Clear,
            Some(_) if line.len() < SHORTEST_WRAPPED_LINE => Self::Clear,
            Some(_) => Self::Unfinished,
        }
    }
}

/// How a candidate was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decoded {
    /// The marker of a paragraph.
    Paragraph {
        /// Its true number.
        number: u32,
        /// A leading 1 was taken for the pilcrow.
        stripped: bool,
    },
    /// An item of a numbered list inside a paragraph.
    ListItem,
    /// No marker at all: a wrapped sentence, or a number out of every sequence.
    Rejected,
}

impl Decoded {
    /// The paragraph number, if it is one.
    pub const fn number(self) -> Option<u32> {
        match self {
            Self::Paragraph { number, .. } => Some(number),
            Self::ListItem | Self::Rejected => None,
        }
    }
}

/// How a candidate was read, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// The reading.
    pub decoded: Decoded,
    /// By how much the cheapest decoding of the cable in which this candidate is another paragraph number, or none,
    /// costs more. At most `MARGIN_LIMIT`.
    pub margin: f32,
}

/// Below this margin a number is reported as ambiguous (PAR007) and its fix is not safe.
pub const AMBIGUOUS_BELOW: f32 = 1.5;

/// Margins are not told apart above this.
pub const MARGIN_LIMIT: f32 = 12.0;

/// What most candidates of the cable have in common.
#[derive(Debug, Clone, Copy)]
struct Habits {
    /// They carry portion marks.
    marked: bool,
    /// They are below a blank line or a heading.
    spaced: bool,
    /// The cable may begin with any number: it is a later section.
    begins_anywhere: bool,
}

impl Habits {
    fn of(candidates: &[Candidate], begins_anywhere: bool) -> Self {
        let most = |count: usize| count * 2 > candidates.len();
        Self {
            marked: most(candidates.iter().filter(|candidate| candidate.marked).count()),
            spaced: most(candidates.iter().filter(|candidate| candidate.above == Above::Clear).count()),
            begins_anywhere,
        }
    }

    /// Whether nothing but its place tells a paragraph: none has a mark, and all have a line above them to themselves.
    const fn stand_apart(self) -> bool {
        self.spaced && !self.marked
    }
}

/// Where a decoding is: the last paragraph number, and the last item of the list inside it (0: none).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct State {
    paragraph: u32,
    item: u32,
}

/// One way on from a state: how the candidate is read, where that leads, what it costs.
#[derive(Clone, Copy)]
struct Step {
    decoded: Decoded,
    to: State,
    cost: Cost,
}

/// A state that a decoding of the first candidates can be in.
#[derive(Clone, Copy)]
struct Node {
    state: State,
    /// Cheapest decoding of the candidates so far that ends here.
    cost: Cost,
    /// The node of the layer before that it came from, and how the candidate between was read.
    from: u32,
    decoded: Decoded,
}

/// Reads all candidates of one cable together.
pub fn decode(candidates: &[Candidate]) -> Vec<Decision> {
    decode_section(candidates, false)
}

/// The same for what may be a later section: its first number may be any.
pub fn decode_section(candidates: &[Candidate], begins_anywhere: bool) -> Vec<Decision> {
    let habits = Habits::of(candidates, begins_anywhere);
    let layers = Layers::of(candidates, habits);
    let decoded = layers.trace();
    let margins = layers.margins(candidates, habits, &decoded);
    let in_units = |margin: Cost| f32::from(u16::try_from(margin).unwrap_or(u16::MAX)) / 100.0;
    let mut decisions: Vec<Decision> = decoded
        .into_iter()
        .zip(margins)
        .map(|(decoded, margin)| Decision { decoded, margin: in_units(margin).min(MARGIN_LIMIT) })
        .collect();
    if habits.stand_apart() {
        out_of_order::settle(candidates, &mut decisions);
    }
    decisions
}

/// How many numbers of one gap are named: a wild jump misses nothing.
const MOST_OF_A_GAP: usize = 30;

/// The paragraph numbers that are skipped, ascending and each once; of a wild jump only the first few.
fn missing_numbers(candidates: &[Candidate], decisions: &[Decision]) -> Vec<u32> {
    let mut missing = Vec::new();
    let mut last = 0;
    for (candidate, decision) in candidates.iter().zip(decisions) {
        let Some(number) = decision.decoded.number() else { continue };
        missing.extend((last + 1..number).take(MOST_OF_A_GAP));
        last = candidate.last_of(number);
    }
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The numbers that markers inside lines may supply. With them as further candidates the cable is decoded once more.
pub(crate) struct Wanted {
    /// Those that are skipped, ascending.
    pub(crate) missing: Vec<u32>,
    /// Those that would follow the highest.
    pub(crate) next: Range<u32>,
}

pub(crate) fn wanted_numbers(candidates: &[Candidate], decisions: &[Decision]) -> Wanted {
    let numbers = candidates.iter().zip(decisions);
    let highest =
        numbers.filter_map(|(one, decision)| Some(one.last_of(decision.decoded.number()?))).max().unwrap_or(0);
    Wanted { missing: missing_numbers(candidates, decisions), next: highest + 1..highest + 1 + MOST_OF_A_GAP as u32 }
}

/// Tells every step that `candidate` allows from `state`.
fn steps(state: State, candidate: &Candidate, habits: Habits, is_last: bool, mut tell: impl FnMut(Step)) {
    for (number, stripped) in candidate.readings() {
        tell(Step {
            decoded: Decoded::Paragraph { number, stripped },
            to: State { paragraph: candidate.last_of(number), item: 0 },
            cost: paragraph_cost(state, candidate, habits, number, stripped),
        });
    }
    if let Some((number, cost)) = candidate.lost_figure(state.paragraph, habits) {
        let decoded = Decoded::Paragraph { number, stripped: false };
        tell(Step { decoded, to: State { paragraph: number, item: 0 }, cost });
    }
    // A list is inside a paragraph, and its items carry no marks.
    if !candidate.marked && state.paragraph > 0 {
        for (number, stripped) in candidate.readings() {
            let list_cost = match number {
                1 if candidate.above == Above::Colon => cost::LIST_OPEN_BELOW_COLON,
                1 if stripped => cost::LIST_OPEN + cost::STRIP_AND_GO_BACK,
                1 => cost::LIST_OPEN,
                _ if state.item == 0 || number != state.item + 1 => continue,
                2..=4 => cost::LIST_NEXT,
                _ => cost::LIST_NEXT_OF_MANY,
            };
            let to = State { item: number, ..state };
            tell(Step { decoded: Decoded::ListItem, to, cost: list_cost + Cost::from(stripped) * cost::STRIP });
        }
    }
    tell(Step { decoded: Decoded::Rejected, to: state, cost: reject_cost(candidate, habits, is_last) });
}

/// What it costs to read `candidate` as paragraph `number`.
fn paragraph_cost(state: State, candidate: &Candidate, habits: Habits, number: u32, stripped: bool) -> Cost {
    let last = state.paragraph;
    // Where paragraphs have no marks, the same number on a line that stands apart is printed twice.
    let is_printed_twice = number == last && candidate.above == Above::Clear && habits.stand_apart();
    let step = match last {
        0 if habits.begins_anywhere => 0,
        _ if is_printed_twice => cost::DUPLICATE_APART,
        _ => cost::step(last, number),
    };
    let strip = match stripped {
        false => 0,
        true if number >= last => cost::STRIP,
        true => cost::STRIP_AND_GO_BACK,
    };
    let place = match candidate.above {
        _ if candidate.marked || (last == 0 && number == 1) => 0,
        Above::Clear => 0,
        // Where paragraphs are below each other without blank lines and marks, exactly the next number is one.
        Above::Unfinished if number == last + 1 && !(habits.spaced || habits.marked) => cost::NEXT_BELOW_UNFINISHED,
        Above::Unfinished if number == last + 1 => cost::NEXT_BELOW_UNFINISHED_AMONG_OTHERS,
        Above::Unfinished => cost::PARAGRAPH_BELOW_UNFINISHED,
        above => {
            let below_text = above == Above::Colon || habits.spaced;
            let for_item = state.item > 0 && number == state.item + 1 && number == last + 1;
            Cost::from(below_text) * cost::PARAGRAPH_BELOW_TEXT + Cost::from(for_item) * cost::PARAGRAPH_FOR_ITEM
        }
    };
    step + strip + place
}

/// What it costs to take `candidate` for no marker at all.
fn reject_cost(candidate: &Candidate, habits: Habits, is_last: bool) -> Cost {
    if candidate.inside_line && !candidate.marked {
        cost::REJECT_INSIDE_UNMARKED
    } else if candidate.inside_line {
        cost::REJECT_INSIDE
    } else if candidate.marked && is_last && candidate.above == Above::Clear {
        cost::REJECT_LAST_MARKED
    } else if candidate.marked {
        cost::REJECT_MARKED
    } else if candidate.above == Above::Unfinished {
        cost::REJECT_UNFINISHED
    } else if habits.marked {
        cost::REJECT_UNMARKED_AMONG_MARKED
    } else {
        cost::REJECT_UNMARKED
    }
}

/// The states before the first candidate, after it, and so on.
struct Layers {
    /// Every layer after the one before it, each sorted by state.
    nodes: Vec<Node>,
    /// Where each layer begins in them, and where the last ends.
    bounds: Vec<usize>,
}

impl Layers {
    fn of(candidates: &[Candidate], habits: Habits) -> Self {
        let start = Node { state: State::default(), cost: 0, from: 0, decoded: Decoded::Rejected };
        let mut layers = Self { nodes: vec![start], bounds: vec![0, 1] };
        let mut reached: Vec<Node> = Vec::new();
        for (index, candidate) in candidates.iter().enumerate() {
            let is_last = index + 1 == candidates.len();
            reached.clear();
            for (from, node) in layers.layer(index).iter().enumerate() {
                steps(node.state, candidate, habits, is_last, |step| {
                    let (cost, from) = (node.cost + step.cost, from as u32);
                    reached.push(Node { state: step.to, cost, from, decoded: step.decoded });
                });
            }
            let best = reached.iter().map(|node| node.cost).min().unwrap_or(0);
            reached.retain(|node| node.cost <= best + cost::BEAM);
            // The sort is stable: of two equally cheap ways the one from the lower number stays.
            reached.sort_by_key(|node| (node.state, node.cost));
            reached.dedup_by_key(|node| node.state);
            if reached.len() > cost::MOST_STATES {
                reached.select_nth_unstable_by_key(cost::MOST_STATES, |node| (node.cost, node.state));
                reached.truncate(cost::MOST_STATES);
                reached.sort_unstable_by_key(|node| node.state);
            }
            layers.nodes.extend_from_slice(&reached);
            layers.bounds.push(layers.nodes.len());
        }
        layers
    }

    fn layer(&self, index: usize) -> &[Node] {
        &self.nodes[self.bounds[index]..self.bounds[index + 1]]
    }

    /// How many candidates there are: one fewer than layers.
    fn candidates(&self) -> usize {
        self.bounds.len() - 2
    }

    /// The cheapest decoding, from its end back to its start.
    fn trace(&self) -> Vec<Decoded> {
        let count = self.candidates();
        let mut decoded = vec![Decoded::Rejected; count];
        let last = self.layer(count).iter().enumerate().min_by_key(|(_, node)| node.cost);
        let mut at = last.map_or(0, |(index, _)| index);
        for index in (0..count).rev() {
            let node = self.layer(index + 1)[at];
            decoded[index] = node.decoded;
            at = node.from as usize;
        }
        decoded
    }

    /// For each candidate what the cheapest decoding costs more in which it is another paragraph number, or none.
    fn margins(&self, candidates: &[Candidate], habits: Habits, decoded: &[Decoded]) -> Vec<Cost> {
        let count = self.candidates();
        let mut margins = vec![Cost::MAX; count];
        let best = self.layer(count).iter().map(|node| node.cost).min().unwrap_or(0);
        // What the candidates after a layer cost at least, for each of its nodes.
        let mut after: Vec<Cost> = vec![0; self.layer(count).len()];
        let mut before: Vec<Cost> = Vec::new();
        for index in (0..count).rev() {
            let (layer, next) = (self.layer(index), self.layer(index + 1));
            before.clear();
            before.resize(layer.len(), Cost::MAX);
            let (own, margin) = (decoded[index].number(), &mut margins[index]);
            for (node, cheapest) in layer.iter().zip(&mut before) {
                steps(node.state, &candidates[index], habits, index + 1 == count, |step| {
                    let Ok(to) = next.binary_search_by_key(&step.to, |node| node.state) else { return };
                    let rest = after[to].saturating_add(step.cost);
                    *cheapest = rest.min(*cheapest);
                    if step.decoded.number() != own {
                        *margin = (*margin).min(node.cost.saturating_add(rest) - best);
                    }
                });
            }
            std::mem::swap(&mut after, &mut before);
        }
        margins
    }
}

/// What the candidates of a cable were read as, kept for its next reading: an edit seldom changes a marker.
#[derive(Debug, Clone, Default)]
pub(crate) struct Decodings(Vec<Arc<Decoding>>);

/// Candidates and what they were read as.
#[derive(Debug)]
struct Decoding {
    candidates: Box<[Candidate]>,
    begins_anywhere: bool,
    decisions: Box<[Decision]>,
}

impl Decodings {
    /// Reads candidates as [`decode_section`] does, or knows them from an earlier reading.
    pub(crate) fn decode(
        &mut self,
        candidates: Vec<Candidate>,
        begins_anywhere: bool,
        before: Option<&Self>,
    ) -> Vec<Decision> {
        let is_same = |one: &&Arc<Decoding>| one.begins_anywhere == begins_anywhere && *one.candidates == *candidates;
        let known = before.and_then(|before| before.0.iter().find(is_same)).map(Arc::clone);
        let decoding = known.unwrap_or_else(|| {
            let decisions = decode_section(&candidates, begins_anywhere).into();
            Arc::new(Decoding { candidates: candidates.into(), begins_anywhere, decisions })
        });
        let decisions = decoding.decisions.to_vec();
        self.0.push(decoding);
        decisions
    }
}
