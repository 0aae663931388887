//! One case for every row of FORMAT.md, "Artefacts" and for what must not be taken.

use super::*;

#[test]
fn a_dash_may_part_a_caveat_from_its_level() {
    let mark = |text: &str| read_mark(text).map(|mark| mark.span.text(text).to_owned());
    assert_eq!(mark("(S-NF) The"), Some("(S-NF)".to_owned()));
    assert_eq!(mark("(C-NOFORN) The"), Some("(C-NOFORN)".to_owned()));
    for text in ["(C-130) The", "(S-Corp) The", "(C-"] {
        assert_eq!(mark(text), None, "{text}");
    }
}

#[test]
fn what_is_read_for_a_mark_may_be_glued_to_its_number() {
    assert_eq!(read_marker("5.(G) The talks").map(|marker| marker.literal), Some(5));
    assert_eq!(read_marker("5.(SUB) The talks").map(|marker| marker.literal), Some(5));
    for text in ["5.(a) The talks", "1.4(b) and", "5.(G)x", "5.(GATT) The"] {
        assert_eq!(read_marker(text), None, "{text}");
    }
}

/// What a line reads as, in a line: number, sign, separator, mark, text and the observations that hold.
fn shown(line: &str) -> String {
    let Some(marker) = read_marker(line) else { return "none".to_owned() };
    let mark = marker.mark.map_or("-", |mark| mark.text.text(line));
    let observations = [
        (marker.dash, "dash"),
        (marker.confusable, "confusable"),
        (marker.split.is_some(), "split"),
        (marker.mark_first, "mark-first"),
        (marker.is_malformed(), "malformed"),
        (marker.is_misspaced(), "misspaced"),
    ];
    let observed =
        observations.iter().filter(|(holds, _)| *holds).fold(String::new(), |all, (_, name)| all + " " + name);
    format!("{} {:?} [{}] {mark}{observed}", marker.literal, marker.sign, marker.number.text(line))
}

#[test]
fn every_form_of_the_table() {
    for (line, expected) in [
        ("¶7. (U) Text", "7 Kept [¶7] U"),
        ("17. (U) Text", "17 None [17] U"),
        ("[1](#)7. (U) Text", "7 Link [[1](#)7] U"),
        ("[¶](#par7)7. (U) Text", "7 Link [[¶](#par7)7] U"),
        (r" $\P7$. (U) Text", r"7 Latex [$\P7$] U"),
        (r"$\P$7. (U) Text", r"7 Latex [$\P$7] U"),
        ("¶17. (U) Text", "17 Kept [¶17] U"),
        ("- 17. (U) Text", "17 None [- 17] U dash"),
        ("- ¶7. (U) Text", "7 Kept [- ¶7] U dash"),
        ("* 7. (U) Text", "7 None [* 7] U dash"),
        ("• 7. Text", "7 None [• 7] - dash"),
        ("110. (U) Text", "110 None [110] U"),
        ("1 7. (U) Text", "17 None [1 7] U split malformed"),
        ("1 0. Text", "10 None [1 0] - split malformed"),
        ("2 3. (U) Text", "23 None [2 3] U split malformed"),
        ("7 (C) Text", "7 None [7] C malformed"),
        ("17 (C) Text", "17 None [17] C malformed"),
        ("7. Text", "7 None [7] -"),
        ("7.(C) Text", "7 None [7] C misspaced"),
        ("7.Text", "7 None [7] - misspaced"),
        ("7. (C ) Text", "7 None [7] C misspaced"),
        ("(C) 7. Text", "7 None [7] C mark-first"),
        ("(C)4. Text", "4 None [4] C mark-first"),
        ("7. C) Text", "7 None [7] C malformed"),
        ("7. (C Text", "7 None [7] C malformed"),
        ("7. (S/NF Text", "7 None [7] S/NF malformed"),
        ("7) Text", "7 None [7] - malformed"),
        ("7. [C] Text", "7 None [7] C malformed"),
        ("7. (C NF) Text", "7 None [7] C NF"),
        ("7. (SBU)xxxxxxxx", "7 None [7] SBU"),
        ("7. (S)omeone", "7 None [7] -"),
        ("7. (CONFIDENTIAL -- ENTIRE PARAGRAPH) Text", "7 None [7] CONFIDENTIAL"),
        ("7. (C - entire paragraph) Text", "7 None [7] C"),
        ("7. (C -- ENTIRE TEXT) Text", "7 None [7] C"),
        ("7. (C -- ENTIRE LIST) Text", "7 None [7] -"),
        ("7. (C ENTIRE PARAGRAPH) Text", "7 None [7] -"),
        ("7. (S NOFORN) Text", "7 None [7] S NOFORN"),
        ("7. (C More) Text", "7 None [7] -"),
        ("7. (S//REL NORTHLAND,\nEASTLAND) Text", "7 None [7] S//REL NORTHLAND,\nEASTLAND"),
        ("4-12. (U) Text", "4 None [4-12] U"),
        ("4 - 12. (U) Text", "4 None [4 - 12] U"),
        ("4 TO 12. (U) Text", "4 None [4 TO 12] U"),
        ("4 through 12. (U) Text", "4 None [4 through 12] U"),
        ("P7. (C) Text", "7 Letter [P7] C"),
        ("§7. Text", "7 Letter [§7] -"),
        ("1[7. Text", "7 Letter [1[7] -"),
        ("I[17. Text", "17 Letter [I[17] -"),
        ("ll. (C) Text", "11 None [ll] C confusable malformed"),
        ("l7. (C) Text", "17 None [l7] C confusable malformed"),
        ("1O. (C) Text", "10 None [1O] C confusable malformed"),
        ("I2. (C) Text", "12 None [I2] C confusable malformed"),
        ("|2. (C) Text", "12 None [|2] C confusable malformed"),
        ("¶20. In the meantime", "20 Kept [¶20] -"),
        ("20.", "20 None [20] -"),
        ("2008. However", "2008 None [2008] -"),
        ("1. \"We\" Text", "1 None [1] -"),
        ("7.  (s//nf)  Text", "7 None [7] s//nf"),
        ("3. (S//REL to USA, ACGU) Text", "3 None [3] S//REL to USA, ACGU"),
        ("7.(SECRET//REL BULGARIA, ITALY) Text", "7 None [7] SECRET//REL BULGARIA, ITALY misspaced"),
        ("1. (C - ENTIRE TEXT).", "1 None [1] C"),
        ("1. C - ENTIRE TEXT.", "1 None [1] C"),
        ("1. (SECRET-ENTIRE TEXT)", "1 None [1] SECRET"),
    ] {
        assert_eq!(shown(line), expected, "{line}");
    }
}

