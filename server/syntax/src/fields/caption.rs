//! Captions: known ones, and the mistakes for them (FORMAT.md, "Captions"). The catalogue is the authority.

use cable_catalog::{Caption, CaptionKind, Catalog};

use crate::near::may_be_near;
use crate::white_space::trim;

/// The caption that a line of the caption zone is or means, in its known spelling; none for handling text.
pub(crate) fn read(text: &str, catalog: &Catalog) -> Option<String> {
    // Printers filled the line after a caption: `STADIS////////`.
    let text = trim(text);
    let text = if text.ends_with("//") { text.trim_end_matches('/') } else { text };
    if let Some(caption) = catalog.caption(text).filter(|caption| stands_alone(caption)) {
        // A caption that holds words of its own, such as `FOR AMBASSADOR ONLY`, keeps them.
        let fixed = caption.word == text || caption.variants().any(|variant| variant == text);
        return Some(if fixed { caption.word.to_owned() } else { text.to_owned() });
    }
    if let Some(caption) = catalog.caption_misspelling(text).filter(|caption| stands_alone(caption)) {
        return Some(caption.word.to_owned());
    }
    if is_phrase(text) {
        return Some(text.to_owned());
    }
    let repaired = with_letters(text);
    misspelled(&repaired, catalog).or_else(|| Some(repaired).filter(|word| word != text && is_caption(word, catalog)))
}

/// Whether a text is a caption of the table, word for word.
fn is_caption(text: &str, catalog: &Catalog) -> bool {
    catalog.caption(text).is_some_and(|caption| !caption.doubtful && stands_alone(&caption) && caption.word == text)
}

