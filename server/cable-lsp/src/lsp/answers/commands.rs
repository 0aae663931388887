//! The commands of `workspace/executeCommand`.
//!
//! A command about a document takes `[uri]` or `[uri, position]`; `cable.explain` also takes `[rule]`, and
//! `cable.showExplanation` nothing else. Those that change text ask the client to apply the edit and answer whether it
//! did; from a client that applies none they return it. What `cable.newCable` takes, [`NewCable`] says.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, Position, Url, WorkspaceEdit};

use super::actions::workspace_edit;
use super::archive::ARCHIVE_COMMANDS;
use super::client_facts::ClientFacts;
use super::edition::EDITION;
use super::explanations::SHOW as SHOW_EXPLANATION;
use super::new_cable::NewCable;
use crate::lsp::analysis::{self, Rule, TextEdit, rule, unknown_rule};
use crate::lsp::documents::{Snapshot, Trace, Wanted, work};

/// The names of all commands.
pub(in crate::lsp) fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.into_iter().chain([EDITION]).chain(ARCHIVE_COMMANDS)
}

/// Those about one document alone. What asks the archive too is read elsewhere.
const COMMANDS: [&str; 6] =
    ["cable.repair", "cable.renumber", "cable.newCable", "cable.showSyntaxTree", "cable.explain", SHOW_EXPLANATION];

/// The code of LSP for a request that failed through nobody's fault.
const REFUSED: i64 = -32803;

