//! FM, TO and INFO lines: who sends and who receives (FORMAT.md, "Addressees").

use crate::fields::precedence::Precedence;
use crate::fields::transmission::is_routing_indicator;
use crate::span::Span;
use crate::white_space::is_blank;

/// One addressee: RI, PLAD, precedence and serial, each where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressee {
    /// Routing indicator in front of the slash.
    pub indicator: Option<Span>,
    /// Plain language address, office suffix included.
    pub plad: Span,
    /// Precedence by word; none means ROUTINE.
    pub precedence: Option<(Precedence, Span)>,
    /// Message continuity number, as written.
    pub serial: Option<Span>,
    /// Whether the keyword is glued to the RI: `TORUEHC/`.
    pub glued: bool,
}

/// Keywords that may be before an addressee.
const KEYWORDS: [&str; 5] = ["TO", "INFO", "FM", "From:", "FROM"];

/// Reads one addressee with or without its keyword; spans are columns of `text`. None for a keyword alone.
///
/// Written by hand: addressees are every tenth line of a cable, and a pattern with this many optional parts is slow.
pub(crate) fn read(text: &str) -> Option<Addressee> {
    let (after_keyword, glued) = keyword(text);
    let start = after_keyword + if text[after_keyword..].starts_with("ZEN/") { 4 } else { 0 };
    let slash = text[start..].find('/').filter(|&slash| {
        let word = &text[start..start + slash];
        is_routing_indicator(word) || is_damaged_indicator(word, &text[start + slash + 1..])
    });
    let indicator = slash.map(|slash| Span::of(start..start + slash));
    let plad_start = slash.map_or(start, |slash| start + slash + 1);
    let plad_start = text.len() - text[plad_start..].trim_start_matches(is_blank).len();
    let mut end = text.trim_end_matches(is_blank).len();
    // From the end: the serial, then the precedence; a few copies have them the other way round.
    let late = trailing_precedence(text, plad_start, end);
    end = late.map_or(end, |(_, span)| word_end(text, span.start as usize));
    let serial = trailing_serial(text, plad_start, end);
    end = serial.map_or(end, |span| word_end(text, span.start as usize));
    let precedence = late.or_else(|| trailing_precedence(text, plad_start, end));
    if late.is_none() {
        end = precedence.map_or(end, |(_, span)| word_end(text, span.start as usize));
    }
    (end > plad_start).then(|| Addressee { indicator, plad: Span::of(plad_start..end), precedence, serial, glued })
}

/// Where the addressee begins after its keyword, and whether the keyword is glued to an RI.
fn keyword(text: &str) -> (usize, bool) {
    for keyword in KEYWORDS {
        let Some(rest) = text.strip_prefix(keyword) else { continue };
        if rest.is_empty() || rest.starts_with(' ') {
            return (text.len() - rest.trim_start_matches(' ').len(), false);
        }
        let is_glued = rest.split_once('/').is_some_and(|(word, _)| is_routing_indicator(word));
        if is_glued && matches!(keyword, "TO" | "INFO") {
            return (keyword.len(), true);
        }
    }
    (0, false)
}

/// `PUEHFR/AMEMBASSY`: the first letter of an indicator lost or misread, or a figure in it, before what is surely an address.
fn is_damaged_indicator(word: &str, after: &str) -> bool {
    const ADDRESSES: [&str; 6] = ["AMEMBASSY ", "AMCONSUL ", "SECSTATE ", "SECDEF ", "USMISSION ", "USINT "];
    // All networks of the department begin so after their `R`.
    let is_network =
        |letters: &str| ["UE", "UC", "UD", "UF", "HE", "HM"].iter().any(|start| letters.starts_with(start));
    (4..=8).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && (is_network(word) || word.get(1..).is_some_and(is_network))
        && ADDRESSES.iter().any(|address| after.starts_with(address))
}

/// The end of the text before `at`, without the spaces between.
fn word_end(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches(is_blank).len()
}

