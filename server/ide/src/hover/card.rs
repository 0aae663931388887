//! A card: the answer about one token, and its Markdown.
//!
//! The first line names the token and says what it is; facts follow one to a line; the last line names the source.

use std::fmt::Write as _;

use cable_catalog::Entry;
use cable_syntax::Span;

/// What there is to say about a token.
#[derive(Debug)]
pub(super) struct Card {
    /// The token, as a span of the cable.
    pub(super) span: Span,
    title: String,
    facts: Vec<String>,
    source: String,
}

impl Card {
    /// A card whose first line is the code and its meaning.
    pub(super) fn new(span: Span, token: &str, meaning: &str) -> Self {
        Self { span, title: format!("**{}** {meaning}", code(token)), facts: Vec::new(), source: String::new() }
    }

    /// What a row of the catalogue says.
    pub(super) fn of(span: Span, entry: &Entry<'_>) -> Self {
        Self::new(span, entry.code, &plain(entry.title))
            .fact(entry.kind.name())
            .fact(plain(entry.note))
            .source(entry.source, entry.doubtful)
    }

    /// Adds a line; an empty one is left out.
    pub(super) fn fact(mut self, fact: impl Into<String>) -> Self {
        self.facts.push(fact.into());
        self.facts.retain(|fact| !fact.is_empty());
        self
    }

    /// Adds a line where there is one.
    pub(super) fn fact_if(self, fact: Option<String>) -> Self {
        self.facts(fact)
    }

    /// Adds lines.
    pub(super) fn facts(self, facts: impl IntoIterator<Item = String>) -> Self {
        facts.into_iter().fold(self, Self::fact)
    }

    /// Names where the meaning comes from, and whether it is unconfirmed.
    pub(super) fn source(mut self, source: &str, doubtful: bool) -> Self {
        self.source = match (source.is_empty(), doubtful) {
            (_, false) => plain(source),
            (false, true) => format!("{}; unconfirmed", plain(source)),
            (true, true) => "unconfirmed".to_owned(),
        };
        self
    }

    /// The card as Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut markdown = self.title.trim_end().to_owned();
        for (index, fact) in self.facts.iter().enumerate() {
            let gap = if index == 0 { "\n\n" } else { "\n" };
            // Writing to a string does not fail.
            let _ = write!(markdown, "{gap}- {fact}");
        }
        if !self.source.is_empty() {
            let _ = write!(markdown, "\n\n*{}*", self.source);
        }
        markdown
    }
}

/// Text of a cable as code; on one line.
pub(crate) fn code(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    format!("`{}`", words.join(" ").replace('`', "'"))
}

/// Text of the catalogue, so that Markdown shows every character of it.
pub(crate) fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '<' | '[') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