/// A command and what it is about.
#[derive(Debug, PartialEq)]
pub(in crate::lsp) enum Command {
    /// Applies every safe fix of the document.
    Repair(Url),
    /// Counts the paragraphs anew: of the cable at the position, or of every cable.
    Renumber(Url, Option<Position>),
    /// The text of a new cable, plain and in the snippet syntax of LSP; with places for everything where nothing is said.
    NewCable(Option<Box<NewCable>>),
    /// How the document was read.
    ShowSyntaxTree(Url),
    /// A rule in full.
    Explain(&'static Rule),
    /// The same, shown by the client: for one that has no command of its own to show an answer.
    ShowExplanation(&'static Rule),
    /// The rules of the diagnostics at a position, in full.
    ExplainAt(Url, Position),
}

impl Command {
    /// Reads a command.
    ///
    /// # Errors
    ///
    /// When there is no such command, or its arguments are none.
    pub(in crate::lsp) fn read(params: ExecuteCommandParams) -> Result<Self> {
        let mut arguments = params.arguments.into_iter();
        let first = arguments.next();
        let uri = || match &first {
            Some(Value::String(text)) => Url::parse(text).map_err(|_| ()),
            _ => Err(()),
        };
        let known = |code: &str| rule(code).ok_or_else(|| Error::invalid_params(unknown_rule(code)));
        let name = params.command;
        let needs_document = |()| Error::invalid_params(format!("{name} needs the address of a document"));
        let position: Option<Position> = match arguments.next() {
            None | Some(Value::Null) => None,
            Some(value) => {
                Some(serde_json::from_value(value).map_err(|error| Error::invalid_params(error.to_string()))?)
            }
        };
        match name.as_str() {
            "cable.repair" => Ok(Self::Repair(uri().map_err(needs_document)?)),
            "cable.renumber" => Ok(Self::Renumber(uri().map_err(needs_document)?, position)),
            "cable.newCable" => match first {
                None | Some(Value::Null) => Ok(Self::NewCable(None)),
                Some(value) => NewCable::read(value).map(|about| Self::NewCable(Some(Box::new(about)))),
            },
            "cable.showSyntaxTree" => Ok(Self::ShowSyntaxTree(uri().map_err(needs_document)?)),
            "cable.explain" => match (uri(), position, &first) {
                (Ok(uri), Some(position), _) => Ok(Self::ExplainAt(uri, position)),
                (_, None, Some(Value::String(code))) => known(code).map(Self::Explain),
                _ => Err(Error::invalid_params(format!("{name} needs a rule, or a document and a position"))),
            },
            SHOW_EXPLANATION => match &first {
                Some(Value::String(code)) => known(code).map(Self::ShowExplanation),
                _ => Err(Error::invalid_params(format!("{name} needs a rule"))),
            },
            _ => Err(Error::invalid_params(format!("no command is named {name}"))),
        }
    }

    /// The document it is about.
    pub(in crate::lsp) fn document(&self) -> Option<&Url> {
        match self {
            Self::Repair(uri) | Self::Renumber(uri, _) | Self::ShowSyntaxTree(uri) | Self::ExplainAt(uri, _) => {
                Some(uri)
            }
            Self::NewCable(about) => about.as_ref().and_then(|about| about.answered()),
            Self::Explain(_) | Self::ShowExplanation(_) => None,
        }
    }
}

/// What a command comes to.
pub(in crate::lsp) enum Outcome {
    /// It is done, and this is the answer.
    Answer(Option<Value>),
    /// The client is to apply an edit; whether it did is the answer.
    Apply(WorkspaceEdit),
    /// The client is to show what a rule says.
    Explain(&'static Rule),
}

/// Carries a command out on the document as it was when it was asked for, as far as that needs nothing of the client.
pub(in crate::lsp) async fn execute(
    command: Command,
    snapshot: Option<Wanted>,
    facts: Arc<ClientFacts>,
    trace: &Arc<Trace>,
) -> Result<Outcome> {
    let answer = |answer: Value| Ok(Outcome::Answer(Some(answer)));
    match command {
        Command::NewCable(None) => {
            let template = analysis::new_cable();
            let texts = template.map(|template| json!({ "text": template.edit.text, "snippet": template.snippet }));
            return Ok(Outcome::Answer(texts));
        }
        Command::NewCable(Some(about)) if about.answered().is_none() => return answer(about.write(None)?),
        Command::Explain(rule) => return answer(json!(rule.markdown())),
        Command::ShowExplanation(rule) => return Ok(Outcome::Explain(rule)),
        _ => {}
    }
    let is_open = || Error::invalid_params("the document is not open");
    let snapshot = snapshot.ok_or_else(is_open)?;
    let command = match command {
        Command::NewCable(Some(about)) => {
            let text = work::read(snapshot, move |snapshot| about.write(Some(&snapshot.document))).await?;
            return answer(text?);
        }
        command => command,
    };
    let (trace, applies_edits) = (Arc::clone(trace), facts.applies_edits);
    let done = work::read(snapshot, move |snapshot| match command {
        Command::Repair(uri) => {
            let repaired = snapshot.repair();
            trace.left_out(&uri, &repaired);
            Done::edit(&repaired.edits, snapshot, &uri, &facts)
        }
        Command::Renumber(uri, position) => match renumbered(snapshot, position, &facts) {
            Ok(edits) => Done::edit(&edits, snapshot, &uri, &facts),
            Err(why) => Done::Refused(format!("the paragraphs are not renumbered: {why}")),
        },
        Command::ShowSyntaxTree(_) => Done::Answer(json!(analysis::syntax_tree(&snapshot.document))),
        Command::ExplainAt(_, position) => Done::Answer(explanation(snapshot, position, &facts)),
        Command::NewCable(_) | Command::Explain(_) | Command::ShowExplanation(_) => Done::Answer(Value::Null),
    })
    .await?;
    match done {
        Done::Answer(done) => answer(done),
        Done::Refused(why) => Err(Error { code: ErrorCode::ServerError(REFUSED), message: why.into(), data: None }),
        Done::Edit(None) => answer(json!({ "applied": false })),
        Done::Edit(Some(edit)) if applies_edits => Ok(Outcome::Apply(edit)),
        Done::Edit(Some(edit)) => answer(json!({ "applied": false, "edit": edit })),
    }
}

/// What came of a command on a snapshot.
enum Done {
    Answer(Value),
    /// None where nothing is to be changed.
    Edit(Option<WorkspaceEdit>),
    /// Why it is not done.
    Refused(String),
}

impl Done {
    fn edit(edits: &[TextEdit], snapshot: &Snapshot, uri: &Url, facts: &ClientFacts) -> Self {
        Self::Edit((!edits.is_empty()).then(|| workspace_edit(edits, snapshot, uri, facts)))
    }
}

/// The edits that number the paragraphs anew; none where they would change more than numbers, and why.
fn renumbered(
    snapshot: &Snapshot,
    position: Option<Position>,
    facts: &ClientFacts,
) -> std::result::Result<Vec<TextEdit>, String> {
    let document = &snapshot.document;
    let cables = match position {
        Some(position) => {
            let cable = document.cable_at(facts.encoding.offset(document.rope(), position));
            &document.cables()[cable..=cable]
        }
        None => document.cables(),
    };
    let mut edits = Vec::new();
    for action in cables.iter().filter_map(|placed| analysis::renumbering(document, placed)) {
        match action.refused {
            None => edits.extend(action.edits),
            Some(why) => return Err(why),
        }
    }
    Ok(edits)
}

/// The rules of the diagnostics at a position, each once; null where nothing is wrong.
fn explanation(snapshot: &Snapshot, position: Position, facts: &ClientFacts) -> Value {
    let offset = facts.encoding.offset(snapshot.document.rope(), position);
    let mut rules: Vec<&Rule> = Vec::new();
    let found = snapshot.check_at(&(offset..offset));
    for found in found.iter().filter(|found| found.range.start <= offset && offset <= found.range.end) {
        if !rules.contains(&found.rule) {
            rules.push(found.rule);
        }
    }
    let texts: Vec<String> = rules.into_iter().map(Rule::markdown).collect();
    if texts.is_empty() { Value::Null } else { json!(texts.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(command: &str, arguments: Value) -> Result<Command> {
        let arguments = serde_json::from_value(arguments).expect("a list");
        let params = ExecuteCommandParams { command: command.to_owned(), arguments, ..Default::default() };
        Command::read(params)
    }

    #[test]
    fn reads_what_a_command_is_about() {
        let uri = Url::parse("file:///a.cable").expect("an address");
        let at = Position::new(3, 4);
        assert_eq!(read("cable.repair", json!([uri])), Ok(Command::Repair(uri.clone())));
        assert_eq!(read("cable.renumber", json!([uri, null])), Ok(Command::Renumber(uri.clone(), None)));
        assert_eq!(read("cable.renumber", json!([uri, at])), Ok(Command::Renumber(uri.clone(), Some(at))));
        assert_eq!(read("cable.explain", json!([uri, at])), Ok(Command::ExplainAt(uri, at)));
        let known = rule("TXT001").expect("a rule");
        assert_eq!(read("cable.explain", json!(["pilcrow-as-one"])), Ok(Command::Explain(known)));
        assert_eq!(read("cable.showExplanation", json!(["TXT001"])), Ok(Command::ShowExplanation(known)));
    }

    #[test]
    fn refuses_what_it_cannot_do_and_says_why() {
        for (command, arguments, why) in [
            ("cable.repair", json!([]), "address"),
            ("cable.repair", json!([7]), "address"),
            ("cable.renumber", json!(["file:///a.cable", "here"]), "here"),
            ("cable.explain", json!(["TXT01"]), "TXT01"),
            ("cable.explain", json!([]), "a rule"),
            ("cable.showExplanation", json!([]), "a rule"),
            ("cable.showExplanation", json!(["TXT01"]), "TXT01"),
            ("cable.destroy", json!([]), "cable.destroy"),
        ] {
            let error = read(command, arguments).expect_err(command);
            assert!(error.message.contains(why), "{command}: {}", error.message);
        }
    }
}
