//! Which paragraph each marker really is (FORMAT.md C).
//!
//! OCR turned the pilcrow before a number into a digit 1, so `17.` may be paragraph 7 or 17; numbers at the start of
//! a line may also be list items or wrapped sentences. The decoder chooses the readings of all candidates of one cable
//! together: the cheapest path over (last paragraph number, last item of an inner list). Costs are in hundredths, so
//! that sums and ties are exact. It knows nothing of text: candidates in their order, decisions out.

use std::fmt;

use crate::marker::{Marker, Sign};

/// What the decoder needs to know of one marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// The number as written.
    pub literal: u32,
    /// The number without a leading 1; equal to `literal` where nothing can be stripped.
    pub stripped: u32,
    /// It carries a portion mark.
    pub marked: bool,
    /// It stands inside a line (PAR015).
    pub inside_line: bool,
    /// The line directly before ends without a full stop, and no blank line stands between.
    pub unfinished_before: bool,
}

impl Candidate {
    /// The candidate that `marker` makes at the start of a line; `line_before` is the line directly above it.
    pub fn at_line_start(marker: &Marker, line_before: &str) -> Self {
        Self { unfinished_before: is_unfinished(line_before), ..Self::of(marker) }
    }

    /// The candidate that `marker` makes inside a line.
    pub fn inside_line(marker: &Marker) -> Self {
        Self { inside_line: true, ..Self::of(marker) }
    }

    /// Whether one of its readings is in `missing`, as `missing_numbers` gives it.
    pub fn gives(&self, missing: &[u32]) -> bool {
        missing.binary_search(&self.literal).is_ok() || missing.binary_search(&self.stripped).is_ok()
    }

    fn of(marker: &Marker) -> Self {
        Self {
            literal: marker.literal,
            stripped: marker.stripped(),
            marked: marker.mark.is_some(),
            inside_line: false,
            unfinished_before: false,
        }
    }

    /// The numbers it may mean, with the cost of reading it so and whether a 1 was stripped.
    fn readings(&self) -> impl Iterator<Item = (u32, Cost, bool)> + use<> {
        let stripped = (self.stripped != self.literal).then_some((self.stripped, cost::STRIP, true));
        std::iter::once((self.literal, 0, false)).chain(stripped)
    }
}

/// Whether a line leaves its sentence unfinished, so that a number below it may be its wrapped end.
pub fn is_unfinished(line: &str) -> bool {
    let line = line.trim_end();
    !line.is_empty() && !line.ends_with(['.', '?', '!', ':', ';', '"', '”', ')', '-', '=', '*', '_'])
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

/// Costs are in hundredths.
type Cost = u32;

/// The table of FORMAT.md C.
mod cost {
    use super::Cost;

    pub(super) const STRIP: Cost = 1;
    pub(super) const GAP: Cost = 200;
    pub(super) const GAP_MORE: Cost = 100;
    pub(super) const GAP_LIMIT: Cost = 700;
    pub(super) const DUPLICATE: Cost = 500;
    pub(super) const RESTART: Cost = 700;
    pub(super) const BACKWARDS: Cost = 900;
    pub(super) const REJECT_MARKED: Cost = 800;
    pub(super) const REJECT_INSIDE: Cost = 200;
    pub(super) const REJECT_UNMARKED: Cost = 400;
    pub(super) const REJECT_UNMARKED_AMONG_MARKED: Cost = 150;
    pub(super) const REJECT_UNFINISHED: Cost = 50;
    pub(super) const LIST_OPEN: Cost = 250;
    pub(super) const LIST_NEXT: Cost = 10;

    /// States that cost this much more than the cheapest are given up: one more step brings any state anywhere.
    pub(super) const BEAM: Cost = 1600;

    /// From paragraph `last` to paragraph `next`.
    pub(super) fn step(last: u32, next: u32) -> Cost {
        if next > last {
            match next - last - 1 {
                0 => 0,
                missing => (GAP + (missing - 1).min(10) * GAP_MORE).min(GAP_LIMIT),
            }
        } else if next == last {
            DUPLICATE
        } else if next == 1 {
            RESTART
        } else {
            BACKWARDS
        }
    }
}

/// Where a decoding stands: the last paragraph number, and the last item of the list inside it (0: none).
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
    let marked = candidates.iter().filter(|candidate| candidate.marked).count();
    let mostly_marked = marked * 2 > candidates.len();
    let layers = forward(candidates, mostly_marked);
    let decoded = trace(&layers);
    let margins = backward(candidates, mostly_marked, &layers, &decoded);
    let in_units = |margin: Cost| f32::from(u16::try_from(margin).unwrap_or(u16::MAX)) / 100.0;
    decoded
        .into_iter()
        .zip(margins)
        .map(|(decoded, margin)| Decision { decoded, margin: in_units(margin).min(MARGIN_LIMIT) })
        .collect()
}

