//! What a rule says, shown by an editor that has no command of its own for it.

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::capable;

/// A client that shows documents, and whether it can show the one it is asked to.
fn showing(success: bool) -> Client {
    let mut capabilities = capable();
    capabilities["window"] = json!({ "showDocument": { "support": true } });
    let mut client = Client::with(&capabilities);
    client.reply("window/showDocument", json!({ "success": success }));
    client
}

fn show(client: &mut Client, rule: &str) {
    let params = json!({ "command": "cable.showExplanation", "arguments": [rule] });
    assert_eq!(client.request("workspace/executeCommand", &params), Value::Null);
}

#[test]
fn it_is_a_document_of_this_session() {
    let mut client = showing(true);
    let mut seen = Vec::new();
    for rule in ["CLS005", "PAR006", "CLS005"] {
        show(&mut client, rule);
        let shown = client.notification("window/showDocument");
        assert_eq!(shown["takeFocus"], false, "the cable stays in front");
        let address = shown["uri"].as_str().expect("an address");
        let path = address.strip_prefix("file://").expect("a file").to_owned();
        let text = std::fs::read_to_string(&path).expect("it is there");
        assert!(text.starts_with(rule), "{text}");
        assert!(text.lines().all(|line| line.starts_with(' ') || line.chars().count() <= 72), "{text}");
        seen.push(path);
    }
    assert!(seen[0] == seen[2] && seen[0] != seen[1]);
    assert_eq!(client.finish(), Some(0));
    assert!(seen.iter().all(|path| !std::path::Path::new(path).exists()), "nothing is left: {seen:?}");
}

#[test]
fn it_is_a_message_where_no_document_is_shown() {
    let mut client = showing(false);
    show(&mut client, "CLS005");
    let said = client.notification("window/showMessage");
    assert_eq!(said["type"], 3);
    let message = said["message"].as_str().expect("a text");
    assert!(message.starts_with("CLS005 ") && !message.contains('\n'), "{message}");
    assert_eq!(client.finish(), Some(0));
}
