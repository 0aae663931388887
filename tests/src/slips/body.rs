//! Slips in the text: numbers, marks, blocks, page lines, what is after the signature.

use super::{Kind, anywhere, change, classification, first, there};
use crate::generator::Random;

pub(super) const KINDS: [Kind; 22] = [
    anywhere("two paragraph numbers swapped", &["PAR001", "PAR002", "PAR003", "PAR007", "PAR011"], |lines, random| {
        let (all, at) = inner(lines, random)?;
        let (one, two) = (all[at], *all.get(at + 1)?);
        renumber(lines, one, two.number);
        renumber(lines, two, one.number);
        Some(one.line)
    }),
    anywhere("a marker dropped", &["PAR001", "PAR006", "PAR008", "PAR015"], |lines, random| {
        let (all, at) = inner(lines, random)?;
        let text = lines[all[at].line][all[at].text..].to_owned();
        lines[all[at].line] = text;
        Some(all[at].line)
    }),
    anywhere("a number dropped, its mark kept", &["PAR006", "PAR001"], |lines, random| {
        let (all, at) = inner(lines, random)?;
        let marked = lines[all[at].line][all[at].mark.0..].to_owned();
        lines[all[at].line] = marked;
        Some(all[at].line)
    }),
    anywhere("a number twice", &["PAR002", "PAR001", "PAR003"], |lines, random| {
        let (all, at) = inner(lines, random)?;
        renumber(lines, all[at], all[at].number - 1);
        Some(all[at].line)
    }),
    anywhere("a paragraph removed", &["PAR001"], |lines, random| {
        let (all, at) = inner(lines, random)?;
        lines.drain(all[at].line..all.get(at + 1)?.line);
        Some(all[at].line)
    }),
    anywhere(
        "a number ten too high",
        &["PAR001", "PAR002", "PAR003", "PAR007", "TXT001", "PAR011"],
        |lines, random| {
            let (all, at) = inner(lines, random)?;
            renumber(lines, all[at], all[at].number + 10);
            Some(all[at].line)
        },
    ),
    there("a letter for a digit of a number", &["PAR006", "TXT008"], |lines, _| {
        let tenth = paragraphs(lines).into_iter().find(|paragraph| paragraph.number >= 10)?;
        let (old, new) = if tenth.number == 10 { ("10.", "1O.") } else { ("1", "l") };
        change(lines, tenth.line, old, new)
    }),
    there("a bracket lost", &["PAR006", "PAR005"], |lines, random| {
        let (all, at) = inner(lines, random)?;
        let bracket = if random.once_in(2) { all[at].mark.0 } else { all[at].mark.1 - 1 };
        lines[all[at].line].remove(bracket);
        Some(all[at].line)
    }),
    there("a mark missing", &["PAR005"], |lines, random| {
        let (all, at) = inner(lines, random)?;
        lines[all[at].line].replace_range(all[at].mark.0..all[at].text, "");
        Some(all[at].line)
    }),
    there("a mark garbled", &["PAR005", "PAR006"], |lines, random| {
        let (all, at) = inner(lines, random)?;
        let (start, end) = all[at].mark;
        let garbled = match &lines[all[at].line][start..end] {
            "(C)" => random.pick(&["(G)", "(E)", "(CC)", "(C))"]),
            "(SBU)" => random.pick(&["(SUB)", "(SB)", "(SBUI)", "(S8U)", "(SBU))"]),
            "(U)" => random.pick(&["(V)", "(UU)", "(U))"]),
            "(C//NF)" => "(G//NF)",
            _ => return None,
        };
        lines[all[at].line].replace_range(start..end, garbled);
        Some(all[at].line)
    }),
    there("a mark above the classification", &["CLS012"], |lines, random| {
        let level = classification(lines).filter(|&level| !lines[level].starts_with("S E C"))?;
        let mark = if lines[level].starts_with("UNCLAS") { "(C)" } else { "(S)" };
        let (all, at) = inner(lines, random)?;
        lines[all[at].line].replace_range(all[at].mark.0..all[at].mark.1, mark);
        Some(all[at].line)
    }),
    there("a page line of another serial", &["PAG002"], |lines, random| {
        let page = page(lines, random)?;
        count(lines, &page, page.serial, 8, |number| number + 9)
    }),
    there("a page line of another section", &["PAG004"], |lines, random| {
        let page = page(lines, random)?;
        count(lines, &page, page.section, 3, |number| number - 1)
    }),
    there("a page line of another total", &["PAG003"], |lines, random| {
        let page = page(lines, random)?;
        count(lines, &page, page.total, 3, |number| number + 1)
    }),
    there("a page line garbled", &["PAG001"], |lines, random| {
        let line = page(lines, random)?.line;
        let garbled = random.pick(&[" 0F ", " GF ", " OP ", "OF ", " OF", " 0f "]);
        change(lines, line, " OF ", garbled)
    }),
    anywhere("the end of the summary removed", &["PAR009"], |lines, _| {
        let at = lines.iter().position(|line| line.ends_with(" End summary."))?;
        change(lines, at, " End summary.", "")
    }),
    anywhere("the word that opens a block removed", &["PAR010"], |lines, random| {
        let word = random.pick(&["Comment: ", "Note: "]);
        let at = lines.iter().position(|line| line.contains(word))?;
        // A block that nothing closes, or whose word is above it too, is as good without its opening.
        let name = word.trim_end_matches(": ").to_lowercase();
        let says = |line: &String, words: &str| line.to_lowercase().contains(words);
        let is_closed = lines[at..].iter().take(40).any(|line| says(line, &format!("end {name}")));
        if !is_closed || lines[..at].iter().any(|line| says(line, &name)) {
            return None;
        }
        change(lines, at, word, "")
    }),
    there("a reference cited that is not listed", &["HDR018"], |lines, _| {
        let at = lines.iter().position(|line| line.contains("ref B"))?;
        change(lines, at, "ref B", "ref M")
    }),
    there("text after the signature", &["END003"], |lines, random| {
        let text = random.pick(&[
            "The embassy will report on the ferry again next week.",
            "We will follow up with the ministry and report.",
            "Ambassador Roe will meet the minister again on Tuesday.",
        ]);
        let is_name = |line: &String| line.len() >= 3 && line.bytes().all(|byte| byte.is_ascii_uppercase());
        let signature = lines.iter().rposition(is_name)?;
        // A word in capitals with text below it is a heading.
        if lines[signature + 1..].iter().any(|line| line.bytes().any(|byte| byte.is_ascii_lowercase())) {
            return None;
        }
        lines.insert(signature + 1, text.to_owned());
        lines.insert(signature + 1, String::new());
        Some(signature + 2)
    }),
    anywhere("SBU marks and no SENSITIVE", &["CLS008"], |lines, _| {
        let level = classification(lines).filter(|&level| lines[level].starts_with("UNCLAS"))?;
        lines.remove(first(lines, "SENSITIVE")?);
        Some(level)
    }),
    there("a digit that is a letter in the serial", &["TXT008", "CLS003"], |lines, random| {
        let level = classification(lines)?;
        let serial = lines[level].rfind(' ')? + 1;
        let letter = random.pick(&["O", "Q"]);
        let zero = serial + lines[level][serial..].find('0')?;
        lines[level].replace_range(zero..=zero, letter);
        Some(level)
    }),
    anywhere("a classification too low", &["CLS012", "ENV011", "HDR004", "CLS009"], |lines, _| {
        let level = first(lines, "C O N F")?;
        change(lines, level, "C O N F I D E N T I A L", "UNCLAS")
    }),
];

