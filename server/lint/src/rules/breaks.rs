//! Where the copy broke, joined or spaced the lines of a text (TXT009 to TXT011, PAR008).

use std::sync::LazyLock;

use cable_syntax::{Cable, LineKind, ParagraphBreak, Part, PartKind, Span, pattern};
use regex::Regex;

use crate::findings::{Context, Findings, and_more};
use crate::needs::{Need, Stage};
use crate::{Change, DiagnosticTag, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static PARAGRAPH_SPLIT: Rule = Rule {
    code: "TXT009",
    name: "paragraph-split",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Lines], Letters::Kept)),
    summary: "a blank line splits a paragraph in mid-sentence",
    explanation: "The copy has a blank line where a page or a column ended, so that one paragraph looks like two. It \
                  is reported where the text above breaks off without a full stop, and either the text below goes on \
                  in lower case or the line above ends in a word that cannot end a sentence. If a cable has more than \
                  ten of them, they are reported once.",
    example: Example {
        before: "1. (U) The delegation said that it would return in the autumn to go on with\n\nthe talks.",
        after: "1. (U) The delegation said that it would return in the autumn to go on with\nthe talks.",
    },
    source: "none; seen in published cables",
    check: paragraph_split,
};

/// So many splits are reported one by one.
const MOST_SPLITS: usize = 10;

fn paragraph_split(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let splits: Vec<(&Part, u32)> = cable
        .paragraph_breaks()
        .iter()
        .filter(|found| is_split(cable, found))
        .map(|found| (&found.fragment, found.block.end))
        .collect();
    let join = |&(fragment, end): &(&Part, u32)| join(cable, Span::new(end, fragment.span.start));
    if splits.len() > MOST_SPLITS {
        let edits = splits.iter().map(join).collect();
        let message = format!("blank lines split paragraphs in {} places, first here", splits.len());
        findings.report(first_word(cable, splits[0].0.span), message).fix("Join the paragraphs", edits);
        return;
    }
    for split in &splits {
        let number = number_at(cable, split.0.span.start);
        findings
            .report(first_word(cable, split.0.span), format!("blank line splits paragraph {number} here"))
            .fix(format!("Join paragraph {number}"), vec![join(split)]);
    }
}

/// Whether the sentence above a break goes on below.
fn is_split(cable: &Cable, found: &ParagraphBreak) -> bool {
    let above = cable.slice(found.block).trim_end();
    let broken_off =
        !above.ends_with(['.', '?', '!', '"', ')', ':', ';', '”', '’', '\'', '-', '–', '—', '=', '*', '_']);
    let below = cable.slice(found.fragment.span);
    let last = above.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    above.chars().count() >= 60
        && broken_off
        && (below.starts_with(char::is_lowercase) || FUNCTION_WORDS.contains(&last.as_str()))
}

/// Words that do not end a sentence.
const FUNCTION_WORDS: [&str; 27] = [
    "the", "a", "an", "of", "to", "from", "in", "on", "for", "with", "and", "or", "by", "that", "at", "as", "his",
    "her", "its", "their", "is", "was", "has", "have", "would", "will", "be",
];

/// Puts two lines together: long lines become one, wrapped lines keep their line break.
fn join(cable: &Cable, between: Span) -> (Span, String) {
    const LONGEST_WRAPPED_LINE: usize = 90;
    let line = cable.line_text(cable.line_at(between.start));
    let text = cable.slice(between);
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let joint = if line.chars().count() > LONGEST_WRAPPED_LINE { " " } else { line_break };
    (between, joint.to_owned())
}

fn first_word(cable: &Cable, span: Span) -> Span {
    let length = cable.slice(span).split(char::is_whitespace).next().map_or(0, str::len);
    Span::new(span.start, span.start + length as u32)
}

/// The number of the paragraph that holds a byte.
fn number_at(cable: &Cable, offset: u32) -> u32 {
    let before = cable.body.paragraphs.iter().take_while(|paragraph| paragraph.marker.span.start <= offset);
    before.last().map_or(0, |paragraph| paragraph.number)
}

