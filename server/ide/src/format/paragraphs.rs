//! The lines of paragraphs: joined to one, or broken before a column.
//!
//! Only prose is touched. A block of lines is prose when nothing in it looks laid out (indented lines, columns, lists) and
//! each line but the last is as full as lines that were wrapped; anything else stays as it is.

use cable_lint::{TextEdit, Wrap};
use cable_syntax::{LineKind, PartKind, classify};

use super::input::{FormatInput, Row};
use super::{Change, FormatOptions};

/// Lines shorter than this are not taken for wrapped prose: an address, a list of names.
const NARROWEST: usize = 40;

/// A typist ended a line so many columns before the margin.
const RAGGED: usize = 10;

pub(super) fn changes(input: &FormatInput<'_>, options: FormatOptions) -> Vec<Change> {
    let width = match options.wrap {
        Wrap::Preserve => return Vec::new(),
        Wrap::Unwrap => usize::MAX,
        Wrap::Column(width) => usize::from(width),
    };
    let blocks = blocks(input);
    let changes = blocks.into_iter().filter(|rows| is_prose(rows)).map(|rows| Filler { input, width }.change(rows));
    changes.filter(|change| !change.is_empty()).collect()
}

/// Lines of one paragraph that are directly below each other.
fn blocks<'a, 's>(input: &'s FormatInput<'a>) -> Vec<&'s [Row<'a>]> {
    let is_text = |row: &Row<'_>| {
        row.parts.iter().all(|part| matches!(part.kind, PartKind::Paragraph | PartKind::Fragment))
            && !row.parts.is_empty()
    };
    let runs = input
        .rows
        .chunk_by(|above, below| is_text(above) && is_text(below) && below.first_kind() == Some(PartKind::Fragment));
    runs.filter(|run| is_text(&run[0])).collect()
}

fn is_prose(rows: &[Row<'_>]) -> bool {
    let widest = rows.iter().map(|row| width_of(row.trimmed())).max().unwrap_or(0);
    let is_full = |pair: &[Row<'_>]| {
        let first_word = pair[1].text.split(' ').next().map_or(0, width_of);
        width_of(pair[0].trimmed()) + 1 + first_word + RAGGED > widest && !pair[0].trimmed().ends_with('-')
    };
    rows.iter().enumerate().all(|(index, row)| is_plain(row, index == 0))
        && (rows.len() == 1 || widest >= NARROWEST && rows.windows(2).all(is_full))
}

/// Whether a line may be one of wrapped prose.
fn is_plain(row: &Row<'_>, is_first: bool) -> bool {
    let text = row.trimmed();
    let opens = is_first && row.kind() == Some(PartKind::Paragraph);
    row.kind().is_some()
        && !row.quoted
        && !text.chars().any(char::is_control)
        && !has_columns(text)
        && (opens || (classify(text) == LineKind::Text && !begins_item(text)))
}

/// Two spaces after the end of a sentence are a typist's; anywhere else they set columns apart.
fn has_columns(text: &str) -> bool {
    let inner = text.match_indices("  ").any(|(at, _)| {
        !text[..at].ends_with(['.', '?', '!', ':', ';', ')', '"', '”']) || text[at + 2..].starts_with(' ')
    });
    inner || text.starts_with(' ')
}

/// `- `, `* `, `a. `, `(a) `, `1) `: the item of a list (FORMAT.md, "Subparagraphs").
fn begins_item(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let inner = word.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let closed = inner.len() < word.len();
    word.starts_with(['-', '*', '•', '–', '—', '>', '#', '=', '_', '|'])
        || (closed && inner.len() <= 4 && inner.bytes().all(|byte| byte.is_ascii_digit() || b"ivxIVX".contains(&byte)))
        || (closed && inner.len() == 1)
}

fn width_of(text: &str) -> usize {
    text.chars().count()
}

/// A word of a block and the white space before it.
struct Word<'a> {
    text: &'a str,
    /// Bytes of the cable.
    start: usize,
    /// Spaces before it; one where a line ended.
    gap: usize,
}

struct Filler<'s, 'a> {
    input: &'s FormatInput<'a>,
    /// Characters of a line.
    width: usize,
}

