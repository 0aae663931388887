//! TEI P5: the head as metadata, each block as an element, slips beside what they were read as. Nothing in it tells of the day
//! on which it was made.

use std::collections::BTreeSet;
use std::fmt::Write;

use cable_syntax::{TextKind, TextRole};

use super::origins::{Marks, first_line};
use super::spans::{self, Piece};
use super::{Edited, id_prefix, left_out};
use crate::edition::{Correction, EditedBlock, Edition};
use crate::escape::xml;
use crate::head::{Address, Head};

const NAMESPACE: &str = "xmlns=\"http://www.tei-c.org/ns/1.0\"";

pub(super) fn page(cables: &[Edited<'_>], heads: &[Head], marks: &mut Marks) -> String {
    let mut page = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    if let ([only], [head]) = (cables, heads) {
        cable(&mut page, only, head, NAMESPACE, "", marks);
        return page;
    }
    let file = cables.first().map_or("", |edited| edited.file);
    let _ = write!(
        page,
        "<teiCorpus {NAMESPACE}>\n<teiHeader><fileDesc><titleStmt><title>Telegrams of {}</title></titleStmt>\
         <publicationStmt><p>{PUBLICATION}</p></publicationStmt>\
         <sourceDesc><bibl><idno type=\"file\">{}</idno></bibl></sourceDesc></fileDesc></teiHeader>\n",
        xml(file),
        xml(file)
    );
    for (index, (edited, head)) in cables.iter().zip(heads).enumerate() {
        let prefix = id_prefix(index);
        cable(&mut page, edited, head, "", &prefix, marks);
    }
    page.push_str("</teiCorpus>\n");
    page
}

const PUBLICATION: &str = "Reading edition made by cable-lsp from a transcription; not an official publication.";

fn cable(page: &mut String, edited: &Edited<'_>, head: &Head, namespace: &str, prefix: &str, marks: &mut Marks) {
    marks.set(page.len(), Some(first_line(edited.placed)));
    let space = if namespace.is_empty() { String::new() } else { format!(" {namespace}") };
    let _ = writeln!(page, "<TEI{space} xml:lang=\"en\">\n<teiHeader>");
    file_description(page, head, edited.file);
    encoding(page, head, edited.edition, prefix);
    profile(page, head, prefix);
    page.push_str("</teiHeader>\n<text>\n");
    body(page, head, edited.edition, prefix, marks);
    marks.set(page.len(), None);
    back(page, head, edited.edition, prefix);
    page.push_str("</text>\n</TEI>\n");
}

fn file_description(page: &mut String, head: &Head, file: &str) {
    let title = head.subject.as_deref().or(head.name.as_deref()).unwrap_or("Cable");
    let _ = writeln!(page, "<fileDesc>\n<titleStmt>\n<title type=\"main\">{}</title>", xml(title));
    if let Some(name) = &head.name {
        let from = head.from.as_ref().map(|from| format!(" from {}", from.written)).unwrap_or_default();
        let when = head.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
        let _ = writeln!(page, "<title type=\"sub\">{}</title>", xml(&format!("Telegram {name}{from}{when}")));
    }
    if let Some(from) = &head.from {
        let _ = writeln!(page, "<author><orgName>{}</orgName></author>", xml(&from.written));
    }
    let _ = writeln!(page, "</titleStmt>\n<publicationStmt><p>{PUBLICATION}</p></publicationStmt>");
    page.push_str("<sourceDesc><bibl type=\"cable\">");
    let numbers = [("canonical", &head.id), ("mrn", &head.number), ("dtg", &head.group)];
    for (kind, number) in numbers.into_iter().filter_map(|(kind, number)| Some((kind, number.as_deref()?))) {
        let _ = write!(page, "<idno type=\"{kind}\">{}</idno>", xml(number));
    }
    let _ = writeln!(page, "<idno type=\"file\">{}</idno></bibl></sourceDesc>\n</fileDesc>", xml(file));
}

fn encoding(page: &mut String, head: &Head, edition: &Edition, prefix: &str) {
    let left = left_out(edition);
    let left =
        if left.is_empty() { "Nothing was left out.".to_owned() } else { format!("Left out of the text: {left}.") };
    let _ = writeln!(
        page,
        "<encodingDesc>\n<editorialDecl>\n\
         <correction method=\"markup\"><p>Slips of the transcription stand in sic beside corr; resp names the rule that \
         tells them. Nothing else is corrected.</p></correction>\n\
         <hyphenation eol=\"none\"><p>Wrapped lines are joined with one blank; a word cut at its hyphen keeps it and has \
         no blank.</p></hyphenation>\n\
         <normalization method=\"silent\"><p>Numbers of paragraphs are the true ones, also where their sign was misread. \
         Signs that XML cannot hold, or that act in place of being seen, are named by their code in brackets.</p>\
         </normalization>\n\
         <segmentation><p>Blocks follow the numbers, the blank lines and the signs of lists in the source. {}</p>\
         </segmentation>\n</editorialDecl>",
        xml(&left)
    );
    let tags = categories(head);
    if !tags.is_empty() {
        let _ = write!(page, "<classDecl><taxonomy xml:id=\"{prefix}TAGS\">");
        for (code, meaning) in tags {
            let _ = write!(
                page,
                "<category xml:id=\"{prefix}TAGS.{code}\"><catDesc>{}</catDesc></category>",
                xml(if meaning.is_empty() { code } else { meaning })
            );
        }
        page.push_str("</taxonomy></classDecl>\n");
    }
    page.push_str("</encodingDesc>\n");
}

/// The TAGS that may be names in XML, each once.
fn categories(head: &Head) -> Vec<(&str, &str)> {
    let mut known = BTreeSet::new();
    let tags = head.tags.iter().map(|(tag, meaning)| (tag.split(' ').next().unwrap_or_default(), meaning.as_str()));
    tags.filter(|(code, _)| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .filter(|(code, _)| known.insert(*code))
        .collect()
}

fn profile(page: &mut String, head: &Head, prefix: &str) {
    page.push_str("<profileDesc>\n");
    if head.from.is_some() || head.iso.is_some() || !head.to.is_empty() {
        page.push_str("<correspDesc>\n");
        if head.from.is_some() || head.iso.is_some() {
            page.push_str("<correspAction type=\"sent\">");
            if let Some(from) = &head.from {
                organisation(page, from);
            }
            if let (Some(iso), Some(group)) = (&head.iso, &head.group) {
                let _ = write!(page, "<date when=\"{}\">{}</date>", xml(iso), xml(group));
            }
            page.push_str("</correspAction>\n");
        }
        for (kind, all) in [("action", &head.to), ("info", &head.info)] {
            for one in all {
                let _ = write!(page, "<correspAction type=\"received\" subtype=\"{kind}\">");
                organisation(page, one);
                page.push_str("</correspAction>\n");
            }
        }
        let cited: Vec<&cable_syntax::ReferenceReading> =
            head.references.iter().filter(|reference| reference.id.is_some()).collect();
        if !cited.is_empty() {
            page.push_str("<correspContext>");
            for reference in cited {
                let id = reference.id.as_deref().unwrap_or_default();
                let words = super::text::reference_in_words(reference);
                // Nothing but letters and figures stands in an address.
                let id: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
                let _ = write!(page, "<ref type=\"reference\" target=\"urn:cable:{id}\">{}</ref>", xml(&words));
            }
            page.push_str("</correspContext>\n");
        }
        page.push_str("</correspDesc>\n");
    }
    page.push_str("<langUsage><language ident=\"en\">English</language></langUsage>\n");
    terms(page, head, prefix);
    page.push_str("</profileDesc>\n");
}

fn terms(page: &mut String, head: &Head, prefix: &str) {
    let tags = categories(head);
    let single = [
        ("classification", head.classification.as_deref()),
        ("caption", if head.is_sensitive { Some("SENSITIVE") } else { None }),
        ("precedence", head.precedence.as_deref()),
    ];
    let single: Vec<(&str, &str)> = single.into_iter().filter_map(|(kind, word)| Some((kind, word?))).collect();
    if tags.is_empty() && single.is_empty() {
        return;
    }
    page.push_str("<textClass>\n");
    if !tags.is_empty() {
        let _ = write!(page, "<keywords scheme=\"#{prefix}TAGS\">");
        for (code, meaning) in tags {
            let words = if meaning.is_empty() { code } else { meaning };
            let _ = write!(page, "<term key=\"{code}\" ref=\"#{prefix}TAGS.{code}\">{}</term>", xml(words));
        }
        page.push_str("</keywords>\n");
    }
    if !single.is_empty() {
        page.push_str("<keywords scheme=\"urn:cable:classification\">");
        for (kind, word) in single {
            let _ = write!(page, "<term type=\"{kind}\">{}</term>", xml(word));
        }
        page.push_str("</keywords>\n");
    }
    page.push_str("</textClass>\n");
}

fn organisation(page: &mut String, address: &Address) {
    let key = address.indicator.as_deref().map(|key| format!(" key=\"{}\"", xml(key))).unwrap_or_default();
    let _ = write!(page, "<orgName{key}>{}</orgName>", xml(&address.written));
}

/// What a division of the text holds: the headings above it and its role.
type Division<'a> = (&'a [String], Option<TextRole>);

fn body(page: &mut String, head: &Head, edition: &Edition, prefix: &str, marks: &mut Marks) {
    let name = head.id.as_deref().map(|id| format!(" n=\"{}\"", xml(id))).unwrap_or_default();
    let _ = writeln!(page, "<body>\n<div type=\"cable\"{name}>");
    let corrections = spans::corrections(edition);
    let (signature, blocks) = match edition.blocks.split_last() {
        Some((last, others)) if last.kind == TextKind::Signature => (Some((last, &corrections[others.len()])), others),
        _ => (None, edition.blocks.as_slice()),
    };
    let mut open: Option<Division<'_>> = None;
    let (mut in_list, mut in_head) = (false, false);
    for (block, corrections) in blocks.iter().zip(&corrections) {
        let is_heading = block.kind == TextKind::Heading;
        let own: Division<'_> = (&block.headings, block.role);
        // A heading opens a division, unless it goes on with the heading above; so does another role.
        let opens = match open {
            None => true,
            Some(_) if is_heading => !in_head,
            Some(before) => !in_head && before != own,
        };
        let is_item = block.kind == TextKind::Item;
        if in_list && (opens || !is_item) {
            page.push_str("</list>\n");
            in_list = false;
        }
        if opens {
            if open.is_some() {
                page.push_str("</div>\n");
            }
            let _ = writeln!(page, "<div type=\"{}\">", role(block.role, is_heading || !block.headings.is_empty()));
        }
        open = Some(own);
        in_head = is_heading;
        if is_item && !in_list {
            page.push_str("<list>\n");
            in_list = true;
        }
        marks.set(page.len(), Some(block.lines[0]));
        element(page, block, corrections, prefix);
    }
    if in_list {
        page.push_str("</list>\n");
    }
    match open {
        Some(_) => page.push_str("</div>\n"),
        None => page.push_str("<div type=\"text\"><p/></div>\n"),
    }
    if let Some((block, corrections)) = signature {
        marks.set(page.len(), Some(block.lines[0]));
        let _ = writeln!(
            page,
            "<closer><signed xml:id=\"{prefix}{}\">{}</signed></closer>",
            xml(&block.id),
            words(block, corrections)
        );
    }
    page.push_str("</div>\n</body>\n");
}

const fn role(role: Option<TextRole>, is_section: bool) -> &'static str {
    match role {
        Some(TextRole::Summary) => "summary",
        Some(TextRole::Introduction) => "introduction",
        Some(TextRole::Comment) => "comment",
        Some(TextRole::Action) => "action",
        None if is_section => "section",
        None => "text",
    }
}

