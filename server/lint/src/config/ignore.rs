//! Adds a rule to the `ignore` list of a settings file. Comments and layout stay as they are.

use std::ops::Range;

use toml::de::{DeArray, DeTable, DeValue};

use crate::{Rule, TextEdit};

/// The edits of a settings file's text that turn a rule off; an empty text is a new file. None where the rule is in the
/// list already, or the text is no TOML with a list under `ignore`.
pub fn ignore_rule(text: &str, rule: &Rule) -> Option<Vec<TextEdit>> {
    let table = DeTable::parse(text).ok()?;
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let word = format!("\"{}\"", rule.code);
    let Some((_, value)) = table.get_ref().iter().find(|(key, _)| key.get_ref() == "ignore") else {
        return Some(vec![new_key(text, table.get_ref(), &word, line_end)]);
    };
    let list = value.get_ref().as_array()?;
    let is_there = list.iter().filter_map(|element| element.get_ref().as_str()).any(|element| element == rule.code);
    (!is_there).then(|| appended(text, &value.span(), list, &word))
}

/// The list with one more element after the last.
fn appended(text: &str, whole: &Range<usize>, elements: &DeArray<'_>, word: &str) -> Vec<TextEdit> {
    let Some(last) = elements.iter().next_back().map(toml::Spanned::span) else {
        return vec![insert(whole.start + 1, word.to_owned())];
    };
    let inner = whole.end.saturating_sub(1);
    let after = text.get(last.end..inner).unwrap_or_default();
    let comma = after.split(['#', '\n']).next().and_then(|own| own.find(','));
    let line = text.get(..last.start).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
    let indent = text.get(line..last.start).filter(|before| before.trim().is_empty());
    // One element a line: a new line, below the comment that belongs to the last one.
    if let (Some(indent), Some(end)) = (indent, after.find('\n')) {
        let end = end - usize::from(after[..end].ends_with('\r'));
        let line_end = if after[end..].starts_with('\r') { "\r\n" } else { "\n" };
        let closing = comma.is_none().then(|| insert(last.end, ",".to_owned()));
        return closing.into_iter().chain([insert(last.end + end, format!("{line_end}{indent}{word},"))]).collect();
    }
    vec![insert(last.end, format!(", {word}"))]
}

/// The key after the last one that is above every `[table]`, else at the top.
fn new_key(text: &str, table: &DeTable<'_>, word: &str, line_end: &str) -> TextEdit {
    let simple = table.iter().filter(|(_, value)| !matches!(value.get_ref(), DeValue::Table(_)));
    // A list of tables has its own header.
    let simple = simple.filter(|(_, value)| !text.get(value.span()).is_some_and(|written| written.starts_with("[[")));
    let line = format!("ignore = [{word}]{line_end}");
    // A byte order mark stays the first of the file.
    let top = text.len() - text.trim_start_matches('\u{feff}').len();
    let Some(end) = simple.map(|(_, value)| value.span().end).max() else { return insert(top, line) };
    match text.get(end..).and_then(|after| after.find('\n')) {
        Some(at) => insert(end + at + 1, line),
        None => insert(text.len(), format!("{line_end}{line}")),
    }
}

fn insert(at: usize, text: String) -> TextEdit {
    TextEdit { range: at..at, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::{fix, rule};

    /// The text with PAR001 ignored; what was said before is still said.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let par001 = rule("PAR001").expect("a rule");
        let edits = ignore_rule(text, par001).expect("it can be added");
        let after = fix::apply(text, &edits);
        assert_eq!(after, expected);
        let (before, now) = (Config::parse(text).expect("right"), Config::parse(&after).expect("right still"));
        assert!(!now.settings().runs(par001), "{after}");
        let mut ignored = before.ignore.clone().unwrap_or_default();
        ignored.push("PAR001".parse().expect("a rule"));
        assert_eq!(now, Config { ignore: Some(ignored), ..before });
        assert_eq!(ignore_rule(&after, par001), None, "{after}");
    }

    #[test]
    fn adds_to_the_list_that_is_there() {
        check("ignore = []", "ignore = [\"PAR001\"]");
        check("ignore = ['TXT'] # all of them\n", "ignore = ['TXT', \"PAR001\"] # all of them\n");
        check("ignore = ['TXT', ]\n", "ignore = ['TXT', \"PAR001\", ]\n");
        check("ignore = [\n  'TXT', # why\n  # more\n]\n", "ignore = [\n  'TXT', # why\n  \"PAR001\",\n  # more\n]\n");
        check(
            "ignore = [\n  'A' # a, b\n]\n".replace("'A'", "'TXT'").as_str(),
            "ignore = [\n  'TXT', # a, b\n  \"PAR001\",\n]\n",
        );
        check("ignore = [\r\n\t'TXT',\r\n]\r\n", "ignore = [\r\n\t'TXT',\r\n\t\"PAR001\",\r\n]\r\n");
        check("ignore = ['TXT', # why\n]\n", "ignore = ['TXT', \"PAR001\", # why\n]\n");
        check("[hints]\ndate = true\n", "ignore = [\"PAR001\"]\n[hints]\ndate = true\n");
    }

    #[test]
    fn adds_the_list_where_there_is_none() {
        check("", "ignore = [\"PAR001\"]\n");
        check("\u{feff}", "\u{feff}ignore = [\"PAR001\"]\n");
        check(
            "# Ours.\nselect = ['PAR'] # these\n\n# Loud.\n[severity]\nTXT001 = 'error'\n",
            "# Ours.\nselect = ['PAR'] # these\nignore = [\"PAR001\"]\n\n# Loud.\n[severity]\nTXT001 = 'error'\n",
        );
        check("paragraph-style = 'plain'", "paragraph-style = 'plain'\nignore = [\"PAR001\"]\n");
        check("format.wrap = 69\r\n", "ignore = [\"PAR001\"]\r\nformat.wrap = 69\r\n");
    }

    #[test]
    fn leaves_alone_what_it_cannot_read() {
        let par001 = rule("PAR001").expect("a rule");
        for text in ["ignore = [", "ignore = 'TXT'", "= 3"] {
            assert_eq!(ignore_rule(text, par001), None, "{text}");
        }
    }
}
