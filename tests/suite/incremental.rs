//! After any edits a document equals the fresh reading of its text, and an edit costs what its own cable costs.

use cable_catalog::Catalog;
use cable_lint::fix::Repairer;
use cable_lint::{FixSafety, Settings, check};
use cable_syntax::{Document, Edit};
use cable_tests::generator::{Layout, Options, Random, generate};
use cable_tests::shared;
use proptest::prelude::*;

/// Texts that make or unmake line kinds, boundaries, breaks and characters.
const INSERTS: [&str; 26] = [
    "a",
    "1",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "¶",
    "𝄞",
    "\u{feff}",
    "\t\\",
    "VZCZCXRO1234\n",
    "\nDE RUEHTA #1234/01 2570826\n",
    "UNCLAS ASTANA 001234\n",
    "C O N F I D E N T I A L SECTION 02 OF 02 ASTANA 000777\n",
    "QUOTE\n",
    "UNQUOTE\n",
    "SUBJECT: X\n",
    "\nREF: A. ASTANA 12 B. ALMATY 3\n",
    "Classified By: X for reasons 1.5 (b)\n",
    "\n14. (SBU) More of it.\n",
    "11. ",
    " 3. (C) Inside",
    "SIPDIS\n",
    "ASTANA 00001234 002 OF 003\n",
    "...",
];

/// One edit of a script, by fractions of the text so that it fits any document.
#[derive(Debug, Clone)]
struct Stroke {
    /// Thousandths of the text.
    at: usize,
    /// Moves the position to the nearest line end after it.
    at_line_end: bool,
    length: usize,
    /// Reaches over as many thousandths of the text.
    share: usize,
    insert: usize,
}

fn stroke() -> impl Strategy<Value = Stroke> {
    let length = prop_oneof![4 => Just(0_usize), 4 => 1..4_usize, 2 => 4..200_usize];
    let share = prop_oneof![9 => Just(0), 1 => 0..600_usize];
    (0..=1000_usize, any::<bool>(), length, share, 0..INSERTS.len() + 4)
        .prop_map(|(at, at_line_end, length, share, insert)| Stroke { at, at_line_end, length, share, insert })
}

