//! Paragraph numbers on whole cables: ten thousand synthetic ones, and the five real ones where they are at hand.

use std::path::Path;

use cable_syntax::decoder::{self, AMBIGUOUS_BELOW, Above, Candidate, Decision, artefact};
use cable_syntax::marker::{self, Marker};
use cable_tests::generator::{self, Options, Style};
use proptest::prelude::*;

/// A marker of the body and how it was read.
struct Read {
    /// From 1.
    line: u32,
    /// The true number; `None` for list items and false markers.
    number: Option<u32>,
    margin: f32,
    mark: Option<String>,
    artefact: String,
}

/// Reads the markers below the SUBJECT line of a document that holds one cable.
fn read_markers(text: &str) -> Vec<Read> {
    let lines: Vec<&str> = text.lines().collect();
    let body = lines.iter().position(|line| line.starts_with("SUBJECT:")).map_or(0, |subject| subject + 1);
    let mut found: Vec<(usize, Marker, Candidate)> = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(body) {
        if let Some(marker) = marker::read_marker(line) {
            found.push((index, marker, Candidate::at_line_start(&marker, lines[index - 1])));
        }
    }
    let mut decisions = decode(&found);
    let wanted = decoder::wanted_numbers(&decisions);
    let at_line_start = found.len();
    for (index, line) in lines.iter().enumerate().skip(body) {
        let inside = marker::markers_inside(line).map(|marker| (index, marker, Candidate::inside_line(&marker)));
        found.extend(inside.filter(|(_, _, candidate)| candidate.gives(&wanted)));
    }
    if found.len() > at_line_start {
        found.sort_by_key(|(line, marker, _)| (*line, marker.span.start));
        decisions = decode(&found);
    }
    let read = |(&(index, marker, _), decision): (&(usize, Marker, Candidate), &Decision)| Read {
        line: index as u32 + 1,
        number: decision.decoded.number(),
        margin: decision.margin,
        mark: marker.mark.map(|mark| mark.text.text(lines[index]).to_owned()),
        artefact: artefact(&marker, decision.decoded).to_string(),
    };
    found.iter().zip(&decisions).map(read).collect()
}

fn decode(found: &[(usize, Marker, Candidate)]) -> Vec<Decision> {
    decoder::decode(&found.iter().map(|(_, _, candidate)| *candidate).collect::<Vec<_>>())
}

/// What went wrong in one set of synthetic cables.
#[derive(Debug, Default)]
struct Score {
    cables: u32,
    /// Cables in which a marker was misread.
    misread: u32,
    /// Seeds of cables in which a misread marker was asserted with confidence.
    overconfident: Vec<u64>,
    /// Markers in all, and those that are reported as ambiguous.
    markers: usize,
    ambiguous: usize,
}

fn score(seeds: std::ops::Range<u64>, options: &Options) -> Score {
    let mut score = Score::default();
    for seed in seeds {
        let synthetic = generator::generate(seed, options);
        let read = read_markers(&synthetic.text);
        let truth = &synthetic.cables[0].markers;
        let lines: Vec<u32> = read.iter().map(|marker| marker.line).collect();
        let expected: Vec<u32> = truth.iter().map(|&(line, _)| line).collect();
        assert_eq!(lines, expected, "seed {seed}: the lines that begin like a paragraph");
        let wrong: Vec<&Read> =
            read.iter().zip(truth).filter(|(read, truth)| read.number != truth.1).map(|(read, _)| read).collect();
        score.cables += 1;
        score.misread += u32::from(!wrong.is_empty());
        if wrong.iter().any(|read| read.margin >= AMBIGUOUS_BELOW) {
            score.overconfident.push(seed);
        }
        score.markers += read.len();
        score.ambiguous += read.iter().filter(|read| read.margin < AMBIGUOUS_BELOW).count();
    }
    score
}

#[test]
fn ten_thousand_synthetic_cables_read_right() {
    let score = score(0..10_000, &Options::default());
    let per_mille = score.misread * 1000 / score.cables;
    assert!(per_mille < 5, "{} of {} cables misread", score.misread, score.cables);
    assert!(score.overconfident.is_empty(), "misread with a margin: seeds {:?}", score.overconfident);
    assert!(score.ambiguous * 200 < score.markers, "{} of {} ambiguous", score.ambiguous, score.markers);
}

#[test]
fn complete_sequences_read_right_whatever_the_artefacts() {
    for styles in Style::ALL.windows(3) {
        let styles = styles.to_vec().leak();
        let score = score(0..200, &Options { styles, dropped: 0, disturbed: 0, ..Options::default() });
        assert_eq!(score.misread, 0, "{styles:?}");
    }
}