#[test]
fn what_is_no_marker() {
    for line in [
        "",
        "Text",
        "P",
        "-",
        "- Text",
        "[1](#)B. ASTANA 2002",
        "¶B. ASTANA 2002",
        "¶U. S. Government",
        "U. S. Government",
        "I. General information",
        "II. (U) General information",
        "III. (U) General information",
        "2007 Maslikhat Elections",
        "(C) 2005 STATE 117165",
        "1.5 (b) and (d)",
        "1.4(b) and (d).",
        "1.4 (C)",
        "4 (b) and (d).",
        "4 (C) and (d).",
        "3.5 percent",
        "5.56x46 and the serial numbers",
        "10:30 a.m.",
        "10/11/06",
        "12.5.2007",
        "2.a. Text",
        "3.A. Text",
        "5.com",
        "ll. Text",
        "10000. Text",
        "007. Text",
        "0. Text",
        "2 3. Text",
        "212(f) of the Act",
        "50 people (C) were",
        "(1) identifying funds",
        "(C) Text",
        "-7. Text",
        "[1](http://example.org) 7. Text",
        "[2](#)7. Text",
        r"$\P7. Text",
        r"$P7$. Text",
        "P. 7",
        "1,200. Text",
    ] {
        // The address above is a link that happens to look like the sign: it is one.
        let expected = if line.starts_with("[1](http") { "7 Link [[1](http://example.org) 7] -" } else { "none" };
        assert_eq!(shown(line), expected, "{line}");
    }
}

#[test]
fn glued_text_may_begin_with_an_abbreviation() {
    assert_eq!(shown("7.U.S. forces"), "7 None [7] - misspaced");
}

#[test]
fn spans_and_the_text_behind_the_marker() {
    for (line, span, text) in [
        ("  - ¶17.  (S//NF)  Text", "- ¶17.  (S//NF)", "Text"),
        ("7.Text", "7.", "Text"),
        ("(C) 7. Text", "(C) 7.", "Text"),
        ("7 (C) Text", "7 (C)", "Text"),
        ("7. C) Text", "7. C)", "Text"),
        ("7.) Text", "7.)", "Text"),
        ("20.", "20.", ""),
    ] {
        let marker = read_marker(line).expect(line);
        assert_eq!((marker.span.text(line), &line[marker.text as usize..]), (span, text));
    }
}

#[test]
fn a_leading_one_is_stripped_only_before_a_digit_other_than_zero() {
    for (line, stripped) in [
        ("7. T", 7),
        ("11. T", 1),
        ("17. T", 7),
        ("10. T", 10),
        ("110. T", 10),
        ("101. T", 101),
        ("27. T", 27),
        ("1 7. T", 7),
    ] {
        let marker = read_marker(line).expect(line);
        assert_eq!(marker.stripped(), stripped, "{line}");
        assert_eq!(marker.may_strip(), stripped != marker.literal, "{line}");
    }
}

