//! JSON objects of which a part is written already.

use serde::Serialize;

/// An object as JSON, with one more key whose value is JSON. `head` serialises as an object that is not empty.
pub(in crate::lsp) fn object_with(head: &impl Serialize, key: &str, value: &[u8]) -> Vec<u8> {
    let mut object = serde_json::to_vec(head).unwrap_or_else(|error| {
        eprintln!("cable-lsp: an answer could not be written as JSON: {error}");
        Vec::new()
    });
    if object.pop() == Some(b'}') {
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
