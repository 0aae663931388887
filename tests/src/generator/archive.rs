//! Synthetic archives: folders of invented cables that cite each other, in which it is known what every reference means.
//!
//! Every post has cables with even serials alone, so an odd serial is one that the archive does not have; and fewer of them
//! each year, so the last ones of a year are in no later year.

use std::collections::BTreeMap;

use super::prose;
use super::random::Random;

/// The posts of the archive, and how an id writes them.
const POSTS: [(&str, &str); 6] = [
    ("ASTANA", "ASTANA"),
    ("LONDON", "LONDON"),
    ("TEL AVIV", "TELAVIV"),
    ("BERLIN", "BERLIN"),
    ("RABAT", "RABAT"),
    ("TOKYO", "TOKYO"),
];

const FIRST_YEAR: u32 = 2003;
const YEARS: u32 = 5;

/// By how many cables each year has fewer than the one before.
const FEWER: u32 = 4;

/// What an archive is known to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planted {
    /// Files, each with one cable.
    pub cables: u64,
    /// References to cables.
    pub references: u64,
    /// Those that are there under their exact id.
    pub exact: u64,
    /// Those without a year that mean the year before.
    pub year_before: u64,
    /// Those whose year is wrong.
    pub other_year: u64,
    /// Those that mean a cable that is there twice.
    pub ambiguous: u64,
    /// Those that are nowhere.
    pub absent: u64,
    /// Ids that two files have.
    pub doubled: u64,
    /// Files that are named after another cable.
    pub misnamed: u64,
    /// Cables whose year only the file name gives.
    pub by_name: u64,
}

/// A cable that is there.
#[derive(Debug, Clone, Copy)]
struct Own {
    post: usize,
    year: u32,
    serial: u32,
    is_doubled: bool,
}

/// Makes an archive of about so many cables, and hands over each file: its path and its text. The same seed makes the same
/// archive.
pub fn archive(seed: u64, cables: u32, mut file: impl FnMut(&str, &str)) -> Planted {
    let mut random = Random::new(seed);
    let each = (cables / (POSTS.len() as u32 * YEARS)).max(FEWER * YEARS);
    let count = |year: u32| each + FEWER * (YEARS / 2) - FEWER * (year - FIRST_YEAR);
    let mut planted = Planted::default();
    // By post and year, for cables are cited that come later.
    let mut all: BTreeMap<(usize, u32), Vec<Own>> = BTreeMap::new();
    for year in FIRST_YEAR..FIRST_YEAR + YEARS {
        for post in 0..POSTS.len() {
            let own = (1..=count(year)).map(|nth| Own { post, year, serial: nth * 2, is_doubled: random.once_in(60) });
            all.insert((post, year), own.collect());
        }
    }
    for own in all.values().flatten() {
        let id = format!("{:02}{}{}", own.year % 100, POSTS[own.post].1, own.serial);
        let has_year = own.is_doubled || !random.once_in(10);
        // The name of one that is misnamed has a serial that nobody has.
        let is_misnamed = has_year && !own.is_doubled && random.once_in(80);
        let name = if is_misnamed { format!("{}{}", &id[..id.len() - 1], own.serial % 10 + 1) } else { id.clone() };
        let copies: u64 = if own.is_doubled { 2 } else { 1 };
        let mut list = Vec::new();
        for _ in 0..random.pick(&[0, 0, 0, 1, 1, 1, 2, 2, 3, 4]) {
            let (text, kind, is_ambiguous) = reference(&mut random, *own, &all, count);
            *kind(&mut planted) += copies;
            planted.references += copies;
            planted.ambiguous += if is_ambiguous { copies } else { 0 };
            list.push(text);
        }
        let text = write_cable(&mut random, *own, has_year, &list);
        let folder = format!("{}/{}", own.year, POSTS[own.post].1.to_lowercase());
        file(&format!("{folder}/{name}.txt"), &text);
        if own.is_doubled {
            file(&format!("copies/{id}.txt"), &text);
        }
        planted.cables += copies;
        planted.doubled += u64::from(own.is_doubled);
        planted.misnamed += u64::from(is_misnamed);
        planted.by_name += u64::from(!has_year);
    }
    planted
}

type Kind = fn(&mut Planted) -> &mut u64;