/// Applies the script edit by edit; after each one everything must equal the fresh reading.
fn assert_stays_fresh(text: &str, script: &[Stroke]) {
    let catalog = Catalog::built_in();
    let mut document = Document::new(text, &catalog);
    let mut repairer = Repairer::new(&Settings::default());
    let mut plain = text.to_owned();
    for stroke in script {
        let mut start = plain.len() * stroke.at / 1000;
        if stroke.at_line_end {
            start =
                plain.as_bytes()[start..].iter().position(|&byte| byte == b'\n').map_or(plain.len(), |at| start + at);
        }
        let end = (start + stroke.length + plain.len() * stroke.share / 1000).min(plain.len());
        let insert = INSERTS.get(stroke.insert).copied().unwrap_or_default();
        document.apply(&Edit { range: start..end, text: insert });
        // A position inside a character means its start.
        let floor = |mut at: usize| {
            while !plain.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        plain.replace_range(floor(start)..floor(end), insert);
        assert_eq!(document.rope().to_string(), plain, "{stroke:?}");
        let fresh = Document::new(&plain, &catalog);
        if document != fresh {
            let starts = |document: &Document| {
                document.cables().iter().map(|placed| (placed.start, placed.first_line)).collect::<Vec<_>>()
            };
            assert_eq!(starts(&document), starts(&fresh), "{stroke:?}");
            for (one, two) in document.cables().iter().zip(fresh.cables()) {
                assert_eq!(one.cable, two.cable, "{stroke:?}");
            }
            panic!("the documents differ after {stroke:?}");
        }
        assert_findings_are_fresh(&mut repairer, &document);
    }
}

/// What is kept from one look to the next, and from the proofs of fixes, is what a first look finds.
fn assert_findings_are_fresh(repairer: &mut Repairer, document: &Document) {
    let settings = Settings::default();
    let found = repairer.check(document);
    assert_eq!(found, check(document, &settings));
    if let Some(after) = repairer.round(document, &found, FixSafety::Safe).after {
        assert_eq!(repairer.check(&after), check(&after, &settings));
    }
}

fn synthetic(seed: u64, cables: u32, crlf: bool) -> String {
    let layouts: &'static [Layout] = &[Layout::Envelope, Layout::Extract, Layout::Distribution, Layout::Labels];
    synthetic_of(layouts, seed, cables, crlf)
}

fn synthetic_of(layouts: &'static [Layout], seed: u64, cables: u32, crlf: bool) -> String {
    let options = Options {
        cables,
        paragraphs: (2, 5),
        crlf,
        non_bmp: true,
        page_lines: true,
        splits: 20,
        layouts,
        ..Options::default()
    };
    generate(seed, &options).text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn synthetic_documents_stay_fresh(seed in any::<u64>(), cables in 1..5_u32, crlf in any::<bool>(), script in prop::collection::vec(stroke(), 1..12)) {
        assert_stays_fresh(&synthetic(seed, cables, crlf), &script);
    }

    #[test]
    fn any_text_can_be_read_and_edited(text in "\\PC{0,200}|[A-Z0-9 ¶.()\\n\\r#/:-]{0,300}", script in prop::collection::vec(stroke(), 1..8)) {
        assert_stays_fresh(&text, &script);
    }
}

#[test]
fn real_documents_stay_fresh() {
    let files: Vec<_> =
        shared::files("cables").into_iter().chain(shared::files("corpus").into_iter().step_by(9)).collect();
    let mut random = Random::new(20_260_101);
    for pair in files.chunks(2) {
        // Two cables in one document, so that edits reach across them.
        let text: String = pair.iter().map(|file| file.text.as_str()).collect::<Vec<_>>().join("\n");
        let script: Vec<Stroke> = (0..12)
            .map(|_| Stroke {
                at: random.between(0, 1000) as usize,
                at_line_end: random.chance(50),
                length: random.between(0, 6) as usize,
                share: if random.chance(10) { random.between(0, 500) as usize } else { 0 },
                insert: random.between(0, INSERTS.len() as u32 + 2) as usize,
            })
            .collect();
        assert_stays_fresh(&text, &script);
    }
}

/// Typing in one cable of a large document costs what typing in that cable alone costs.
#[test]
fn one_character_touches_one_cable_of_a_thousand() {
    let catalog = Catalog::built_in();
    let text = synthetic_of(&[Layout::Envelope], 7, 1000, false);
    let mut document = Document::new(&text, &catalog);
    assert_eq!(document.cables().len(), 1000);
    let mut random = Random::new(1);
    for _ in 0..200 {
        let placed = &document.cables()[random.between(1, 998) as usize];
        // In the body, where typing makes no boundary.
        let body = placed.cable.body.paragraphs.first().map_or(0, |paragraph| paragraph.marker.span.end);
        let at = placed.start + random.between(body, placed.cable.text().len() as u32 - 1) as usize;
        let changed = document.apply(&Edit { range: at..at, text: "x" });
        assert!(changed.lines_classified <= 3, "{changed:?}");
        assert_eq!(changed.cables_arranged, 1);
    }
    let placed = &document.cables()[500];
    let (start, first_line) = (placed.start, placed.cable.line_text(0).len());
    assert!(placed.cable.line_text(0).starts_with("VZCZC"), "a cable of this layout begins with its TI line");
    let unmade = document.apply(&Edit { range: start..start + first_line, text: "" });
    assert!(unmade.lines_classified <= 3 && unmade.cables_arranged <= 2, "{unmade:?}");
    assert_eq!(document, Document::new(&document.rope().to_string(), &catalog));
}
