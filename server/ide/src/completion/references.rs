//! Completion of references: the next letter of the REF list, and its letters where the text cites them
//! (FORMAT.md, "REF").

use std::sync::LazyLock;

use cable_catalog::Kind;
use cable_syntax::{Field, PartKind, Reference, pattern};
use regex::Regex;

use super::place::Place;
use super::wording::begins;
use super::{Completion, CompletionKind, Completions, MOST};

/// So much of a paragraph tells which one it is, in characters.
const SHOWN: usize = 48;

/// A line of the list up to its next letter: nothing, the keyword, or entries.
static LIST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?<lead>[ \t]*|(?i:REF(?:TEL)?S?|REF\(S\)): *|.*\d[),;]* +)\(?(?<typed>[A-Z])?$"));

/// After the keyword, a letter or an entry: perhaps a year, and the post as far as it is typed.
static POST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[ \t]*(?<letter>\(?[A-Z][.)] *)|(?:(?i:REF(?:TEL)?S?|REF\(S\)): *|.*\d[),;]+ +)(?:\(?[A-Z][.)] *)?)(?:\d\d ?)?(?<typed>[A-Z][A-Za-z .]{0,20}|[a-z]{0,20})$",
    )
});

/// `para `, `paras 2 and `: the number as far as it is typed.
static CITING_PARAGRAPH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[^A-Za-z])(?i:para(?:graph)?s?) (?:\d{1,3}(?:, ?| and | AND |-))*(?<typed>\d{0,2})$")
});

/// `ref `, `refs A and `: the letter as far as it is typed. A small letter begins a word of the sentence.
static CITING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^A-Za-z])(?i:ref(?:tel)?s?) \(?(?<given>(?:[A-Z]\)?(?:, ?| and | AND | & |/)\(?)*)(?<typed>[A-Z])?$",
    )
});

