//! The rows and the ambiguous cases of FORMAT.md, "Hard cases", on markers alone.

use super::*;
use crate::marker::read_marker;

/// Decodes lines that stand apart, and shows each: its number, `list`, or `-`.
fn shown(lines: &[&str]) -> String {
    let decisions = decode(&candidates(lines));
    let words = decisions.iter().map(|decision| match decision.decoded {
        Decoded::Paragraph { number, .. } => number.to_string(),
        Decoded::ListItem => "list".to_owned(),
        Decoded::Rejected => "-".to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The markers of `lines`, each below the line before it; lines without one only are above the next.
fn candidates(lines: &[&str]) -> Vec<Candidate> {
    let above = std::iter::once(&"").chain(lines);
    lines
        .iter()
        .zip(above)
        .filter_map(|(line, above)| Some(Candidate::at_line_start(&read_marker(line)?, above)))
        .collect()
}

fn lowest_margin(lines: &[&str]) -> f32 {
    decode(&candidates(lines)).iter().map(|decision| decision.margin).fold(f32::INFINITY, f32::min)
}

/// `first..=last` as marked paragraphs, each number after `sign`.
fn series(sign: &str, first: u32, last: u32) -> Vec<String> {
    (first..=last).map(|number| format!("{sign}{number}. (U) Text.")).collect()
}

fn shown_series(lines: &[String]) -> String {
    shown(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn numbers(first: u32, last: u32) -> String {
    (first..=last).map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
}

/// The same, with a blank line between all of them.
fn shown_apart(lines: &[&str]) -> String {
    shown(&lines.iter().flat_map(|line| [*line, ""]).collect::<Vec<_>>())
}

#[test]
fn the_first_figure_of_the_next_number_may_be_lost() {
    let shown = |after: &[&str]| {
        let eleven = series("", 1, 11);
        let lines: Vec<&str> = eleven.iter().map(String::as_str).chain(after.iter().copied()).collect();
        shown_apart(&lines).split_off(numbers(1, 11).len()).trim().to_owned()
    };
    assert_eq!(shown(&["2. (U)", "13. (U)"]), "12 13");
    assert_eq!(shown(&["2. (U)"]), "12");
    assert_eq!(shown(&["1. (U)", "2. (U)"]), "1 2");
    assert_eq!(shown(&["3. (U)", "13. (U)"]), "- 13");
    assert_eq!(shown(&["2. Text", "13. (U)"]), "- 13");
    assert_eq!(shown(&["1. (U)", "13. (U)"]), "12 13", "the last figure");
    assert_eq!(shown(&["1. (U)"]), "1");
}

#[test]
fn the_last_number_with_a_mark_is_what_it_says() {
    assert_eq!(shown_apart(&["1. (U)", "2. (U)", "3. (U)", "2. (U)"]), "1 2 3 2");
    assert_eq!(shown_apart(&["1. (U)", "2. (U)", "3. (U)", "2. Text"]), "1 2 3 -");
}

#[test]
fn numbers_without_marks_that_stand_apart_are_there_in_any_order() {
    let numbers = |numbers: &str| {
        let lines: Vec<String> = numbers.split(' ').map(|number| format!("{number}. Text.")).collect();
        shown_apart(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    for printed in
        ["1 2 3 4 6 5", "1 2 4 3 5 6", "1 2 3 4 3 4 5", "1 1 3 4", "1 2 3 3 4", "1 2 4 5", "1 2 7 3 4", "1 2 3 2 4"]
    {
        assert_eq!(numbers(printed), printed);
    }
    let lost = self::numbers(1, 23) + " 4 25";
    assert_eq!(numbers(&lost), self::numbers(1, 25), "a figure is lost");
    assert_eq!(numbers("1 2 3 1 2 4 5"), "1 2 3 list list 4 5");
    assert_eq!(numbers("1 2 42 43 3 4"), "1 2 - - 3 4", "in no order");
    for printed in ["1 2 99 3 4", "1 2 4 5 6 3 7 8 9", "1 2 3 4 5 6 9 7 8", "1 2 3 5 4", "1 2 4 7 5 6"] {
        assert_eq!(numbers(printed), printed);
    }
    assert_eq!(numbers("1 2 100 3 4"), "1 2 - 3 4", "too large between two that follow each other");
    assert_eq!(numbers("1 2 3 7 5 6 7"), "1 2 3 - 5 6 7", "it comes again in its place");
    assert_eq!(numbers("2 1 2 4 5"), "- 1 2 4 5", "before the first");
    assert_eq!(numbers("1 1 2 3"), "1 list 2 3", "2 goes on with the list of one");
    assert_eq!(numbers("1 2 1 1 3 4"), "1 2 list list 3 4");
}

#[test]
fn nothing_to_decode() {
    assert!(decode(&[]).is_empty());
    assert!(missing_numbers(&[], &[]).is_empty());
}

#[test]
fn every_form_reads_as_the_seventh_paragraph() {
    for form in [
        "7. (U)",
        "¶7. (U)",
        "17. (U)",
        "[1](#)7. (U)",
        "[¶](#par7)7. (U)",
        "$\\P7$. (U)",
        "¶17. (U)",
        "- 17. (U)",
        "- ¶7. (U)",
        "* 7. (U)",
        "1 7. (U)",
        "7 (C)",
        "17 (C)",
        "7. Text",
        "7.(C)",
        "7.Text",
        "7. (C )",
        "(C) 7. Text",
        "7. C) Text",
        "7. (C Text",
        "7) Text",
        "7. [C]",
        "P7. (U)",
        "§7. (U)",
        "1[7. (U)",
        "I[7. (U)",
        "l7. (U)",
        "I7. (U)",
    ] {
        let mut lines = series("", 1, 6);
        lines.push(format!("{form} Text."));
        lines.extend(series("", 8, 9));
        assert_eq!(shown_series(&lines), numbers(1, 9), "{form}");
    }
}

#[test]
fn the_same_forms_are_seventeen_where_sixteen_stands_before() {
    for form in ["17. (U)", "¶17. (U)", "- 17. (U)", "1 7. (U)", "17 (C)", "l7. (U)"] {
        let mut lines = series("", 1, 16);
        lines.push(format!("{form} Text."));
        assert_eq!(shown_series(&lines), numbers(1, 17), "{form}");
    }
}

#[test]
fn ten_and_more_in_a_cable_of_misread_pilcrows() {
    assert_eq!(shown_series(&series("1", 1, 12)), numbers(1, 12));
    // The web edition stopped putting signs: `19.` then `10.`
    let mut lines = series("1", 1, 9);
    lines.extend(series("", 10, 12));
    assert_eq!(shown_series(&lines), numbers(1, 12));
    // A split and a confusable ten.
    for ten in ["1 0. (U)", "1O. (U)", "lO. (U)"] {
        let mut lines = series("1", 1, 9);
        lines.push(format!("{ten} Text."));
        assert_eq!(shown_series(&lines), numbers(1, 10), "{ten}");
    }
}

#[test]
fn ambiguous_case_1_a_cable_begins_with_one() {
    assert_eq!(shown(&["11. (U) Text."]), "1");
    assert_eq!(shown_series(&series("1", 1, 3)), "1 2 3");
}

#[test]
fn ambiguous_case_2_eleven_after_ten() {
    for ten in ["110.", "10."] {
        let mut lines = series("1", 1, 9);
        lines.extend([format!("{ten} (U) Text."), "11. (U) Text.".to_owned()]);
        assert_eq!(shown_series(&lines), numbers(1, 11), "{ten}");
    }
}

#[test]
fn ambiguous_case_3_eleven_and_twelve_alone() {
    let lines = ["11. (U) Text.", "12. (U) Text."];
    assert_eq!(shown(&lines), "1 2");
    assert!(lowest_margin(&lines) > 6.9);
}

#[test]
fn ambiguous_case_4_eleven_after_a_plain_ten() {
    assert_eq!(shown_series(&series("", 1, 13)), numbers(1, 13));
}

#[test]
fn ambiguous_case_5_above_twenty_the_series_decides() {
    assert_eq!(shown_series(&series("1", 1, 25)), numbers(1, 25));
    assert_eq!(shown_series(&series("", 1, 120)), numbers(1, 120));
}

#[test]
fn ambiguous_case_6_twelve_twice() {
    let duplicate = ["11. (U) Text.", "12. (U) Text.", "12. (U) Text.", "13. (U) Text."];
    assert_eq!(shown(&duplicate), "1 2 2 3");
    let mut lines = series("1", 1, 9);
    lines.extend(["110. (U) T.", "11. (U) T.", "12. (U) T."].map(String::from));
    assert_eq!(shown_series(&lines), numbers(1, 12));
}

#[test]
fn ambiguous_case_7_ten_is_missing() {
    let mut lines = series("1", 1, 9);
    lines.push("111. (U) Text.".to_owned());
    let read: Vec<_> = lines.iter().map(String::as_str).collect();
    assert_eq!(shown(&read), "1 2 3 4 5 6 7 8 9 11");
    let found = candidates(&read);
    assert_eq!(missing_numbers(&found, &decode(&found)), [10]);
}

#[test]
fn ambiguous_case_8_out_of_order() {
    let lines = ["1. (U) Text.", "3. (U) Text.", "2. (U) Text.", "4. (U) Text."];
    assert_eq!(shown(&lines), "1 - 2 4");
    assert!(lowest_margin(&lines) < AMBIGUOUS_BELOW);
}

#[test]
fn a_wrapped_date_is_no_paragraph() {
    let lines = [
        "1. (U) Text.",
        "2. (U) The minister said that the visit would begin in JUNE",
        "¶20. In the meantime nothing happens.",
        "",
        "3. (U) Text.",
    ];
    assert_eq!(shown(&lines), "1 2 - 3");
    // Not even where the number would fill a gap.
    let lines = [
        "1. Text.",
        "",
        "2. The minister said that the visit would begin in JUNE",
        "3. In the meantime.",
        "",
        "4. Text.",
    ];
    assert_eq!(decode(&candidates(&lines))[2].margin.partial_cmp(&AMBIGUOUS_BELOW), Some(std::cmp::Ordering::Less));
}

#[test]
fn lists_inside_a_paragraph() {
    let lines =
        ["1. Text.", "", "2. These are the points:", "1. One.", "2. Two.", "3. Three.", "", "3. Text.", "", "4. Text."];
    assert_eq!(shown(&lines), "1 2 list list list 3 4");
    let lines = ["1. (U) Text:", "1) one;", "2) two;", "", "2. (U) Text.", "", "3. (U) Text."];
    assert_eq!(shown(&lines), "1 list list 2 3");
    // Without blank lines, and the paragraphs go on where the list ended: doubtful, but they are paragraphs.
    let lines = ["1. T.", "2. T.", "3. These:", "1. One.", "2. Two.", "3. Three.", "4. T.", "5. T.", "6. T.", "7. T."];
    assert_eq!(shown(&lines), "1 2 3 list list list 4 5 6 7");
    assert!(lowest_margin(&lines) < AMBIGUOUS_BELOW);
}

#[test]
fn a_range_stands_for_all_its_paragraphs() {
    let lines = ["1. (U) T.", "2. (U) T.", "3. (U) T.", "4-12. (U) T.", "13. (U) T.", "14 - 15. (U) T.", "116. (U) T."];
    assert_eq!(shown(&lines), "1 2 3 4 13 14 16");
    let found = candidates(&lines);
    assert!(missing_numbers(&found, &decode(&found)).is_empty());
    // A day and an hour are written in the same way, and a range does not run backwards.
    assert_eq!(shown(&["1. (U) T.", "12-15. They left.", "3-2. (U) T."]), "1");
}

#[test]
fn gaps_duplicates_and_restarts_are_kept_and_named() {
    let lines =
        ["1. (U) T.", "2. (U) T.", "5. (U) T.", "5. (U) T.", "6. (U) T.", "1. (U) T.", "2. (U) T.", "3. (U) T."];
    let found = candidates(&lines);
    let decisions = decode(&found);
    assert_eq!(shown(&lines), "1 2 5 5 6 1 2 3");
    assert_eq!(missing_numbers(&found, &decisions), [3, 4]);
    let wanted = wanted_numbers(&found, &decisions);
    assert_eq!((wanted.missing, wanted.next.start), (vec![3, 4], 7));
}

#[test]
fn a_marker_inside_a_line_fills_its_gap_and_nothing_else() {
    let mut found = candidates(&["1. (U) T.", "2. (U) T.", "4. (U) T."]);
    let wanted = wanted_numbers(&found, &decode(&found));
    let inside = |text: &str| read_marker(text).map(|marker| Candidate::inside_line(&marker)).expect(text);
    assert!(inside("3. (U) T.").gives(&wanted.missing) && wanted.next.contains(&5));
    assert!(!inside("2. (U) T.").gives(&wanted.missing));
    found.insert(2, inside("13. (U) T."));
    let decisions = decode(&found);
    assert_eq!(decisions[2].decoded, Decoded::Paragraph { number: 3, stripped: true });
    assert!(missing_numbers(&found, &decisions).is_empty());
}

#[test]
fn margins_are_what_the_next_best_decoding_costs_more() {
    // The last of three: a gap of ten less the tie-break, or a rejection.
    assert!((lowest_margin(&["1. (U) T.", "2. (U) T.", "3. (U) T."]) - 8.0).abs() < 0.001);
    assert!((lowest_margin(&["1. T.", "", "2. T.", "", "3. T."]) - 4.0).abs() < 0.001);
}

#[test]
fn artefacts_in_words() {
    for (line, decoded, expected) in [
        ("7. T", 7, "plain"),
        ("17. T", 7, "pilcrow-as-1"),
        ("¶7. T", 7, "pilcrow-kept"),
        ("¶17. T", 7, "pilcrow-kept+1"),
        ("[1](#)7. T", 7, "link-pilcrow"),
        ("[1](#)17. T", 7, "link-pilcrow+1"),
        ("$\\P7$. T", 7, "latex-pilcrow"),
        ("$\\P17$. T", 7, "latex-pilcrow+1"),
        ("P7. T", 7, "letter-pilcrow"),
        ("§17. T", 7, "letter-pilcrow+1"),
        ("- 17. T", 7, "dash+pilcrow-as-1"),
        ("- ¶7. T", 7, "dash+pilcrow-kept"),
        ("* 7. T", 7, "dash+plain"),
        ("1 7. T", 7, "pilcrow-as-1+blank"),
        ("1 7. T", 17, "plain+split"),
        ("1 0. T", 10, "plain+split"),
        ("l7. (C) T", 17, "plain+confusable"),
        ("I2. (C) T", 2, "pilcrow-as-1+confusable"),
    ] {
        let marker = read_marker(line).expect(line);
        let read = Decoded::Paragraph { number: decoded, stripped: decoded != marker.literal };
        let artefact = artefact(&marker, read);
        assert_eq!(artefact.to_string(), expected, "{line}");
        assert_eq!(artefact.is_plain(), expected == "plain", "{line}");
    }
}

#[test]
fn the_work_grows_with_the_number_of_candidates_only() {
    // Lists, gaps, duplicates, unmarked and wrapped numbers in every order: no layer of states may grow with the cable.
    let mut state = 7_u32;
    let mut next = move |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    let candidates: Vec<Candidate> = (0..20_000)
        .map(|index| {
            let literal = if next(4) == 0 { 1 + next(1999) } else { 1 + index % 400 };
            Candidate {
                through: literal,
                literal,
                stripped: if (11..20).contains(&literal) { literal - 10 } else { literal },
                marked: next(3) == 0,
                inside_line: false,
                above: [Above::Clear, Above::Finished, Above::Unfinished, Above::Colon][next(4) as usize],
            }
        })
        .collect();
    let layers = Layers::of(&candidates, Habits::of(&candidates, false));
    let widest = (0..=candidates.len()).map(|index| layers.layer(index).len()).max().unwrap_or(0);
    assert!(widest < 200, "{widest} states in a layer");
    assert_eq!(decode(&candidates).len(), candidates.len());
}

#[test]
fn a_later_section_begins_anywhere() {
    let decoded = |lines: &[&str], later| decode_section(&candidates(lines), later)[0].decoded.number();
    assert_eq!((decoded(&["5. The talks."], true), decoded(&["5. The talks."], false)), (Some(5), None));
}

#[test]
fn without_blank_lines_and_marks_exactly_the_next_number_is_a_paragraph_below_a_line_that_breaks_off() {
    let long = "THE OFFICE WAITED FOR THE FERRY AND THE CREW WAS PAID BY TUESDAY";
    assert_eq!(shown(&["1. THE TALKS.", long, "2. THE FERRY.", long, "3. THE CREW."]), "1 2 3");
    assert_eq!(shown(&["1. THE TALKS.", long, "7. THE FERRY."]), "1 -");
    assert_eq!(
        shown(&["1. (U) The talks.", "", "2. (U) The end of it came on the other side in May", "3. The crew."]),
        "1 2 -"
    );
    let closed = "1. SUMMARY: THE FERRY SAILED ON TUESDAY AND THE CREW WAS PAID. END SUMMARY";
    assert_eq!(shown(&[closed, "2. THE FERRY."]), "1 2");
}

#[test]
fn what_was_read_before_is_known_and_anything_else_is_read() {
    let lines = |last: &'static str| candidates(&["1. (U) One.", "", "12. (U) Two.", "", last]);
    let mut before = Decodings::default();
    let first = before.decode(lines("3. (U) Three."), false, None);
    for (last, is_later, is_known) in
        [("3. (U) Three.", false, true), ("3. (U) Three.", true, false), ("14. (U) Four.", false, false)]
    {
        let mut after = Decodings::default();
        assert_eq!(
            after.decode(lines(last), is_later, Some(&before)),
            decode_section(&lines(last), is_later),
            "{last}"
        );
        assert_eq!(Arc::ptr_eq(&before.0[0], &after.0[0]), is_known, "{last}");
    }
    assert_eq!(first, decode(&lines("3. (U) Three.")));
}