/// The paragraph numbers that are skipped, ascending and each once; of a wild jump only the first few.
pub fn missing_numbers(decisions: &[Decision]) -> Vec<u32> {
    const MOST_OF_A_GAP: u32 = 30;
    let mut missing = Vec::new();
    let mut last = 0;
    for number in decisions.iter().filter_map(|decision| decision.decoded.number()) {
        missing.extend((last + 1..number).take(MOST_OF_A_GAP as usize));
        last = number;
    }
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// Every step that `candidate` allows from `state`.
fn steps(state: State, candidate: &Candidate, mostly_marked: bool) -> impl Iterator<Item = Step> + use<> {
    let reject_cost = if candidate.inside_line {
        cost::REJECT_INSIDE
    } else if candidate.marked {
        cost::REJECT_MARKED
    } else if candidate.unfinished_before {
        cost::REJECT_UNFINISHED
    } else if mostly_marked {
        cost::REJECT_UNMARKED_AMONG_MARKED
    } else {
        cost::REJECT_UNMARKED
    };
    let marked = candidate.marked;
    let paragraphs = candidate.readings().map(move |(number, reading_cost, stripped)| Step {
        decoded: Decoded::Paragraph { number, stripped },
        to: State { paragraph: number, item: 0 },
        cost: cost::step(state.paragraph, number) + reading_cost,
    });
    let items = candidate.readings().filter_map(move |(number, reading_cost, _)| {
        let list_cost = match number {
            _ if marked => return None,
            1 => cost::LIST_OPEN,
            _ if state.item > 0 && number == state.item + 1 => cost::LIST_NEXT,
            _ => return None,
        };
        let to = State { item: number, ..state };
        Some(Step { decoded: Decoded::ListItem, to, cost: list_cost + reading_cost })
    });
    let reject = Step { decoded: Decoded::Rejected, to: state, cost: reject_cost };
    paragraphs.chain(items).chain(std::iter::once(reject))
}

/// The layers of states before the first candidate, after it, and so on, each sorted by state.
fn forward(candidates: &[Candidate], mostly_marked: bool) -> Vec<Vec<Node>> {
    let start = Node { state: State::default(), cost: 0, from: 0, decoded: Decoded::Rejected };
    let mut layers = vec![vec![start]];
    let mut reached: Vec<Node> = Vec::new();
    for candidate in candidates {
        reached.clear();
        let layer = layers.last().map(Vec::as_slice).unwrap_or_default();
        for (from, node) in layer.iter().enumerate() {
            reached.extend(steps(node.state, candidate, mostly_marked).map(|step| Node {
                state: step.to,
                cost: node.cost + step.cost,
                from: from as u32,
                decoded: step.decoded,
            }));
        }
        // The sort is stable: of two equally cheap ways the one from the lower number stays.
        reached.sort_by_key(|node| (node.state, node.cost));
        reached.dedup_by_key(|node| node.state);
        let best = reached.iter().map(|node| node.cost).min().unwrap_or(0);
        layers.push(reached.iter().filter(|node| node.cost <= best + cost::BEAM).copied().collect());
    }
    layers
}

/// The cheapest decoding, from its end back to its start.
fn trace(layers: &[Vec<Node>]) -> Vec<Decoded> {
    let mut decoded = Vec::with_capacity(layers.len());
    let last = layers.last().map(Vec::as_slice).unwrap_or_default();
    let mut at = last.iter().enumerate().min_by_key(|(_, node)| node.cost).map_or(0, |(index, _)| index);
    for layer in layers[1..].iter().rev() {
        decoded.push(layer[at].decoded);
        at = layer[at].from as usize;
    }
    decoded.reverse();
    decoded
}

/// For each candidate what the cheapest decoding costs more in which it is another paragraph number, or none.
fn backward(candidates: &[Candidate], mostly_marked: bool, layers: &[Vec<Node>], decoded: &[Decoded]) -> Vec<Cost> {
    let mut margins = vec![Cost::MAX; candidates.len()];
    let last = layers.last().map(Vec::as_slice).unwrap_or_default();
    let best = last.iter().map(|node| node.cost).min().unwrap_or(0);
    // What the candidates behind a layer cost at least, for each of its nodes.
    let mut behind: Vec<Cost> = vec![0; last.len()];
    for (index, candidate) in candidates.iter().enumerate().rev() {
        let (layer, next) = (&layers[index], &layers[index + 1]);
        let mut before = vec![Cost::MAX; layer.len()];
        for (node, cheapest) in layer.iter().zip(&mut before) {
            for step in steps(node.state, candidate, mostly_marked) {
                let Ok(to) = next.binary_search_by_key(&step.to, |node| node.state) else { continue };
                let rest = behind[to].saturating_add(step.cost);
                *cheapest = rest.min(*cheapest);
                if step.decoded.number() != decoded[index].number() {
                    margins[index] = margins[index].min(node.cost.saturating_add(rest) - best);
                }
            }
        }
        behind = before;
    }
    margins
}

/// What the copying did to a paragraph number, in the words of `export` (`dash+pilcrow-as-1`, `plain+split`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Artefact {
    /// A list dash stands in front.
    pub dash: bool,
    /// What is left of the pilcrow besides a digit.
    pub sign: Sign,
    /// The leading digit 1 is a misread pilcrow.
    pub stripped: bool,
    /// A letter stands for a digit.
    pub confusable: bool,
    /// A blank stands inside.
    pub blank: Blank,
}

