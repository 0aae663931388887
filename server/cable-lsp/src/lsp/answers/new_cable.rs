//! What `cable.newCable` is told of a cable, and the text it makes of it.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::Url;

use crate::lsp::analysis::{Catalog, Document, Draft};

/// The argument of `cable.newCable`: an object of which every part may be missing. Without any argument the command
/// gives a text that has places for everything.
///
/// The answer is `{"text", "snippet"}`: the text as it is, and with places to fill in where something is not known
/// (null where everything is). What cannot be what it is meant to be is an error whose message can be shown.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::lsp) struct NewCable {
    /// Who sends it: `"Astana"`, `"AMEMBASSY ASTANA"`.
    post: Option<String>,
    /// `"UNCLASSIFIED"`, `"SBU"`, `"LIMITED OFFICIAL USE"`, `"CONFIDENTIAL"`, `"SECRET"` or `"TOP SECRET"`, in any case.
    classification: Option<String>,
    /// `"ROUTINE"`, `"PRIORITY"`, `"IMMEDIATE"` or `"FLASH"`, in any case.
    precedence: Option<String>,
    /// Whom it goes to: `"SECSTATE WASHDC"`, `"Tashkent PRIORITY"`, `"RUEHNT/AMEMBASSY TASHKENT"`; those that are only
    /// told of it with `INFO` before: `"INFO AMEMBASSY MOSCOW"`. The Department where none is named.
    #[serde(default)]
    addressees: Several,
    /// The title.
    subject: Option<String>,
    /// Codes, or whole names of countries: a list, or one text with commas or spaces between codes.
    #[serde(default)]
    tags: Several,
    /// The cables it refers to, `"06 MOSCOW 121"`: a list, or one text with commas.
    #[serde(default)]
    references: Several,
    /// The cable it answers: the address of an open document, or the text itself. What is not said is taken from it.
    answers: Option<String>,
    /// The moment of the date-time group in UTC, `"2009-06-22T09:50Z"`: now where none is given.
    date: Option<String>,
    /// The number of the cable: a place to fill in where none is given.
    serial: Option<u32>,
    /// Who signs it.
    signature: Option<String>,
    /// The address in `answers`, where it is one.
    #[serde(skip)]
    answered: Option<Url>,
}

/// A list, or one text that holds it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
enum Several {
    List(Vec<String>),
    Text(String),
}

impl Default for Several {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Several {
    /// The entries; `between` says what is between those of one text.
    fn entries(&self, between: &[char]) -> Vec<String> {
        let clean = |entry: &str| Some(entry.trim().to_owned()).filter(|entry| !entry.is_empty());
        match self {
            Self::List(list) => list.iter().filter_map(|entry| clean(entry)).collect(),
            Self::Text(text) => text.split(between).filter_map(clean).collect(),
        }
    }
}

impl NewCable {
    /// Reads the argument.
    ///
    /// # Errors
    /// When it is no such object.
    pub(in crate::lsp) fn read(value: Value) -> Result<Self> {
        let read = |error| Error::invalid_params(format!("cable.newCable: {error}"));
        let mut about: Self = serde_json::from_value(value).map_err(read)?;
        // A cable has more than one line.
        let address = about.answers.as_deref().map(str::trim).filter(|text| !text.contains('\n'));
        about.answered = address.and_then(|address| Url::parse(address).ok());
        Ok(about)
    }

    /// The address of the cable that it answers, where it is not given as a text.
    pub(in crate::lsp) fn answered(&self) -> Option<&Url> {
        self.answered.as_ref()
    }

    /// The text, with what the answered document tells.
    ///
    /// # Errors
    /// When something is not what its line can hold.
    pub(in crate::lsp) fn write(&self, answered: Option<&Document>) -> Result<Value> {
        let given = self.answers.as_ref().map(|text| Document::new(text, &Catalog::built_in()));
        let document = answered.or(given.as_ref());
        let built_in = Catalog::built_in();
        let catalog = document.map_or(&built_in, Document::catalog);
        let draft = self.draft(document, catalog).map_err(Error::invalid_params)?;
        let (text, snippet) = draft.write(catalog).map_err(Error::invalid_params)?;
        Ok(json!({ "text": text, "snippet": snippet }))
    }

    fn draft(&self, document: Option<&Document>, catalog: &Catalog) -> std::result::Result<Draft, String> {
        let cable = document.and_then(|document| document.cables().first());
        let cable = cable.map(|placed| &*placed.cable);
        if self.answers.is_some() && cable.is_none_or(|cable| !cable.is_recognised()) {
            return Err("what it answers does not read as a cable".to_owned());
        }
        let mut draft = cable.map_or_else(Draft::default, |cable| Draft::answering(cable, catalog));
        let text = |given: &Option<String>| given.clone().filter(|given| !given.trim().is_empty());
        draft.post = text(&self.post).or(draft.post);
        draft.subject = text(&self.subject).or(draft.subject);
        draft.signature = text(&self.signature);
        if let Some(word) = text(&self.classification) {
            draft.set_classification(&word)?;
        }
        if let Some(word) = text(&self.precedence) {
            draft.set_precedence(&word)?;
        }
        let addressees = self.addressees.entries(&[',', '\n']);
        if !addressees.is_empty() {
            let told = |one: &String| one.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("INFO "));
            let (info, to): (Vec<_>, Vec<_>) = addressees.into_iter().partition(told);
            draft.info = info.iter().map(|one| one[5..].to_owned()).collect();
            if !to.is_empty() {
                draft.to = to;
            }
        }
        let tags = self.tags.entries(&[',', ' ', '\n']);
        if !tags.is_empty() {
            draft.tags = tags;
        }
        draft.references.extend(self.references.entries(&[',', '\n']));
        match text(&self.date) {
            Some(date) => draft.set_date(&date)?,
            None => draft.set_seconds(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs())?,
        }
        draft.serial = self.serial;
        Ok(draft)
    }
}