/// A bracket after a word, and `ref` as far as it is typed.
static BRACKET: LazyLock<Regex> = LazyLock::new(|| pattern(r#"[A-Za-z]{2}[,;"”]* +\((?<typed>(?i:r|re))$"#));

/// The letter of the next entry, on a line of the REF list or directly below it.
pub(super) fn next_letter(place: &Place<'_>) -> Completions {
    let Some(references) = &place.cable.header.references else { return Completions::default() };
    let on_list = place.owner().is_some_and(|part| part.kind == PartKind::Reference);
    let below_list = place.directly_above() == Some(PartKind::Reference);
    if !(on_list || below_list) || !place.at_line_end() || place.before().len() > 200 {
        return Completions::default();
    }
    let Some(found) = LIST.captures(place.before()) else { return Completions::default() };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    // What is typed may be read as the end of the entry before it, or as an entry.
    let typed_from = place.offset.saturating_sub(u32::try_from(typed.len()).unwrap_or_default());
    let start = |entry: &Reference| entry.letter.map_or(entry.span.start, |(_, letter)| letter.start);
    let above = references.entries.iter().filter(|field| start(&field.value) < typed_from);
    let above: Vec<&Field<Reference>> = above.collect();
    let letters = || above.iter().filter_map(|field| field.value.letter.map(|letter| letter.0));
    let due = match letters().max() {
        Some(last) => ('A'..='Z').skip_while(|letter| *letter != last).nth(1),
        None => above.is_empty().then_some('A'),
    };
    let Some(due) = due.filter(|due| typed.is_empty() || typed.starts_with(*due)) else {
        return Completions::default();
    };
    let range = place.upto(place.column_of(typed), 0);
    Completion::new(CompletionKind::Reference, range, format!("{due}. ").into()).detail("the next reference").into()
}

/// The letters of the REF list, where the text cites one.
pub(super) fn cited(place: &Place<'_>) -> Completions {
    let in_text = place.owner().is_some_and(|part| {
        matches!(part.kind, PartKind::Paragraph | PartKind::Fragment | PartKind::Text | PartKind::Heading)
    });
    let Some(references) = place.cable.header.references.as_ref().filter(|_| in_text) else {
        return Completions::default();
    };
    let Some(found) = CITING.captures(place.tail(48)) else { return Completions::default() };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    let lettered = references.entries.iter().any(|field| field.value.letter.is_some());
    // One reference alone has no letter, and is cited without one.
    if !lettered && references.entries.len() < 2 {
        return Completions::default();
    }
    let range = place.upto(place.column_of(typed), 0);
    let entries = references.entries.iter().zip('A'..='Z').filter_map(|(field, by_position)| {
        let letter = if lettered { field.value.letter?.0 } else { by_position };
        let fits = typed.is_empty() || typed.starts_with(letter);
        (fits && !found["given"].contains(letter)).then_some((letter, field))
    });
    entries
        .map(|(letter, field)| {
            let text: Vec<&str> = place.cable.slice(field.value.span).split_whitespace().collect();
            Completion::new(CompletionKind::Reference, range.clone(), letter.to_string().into()).detail(text.join(" "))
        })
        .collect()
}

/// `ref A)` after a bracket that a sentence opens, once a letter says that it is meant.
pub(super) fn cited_in_brackets(place: &Place<'_>) -> Completions {
    let in_text = place.owner().is_some_and(|part| matches!(part.kind, PartKind::Paragraph | PartKind::Fragment));
    let Some(references) = place.cable.header.references.as_ref().filter(|_| in_text) else {
        return Completions::default();
    };
    let Some(found) = BRACKET.captures(place.tail(48)) else { return Completions::default() };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    let capitals = !place.before().bytes().any(|byte| byte.is_ascii_lowercase());
    let word = if capitals { "REF" } else { "ref" };
    // An editor may have closed the bracket by itself.
    let further = usize::from(place.after().starts_with(')'));
    if place.after().starts_with(|next: char| !next.is_whitespace() && next != ')') {
        return Completions::default();
    }
    let range = place.upto(place.column_of(typed), further);
    let lettered = references.entries.iter().filter_map(|field| Some((field.value.letter?.0, field)));
    lettered
        .map(|(letter, field)| {
            let text: Vec<&str> = place.cable.slice(field.value.span).split_whitespace().collect();
            Completion::new(CompletionKind::Reference, range.clone(), format!("{word} {letter})").into())
                .label(format!("{word} {letter}"))
                .detail(text.join(" "))
        })
        .collect()
}

/// The posts that an entry of the list may name: the own one, those that the cable names already, and the others.
pub(super) fn posts(place: &Place<'_>) -> Completions {
    let on_list = place.owner().is_some_and(|part| part.kind == PartKind::Reference);
    let below_list = place.directly_above() == Some(PartKind::Reference);
    if !(on_list || below_list) || !place.at_line_end() || place.before().len() > 200 {
        return Completions::default();
    }
    let Some(found) = POST.captures(place.before()) else { return Completions::default() };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    // A line below the list begins with a letter.
    if !on_list && found.name("letter").is_none() {
        return Completions::default();
    }
    let range = place.word_from(place.column_of(typed));
    let mut posts = named(place);
    let named = posts.len();
    // Without a letter nobody wants a list of every post.
    if !typed.is_empty() {
        let others = place.catalog.posts().filter(|post| !post.doubtful && !post.designator.is_empty());
        posts.extend(others.map(|post| post.name));
    }
    let mut seen: Vec<&str> = Vec::new();
    let mut items = Vec::new();
    for (index, post) in posts.into_iter().enumerate().filter(|(_, post)| begins(post, typed)) {
        if seen.contains(&post) || items.len() == MOST {
            continue;
        }
        seen.push(post);
        let detail = if index < named { "a post that this cable names" } else { "a post" };
        items.push(
            Completion::new(CompletionKind::Reference, range.clone(), format!("{post} ").into())
                .detail(detail)
                .documented(Kind::Post, post),
        );
    }
    items.into_iter().collect()
}

/// The own post, those of the addressees and of the other references.
fn named<'a>(place: &Place<'a>) -> Vec<&'a str> {
    let envelope = &place.cable.envelope;
    let addressees = envelope.from.iter().chain(&envelope.to).chain(&envelope.info);
    let own = place.cable.header.classification.as_ref();
    let own = own.and_then(|line| place.catalog.post(place.cable.slice(line.at(line.value.reference_number.post))));
    let addressed = addressees.filter_map(|field| {
        crate::hover::post_of_address(place.catalog, place.cable.slice(field.at(field.value.plad)))
    });
    own.into_iter().chain(addressed).map(|post| post.name).collect()
}

/// The numbers of the paragraphs, where the text cites one.
pub(super) fn cited_paragraph(place: &Place<'_>) -> Completions {
    let in_text = place
        .owner()
        .is_some_and(|part| matches!(part.kind, PartKind::Paragraph | PartKind::Fragment | PartKind::Text));
    let Some(found) = CITING_PARAGRAPH.captures(place.tail(48)).filter(|_| in_text) else {
        return Completions::default();
    };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    let range = place.upto(place.column_of(typed), 0);
    let paragraphs = place.cable.body.paragraphs.iter().take(MOST);
    let cited = paragraphs.filter(|paragraph| paragraph.number.to_string().starts_with(typed));
    cited
        .map(|paragraph| {
            let line = place.cable.line_text(paragraph.marker.line).trim();
            let beginning: String = line.chars().take(SHOWN).collect();
            Completion::new(CompletionKind::Reference, range.clone(), paragraph.number.to_string().into())
                .detail(beginning)
        })
        .collect()
}