/// The last word of `text[from..end]`, when something is before it.
fn last_word(text: &str, from: usize, end: usize) -> Option<Span> {
    let start = from + text.get(from..end)?.rfind(' ')? + 1;
    Some(Span::of(start..end))
}

/// `0680`, `4778-4781`: one to four digits, or a range of such.
fn trailing_serial(text: &str, from: usize, end: usize) -> Option<Span> {
    let span = last_word(text, from, end)?;
    let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let word = span.text(text);
    word.split_once('-').map_or_else(|| is_number(word), |(one, two)| is_number(one) && is_number(two)).then_some(span)
}

/// `PRIORITY`, `NIACT IMMEDIATE`: one word of precedence, or two.
fn trailing_precedence(text: &str, from: usize, end: usize) -> Option<(Precedence, Span)> {
    let one = last_word(text, from, end)?;
    Precedence::from_word(one.text(text))?;
    let two = last_word(text, from, word_end(text, one.start as usize)).map(|span| Span::new(span.start, one.end));
    let both = two.and_then(|span| Some((Precedence::from_word(span.text(text))?, span)));
    both.or_else(|| Some((Precedence::from_word(one.text(text))?, one)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<&str>, &str, Option<&str>, Option<&str>) {
        let line = read(text).expect("an addressee");
        let at = |span: Span| span.text(text);
        (line.indicator.map(at), at(line.plad), line.precedence.map(|p| at(p.1)), line.serial.map(at))
    }

    #[test]
    fn reads_addressees_of_every_shape() {
        for (text, expected) in [
            ("TO RUEHC/SECSTATE WASHDC 0680", (Some("RUEHC"), "SECSTATE WASHDC", None, Some("0680"))),
            (
                "INFO RUCNCIS/CIS COLLECTIVE PRIORITY 0054",
                (Some("RUCNCIS"), "CIS COLLECTIVE", Some("PRIORITY"), Some("0054")),
            ),
            ("RHMFIUU/CDR USCENCOM MACDILL AFB FL", (Some("RHMFIUU"), "CDR USCENCOM MACDILL AFB FL", None, None)),
            ("TO AMEMBASSY CAIRO NIACT IMMEDIATE", (None, "AMEMBASSY CAIRO", Some("NIACT IMMEDIATE"), None)),
            (
                "RHMFISS/HQ USEUCOM VAIHINGEN GE//ECJ5//",
                (Some("RHMFISS"), "HQ USEUCOM VAIHINGEN GE//ECJ5//", None, None),
            ),
            (
                "ZEN/AMEMBASSY MOSCOW NIACT IMMEDIATE 4778-4781",
                (None, "AMEMBASSY MOSCOW", Some("NIACT IMMEDIATE"), Some("4778-4781")),
            ),
            (
                "TORUEHC/SECSTATE WASHDC PRIORITY 8009",
                (Some("RUEHC"), "SECSTATE WASHDC", Some("PRIORITY"), Some("8009")),
            ),
            ("PUEHFR/AMEMBASSY PARIS 0101", (Some("PUEHFR"), "AMEMBASSY PARIS", None, Some("0101"))),
            ("UEHFR/AMEMBASSY PARIS", (Some("UEHFR"), "AMEMBASSY PARIS", None, None)),
            ("RUEH0S/AMCONSUL LAGOS", (Some("RUEH0S"), "AMCONSUL LAGOS", None, None)),
            ("USDAO/AMEMBASSY PARIS", (None, "USDAO/AMEMBASSY PARIS", None, None)),
            ("FM AMEMBASSY ASTANA", (None, "AMEMBASSY ASTANA", None, None)),
            ("TOKYO 123", (None, "TOKYO", None, Some("123"))),
            ("AMEMBASSY TUNIS  ", (None, "AMEMBASSY TUNIS", None, None)),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
        assert!(read("TORUEHC/SECSTATE WASHDC").is_some_and(|line| line.glued));
    }
}
