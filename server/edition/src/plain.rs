//! The text of an edition without a form: what is searched, and how it begins.

use cable_syntax::TextKind;

use crate::edition::Edition;

/// So much is enough to tell what a cable says, in characters.
const MOST: usize = 240;

/// Its blocks, a blank line between them.
pub fn plain_text(edition: &Edition) -> String {
    edition.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// The beginning of the first paragraph, or of the text where no paragraph has a number, on one line; none where there is no
/// text. What is cut off ends in an ellipsis.
pub fn beginning(edition: &Edition) -> Option<String> {
    let is_text = |kind| matches!(kind, TextKind::Paragraph | TextKind::Prose);
    let mut blocks = edition.blocks.iter();
    let first = blocks.find(|block| is_text(block.kind) && !block.text.trim().is_empty())?;
    let mut beginning = String::new();
    let mut length = 0;
    for word in first.text.split_whitespace() {
        length += word.chars().count() + usize::from(!beginning.is_empty());
        if length > MOST {
            // One word may be longer than all that is shown.
            if beginning.is_empty() {
                beginning.extend(word.chars().take(MOST));
            }
            beginning.push('…');
            break;
        }
        if !beginning.is_empty() {
            beginning.push(' ');
        }
        beginning.push_str(word);
    }
    Some(beginning)
}