fn element(page: &mut String, block: &EditedBlock, corrections: &[(usize, &Correction)], prefix: &str) {
    let place = format!("xml:id=\"{prefix}{}\" facs=\"#L{}\"", xml(&block.id), block.lines[0]);
    let words = words(block, corrections);
    let _ = match (block.kind, block.n) {
        (TextKind::Heading, _) => writeln!(page, "<head {place}>{words}</head>"),
        (TextKind::Item, _) => writeln!(page, "<item {place}>{words}</item>"),
        (TextKind::Quote, _) => writeln!(page, "<quote {place}><p>{words}</p></quote>"),
        (TextKind::Table, _) => writeln!(page, "<ab type=\"table\" xml:space=\"preserve\" {place}>{words}</ab>"),
        (TextKind::Paragraph, Some(n)) => {
            let mark = block.mark.as_deref().map(|mark| format!(" rend=\"{}\"", xml(mark))).unwrap_or_default();
            writeln!(page, "<p n=\"{n}\"{mark} {place}>{words}</p>")
        }
        _ => {
            let mark = block.own_mark().map(|mark| format!(" rend=\"{}\"", xml(mark))).unwrap_or_default();
            writeln!(page, "<p{mark} {place}>{words}</p>")
        }
    };
}

/// The text of a block, with what is written beside what is meant.
fn words(block: &EditedBlock, corrections: &[(usize, &Correction)]) -> String {
    let mut words = String::with_capacity(block.text.len() + 16);
    for piece in spans::pieces(block, corrections) {
        let _ = match piece {
            Piece::Text(text) => write!(words, "{}", xml(text).replace('\n', "<lb/>\n")),
            Piece::Corrected(_, own) => write!(words, "{}", choice(own)),
            Piece::Page(page) => {
                let number = page.map(|page| format!(" n=\"{page}\"")).unwrap_or_default();
                write!(words, "<pb{number} ed=\"transmission\"/>")
            }
        };
    }
    words
}

