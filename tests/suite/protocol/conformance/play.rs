//! Plays a fixture to a server.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cable_tests::client::Client;
use cable_tests::position::Encoding;
use serde_json::{Value, json};

use super::everything;
use super::script::{Script, Section, merge};
use super::stage::Stage;

/// Plays a fixture in one encoding and returns it as it turned out: with the answers that came.
pub(super) fn play(script: &Script, encoding: Encoding) -> Script {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().canonicalize().expect("a path");
    let mut stage = Stage::new(encoding, &path);
    let mut capabilities = everything();
    let mut options = Value::Null;
    // What is before the text is there before the server is.
    let setting = || script.sections.iter().take_while(|section| section.word != "text");
    for section in setting() {
        match section.word {
            "client" => merge(&mut capabilities, section.value()),
            "options" => options = section.value(),
            "file" => write_file(section, &mut stage, &path),
            _ => {}
        }
    }
    capabilities["general"]["positionEncodings"] = json!([encoding.name()]);

    let mut client = Client::start();
    client.reply("workspace/applyEdit", json!({ "applied": true }));
    for section in setting() {
        if section.word == "reply" {
            client.reply(&section.argument, stage.params(&section.value(), &Value::Null));
        }
    }
    let root = stage.root().to_owned();
    client.initialize(&json!({
        "processId": std::process::id(),
        "rootUri": root,
        "workspaceFolders": [{ "uri": root, "name": "fixture" }],
        "capabilities": capabilities,
        "initializationOptions": options,
    }));
    assert_eq!(client.server["capabilities"]["positionEncoding"], encoding.name());
    stage.learn_legend(&client.server["capabilities"]);

    let mut play = Play { client, stage, path, version: 0, last: Value::Null };
    let mut played = Script { sections: Vec::new(), ..script.clone() };
    for section in &script.sections {
        play.section(section, &mut played.sections);
    }
    play.end();
    played
}

/// Writes a file beside the document.
fn write_file(section: &Section, stage: &mut Stage, folder: &Path) {
    let uri = stage.address(&section.argument);
    let text = stage.set_text(&uri, &section.body);
    fs::write(folder.join(&section.argument), text).expect("a file of the fixture can be written");
}

struct Play {
    client: Client,
    stage: Stage,
    /// The folder of the fixture.
    path: PathBuf,
    /// The version of the document; 0 before it is open.
    version: i32,
    /// The last answer as it came.
    last: Value,
}

impl Play {
    /// Does what a section says, and writes what became of it.
    fn section(&mut self, section: &Section, played: &mut Vec<Section>) {
        if !matches!(section.word, "answer" | "refused" | "expect") {
            played.push(section.clone());
        }
        match section.word {
            "text" => self.text(&section.body),
            "file" if self.version > 0 => write_file(section, &mut self.stage, &self.path),
            "reply" => {
                let reply = self.stage.params(&section.value(), &self.last);
                self.client.reply(&section.argument, reply);
            }
            "request" => {
                let params = self.stage.params(&section.value(), &self.last);
                played.push(match self.client.ask(&section.argument, &params) {
                    Ok(answer) => {
                        let told = self.tell(&section.argument, &answer);
                        self.last = answer;
                        Section::new("answer", &told)
                    }
                    Err(refusal) => Section::new("refused", &refusal.code.into()),
                });
            }
            "notify" => {
                let params = self.stage.params(&section.value(), &self.last);
                self.client.notify(&section.argument, &params);
            }
            "expect" => {
                let params = self.client.notification(&section.argument);
                let told = self.tell(&section.argument, &params);
                played.push(Section { argument: section.argument.clone(), ..Section::new("expect", &told) });
            }
            // Read before the server was started, or written when the request was.
            _ => {}
        }
    }

    /// Opens the document, or changes it as a whole.
    fn text(&mut self, marked: &str) {
        self.version += 1;
        let uri = self.stage.uri();
        let text = self.stage.set_text(&uri, marked);
        let (marks, after) = self.stage.count_marks();
        assert!(marks == 0 || after > 0, "no mark is after a character such as 𐍈 on its line");
        if self.version == 1 {
            self.client.open(&uri, 1, &text);
        } else {
            self.client.change(&uri, self.version, &json!([{ "text": text }]));
        }
    }

    fn tell(&mut self, method: &str, came: &Value) -> Value {
        let told = self.stage.tell(method, came);
        let positions = self.stage.take_told();
        let shows = positions.is_empty() || positions.contains(&true);
        assert!(shows, "{method}: no position in the answer is after a character such as 𐍈 on its line");
        told
    }

    /// Says goodbye. Which errors the server showed meanwhile, and the fixture did not expect, is a fault.
    fn end(mut self) {
        assert_eq!(self.client.finish(), Some(0));
        // The server has ended, so this is all it ever said.
        let said = self.client.overhear(Duration::from_secs(1));
        let problems: Vec<_> = said
            .iter()
            .filter(|frame| frame["method"] == "window/showMessage" || frame["method"] == "window/logMessage")
            .filter(|frame| frame["params"]["type"].as_i64() <= Some(2))
            .collect();
        assert!(problems.is_empty(), "the server complains: {problems:?}");
    }
}
