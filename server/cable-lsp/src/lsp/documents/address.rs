//! Two spellings of one address: `a%20%28copy%29` and `a%20(copy)`, `file:///c%3A/` and `file:///C:/`.

use percent_encoding::percent_decode_str;
use tower_lsp::lsp_types::Url;

/// The same for every spelling of a file's address, and for no other file's. An address of another kind is its own.
pub(in crate::lsp) fn key(uri: &Url) -> Vec<u8> {
    if uri.scheme() != "file" {
        return uri.as_str().into();
    }
    let mut path: Vec<u8> = percent_decode_str(uri.path()).collect();
    if let [b'/', drive, b':', ..] = &mut path[..] {
        drive.make_ascii_lowercase();
    }
    let host = uri.host_str().unwrap_or_default();
    [b"file://", host.as_bytes(), &path].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, two: &str) -> bool {
        let [one, two] = [one, two].map(|text| key(&Url::parse(text).expect("an address")));
        one == two
    }

    #[test]
    fn spellings_of_one_file_are_one() {
        for (one, two) in [
            ("file:///a%20%28copy%29.cable", "file:///a%20(copy).cable"),
            ("file:///c%3A/cables/a.cable", "file:///C:/cables/a.cable"),
            ("file:///C%3a/a.cable", "file:///c:/a.cable"),
            ("file:///%C3%A9.cable", "file:///é.cable"),
            ("file://localhost/a.cable", "file:///a.cable"),
        ] {
            assert!(same(one, two), "{one} {two}");
        }
    }

    #[test]
    fn other_files_are_others() {
        for (one, two) in [
            ("file:///a.cable", "file:///A.cable"),
            ("file:///a%2520.cable", "file:///a%20.cable"),
            ("file://host/a.cable", "file:///a.cable"),
            ("untitled:a%20b", "untitled:a b?"),
            ("vscode-vfs:/a.cable", "file:///a.cable"),
        ] {
            assert!(!same(one, two), "{one} {two}");
        }
    }
}
