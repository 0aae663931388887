//! Messages that quote a text.

/// A message in one line: what it quotes may run over several, and each end of one, with the spaces around it, is a
/// space to the eye.
pub(crate) fn one_line(message: String) -> String {
    let ends_line = |letter: char| {
        matches!(letter, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    if !message.contains(ends_line) {
        return message;
    }
    let lines = message.split(ends_line).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_over_several_lines_is_told_in_one() {
        assert_eq!(one_line("unknown rule \"A\n  B\r\n\nC\"".to_owned()), "unknown rule \"A B C\"");
        assert_eq!(one_line("unknown rule \"A\"".to_owned()), "unknown rule \"A\"");
    }
}
