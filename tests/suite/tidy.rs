//! The walls of the house: layers, where the protocol may be spoken, how a module opens.

use std::fs;
use std::path::{Path, PathBuf};

/// Crates from left to right: each may use only those before it.
const LAYERS: [&str; 6] = ["catalog", "syntax", "archive", "lint", "ide", "cable-lsp"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Rust files below a folder of the repository, with their text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join(folder)];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the repository").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is text");
                sources.push((path, text));
            }
        }
    }
    assert!(!sources.is_empty());
    sources
}

#[test]
fn a_crate_uses_only_those_to_its_left() {
    for (index, layer) in LAYERS.iter().enumerate() {
        // The program is the package of the whole folder.
        let folder = if *layer == "cable-lsp" { root() } else { root().join("server").join(layer) };
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else {
            assert_eq!(*layer, "archive", "only the archive is still to come");
            continue;
        };
        let uses = |name: &str| manifest.lines().any(|line| line.starts_with(&format!("{name}.")));
        for later in &LAYERS[index + 1..] {
            assert!(!uses(&format!("cable-{later}")), "{layer} uses {later}, which stands to its right");
        }
        for runtime in ["tokio", "tower-lsp", "lsp-types"] {
            assert!(*layer == "cable-lsp" || !uses(runtime), "{layer} uses {runtime}");
        }
    }
}

#[test]
fn the_protocol_is_spoken_in_one_room() {
    for (path, text) in sources("server") {
        if path.to_string_lossy().contains("cable-lsp/src/lsp/") {
            continue;
        }
        for word in ["tower_lsp", "lsp_types", "tokio::"] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
}

#[test]
fn a_module_opens_with_what_it_is_for() {
    for (path, text) in sources("server").into_iter().chain(sources("tests")) {
        assert!(text.starts_with("//!"), "{} does not open with a module comment", path.display());
        for left in ["todo!(", "unimplemented!(", "dbg!(", "#[ignore"] {
            let found = text.contains(left) && !path.ends_with("suite/tidy.rs");
            assert!(!found, "{} holds {left}", path.display());
        }
    }
}