/// Where a blank stands in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Blank {
    /// Nowhere.
    #[default]
    None,
    /// Between the digits of the number: `1 0.` for 10.
    Inside,
    /// Behind a 1 that is the misread pilcrow: `1 7.` for 7.
    BehindSign,
}

/// What the copying did to `marker`, given how it was read.
pub fn artefact(marker: &Marker, decoded: Decoded) -> Artefact {
    let stripped = matches!(decoded, Decoded::Paragraph { stripped: true, .. });
    let blank = match marker.split {
        None => Blank::None,
        Some(1) if stripped => Blank::BehindSign,
        Some(_) => Blank::Inside,
    };
    Artefact { dash: marker.dash, sign: marker.sign, stripped, confusable: marker.confusable, blank }
}

impl Artefact {
    /// Whether nothing happened to it.
    pub fn is_plain(self) -> bool {
        self == Self { dash: false, sign: Sign::None, stripped: false, confusable: false, blank: Blank::None }
    }
}

impl fmt::Display for Artefact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.dash { "dash+" } else { "" })?;
        formatter.write_str(match (self.sign, self.stripped) {
            (Sign::None, false) => "plain",
            (Sign::None, true) => "pilcrow-as-1",
            (Sign::Kept, _) => "pilcrow-kept",
            (Sign::Link, _) => "link-pilcrow",
            (Sign::Latex, _) => "latex-pilcrow",
            (Sign::Letter, _) => "letter-pilcrow",
        })?;
        formatter.write_str(if self.stripped && self.sign != Sign::None { "+1" } else { "" })?;
        formatter.write_str(if self.confusable { "+confusable" } else { "" })?;
        formatter.write_str(match self.blank {
            Blank::None => "",
            Blank::Inside => "+split",
            Blank::BehindSign => "+blank",
        })
    }
}
