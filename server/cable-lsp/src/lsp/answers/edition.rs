//! `cable.edition`: the text of a document's cables as a person reads it, to be shown beside them.
//!
//! The command takes `[uri, {"format", "width"}]`, where `format` is `text` (the default), `markdown`, `html` or `tei`, and
//! `width` the columns of a line of text. It answers `{"version", "content", "lines"}`: the version of the document that was
//! read, the page, and where it comes from ([`cable_edition::Origins`]; lines of the source count from 1, as the page
//! itself says them). A reference in HTML or Markdown leads to the file of its cable, where the archive has it.

use std::collections::HashMap;

use cable_archive::Result;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::jsonrpc;
use tower_lsp::lsp_types::{ExecuteCommandParams, Url};

use crate::lsp::analysis::{Edited, Form, Links, Origins, TEXT_WIDTH, render_with_origins};
use crate::lsp::archive::Lookup;
use crate::lsp::documents::Snapshot;

/// The name of the command.
pub(in crate::lsp) const EDITION: &str = "cable.edition";

/// The edition of a document that a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) struct WantedEdition {
    /// The document.
    pub(in crate::lsp) uri: Url,
    form: Form,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Options {
    format: Format,
    width: Option<usize>,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Text,
    Markdown,
    Html,
    Tei,
}

impl WantedEdition {
    /// Reads the command, if it is this one.
    ///
    /// # Errors
    ///
    /// When it names no document, or no form that there is.
    pub(in crate::lsp) fn read(params: &ExecuteCommandParams) -> jsonrpc::Result<Option<Self>> {
        if params.command != EDITION {
            return Ok(None);
        }
        let invalid = |why: String| jsonrpc::Error::invalid_params(why);
        let uri = params.arguments.first().and_then(Value::as_str).and_then(|text| Url::parse(text).ok());
        let uri = uri.ok_or_else(|| invalid(format!("{EDITION} needs the address of a document")))?;
        let options: Options = match params.arguments.get(1) {
            None | Some(Value::Null) => Options::default(),
            Some(value) => Deserialize::deserialize(value).map_err(|error| invalid(error.to_string()))?,
        };
        let form = match options.format {
            Format::Text => Form::Text { width: options.width.unwrap_or(TEXT_WIDTH) },
            Format::Markdown => Form::Markdown,
            Format::Html => Form::Html,
            Format::Tei => Form::Tei,
        };
        Ok(Some(Self { uri, form }))
    }

    /// Whether what the archive says is in it.
    pub(in crate::lsp) const fn has_links(&self) -> bool {
        matches!(self.form, Form::Html | Form::Markdown)
    }
}

/// What the client is sent.
#[derive(Serialize)]
struct Page<'a> {
    version: i32,
    content: &'a str,
    lines: &'a Origins,
}

/// The answer as JSON, with links to the cables of the archive where it has them.
///
/// # Errors
///
/// When the index cannot be read.
pub(in crate::lsp) fn edition(
    snapshot: &Snapshot,
    wanted: &WantedEdition,
    archive: Option<&Lookup<'_>>,
) -> Result<Vec<u8>> {
    let links = archive.map(|archive| Leads::of(snapshot, &wanted.uri, archive)).transpose()?.unwrap_or_default();
    let path = wanted.uri.path();
    // What is not saved has a name and no folder.
    let file = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let file = percent_encoding::percent_decode_str(file).decode_utf8_lossy();
    let editions = snapshot.editions();
    let cables: Vec<Edited<'_>> = snapshot
        .document
        .cables()
        .iter()
        .zip(editions.iter())
        .map(|(placed, edition)| Edited { placed, edition, file: &file })
        .collect();
    let (content, origins) = render_with_origins(&cables, wanted.form, &links);
    // A page is long: it is written once, and into room that it fits in.
    let mut answer = Vec::with_capacity(content.len() + content.len() / 8);
    let page = Page { version: snapshot.version, content: &content, lines: &origins };
    if let Err(error) = serde_json::to_writer(&mut answer, &page) {
        eprintln!("cable-lsp: an answer could not be written as JSON: {error}");
    }
    Ok(answer)
}

/// The files of the cables that a document cites, by the ids under which it does.
#[derive(Default)]
struct Leads(HashMap<String, Url>);

impl Leads {
    fn of(snapshot: &Snapshot, uri: &Url, archive: &Lookup<'_>) -> Result<Self> {
        let mut by_id = HashMap::new();
        for placed in snapshot.document.cables() {
            for (id, lead) in placed.cable.reference_ids().iter().zip(archive.leads(uri, placed)?.iter()) {
                if let (Some(id), Some(lead)) = (id, lead) {
                    by_id.entry(id.clone()).or_insert_with(|| lead.target.clone());
                }
            }
        }
        Ok(Self(by_id))
    }
}

impl Links for Leads {
    fn page(&self, id: &str) -> Option<String> {
        self.0.get(id).map(Url::to_string)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(arguments: Value) -> jsonrpc::Result<Option<WantedEdition>> {
        let arguments = serde_json::from_value(arguments).expect("a list");
        let params = ExecuteCommandParams { command: EDITION.to_owned(), arguments, ..Default::default() };
        WantedEdition::read(&params)
    }

    #[test]
    fn reads_which_form_is_wanted() {
        let uri = "file:///a.cable";
        let form = |arguments: Value| read(arguments).expect("they are good").expect("it is this command").form;
        assert_eq!(form(json!([uri])), Form::Text { width: TEXT_WIDTH });
        assert_eq!(form(json!([uri, null])), Form::Text { width: TEXT_WIDTH });
        assert_eq!(form(json!([uri, { "width": 60 }])), Form::Text { width: 60 });
        assert_eq!(form(json!([uri, { "format": "html" }])), Form::Html);
        for (arguments, why) in [
            (json!([]), "address"),
            (json!([uri, { "format": "pdf" }]), "pdf"),
            (json!([uri, { "width": -1 }]), "-1"),
            (json!([uri, { "colour": "red" }]), "colour"),
        ] {
            let error = read(arguments).expect_err(why);
            assert!(error.message.contains(why), "{}", error.message);
        }
    }
}