pub(crate) static HEADER_SPLIT: Rule = Rule {
    code: "TXT010",
    name: "header-split",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Lines], Letters::Kept)),
    summary: "a header line continues after a blank line",
    explanation: "A long SUBJECT, TAGS or REF line wraps, and the copy put a blank line into it. Programs that read up \
                  to the blank line lose the rest. References that each begin with a letter of their own may be \
                  separated by blank lines.",
    example: Example {
        before: "TAGS: PREL KZ\nSUBJECT: DELEGATION LEAVES FOR THE\n\nSUMMER SESSION\n\nREF: ASTANA 1516\n\n1. (U) They left.",
        after: "TAGS: PREL KZ\nSUBJECT: DELEGATION LEAVES FOR THE\nSUMMER SESSION\n\nREF: ASTANA 1516\n\n1. (U) They left.",
    },
    source: "none; seen in published cables",
    check: header_split,
};

fn header_split(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for pair in cable.parts.windows(2) {
        let [above, below] = pair else { continue };
        let keyword = match below.kind {
            PartKind::Subject => "SUBJECT",
            PartKind::Tags => "TAGS",
            PartKind::Reference => "REF",
            PartKind::ClassifiedBy => "Classified By",
            _ => continue,
        };
        let starts_anew = matches!(cable.lines()[below.line as usize].kind, LineKind::Keyword(_));
        if above.kind != below.kind || below.line < above.line + 2 || starts_anew {
            continue;
        }
        // A line that ends so is a sentence, or the edge of a publisher's preview.
        let is_sentence = below.kind == PartKind::Subject && cable.slice(below.span).ends_with('.');
        if is_sentence || begins_reference(cable, below) || only_keyword(cable.slice(above.span)) {
            continue;
        }
        let between = Span::new(above.span.end, below.span.start);
        let line_break = if cable.slice(between).contains("\r\n") { "\r\n" } else { "\n" };
        findings
            .report(below.span, format!("{keyword} continues after a blank line"))
            .fix(format!("Join {keyword}"), vec![(between, line_break.to_owned())]);
    }
}

/// Whether an entry of the REF list begins with a part.
fn begins_reference(cable: &Cable, part: &Part) -> bool {
    let entries = cable.header.references.iter().flat_map(|references| &references.entries);
    entries
        .filter_map(|entry| entry.value.letter)
        .any(|(_, letter)| part.span.start <= letter.end && letter.start <= part.span.start + 1)
}

/// `TAGS:` alone: the list begins below, as it may.
fn only_keyword(text: &str) -> bool {
    text.trim_end().ends_with(':') && !text.trim().contains(' ')
}

pub(crate) static WHITESPACE: Rule = Rule {
    code: "TXT011",
    name: "whitespace",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Copy)],
    fix: Some(RuleFix::safe(&[], Letters::Kept)),
    summary: "there are spaces at the end of a line, or no newline at the end of the file",
    explanation: "Spaces at the end of a line cannot be seen and make two copies of one cable differ. They are \
                  reported where only a few lines of the cable have them; where many do, the copy was made that way, \
                  and formatting removes them all. A file should end with a newline, or the next cable appended to it \
                  begins on its last line.",
    example: Example {
        before: "1. (U) The delegation left.  \n\n2. (U) It was late.\n\n3. (U) It rained.\n\n4. (U) They ran.",
        after: "1. (U) The delegation left.\n\n2. (U) It was late.\n\n3. (U) It rained.\n\n4. (U) They ran.",
    },
    source: "none; seen in published cables",
    check: whitespace,
};

/// So many lines are reported one by one.
const MOST_LINES: usize = 5;

