//! FM, TO and INFO lines: who sends and who receives (FORMAT.md A.1).

use std::sync::LazyLock;

use regex::Regex;

use crate::precedence::Precedence;
use crate::span::Span;

/// One addressee: RI, PLAD, precedence and serial, each where it stands.
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

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^ (?: (?:TO|INFO|FM|From:|FROM) (?:\ +|$) )? (?: ZEN/ )?
        (?: (?<ri>R[A-Z]{3,7}) / | (?:TO|INFO) (?<glued>R[A-Z]{3,7}) / )?
        (?<plad>[^\s].*?)
        (?: \ +(?<precedence>NIACT\ IMMEDIATE|IMMEDIATE\ NIACT|FLASH|IMMEDIATE|PRIORITY|ROUTINE|NIACT) )?
        (?: \ +(?<serial>\d{1,4}(?:-\d{1,4})?) )?
        (?: \ +(?<late>NIACT\ IMMEDIATE|IMMEDIATE|PRIORITY|ROUTINE) )? \s* $",
    )
    .expect("the pattern is checked by the tests")
});

/// Reads one addressee with or without its keyword; spans are columns of `text`. None for a keyword alone.
pub(crate) fn read(text: &str) -> Option<Addressee> {
    let found = LINE.captures(text)?;
    let at = |name| found.name(name).map(|m| Span::of(m.range()));
    let precedence = at("precedence").or_else(|| at("late"));
    Some(Addressee {
        indicator: at("ri").or_else(|| at("glued")),
        plad: at("plad")?,
        precedence: precedence.and_then(|span| Some((Precedence::from_word(span.text(text))?, span))),
        serial: at("serial"),
        glued: found.name("glued").is_some(),
    })
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
            ("FM AMEMBASSY ASTANA", (None, "AMEMBASSY ASTANA", None, None)),
            ("TOKYO 123", (None, "TOKYO", None, Some("123"))),
            ("AMEMBASSY TUNIS  ", (None, "AMEMBASSY TUNIS", None, None)),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
        assert!(read("TORUEHC/SECSTATE WASHDC").is_some_and(|line| line.glued));
    }
}