#[test]
fn paragraphs_joined_to_the_line_before_are_found() {
    let options = Options { marked: 100, dropped: 0, disturbed: 0, joined: 10, ..Options::default() };
    let score = score(0..1_000, &options);
    assert!(score.misread < 5, "{} of {} cables misread", score.misread, score.cables);
    assert!(score.overconfident.is_empty(), "misread with a margin: seeds {:?}", score.overconfident);
}

#[test]
fn the_same_seed_gives_the_same_text_and_options_do_what_they_say() {
    let options = Options { cables: 3, crlf: true, non_bmp: true, page_lines: true, splits: 20, ..Options::clean() };
    let synthetic = generator::generate(7, &options);
    assert_eq!(synthetic.text, generator::generate(7, &options).text);
    assert_ne!(synthetic.text, generator::generate(8, &options).text);
    assert_eq!(synthetic.cables.len(), 3);
    assert_eq!(synthetic.text.matches('\n').count(), synthetic.text.matches("\r\n").count());
    assert!(synthetic.text.chars().any(|letter| letter.len_utf16() == 2));
    assert!(synthetic.text.contains(" OF 0"));
    let lines: Vec<&str> = synthetic.text.lines().collect();
    for cable in &synthetic.cables {
        assert!(lines.iter().any(|line| line.contains(&cable.mrn)) && lines.contains(&cable.signature.as_str()));
        for (index, &(line, number)) in cable.markers.iter().enumerate() {
            assert_eq!(number, Some(index as u32 + 1));
            assert!(lines[line as usize - 1].starts_with(&format!("{}.", index + 1)));
        }
    }
}

proptest! {
    #[test]
    fn any_line_reads_without_panic(line in "[ 0-9lIO¶§$P\\[\\]().*•#/A-Za-z\u{1F600}-]{0,40}|\\PC{0,60}") {
        let inside = marker::markers_inside(&line);
        for marker in marker::read_marker(&line).into_iter().chain(inside) {
            prop_assert!(marker.span.start <= marker.number.start && marker.number.end <= marker.span.end);
            prop_assert!(line.is_char_boundary(marker.text as usize) && marker.span.end <= marker.text);
            prop_assert!(line.get(marker.span.range()).is_some() && line.get(marker.number.range()).is_some());
            prop_assert!((1..10_000).contains(&marker.literal));
        }
        let _ = marker::entire_text(&line);
    }

    #[test]
    fn any_sequence_decodes(literals in prop::collection::vec((1_u32..200, any::<bool>(), 0_u8..4), 0..60)) {
        let candidates: Vec<Candidate> = literals
            .iter()
            .map(|&(literal, marked, above)| Candidate {
                literal,
                stripped: if (11..20).contains(&literal) { literal - 10 } else { literal },
                marked,
                inside_line: false,
                above: [Above::Clear, Above::Finished, Above::Unfinished, Above::Colon][usize::from(above)],
            })
            .collect();
        let decisions = decoder::decode(&candidates);
        prop_assert_eq!(decisions.len(), candidates.len());
        for (candidate, decision) in candidates.iter().zip(&decisions) {
            prop_assert!((0.0..=decoder::MARGIN_LIMIT).contains(&decision.margin));
            if let Some(number) = decision.decoded.number() {
                prop_assert!(number == candidate.literal || number == candidate.stripped);
            }
        }
    }
}

#[test]
fn real_cables_read_as_by_hand() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let Ok(cables) = std::fs::read_dir(shared.join("cables")) else {
        #[expect(clippy::print_stderr, reason = "a test that did not run must say so")]
        {
            eprintln!("skipped: no real cables beside the checkout");
        }
        return;
    };
    for path in cables.map(|entry| entry.expect("a folder that opens can be listed").path()) {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a cable is readable");
        let expected =
            std::fs::read_to_string(shared.join("expected").join(format!("{name}.json"))).expect("a reading");
        let expected: serde_json::Value = serde_json::from_str(&expected).expect("the reading is JSON");
        let paragraphs: Vec<serde_json::Value> = read_markers(&text)
            .into_iter()
            .filter_map(|read| {
                assert!(read.margin > 6.8, "{name}:{} margin {}", read.line, read.margin);
                let number = read.number?;
                Some(
                    serde_json::json!({ "n": number, "mark": read.mark, "line": read.line, "artefact": read.artefact }),
                )
            })
            .collect();
        assert_eq!(serde_json::Value::from(paragraphs), expected["paragraphs"], "{name}");
    }
}
