//! Blocks of the text that a word opens and END closes: SUMMARY, COMMENT, NOTE, TEXT (PAR009, PAR010).

use cable_syntax::{Block, BlockWords, Cable, REDACTION, Span};

use crate::findings::{Context, Findings};
use crate::gone::is_passage_taken_out;
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static NOT_CLOSED: Rule = Rule {
    code: "PAR009",
    name: "block-not-closed",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Hint),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeText, Need::Finished(Stage::Line)],
    fix: None,
    summary: "a block of the text is opened and not closed",
    explanation: "SUMMARY, COMMENT and the like open a block, END SUMMARY and END COMMENT close it. Without the end \
                  nobody can tell where the post's own view stops and the report goes on. A cable that closes none of \
                  its blocks was mostly written that way: of those only a SUMMARY with a \
                  paragraph after it is shown, as a hint, and so is a SUMMARY that is a heading. Left alone are other \
                  headings, an ACTION REQUEST, blocks in brackets, which the bracket closes, and copies that break off. An unclosed COMMENT or NOTE is only a hint: the last paragraph of a cable is often a comment \
                  that nothing closes.",
    example: Example {
        before: "1. (U) Summary: Talks go on. End summary.\n\n2. (U) They are long.\n\n3. (U) Comment: They will end.",
        after: "1. (U) Summary: Talks go on. End summary.\n\n2. (U) They are long.\n\n3. (U) Comment: They will end. End comment.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: not_closed,
};

fn not_closed(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let blocks = cable.blocks();
    let summary_is_closed =
        blocks.pairs.iter().any(|(_, end)| BlockWords::of(cable.slice(*end)).has(BlockWords::SUMMARY));
    for block in &blocks.unclosed {
        let is_text = block.words == BlockWords::TEXT;
        // A cable that closes nothing may have lost the only end it had, if that is its summary's.
        let is_alone = !(blocks.closes || is_text);
        let is_doubtful = is_alone || block.is_heading;
        if (is_doubtful && (block.words != BlockWords::SUMMARY || summary_is_closed))
            || !block.words.has(BlockWords::OFTEN_CLOSED)
        {
            continue;
        }
        let paragraph = cable.paragraph_at(block.span.start);
        // An end of another word in its paragraph is PAR010's: it was meant for this block.
        let is_same =
            |end: &Block| end.span.start > block.span.start && cable.paragraph_at(end.span.start) == paragraph;
        if blocks.unopened.iter().any(is_same) {
            continue;
        }
        // Its end may be on one of the lines to come.
        if is_doubtful && paragraph.is_some_and(|index| index as usize + 1 == cable.body.paragraphs.len()) {
            continue;
        }
        let number = paragraph.map(|index| cable.body.paragraphs[index as usize].number);
        let place = number.map_or_else(|| "before the first paragraph".to_owned(), |n| format!("in paragraph {n}"));
        let name = block.words.name();
        let finding = findings.report(block.span, format!("{name} opened {place} is never closed"));
        if is_doubtful || (!is_text && !block.words.has(BlockWords::SUMMARY)) {
            finding.lower_severity();
        }
    }
}

/// Where the text ends that has all paragraphs from 1 on.
fn end_of_whole(cable: &Cable) -> u32 {
    let mut last = 0;
    for paragraph in &cable.body.paragraphs {
        if paragraph.number != last + 1 {
            return paragraph.marker.span.start;
        }
        last = paragraph.last_number();
    }
    if last > 0 { u32::MAX } else { 0 }
}

pub(crate) static END_WITHOUT_BEGIN: Rule = Rule {
    code: "PAR010",
    name: "end-without-begin",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeText, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the end of a block was never opened",
    explanation: "END COMMENT closes a COMMENT. If the word does not occur before it, its line was lost in the copy, \
                  or the end names the wrong block, and the reader cannot tell which part of the text is the post's \
                  own view. The word alone counts as an opening, wherever it is after the SUBJECT keyword. Quoted text, \
                  incomplete cables and passages that were taken out are left alone; so are extracts, but for comments \
                  and notes of one that has all paragraphs from the first.",
    example: Example {
        before: "1. (U) Talks go on. They will end in May. End comment.",
        after: "1. (U) Talks go on. Comment: They will end in May. End comment.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: end_without_begin,
};

fn end_without_begin(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let later_section = cable.header.classification.as_ref().and_then(|line| line.value.section);
    if later_section.is_some_and(|section| section.number > 1) {
        return;
    }
    let whole = end_of_whole(cable);
    let mut looked_at = 0;
    for block in &cable.blocks().unopened {
        // An extract may have left out the opening: a heading, or the beginning of a text. That of a comment is in its
        // paragraphs, and they are all there.
        let is_inner = block.words.has(BlockWords::REMARKS);
        if cable.is_extract() && !(is_inner && block.span.start < whole) {
            continue;
        }
        // What was taken out above it may have held the opening.
        let own = cable.paragraph_at(block.span.start).map(|index| &cable.body.paragraphs[index as usize]);
        let from = own.map_or(block.span.start, |own| own.marker.span.start).max(looked_at);
        looked_at = block.span.end;
        let above = cable.slice(Span::new(from.min(block.span.start), block.span.start)).replace("xxxx", REDACTION);
        if is_passage_taken_out(&above) {
            continue;
        }
        let word = block.words.name();
        let finding = findings.report(block.span, format!("END {word} without a {word} before it"));
        // What is open in this paragraph is most likely what it should name.
        let paragraph = cable.paragraph_at(block.span.start);
        let is_same = |open: &&Block| {
            open.span.start < block.span.start && cable.paragraph_at(open.span.start) == paragraph && !open.is_heading
        };
        if let Some(open) = cable.blocks().unclosed.iter().rev().find(is_same) {
            finding.related(open.span, format!("{} is open", open.words.name()));
        }
    }
}