impl<'a> Filler<'_, 'a> {
    /// The edits that give a block its lines.
    fn change(&self, rows: &[Row<'a>]) -> Change {
        let words = self.words(rows);
        let lines = self.lines(&words);
        let text = self.input.cable.text();
        let mut edits = Vec::new();
        let mut next_line = lines.iter().copied().skip(1).peekable();
        let mut column = words.first().map_or(0, |word| width_of(word.text));
        for index in 1..words.len() {
            let (above, word) = (&words[index - 1], &words[index]);
            let range = above.start + above.text.len()..word.start;
            let new = if next_line.next_if_eq(&index).is_some() {
                column = width_of(word.text);
                self.input.line_break.to_owned()
            } else {
                let gap = self.gap(column, word);
                column += gap + width_of(word.text);
                " ".repeat(gap)
            };
            let is_break = |white: &str| white.contains(['\r', '\n']);
            // A line that ends where it did keeps its own line break.
            if text[range.clone()] != new && !(is_break(&text[range.clone()]) && is_break(&new)) {
                edits.push(TextEdit { range, text: new });
            }
        }
        edits
    }

    /// The words of a block. The marker and the word after it are one: no line ends in a marker.
    fn words(&self, rows: &[Row<'a>]) -> Vec<Word<'a>> {
        let paragraphs = &self.input.cable.body.paragraphs;
        let first = rows[0].span.start;
        let marker = paragraphs.partition_point(|paragraph| paragraph.marker.span.start < first);
        let marker = paragraphs.get(marker).filter(|_| rows[0].kind() == Some(PartKind::Paragraph));
        let text_starts = marker.map_or(0, |paragraph| paragraph.marker.span.end as usize);
        let mut words: Vec<Word<'a>> = Vec::new();
        for row in rows {
            let start = row.span.start as usize;
            let mut at = 0;
            for piece in row.trimmed().split(' ') {
                let text = piece;
                let word_start = start + at;
                at += piece.len() + 1;
                if text.is_empty() {
                    continue;
                }
                let previous = words.last_mut().filter(|word| word.start >= start);
                let gap = previous.as_ref().map_or(1, |word| word_start - word.start - word.text.len());
                match previous {
                    Some(previous) if previous.start + previous.text.len() <= text_starts => {
                        let from = previous.start - start;
                        previous.text = &row.text[from..word_start + text.len() - start];
                    }
                    _ => words.push(Word { text, start: word_start, gap }),
                }
            }
        }
        words
    }

    /// The spaces before a word that goes on with a line: as they are, or one where only that fits.
    fn gap(&self, column: usize, word: &Word<'_>) -> usize {
        if column.saturating_add(word.gap + width_of(word.text)) <= self.width { word.gap } else { 1 }
    }

    /// The indices of the words that begin lines. A line that would begin like something else than prose begins a word
    /// earlier.
    fn lines(&self, words: &[Word<'_>]) -> Vec<usize> {
        let mut lines = vec![0];
        let mut limit = words.len();
        while let Some(&start) = lines.last() {
            let end = self.line_end(words, start).min(limit);
            limit = words.len();
            if end >= words.len() {
                break;
            }
            if self.may_begin(words, end) {
                lines.push(end);
            } else if end > start + 1 {
                limit = end - 1;
            } else {
                // No other place is left: the line stays as long as it takes.
                let next = (end + 1..words.len()).find(|&next| self.may_begin(words, next));
                let Some(next) = next else { break };
                lines.push(next);
            }
        }
        lines
    }

    /// One past the last word that fits into the line that begins with a word.
    fn line_end(&self, words: &[Word<'_>], start: usize) -> usize {
        let mut column = width_of(words[start].text);
        let mut end = start + 1;
        while let Some(word) = words.get(end) {
            let grown = column.saturating_add(self.gap(column, word) + width_of(word.text));
            if grown > self.width {
                break;
            }
            column = grown;
            end += 1;
        }
        end
    }

    fn may_begin(&self, words: &[Word<'_>], start: usize) -> bool {
        let end = self.line_end(words, start);
        let line: Vec<&str> = words[start..end].iter().map(|word| word.text).collect();
        let line = line.join(" ");
        classify(&line) == LineKind::Text && !begins_item(&line)
    }
}
