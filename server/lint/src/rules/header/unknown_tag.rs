//! A TAG that no table has, or that is past its time (HDR009).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cable_catalog::{Catalog, Kind};
use cable_syntax::{Field, Tag, is_no_name, is_one_letter_from};

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static UNKNOWN_TAG: Rule = Rule {
    code: "HDR009",
    name: "unknown-tag",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Hint),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Value], Letters::Any)),
    summary: "a TAG is not known",
    explanation: "Cables are filed and found by their TAGS, so a wrong TAG hides the cable. A known misspelling, \
                  a figure in place of a letter, several TAGS run together, a whole word, two letters that are not a country or region, and a word that \
                  differs from a known subject or program by one letter are warnings; so is a code that another took \
                  the place of after the 1970s, in a cable from 1990 on. Any other unknown word is only a hint, and so \
                  is a known short form: organizations have TAGS that no list holds. Names after a person's TAG are \
                  left alone, and so is every code in the tables in its time.",
    example: Example { before: "TAGS: PREL PHUM POLITICAL", after: "TAGS: PREL PHUM" },
    source: "5 FAH-3 H-010 (TAGS/Terms Handbook)",
    check: unknown_tag,
};

/// What may be said of a token that is no TAG.
enum Token<'a> {
    /// A known mistake, or TAGS run together: what it stands for.
    Malformed(String),
    /// A word of the language.
    Word,
    /// One letter from these TAGS.
    Near(Vec<&'a str>),
    /// Two letters, which can only be a country or a region: the TAG of the country whose ISO code they are.
    Place(Option<&'a str>),
    /// The short form of something that no list of TAGS has.
    Acronym(&'a str),
    Unknown,
}

fn unknown_tag(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let tags = cable.header.tags.as_ref().map_or(&[][..], |tags| &tags.tags);
    let code_of = |tag: &Field<Tag>| cable.slice(tag.at(tag.value.code)).to_ascii_uppercase();
    let mut person = false;
    for (index, tag) in tags.iter().enumerate() {
        let span = tag.at(tag.value.code);
        let written = cable.slice(span);
        let code = written.to_ascii_uppercase();
        if context.catalog.is_tag(&code) {
            if let Some(later) =
                context.catalog.later_tag(&code).filter(|_| cable.year().is_some_and(|year| year >= AFTER_THE_1970S))
            {
                findings
                    .report(span, format!("TAG {written} went out of use with the 1970s: did you mean {later}?"))
                    .fix(format!("Write {later}"), vec![(span, later.to_owned())]);
            }
            // What follows it is a name, unless all of it is like TAGS.
            let mut after = tags[index + 1..].iter().map(code_of).take_while(|after| !context.catalog.is_tag(after));
            person = context.catalog.tag_needs_name(&code)
                && tag.value.name.is_none()
                && !after.all(|after| is_no_name(&after, context.catalog));
            continue;
        }
        // `OREP DOE JOHN`: a name without its brackets is no mistake of the TAGS; `HUMAN RIGHTS` is a term.
        if person || code.starts_with('(') || code.contains(' ') || code.len() < 2 {
            continue;
        }
        let Some(token) = token(&code, context.catalog) else { continue };
        let message = format!("unknown TAG \"{written}\"");
        match token {
            Token::Malformed(meant) => {
                let edits = vec![(span, meant.clone())];
                findings.report(span, format!("{message}: did you mean {meant}?")).fix(format!("Write {meant}"), edits);
            }
            Token::Near(codes) => {
                let finding = findings.report(span, format!("{message}: did you mean {}?", codes.join(" or ")));
                if let [meant] = codes.as_slice() {
                    finding.fix(format!("Write {meant}"), vec![(span, (*meant).to_owned())]);
                }
            }
            Token::Place(meant) => {
                let meant_too = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
                let finding = findings.report(span, format!("{message}{meant_too}"));
                if let Some(meant) = meant {
                    finding.fix(format!("Write {meant}"), vec![(span, meant.to_owned())]);
                }
            }
            Token::Acronym(meaning) => {
                findings
                    .report(span, format!("\"{written}\" is on no list of TAGS; it is short for {meaning}"))
                    .lower_severity();
            }
            Token::Word => {
                findings.report(span, message);
            }
            Token::Unknown => {
                findings.report(span, message).lower_severity();
            }
        }
    }
}

/// How a token that is no TAG is judged; none where the tables know it with doubt.
fn token<'a>(code: &str, catalog: &'a Catalog) -> Option<Token<'a>> {
    if let Some(malformed) = catalog.malformed_tag(code) {
        return (!malformed.doubtful).then(|| Token::Malformed(malformed.canonical.to_owned()));
    }
    if let Some(meant) = with_letters(code).filter(|meant| catalog.is_tag(meant)) {
        return Some(Token::Malformed(meant));
    }
    let letters = code.bytes().all(|byte| byte.is_ascii_alphabetic());
    if letters && code.len() == 2 {
        return Some(Token::Place(catalog.geo_tag_of_iso(code).map(|tag| tag.code)));
    }
    if let Some(parts) = run_together(code, catalog).filter(|_| letters) {
        return Some(Token::Malformed(parts.join(" ")));
    }
    // A short form that is known says more than a code that it is like.
    if let Some(acronym) = catalog.acronym(code) {
        return Some(Token::Acronym(acronym.title));
    }
    if letters && code.len() >= WORD {
        return Some(Token::Word);
    }
    // Among codes of two or three letters nearly everything is one letter from something.
    if letters && code.len() >= 4 {
        let near: Vec<&str> = FREQUENT.iter().copied().filter(|known| is_one_letter_from(code, known)).collect();
        if (1..=3).contains(&near.len()) {
            return Some(Token::Near(near));
        }
    }
    Some(Token::Unknown)
}