/// A capital word with the letters that its figures were read for, `S1PDIS`, or a small one: `SIPDlS`.
fn with_letters(text: &str) -> String {
    let figures = text.bytes().filter(|sign| sign.is_ascii_digit() || *sign == b'l').count();
    if figures == 0 || figures > 2 || text.len() > 12 || !text.starts_with(|first: char| first.is_ascii_uppercase()) {
        return text.to_owned();
    }
    // `TOSEC 041` has its figures by right.
    if !text.bytes().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == b'l') {
        return text.to_owned();
    }
    let letter = |sign| match sign {
        '0' => 'O',
        '1' | 'l' => 'I',
        '5' => 'S',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// Rows of the table that never are a caption line: notes after a reference, section numbers, words of passing lines.
fn stands_alone(caption: &Caption<'_>) -> bool {
    caption.kind != CaptionKind::ReferenceNote
        && !matches!(caption.word, "SECTION" | "PASS TO" | "SBU" | "LOU" | "FOUO" | "FGI")
}

/// Captions with words of their own in them: a series number, a trip, a name, a correction.
fn is_phrase(text: &str) -> bool {
    let upper = !text.bytes().any(|byte| byte.is_ascii_lowercase());
    let series = text.split_once(' ').is_some_and(|(word, number)| {
        matches!(word, "TOSEC" | "SECTO" | "PARTO" | "CAHTO" | "DULTE" | "HAKTO")
            && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    series
        || is_correction(text)
        || (upper && text.ends_with(" CHANNEL") && text.split_whitespace().count() <= 3)
        || (upper && text.starts_with("FOR ") && text.ends_with(" ONLY"))
        || (upper
            && (text.starts_with("CODEL ") || text.starts_with("STAFFDEL "))
            && text.split_whitespace().count() <= 3)
}

/// `C O R R E C T E D  C O P Y - TEXT OF PARA 2`, also between brackets or strokes.
pub(crate) fn is_correction(text: &str) -> bool {
    const WORDS: &str = "CORRECTEDCOPY";
    let letters = || text.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '(' | '/' | '*'));
    letters().take(WORDS.len()).eq(WORDS.chars()) && letters().take(24).all(|letter| !letter.is_ascii_lowercase())
}

/// A line that begins with a caption and goes on after a separator: the caption's length, and where the rest begins.
pub(crate) fn first_of_several(text: &str, catalog: &Catalog) -> Option<(usize, usize)> {
    let separators = [',', '/', ' ', ';'];
    // A caption of two words, `INFORM CONSULS`, goes before one of its first.
    let words = text.match_indices(separators).map(|(at, _)| at).take(2).collect::<Vec<_>>();
    let known = |&length: &usize| {
        let caption = catalog.caption(&text[..length]).filter(|caption| !caption.doubtful && stands_alone(caption))?;
        Some((length, caption))
    };
    let rest_after = |length: usize| text[length..].trim_start_matches(separators);
    let Some((length, caption)) = words.iter().rev().find_map(known) else {
        // A mistake for one before another that is one: `SENSITVE SIPDIS`.
        let length = *words.first()?;
        let rest = rest_after(length);
        return (is_caption(rest, catalog) && misspelled(&text[..length], catalog).is_some())
            .then(|| (length, text.len() - rest.len()));
    };
    let rest = rest_after(length);
    // `CODEL SMITH` takes words of its own, and `SENSITIVE ISSUES` is no list.
    let lists = matches!(caption.kind, CaptionKind::Distribution | CaptionKind::DisseminationControl)
        || matches!(caption.word, "SENSITIVE" | "INFORM CONSULS");
    let listed = !text[length..].starts_with(' ')
        || caption.kind == CaptionKind::Distribution
        || read(rest, catalog).is_some()
        || begins_with_caption(rest, catalog);
    (lists && listed && !rest.is_empty()).then(|| (length, text.len() - rest.len()))
}

/// Whether a text goes on with another caption of those that stand in lists: `SENSITIVE SIPDIS` after NOFORN.
fn begins_with_caption(text: &str, catalog: &Catalog) -> bool {
    let word = text.split([',', '/', ' ', ';']).next().unwrap_or_default();
    is_caption(word, catalog)
        && catalog.caption(word).is_some_and(|caption| {
            matches!(caption.kind, CaptionKind::Distribution | CaptionKind::DisseminationControl)
                || caption.word == "SENSITIVE"
        })
}

/// Words that are near a caption and none.
const ORDINARY_WORDS: [&str; 6] = ["STADIUM", "STADIA", "NODES", "CODELS", "STAFFDELS", "SENSITIVITY"];

/// The capital that a figure may have been read for.
const fn letter_meant(sign: char) -> char {
    match sign {
        '0' => 'O',
        '1' | 'l' => 'I',
        '5' => 'S',
        '8' => 'B',
        other => other,
    }
}

/// A capital word one or two edits from exactly one known caption.
fn misspelled(text: &str, catalog: &Catalog) -> Option<String> {
    if !(5..=24).contains(&text.len()) {
        return None;
    }
    // A figure, or a small l, that was read for a letter.
    let letters: String = text.chars().map(letter_meant).collect();
    let is_word = letters.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' ');
    let figures = text.bytes().filter(|byte| !byte.is_ascii_uppercase() && *byte != b' ').count();
    if !is_word || figures * 3 > text.len() || ORDINARY_WORDS.contains(&text) {
        return None;
    }
    let text = letters.as_str();
    let allowed = if text.len() <= 6 { 1 } else { 2 };
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    let near = catalog.captions_where(|word| word.len() >= 5 && may_be_near(text, word, allowed));
    for caption in near.filter(|caption| !caption.doubtful && stands_alone(caption)) {
        let distance = strsim::damerau_levenshtein(text, caption.word);
        if distance > allowed {
            continue;
        }
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, _)) if distance == least => tied = true,
            _ => {
                best = Some((distance, caption.word));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, word)| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_of_a_list_stand_in_any_order() {
        let catalog = Catalog::built_in();
        for (text, first) in
            [("NOFORN SENSITIVE SIPDIS", 6), ("SENSITIVE NOFORN SIPDIS", 9), ("SIPDIS SENSITIVE NOFORN", 6)]
        {
            assert_eq!(first_of_several(text, &catalog), Some((first, first + 1)), "{text}");
        }
        assert_eq!(first_of_several("SENSITIVE ISSUES REMAIN", &catalog), None);
    }
}