/// A numbered and marked paragraph; columns of its first line.
#[derive(Clone, Copy)]
struct Numbered {
    line: usize,
    number: u32,
    mark: (usize, usize),
    text: usize,
}

fn paragraphs(lines: &[String]) -> Vec<Numbered> {
    let read = |(line, text): (usize, &String)| {
        let (number, rest) = text.split_once(". (")?;
        let number: u32 = number.parse().ok()?;
        let start = text.len() - rest.len() - 1;
        let end = start + text[start..].find(')')? + 1;
        let spaces = text[end..].len() - text[end..].trim_start().len();
        Some(Numbered { line, number, mark: (start, end), text: end + spaces })
    };
    lines.iter().enumerate().filter_map(read).collect()
}

/// A paragraph between the first and the last two, so that neighbours tell what is missing.
fn inner(lines: &[String], random: &mut Random) -> Option<(Vec<Numbered>, usize)> {
    let all = paragraphs(lines);
    let last = u32::try_from(all.len()).ok()?.checked_sub(2).filter(|&last| last >= 1)?;
    Some((all, random.between(1, last) as usize))
}

fn renumber(lines: &mut [String], paragraph: Numbered, number: u32) {
    let period = lines[paragraph.line].find('.').unwrap_or(0);
    lines[paragraph.line].replace_range(..period, &number.to_string());
}

/// A page line, and the columns of its serial, its section and its total.
struct Page {
    line: usize,
    serial: usize,
    section: usize,
    total: usize,
}

fn page(lines: &[String], random: &mut Random) -> Option<Page> {
    // A page line inside a line of text is no place for a slip of its own.
    const LONGEST: usize = 50;
    let read = |(line, text): (usize, &String)| {
        let serial = text.find(" 0000").filter(|_| text.len() < LONGEST)? + 1;
        let after = text.get(serial + 8..)?;
        let section = text.len() - after.trim_start().len();
        Some(Page { line, serial, section, total: text.find(" OF ")? + 4 })
    };
    let mut all: Vec<Page> = lines.iter().enumerate().filter_map(read).collect();
    let last = u32::try_from(all.len()).ok()?.checked_sub(1)?;
    Some(all.swap_remove(random.between(0, last) as usize))
}

/// Puts another number in the place of one of so many figures.
fn count(lines: &mut [String], page: &Page, at: usize, figures: usize, other: fn(u32) -> u32) -> Option<usize> {
    let number: u32 = lines[page.line].get(at..at + figures)?.parse().ok()?;
    lines[page.line].replace_range(at..at + figures, &format!("{:0figures$}", other(number)));
    Some(page.line)
}
