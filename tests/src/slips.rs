//! Kinds of slips, each planted into a correct cable: what people mistype, and what copies lose or misread.
//!
//! A plant changes one thing and says on which line. It gives nothing where a cable has no place for it.

mod body;
mod envelope;
mod header;

use crate::generator::Random;

/// A kind of slip.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// What is wrong, in a few words.
    pub name: &'static str,
    /// The rules one of which is to speak.
    pub codes: &'static [&'static str],
    /// Whether it is to speak on the very line of the slip.
    pub there: bool,
    plant: Plant,
}

/// Changes the lines of a cable; the line of the slip, from 0.
type Plant = fn(&mut Vec<String>, &mut Random) -> Option<usize>;

/// A cable with one slip.
#[derive(Debug, Clone)]
pub struct Planted {
    /// The text.
    pub text: String,
    /// The line of the slip, from 0.
    pub line: usize,
}

impl Kind {
    /// The slip in a cable, at a place that the source of randomness chooses.
    pub fn plant(&self, text: &str, random: &mut Random) -> Option<Planted> {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let line = (self.plant)(&mut lines, random)?;
        let mut planted = lines.join("\n");
        planted.push('\n');
        (planted != text).then_some(Planted { text: planted, line })
    }
}

const fn anywhere(name: &'static str, codes: &'static [&'static str], plant: Plant) -> Kind {
    Kind { name, codes, there: false, plant }
}

const fn there(name: &'static str, codes: &'static [&'static str], plant: Plant) -> Kind {
    Kind { name, codes, there: true, plant }
}

/// Every kind.
pub fn kinds() -> impl Iterator<Item = Kind> {
    body::KINDS.into_iter().chain(envelope::KINDS).chain(header::KINDS)
}

/// The first line that begins so.
fn first(lines: &[String], start: &str) -> Option<usize> {
    lines.iter().position(|line| line.starts_with(start))
}

/// The classification line.
fn classification(lines: &[String]) -> Option<usize> {
    ["UNCLAS ", "C O N F I D E N T I A L ", "S E C R E T "].iter().find_map(|level| first(lines, level))
}

/// Puts one text in the place of another in a line, once.
fn change(lines: &mut [String], at: usize, old: &str, new: &str) -> Option<usize> {
    let line = lines.get_mut(at).filter(|line| line.contains(old))?;
    *line = line.replacen(old, new, 1);
    Some(at)
}

/// Takes a line away.
fn lose(lines: &mut Vec<String>, start: &str) -> Option<usize> {
    let at = first(lines, start)?;
    lines.remove(at);
    Some(at)
}

/// A word with one slip: two letters swapped, one lost or one twice.
fn misspelt(word: &str, random: &mut Random) -> String {
    let letters: Vec<char> = word.chars().collect();
    let inner = letters.len().saturating_sub(2).max(1) as u32;
    for _ in 0..20 {
        let at = random.between(1, inner) as usize;
        let mut slip = letters.clone();
        match random.between(0, 2) {
            0 => slip.swap(at, at + 1),
            1 => drop(slip.remove(at)),
            _ => slip.insert(at, letters[at]),
        }
        if slip != letters {
            return slip.into_iter().collect();
        }
    }
    letters.into_iter().skip(1).collect()
}
