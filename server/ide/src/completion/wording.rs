//! The text of a completion: plain, and as a snippet with places to fill in.

/// A text in both forms.
#[derive(Debug, Clone, Default)]
pub(super) struct Wording {
    /// The text; a place to fill in holds its example.
    pub(super) plain: String,
    /// The text in the snippet syntax of LSP, once there is a place to fill in.
    pub(super) snippet: Option<String>,
}

impl Wording {
    /// A text without places.
    pub(super) fn of(text: &str) -> Self {
        Self::default().text(text)
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        if let Some(snippet) = &mut self.snippet {
            snippet.push_str(&escaped(text));
        }
        self.plain.push_str(text);
        self
    }

    /// A place to fill in, with what may be there. Places of the same number are filled in together.
    pub(super) fn place(mut self, number: u8, example: &str) -> Self {
        let snippet = self.snippet.get_or_insert_with(|| escaped(&self.plain));
        snippet.push_str(&["${", &number.to_string(), ":", &escaped(example), "}"].concat());
        self.plain.push_str(example);
        self
    }

    /// Another wording after this one; the numbers of its places are kept.
    pub(super) fn then(mut self, other: &Self) -> Self {
        if let Some(further) = &other.snippet {
            self.snippet.get_or_insert_with(|| escaped(&self.plain)).push_str(further);
            self.plain.push_str(&other.plain);
            return self;
        }
        self.text(&other.plain)
    }
}

impl From<&str> for Wording {
    fn from(text: &str) -> Self {
        Self::of(text)
    }
}

impl From<String> for Wording {
    fn from(plain: String) -> Self {
        Self { plain, snippet: None }
    }
}

/// Text in which no character means a place.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '$' | '}') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Whether a text begins with what is typed; ASCII case does not matter.
pub(super) fn begins(text: &str, typed: &str) -> bool {
    text.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

/// What is typed may begin a text, or the text without its points: the text in the form that it begins.
pub(super) fn fit(text: &str, typed: &str) -> Option<String> {
    if begins(text, typed) {
        return Some(text.to_owned());
    }
    Some(squeezed(text)).filter(|squeezed| begins(squeezed, typed))
}

/// The letters and digits alone, in capitals: `eo` is meant as `E.O.`
fn squeezed(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// The text from its first word on that begins with what is typed.
pub(super) fn from_word<'a>(text: &'a str, typed: &str) -> Option<&'a str> {
    let is_part = |c: char| c.is_alphanumeric();
    let starts = text
        .char_indices()
        .filter(|&(at, c)| is_part(c) && !text[..at].chars().next_back().is_some_and(is_part))
        .map(|(at, _)| at);
    starts.map(|at| &text[at..]).find(|rest| begins(rest, typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_escapes_what_means_a_place() {
        let wording = Wording::of("a $1 \\ } ").place(1, "x}y").text(" $");
        assert_eq!(wording.plain, "a $1 \\ } x}y $");
        assert_eq!(wording.snippet.as_deref(), Some("a \\$1 \\\\ \\} ${1:x\\}y} \\$"));
        assert_eq!(Wording::of("plain $").snippet, None);
    }

    #[test]
    fn words_are_found_by_their_beginning() {
        assert_eq!(from_word("Korea, South", "so"), Some("South"));
        assert_eq!(from_word("Kazakhstan", "stan"), None);
        assert_eq!(from_word("Île-é", "é"), Some("é"));
        assert!(begins("Kazakhstan", "KAZ") && !begins("é", "e") && begins("x", ""));
    }
}
