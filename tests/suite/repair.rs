//! What the transcription did to the markers of a cable in plain form, the safe fixes undo byte for byte; and whatever one
//! slip did to any line, they never lead further away from the text.

use cable_catalog::Catalog;
use cable_lint::{FixSafety, Settings, fix};
use cable_tests::generator::{Layout, Options, Random, generate};
use proptest::prelude::*;

/// How a copy writes the number of a paragraph (FORMAT.md, "Artefacts"). A kept `¶7.` is not among them: it is no slip.
const ARTEFACTS: [fn(&str) -> String; 8] = [
    |number| format!("1{number}"),
    |number| format!("¶1{number}"),
    |number| format!("[1](#){number}"),
    |number| format!("[¶](#par{number}){number}"),
    |number| format!("$\\P{number}$"),
    |number| format!("- {number}"),
    |number| format!("- 1{number}"),
    |number| format!("- ¶1{number}"),
];

proptest! {
    #[test]
    fn plain_markers_come_back_byte_for_byte(seed in any::<u64>(), crlf in any::<bool>(), page_lines in any::<bool>()) {
        let clean = generate(seed, &Options { marked: 100, crlf, page_lines, ..Options::clean() });
        let mut random = Random::new(seed);
        let mut artefact = ARTEFACTS[0];
        let mut damaged = String::new();
        for (index, line) in clean.text.split_inclusive('\n').enumerate() {
            let is_marker = clean.cables[0].markers.iter().any(|&(marked, _)| marked as usize == index + 1);
            let number = line.split('.').next().unwrap_or_default();
            if is_marker {
                if random.chance(30) {
                    artefact = random.pick(&ARTEFACTS);
                }
                damaged.push_str(&artefact(number));
                damaged.push_str(&line[number.len()..]);
            } else {
                damaged.push_str(line);
            }
        }
        prop_assert_ne!(&damaged, &clean.text);
        let only: Vec<_> = cable_lint::rules().iter().copied().filter(|rule| rule.code.starts_with("TXT00")).collect();
        let repaired = fix::repair(&damaged, &Catalog::built_in(), &Settings::only(&only), FixSafety::Safe);
        prop_assert_eq!(repaired.text, clean.text);
    }
}

/// What character recognition reads for a sign.
const CONFUSED: [(char, char); 22] = [
    ('0', 'O'),
    ('O', '0'),
    ('1', 'l'),
    ('1', 'I'),
    ('I', '1'),
    ('l', '1'),
    ('5', 'S'),
    ('S', '5'),
    ('8', 'B'),
    ('B', '8'),
    ('2', 'Z'),
    ('Z', '2'),
    ('6', 'G'),
    ('E', 'F'),
    ('U', 'V'),
    ('N', 'H'),
    ('D', '0'),
    (':', ';'),
    ('.', ','),
    ('(', '['),
    (')', ']'),
    ('/', 'l'),
];

/// A line with one slip somewhere in its first signs; none where it has no place for it.
fn slipped(line: &str, random: &mut Random) -> Option<String> {
    const NEAR: usize = 60;
    let mut signs: Vec<char> = line.chars().collect();
    let within = signs.len().min(NEAR);
    if within < 2 {
        return None;
    }
    let at = random.between(0, within as u32 - 1) as usize;
    match random.between(0, 7) {
        0 => drop(signs.remove(at)),
        1 => signs.insert(at, random.pick(&['l', 'I', '1', '.', ',', '\'', 'O', ' '])),
        2 => signs.swap(at.min(within - 2), at.min(within - 2) + 1),
        3 => drop(signs.remove(signs.iter().take(within).position(|&sign| sign == ' ')?)),
        _ => {
            let places = |(at, sign): (usize, &char)| {
                let read = CONFUSED.iter().filter(|(written, _)| written == sign).map(|(_, read)| *read);
                read.map(|read| (at, read)).collect::<Vec<_>>()
            };
            let places: Vec<(usize, char)> = signs.iter().take(within).enumerate().flat_map(places).collect();
            let (at, read) = random.choose(&places)?;
            signs[at] = read;
        }
    }
    Some(signs.into_iter().collect())
}

/// How many signs two texts differ in, in the lines that are not the same in both.
fn distance(one: &str, other: &str) -> usize {
    let (mut one, mut other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    while one.last().is_some_and(|last| other.last() == Some(last)) {
        one.pop();
        other.pop();
    }
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    strsim::osa_distance(&one[same..].join("\n"), &other[same..].join("\n"))
}

#[test]
fn no_safe_fix_leads_further_away_from_the_text() {
    let options =
        Options { paragraphs: (4, 8), marked: 100, complete: true, layouts: &[Layout::Envelope], ..Options::clean() };
    let (catalog, settings) = (Catalog::built_in(), Settings::default());
    let (mut repaired, mut worse) = (0, Vec::new());
    for seed in 0..96 {
        let clean = generate(seed, &options).text;
        let mut random = Random::new(seed);
        let header = clean.lines().position(|line| line.starts_with("1.")).expect("a first paragraph") as u32;
        for _ in 0..120 {
            let wanted = random.between(0, header + 2) as usize;
            let mut lines: Vec<String> = clean.lines().map(str::to_owned).collect();
            let Some(slipped) = slipped(&lines[wanted], &mut random) else { continue };
            let before = std::mem::replace(&mut lines[wanted], slipped);
            let text = lines.join("\n") + "\n";
            let fixed = fix::repair(&text, &catalog, &settings, FixSafety::Safe).text;
            if fixed == text {
                continue;
            }
            repaired += usize::from(fixed == clean);
            if distance(&fixed, &clean) > distance(&text, &clean) {
                let fixed = fixed.lines().nth(wanted).unwrap_or_default();
                worse.push(format!("{seed}: {before:?} was read as {:?} and became {fixed:?}", lines[wanted]));
            }
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
    assert!(repaired > 100, "only {repaired} came back");
}