/// A code of at least four signs with the letters that its figures were read for: `EC0N`.
fn with_letters(code: &str) -> Option<String> {
    let letter = |sign| match sign {
        '0' => 'O',
        '1' => 'I',
        '5' => 'S',
        '8' => 'B',
        other => other,
    };
    let has_figure = code.bytes().any(|byte| byte.is_ascii_digit());
    (has_figure && code.len() >= 4).then(|| code.chars().map(letter).collect())
}

/// The codes that a token may be meant for, in order.
static FREQUENT: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let codes = Catalog::built_in().frequent_tags().map(|entry| entry.code).filter(|code| code.len() >= 4);
    codes.collect::<BTreeSet<_>>().into_iter().collect()
});

/// The codes that the 1970s gave up are mistakes from here on: the years between are not known well enough.
const AFTER_THE_1970S: i16 = 1990;

/// A token of so many letters is a word and not a code.
const WORD: usize = 6;

/// The TAGS of a token that is nothing but TAGS without spaces: subjects and programs, then perhaps countries.
fn run_together<'a>(code: &'a str, catalog: &Catalog) -> Option<Vec<&'a str>> {
    let is_evidence =
        |code: &str, kinds: &[Kind]| catalog.tags(code).any(|entry| kinds.contains(&entry.kind) && !entry.doubtful);
    let mut parts = Vec::new();
    let mut rest = code;
    while let Some(part) = rest.get(..4).filter(|part| is_evidence(part, &[Kind::SubjectTag, Kind::ProgramTag])) {
        parts.push(part);
        rest = &rest[4..];
    }
    while let Some(part) = rest.get(..2).filter(|part| !parts.is_empty() && is_evidence(part, &[Kind::GeoTag])) {
        parts.push(part);
        rest = &rest[2..];
    }
    (rest.is_empty() && parts.len() >= 2).then_some(parts)
}

#[cfg(test)]
mod tests {
    use cable_syntax::is_one_letter_from;

    #[test]
    fn one_letter_is_an_edit_distance_of_one() {
        let words =
            ["PREL", "PRLE", "PRELX", "XPREL", "PRE", "REL", "PXEL", "PERL", "PHUM", "RPLE", "PREEL", "PPREL", "RPREL"];
        for (code, known) in words.iter().flat_map(|code| words.iter().map(move |known| (code, known))) {
            assert_eq!(is_one_letter_from(code, known), strsim::osa_distance(code, known) == 1, "{code} {known}");
        }
    }
}