/// A reference of a cable: its text, what is known of it, and whether it means a cable that is there twice.
fn reference(
    random: &mut Random,
    own: Own,
    all: &BTreeMap<(usize, u32), Vec<Own>>,
    count: impl Fn(u32) -> u32,
) -> (String, Kind, bool) {
    let year = |year: u32| format!("{:02}", year % 100);
    let first = FIRST_YEAR;
    match random.between(1, 100) {
        // Two thirds are nowhere, as of real archives that are parts of a whole.
        1..=45 => {
            let (post, serial) = (POSTS[random.between(0, 5) as usize].0, random.between(1, 900) * 2 + 1);
            let written = if random.once_in(2) { year(own.year) + " " } else { String::new() };
            (format!("{written}{post} {serial}"), |planted| &mut planted.absent, false)
        }
        46..=55 if own.year > first && own.serial < count(own.year) * 2 => {
            let before = &all[&(random.between(0, 5) as usize, own.year - 1)];
            let cited = before[before.len() - 1 - random.between(0, FEWER - 1) as usize];
            (format!("{} {}", POSTS[cited.post].0, cited.serial), |planted| &mut planted.year_before, cited.is_doubled)
        }
        56..=60 if own.year > first => {
            let of_first = &all[&(random.between(0, 5) as usize, first)];
            let cited = of_first[of_first.len() - 1 - random.between(0, FEWER - 1) as usize];
            let written = first + 1 + random.between(0, YEARS - 2);
            let text = format!("{} {} {}", year(written), POSTS[cited.post].0, cited.serial);
            (text, |planted| &mut planted.other_year, cited.is_doubled)
        }
        61..=80 => {
            let same = &all[&(random.between(0, 5) as usize, own.year)];
            let cited = same[random.between(0, same.len() as u32 - 1) as usize];
            (format!("{} {}", POSTS[cited.post].0, cited.serial), |planted| &mut planted.exact, cited.is_doubled)
        }
        _ => {
            let others = &all[&(random.between(0, 5) as usize, random.between(first, own.year))];
            let cited = others[random.between(0, others.len() as u32 - 1) as usize];
            let text = format!("{} {} {}", year(cited.year), POSTS[cited.post].0, cited.serial);
            (text, |planted| &mut planted.exact, cited.is_doubled)
        }
    }
}

fn write_cable(random: &mut Random, own: Own, has_year: bool, references: &[String]) -> String {
    const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let post = POSTS[own.post].0;
    let mut lines = Vec::new();
    if has_year {
        let month = MONTHS[random.between(0, 11) as usize];
        lines.push(format!("R {:02}1130Z {month} {:02}", random.between(1, 28), own.year % 100));
        lines.push(format!("FM AMEMBASSY {post}"));
        lines.push(format!("TO RUEHC/SECSTATE WASHDC {:04}", random.between(1, 9999)));
        for addressee in ["RUEHKO/AMEMBASSY TOKYO", "RUEHLO/AMEMBASSY LONDON", "RUCNCIS/CIS COLLECTIVE"] {
            let keyword = if lines.len() == 3 { "INFO " } else { "" };
            lines.push(format!("{keyword}{addressee}"));
        }
        lines.push(String::new());
    }
    let level = random.pick(&["UNCLAS", "C O N F I D E N T I A L", "S E C R E T"]);
    lines.push(format!("{level} {post} {:06}", own.serial));
    lines.extend(["", "SIPDIS", "", "E.O. 12958: N/A", "TAGS: PREL, PGOV, KZ"].map(str::to_owned));
    lines.push(format!("SUBJECT: {}", prose::clause(random, 7, false).to_uppercase()));
    for (at, (letter, text)) in ('A'..).zip(references).enumerate() {
        let lead = if at == 0 { "REF:" } else { "    " };
        // A list of one has no letter.
        let letter = if references.len() > 1 { format!("{letter}. ") } else { String::new() };
        lines.push(format!("{lead} {letter}{text}"));
    }
    lines.push(String::new());
    for number in 1..=random.between(2, 6) {
        let text = format!("{number}. (U) {}", prose::sentences(random, false));
        lines.extend(prose::wrapped(&text, 69));
        lines.push(String::new());
    }
    lines.push(prose::name(random).to_uppercase());
    lines.push(String::new());
    lines.join("\n")
}