fn whitespace(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let written = cable.lines().iter().filter(|line| line.kind != LineKind::Blank);
    let mut count = 0;
    let mut trailing: Vec<Span> = Vec::new();
    for line in written {
        count += 1;
        let text = cable.slice(line.span);
        if text.ends_with(' ') {
            let length = text.trim_end_matches(' ').len() as u32;
            trailing.push(Span::new(line.span.start + length, line.span.end));
        }
    }
    // Where many lines have them the copy was made so.
    if trailing.len() * 5 > count {
        trailing.clear();
    }
    let (single, rest) = trailing.split_at(trailing.len().min(MOST_LINES));
    let edit = |&span: &Span| (span, String::new());
    for span in single {
        let message =
            if span.len() == 1 { "1 trailing space".to_owned() } else { format!("{} trailing spaces", span.len()) };
        findings
            .report(*span, message)
            .tag(DiagnosticTag::Unnecessary)
            .fix("Remove the trailing spaces", vec![edit(span)]);
    }
    if let [first, ..] = rest {
        findings
            .report(*first, format!("trailing spaces{}", and_more("here and on", rest.len() - 1, "line")))
            .tag(DiagnosticTag::Unnecessary)
            .fix("Remove the trailing spaces", rest.iter().map(edit).collect());
    }
    let text = cable.text();
    if context.is_last && !text.ends_with(['\n', '\r']) {
        let end = Span::new(text.len() as u32, text.len() as u32);
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        findings
            .report(end, "no newline at the end of the file")
            .fix("Add a newline at the end", vec![(end, line_break.to_owned())]);
    }
}

pub(crate) static UNNUMBERED: Rule = Rule {
    code: "PAR008",
    name: "unnumbered-paragraph",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a paragraph has no number",
    explanation: "There is a long paragraph without a number between two numbered ones, so nobody can cite it. It may \
                  be the rest of the paragraph above, or it may have lost its number. Quoted text, list items, \
                  headings and what follows the last number are left alone, and so is a cable with more than two such \
                  paragraphs: it was written that way.",
    example: Example {
        before: "1. (U) Summary.\n\n2. (U) The talks go on.\n\nThe delegation then left for the airport, where it was held up for several hours, because the only road to the terminal was closed.\n\n3. (U) It was late.",
        after: "1. (U) Summary.\n\n2. (U) The talks go on.\n\n3. (U) The delegation then left for the airport, where it was held up for several hours, because the only road to the terminal was closed.\n\n4. (U) It was late.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: unnumbered,
};

/// Words that announce a text of its own.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:begin|end) (?:text|quote)|\bnon-?paper\b|\bletter\b|\bfollows?:|\bfollowing:|\bas follows\b|\btalking points\b|\bquote\b|\bstatement\b",
    )
});

fn unnumbered(context: &Context<'_>, findings: &mut Findings) {
    const MOST: usize = 2;
    const SHORTEST: usize = 120;
    let cable = context.cable;
    let [_, _, .., last] = cable.body.paragraphs.as_slice() else { return };
    if cable.body.paragraphs.len() < 3 {
        return;
    }
    let finished = |text: &str| text.trim_end().ends_with(['.', '?', '!', '"', '”', '’', ')', ';']);
    let found: Vec<&Part> = cable
        .paragraph_breaks()
        .iter()
        .filter(|found| finished(cable.slice(found.block)))
        .map(|found| &found.fragment)
        .filter(|fragment| {
            let text = cable.slice(fragment.span);
            let from = fragment.span.start;
            let quoted = cable.is_quoted(fragment.line);
            let paragraph =
                cable.paragraph_at(from).map_or(0, |index| cable.body.paragraphs[index as usize].marker.span.start);
            from < last.marker.span.start
                && !quoted
                && block_length(cable, fragment) >= SHORTEST
                && text.starts_with(|first: char| first.is_uppercase() || matches!(first, '"' | '“' | '\''))
                && !text.contains("-----")
                && !QUOTED.is_match(cable.slice(Span::new(paragraph, from)))
        })
        .take(MOST + 1)
        .collect();
    if found.len() > MOST {
        return;
    }
    for fragment in found {
        let number = number_at(cable, fragment.span.start);
        findings
            .report(first_word(cable, fragment.span), format!("paragraph without a number after paragraph {number}"));
    }
}

/// Characters of the lines of text from a part to the next blank line.
fn block_length(cable: &Cable, first: &Part) -> usize {
    let at = cable.parts.partition_point(|part| part.span.start < first.span.start);
    let mut last = first;
    for part in cable.parts[at..].iter().take_while(|part| part.kind == PartKind::Fragment) {
        if part.line > last.line + 1 {
            break;
        }
        last = part;
    }
    cable.slice(Span::new(first.span.start, last.span.end)).chars().count()
}
