//! Slips above the classification line, and in it.

use super::{Kind, anywhere, change, classification, first, lose, misspelt, there};

pub(super) const KINDS: [Kind; 18] = [
    there("the first line garbled", &["ENV002"], |lines, random| {
        let at = first(lines, "VZCZC")?;
        let start = random.pick(&["VZCC", "VCZC", "VZZC", "VZCZ", "VZCZC "]);
        change(lines, at, "VZCZC", start)
    }),
    there("a wrong Julian day", &["ENV009", "ENV008"], |lines, random| {
        let at = first(lines, "DE ")?;
        let start = lines[at].rfind(' ')? + 1;
        let day: u32 = lines[at].get(start..start + 3)?.parse().ok()?;
        let other = (day + random.between(3, 200)) % 365 + 1;
        lines[at].replace_range(start..start + 3, &format!("{other:03}"));
        Some(at)
    }),
    there("a wrong serial in the DE line", &["ENV006"], |lines, random| {
        let at = first(lines, "DE ")?;
        let start = lines[at].find('#')? + 1;
        let serial: u32 = lines[at].get(start..start + 4)?.parse().ok()?;
        lines[at].replace_range(start..start + 4, &format!("{:04}", serial + random.between(1, 900)));
        Some(at)
    }),
    there("a filing hour that is none", &["ENV008"], |lines, _| {
        let at = first(lines, "DE ")?;
        let start = lines[at].rfind(' ')? + 4;
        lines[at].get(start..start + 2)?.parse::<u32>().ok()?;
        lines[at].replace_range(start..start + 2, "25");
        Some(at)
    }),
    anywhere("routing of another precedence", &["ENV004", "ENV013"], |lines, random| {
        let at = ["OO ", "PP "].iter().find_map(|digraph| first(lines, digraph))?;
        let other = random.pick(&["ZZ", "RR"]);
        lines[at].replace_range(0..2, other);
        Some(at)
    }),
    anywhere("a date-time group of another precedence", &["ENV013"], |lines, random| {
        let at = group(lines)?;
        let other = random.pick(&["Z", "R"]);
        lines[at].replace_range(0..1, other);
        Some(at)
    }),
    there("a month that is none", &["ENV012"], |lines, random| {
        let at = group(lines)?;
        let month = random.pick(&["FEV", "JNA", "OTC", "SPE", "NVO"]);
        lines[at].replace_range(10..13, month);
        Some(at)
    }),
    there("an hour that is none", &["ENV012"], |lines, _| {
        let at = group(lines)?;
        lines[at].replace_range(4..6, "25");
        Some(at)
    }),
    there("a day that is none", &["ENV012"], |lines, _| {
        let at = group(lines)?;
        lines[at].replace_range(2..4, "32");
        Some(at)
    }),
    there("the Z lost", &["ENV012"], |lines, _| {
        let at = group(lines)?;
        lines[at].remove(8);
        Some(at)
    }),
    there("a year with a letter for a digit", &["TXT008", "ENV012"], |lines, _| {
        let at = group(lines)?;
        change(lines, at, " 07", " O7")
    }),
    there("an operating signal of another level", &["ENV011"], |lines, _| {
        let at = signal(lines)?;
        let other = if lines[at].starts_with("ZNR") { "ZNY CCCCC" } else { "ZNR UUUUU" };
        lines[at].replace_range(0..9, other);
        Some(at)
    }),
    there("an operating signal garbled", &["ENV010"], |lines, random| {
        let at = signal(lines)?;
        match random.between(0, 3) {
            0 => drop(lines[at].remove(6)),
            1 => lines[at].replace_range(6..7, "X"),
            2 => drop(lines[at].remove(3)),
            _ => lines[at].replace_range(0..1, "2"),
        }
        Some(at)
    }),
    there("the indicator of an addressee garbled", &["ADR002"], |lines, random| {
        let at = first(lines, "RUEHKO/")?;
        let garbled = random.pick(&["PUEHKO/", "RUEHKO ", "RUEHKO", "RU3HKO/", "RUEHK0/", "RUEHKQ/", "RUEHKO//"]);
        change(lines, at, "RUEHKO/", garbled)
    }),
    there("the precedence of an addressee misspelt", &["ADR002", "ENV004"], |lines, random| {
        let at = first(lines, "TO ")?;
        let word = random.pick(&["IMMEDIATE", "PRIORITY"]);
        let slip = misspelt(word, random);
        change(lines, at, word, &slip)
    }),
    there("FM of another post", &["ADR006"], |lines, random| {
        let at = first(lines, "FM AMEMBASSY ")?;
        let post = random.pick(&["REYKJAVIK", "ASUNCION", "MAPUTO"]);
        lines[at] = format!("FM AMEMBASSY {post}");
        Some(at)
    }),
    anywhere("FM dropped", &["ADR001"], |lines, _| lose(lines, "FM ")),
    there("a classification that lost a letter", &["CLS002"], |lines, random| {
        let at = classification(lines)?;
        if lines[at].starts_with("UNCLAS") {
            lines[at].remove(random.between(0, 5) as usize);
        } else {
            // A letter and the space after it.
            let last = if lines[at].starts_with("S E C") { 4 } else { 10 };
            let letter = 2 * random.between(0, last) as usize;
            lines[at].replace_range(letter..letter + 2, "");
        }
        Some(at)
    }),
];

/// The op-signal line, `ZNR UUUUU ZZH`.
fn signal(lines: &[String]) -> Option<usize> {
    lines.iter().position(|line| line.len() >= 13 && ["ZNR ", "ZNY "].iter().any(|start| line.starts_with(start)))
}

/// The line of the date-time group.
fn group(lines: &[String]) -> Option<usize> {
    lines.iter().position(|line| {
        let bytes = line.as_bytes();
        bytes.len() == 16 && bytes[1] == b' ' && bytes[8] == b'Z'
    })
}
