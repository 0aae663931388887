//! The walls of the house: layers, where the protocol may be spoken, how a module opens, the expressions of the format.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Crates from left to right: each may use only those before it.
const LAYERS: [&str; 7] =
    ["cable-catalog", "cable-syntax", "cable-archive", "cable-lint", "cable-ide", "cable-edition", "cable-lsp"];

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

/// The packages of the workspace and what each needs to be built and run, not to be tested.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline", "--manifest-path"])
        .arg(root().join("Cargo.toml"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let name = |value: &Value| value["name"].as_str().expect("a name").to_owned();
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let needed = packages.map(|package| {
        let all = package["dependencies"].as_array().expect("dependencies").iter();
        (name(package), all.filter(|dependency| dependency["kind"] != "dev").map(name).collect())
    });
    needed.collect()
}

#[test]
fn a_crate_uses_only_those_to_its_left() {
    let dependencies = dependencies();
    for (index, layer) in LAYERS.iter().enumerate() {
        let used = dependencies.get(*layer).unwrap_or_else(|| panic!("{layer} is a package"));
        for later in &LAYERS[index..] {
            assert!(!used.iter().any(|name| name == later), "{layer} uses {later}, which is to its right");
        }
        for runtime in ["tokio", "tower-lsp", "lsp-types"] {
            assert!(*layer == "cable-lsp" || !used.iter().any(|name| name == runtime), "{layer} uses {runtime}");
        }
    }
    for package in dependencies.keys() {
        let is_known = LAYERS.contains(&package.as_str()) || ["cable-tests", "cable-bench"].contains(&package.as_str());
        assert!(is_known, "{package} has no place among the layers");
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

/// The lines of the page on the format, and whether each is inside a block of code.
fn format_page() -> Vec<(String, bool)> {
    let page = fs::read_to_string(root().join("server/syntax/FORMAT.md")).expect("the page on the format");
    let mut is_code = false;
    let line = |line: &str| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        (line.to_owned(), is_code || is_fence)
    };
    page.lines().map(line).collect()
}

#[test]
fn the_expressions_of_the_format_hold() {
    let mut expression = None;
    let mut samples = 0;
    let page = format_page();
    let mut lines = page.iter().filter(|(_, is_code)| *is_code).map(|(line, _)| line.as_str());
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            expression = if line.starts_with("```rx ") { lines.next().map(cable_syntax::pattern) } else { None };
        } else if let (Some(expression), Some(sample)) = (&expression, line.get(2..)) {
            let should_match = line.starts_with("+ ");
            assert!(should_match || line.starts_with("- "), "{line}");
            assert_eq!(expression.is_match(sample), should_match, "{sample} and {expression}");
            samples += 1;
        }
    }
    assert!(samples > 0);
}