fn choice(correction: &Correction) -> String {
    let (from, to) = (xml(&correction.from), xml(&correction.to));
    format!("<choice><sic>{from}</sic><corr resp=\"#{}\">{to}</corr></choice>", correction.rule)
}

/// The references, and the slips that stand in no block.
fn back(page: &mut String, head: &Head, edition: &Edition, prefix: &str) {
    let slips: Vec<&Correction> = edition.corrections.iter().filter(|correction| correction.block.is_none()).collect();
    if head.references.is_empty() && slips.is_empty() {
        return;
    }
    page.push_str("<back>\n");
    if !head.references.is_empty() {
        page.push_str("<div type=\"references\"><listBibl>\n");
        for (index, reference) in head.references.iter().enumerate() {
            let letter = reference.letter.map(|letter| format!(" n=\"{letter}\"")).unwrap_or_default();
            let number = reference.id.as_deref().map(|id| format!("<idno type=\"canonical\">{}</idno>", xml(id)));
            let _ = writeln!(
                page,
                "<bibl xml:id=\"{prefix}ref-{}\"{letter}>{}<title>{}</title></bibl>",
                index + 1,
                number.unwrap_or_default(),
                xml(&reference.text)
            );
        }
        page.push_str("</listBibl></div>\n");
    }
    if !slips.is_empty() {
        page.push_str("<div type=\"slips\"><list>\n");
        for slip in slips {
            let _ = writeln!(page, "<item facs=\"#L{}\">{}</item>", slip.line, choice(slip));
        }
        page.push_str("</list></div>\n");
    }
    page.push_str("</back>\n");
}
