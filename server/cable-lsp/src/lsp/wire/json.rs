//! JSON that is written for the client without the library's tree of values.

use serde::Serialize;

/// A value as JSON; `null` where it cannot be written, which is told where the server's own faults are.
pub(in crate::lsp) fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_else(|error| {
        eprintln!("cable-lsp: an answer could not be written as JSON: {error}");
        b"null".to_vec()
    })
}

/// An object as JSON, with one more key whose value is JSON. `head` serialises as an object that is not empty.
pub(in crate::lsp) fn object_with(head: &impl Serialize, key: &str, value: &[u8]) -> Vec<u8> {
    let mut object = json(head);
    if object.pop_if(|last| *last == b'}').is_some() {
        object.reserve(value.len() + key.len() + 5);
        object.extend_from_slice(b",\"");
        object.extend_from_slice(key.as_bytes());
        object.extend_from_slice(b"\":");
        object.extend_from_slice(value);
        object.push(b'}');
    }
    object
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_key_is_added() {
        let object = object_with(&json!({ "a": 1 }), "b", b"[2]");
        let object: Value = serde_json::from_slice(&object).expect("it is JSON");
        assert_eq!(object, json!({ "a": 1, "b": [2] }));
    }
}
