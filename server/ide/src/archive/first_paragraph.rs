//! How a cable's text begins, to tell one cable from another.

use cable_syntax::{Cable, PartKind};

/// So much is enough to tell what a cable says, in characters.
const MOST: usize = 240;

/// The beginning of the first paragraph, or of the text where no paragraph has a number, on one line; none where there is no
/// text. What is cut off ends in an ellipsis.
pub fn first_paragraph(cable: &Cable) -> Option<String> {
    let text = if let Some(first) = cable.body.paragraphs.first() {
        cable.text().get(first.marker.span.end as usize..first.end as usize)?
    } else {
        let is_text = |kind| matches!(kind, PartKind::Text | PartKind::Fragment);
        let first = cable.parts.iter().position(|part| is_text(part.kind))?;
        let last = cable.parts[first..].iter().take_while(|part| is_text(part.kind)).last()?;
        cable.text().get(cable.parts[first].span.start as usize..last.span.end as usize)?
    };
    let mut beginning = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
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
    (!beginning.is_empty()).then_some(beginning)
}