#[test]
fn markers_inside_a_line_follow_a_sentence_end_and_carry_a_mark() {
    let inside =
        |line: &str| markers_inside(line).map(|inside| inside.marker.span.text(line).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        inside("It ended. 7. (U) The talks. 8.(C) \"More.\"  ¶9. (S//NF) End."),
        ["7. (U)", "8.(C)", "¶9. (S//NF)"]
    );
    assert_eq!(inside("By \"them.\" [1](#)17. (SBU) The"), ["[1](#)17. (SBU)"]);
    assert_eq!(inside("They left. TALKS END --------- 3. (U) The"), ["3. (U)"]);
    assert_eq!(inside("They left. THE PRICE OF BREAD  3. (U) The"), ["3. (U)"]);
    assert_eq!(inside("the other does not; COMMENT: 3. (U) The"), ["3. (U)"]);
    let follows = |line: &str| markers_inside(line).map(|inside| inside.follows).collect::<Vec<_>>();
    assert_eq!(follows("It ended. 7. (U) The"), [Follows::Sentence]);
    assert_eq!(follows("THE PRICE OF BREAD 7. (U) The"), [Follows::Heading]);
    // In the middle of a text, and without a period, it is one only when its number is missing.
    assert_eq!(follows("the exercise 7. (U) The"), [Follows::Words]);
    assert_eq!(follows("It ended. 7 (U) The"), [Follows::Words]);
    assert_eq!(follows("the number is high7. (U) The"), [Follows::Words]);
    assert_eq!(follows("they ended.7. (U) The"), [Follows::Words]);
    for line in [
        "7. (U) The",
        "SEE PARA 7. (U) THE",
        "see paragraph 7. (U) The",
        "It ended. 7. The",
        "They flew a B7. (U) The",
        "They are 1.7. (U) The",
        "the number is high 17.7. (U) The",
        "reasons 1.4 (C) and",
        "(C)",
        "",
    ] {
        assert!(inside(line).is_empty(), "{line}");
    }
}

#[test]
fn marks_give_levels_in_rank() {
    let level = |text: &str| read_mark(text).map(|mark| mark.level);
    assert_eq!(level("(U) Text"), Some(Level::Unclassified));
    assert_eq!(level("(sbu)"), Some(Level::SensitiveButUnclassified));
    assert_eq!(level("(LOU)"), Some(Level::LimitedOfficialUse));
    assert_eq!(level("(FOUO)"), Some(Level::ForOfficialUseOnly));
    assert_eq!(level("(CONFIDENTIAL)"), Some(Level::Confidential));
    assert_eq!(level("(TS/NF)"), Some(Level::TopSecret));
    for text in ["(A) Text", "(SB) Text", "(C", "C)", "(C/)", "()", "(", "", "C Text", "(É)"] {
        assert_eq!(level(text), None, "{text}");
    }
    let ranks =
        [Level::Unclassified, Level::SensitiveButUnclassified, Level::Confidential, Level::Secret, Level::TopSecret];
    assert!(ranks.is_sorted_by_key(|level| level.rank()));
    assert_eq!(Level::LimitedOfficialUse.rank(), Level::ForOfficialUseOnly.rank());
}

#[test]
fn entire_text_marks() {
    for line in [
        "1. (C - ENTIRE TEXT).",
        "1. C - ENTIRE TEXT.",
        "1. (C- ENTIRE TEXT)",
        "¶1. (CONFIDENTIAL-ENTIRE TEXT)",
        "(C) ENTIRE TEXT",
        "(C - Entire text)",
    ] {
        assert_eq!(entire_text(line).map(|mark| mark.level), Some(Level::Confidential), "{line}");
    }
    for line in ["1. (C) Text", "1. ENTIRE TEXT", "1. Text", "C", ""] {
        assert_eq!(entire_text(line), None, "{line}");
    }
}

#[test]
fn a_comma_or_brackets_close_a_number_only_before_a_mark() {
    for (line, separator) in [
        ("2, (C) Text.", Separator::Comma),
        ("(2) (C) Text.", Separator::Brackets),
        ("(2). (C) Text.", Separator::Brackets),
    ] {
        let marker = read_marker(line).expect(line);
        assert_eq!(
            (marker.literal, marker.separator, marker.text),
            (2, separator, line.find('T').expect("text") as u32)
        );
        assert!(marker.is_malformed());
    }
    // A bracket before the number that nothing closes.
    let marker = read_marker("(11. (C) Text.").expect("a marker");
    assert_eq!((marker.literal, marker.separator, marker.text), (11, Separator::Brackets, 9));
    assert_eq!(read_marker("2 . (C) Text.").map(|marker| (marker.literal, marker.is_malformed())), Some((2, true)));
    for line in ["2, and more", "(2) Text.", "(2. Text.", "(2, (C) Text.", "(2", "(2)", "2 . Text.", "2, (a) Text."] {
        assert_eq!(read_marker(line), None, "{line}");
    }
}
