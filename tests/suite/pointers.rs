//! Pointers: whatever a comment or a page points to is there. Headings that comments name, links and their anchors in
//! Markdown, files and tests that a page names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cable_syntax::pattern;

/// The pages whose headings comments name.
const PAGES: [&str; 3] = ["server/syntax/FORMAT.md", ".github/ARCHITECTURE.md", ".github/CONTRIBUTING.md"];

/// Folders that a build or a download fills.
const NOT_OURS: [&str; 5] = [".git", "node_modules", "out", "target", "proptest-regressions"];

/// Texts in which people write comments.
const COMMENTED: [&str; 12] = ["el", "lua", "md", "mjs", "py", "rs", "sql", "toml", "ts", "vim", "yml", ""];

/// A file of the repository.
struct Source {
    /// From the root, with slashes.
    path: String,
    text: String,
}

impl Source {
    fn is_page(&self) -> bool {
        self.is_named("md")
    }

    /// Whether this is the end of its name.
    fn is_named(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|own| own == extension)
    }

    fn folder(&self) -> &Path {
        Path::new(&self.path).parent().unwrap_or(Path::new(""))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources() -> Vec<Source> {
    let root = root();
    let mut folders = vec![PathBuf::new()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).expect("a folder of the repository").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = folder.join(&name);
            let kind = entry.file_type().expect("the kind of a file");
            if kind.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    folders.push(path);
                }
                continue;
            }
            let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned());
            if kind.is_file() && COMMENTED.contains(&extension.unwrap_or_default().as_str()) {
                let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
                if let Ok(text) = fs::read_to_string(entry.path()) {
                    sources.push(Source { path, text });
                }
            }
        }
    }
    assert!(sources.iter().filter(|source| source.is_page()).count() > 8, "the pages are found");
    sources
}

/// A page without its blocks of code, and, where asked, without what is code in a line.
fn prose(page: &str, keeps_code: bool) -> String {
    let mut is_code = false;
    let mut prose = String::new();
    for line in page.lines() {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        if !is_code && !is_fence {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    if keeps_code { prose } else { pattern("`[^`]*`").replace_all(&prose, "").into_owned() }
}

fn headings(page: &str) -> Vec<String> {
    let page = prose(page, true);
    let lines = page.lines().filter(|line| line.starts_with('#'));
    lines.map(|line| line.trim_start_matches('#').trim().to_owned()).collect()
}

/// The anchors of a page, as the web page that shows it makes them.
fn anchors(page: &str) -> BTreeSet<String> {
    let anchor = |heading: String| -> String {
        let kept = heading.to_lowercase().replace(' ', "-");
        kept.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')).collect()
    };
    headings(page).into_iter().map(anchor).collect()
}

#[test]
fn a_comment_names_a_heading_that_is_there() {
    let known = PAGES.map(|page| {
        let text = fs::read_to_string(root().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        (page.rsplit('/').next().expect("a name"), headings(&text))
    });
    // A comment may wrap inside a pointer.
    let wrap = pattern(r"\n\s*(?:///?|//!|#|--|;+|\*)?\s*");
    let mut pointers = 0;
    for source in sources() {
        let text = wrap.replace_all(&source.text, " ");
        for (page, headings) in &known {
            for (at, _) in text.match_indices(page) {
                let mut rest = &text[at + page.len()..];
                let is_section = rest.strip_prefix([' ', ',']).is_some_and(|word| {
                    let word = word.trim_start();
                    word.starts_with(['A', 'B', 'C', 'D', '§']) && !word[1..].starts_with(char::is_alphabetic)
                });
                assert!(!is_section, "{} points to a section by its letter, not by its heading", source.path);
                while let Some((heading, after)) = rest.strip_prefix(", \"").and_then(|rest| rest.split_once('"')) {
                    let is_there = headings.iter().any(|known| known == heading);
                    assert!(is_there, "{}: {page} has no heading \"{heading}\"", source.path);
                    pointers += 1;
                    rest = after;
                }
            }
        }
    }
    assert!(pointers > 100, "{pointers} pointers");
}

/// Pages that some of us had beside the repository: who has a clone does not have them.
#[test]
fn no_comment_points_outside_the_clone() {
    let outside = pattern(r"\b(?:DESIGN|ANCHORS|VARIETIES|SLIPS|WORDING)\.md|\b[Ii]ssue #?[1-9]");
    for source in sources().into_iter().filter(|source| !source.path.ends_with("suite/pointers.rs")) {
        let found = outside.find(&source.text).map(|found| found.as_str());
        assert_eq!(found, None, "{}", source.path);
    }
}

#[test]
fn each_link_of_a_page_leads_somewhere() {
    let link = pattern(r"\]\(([^)\s]+)\)");
    let mut links = 0;
    for source in sources().into_iter().filter(Source::is_page) {
        for found in link.captures_iter(&prose(&source.text, false)) {
            let target = &found[1];
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            links += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path =
                if file.is_empty() { root().join(&source.path) } else { root().join(source.folder()).join(file) };
            assert!(path.exists(), "{}: {target} is not there", source.path);
            if !anchor.is_empty() {
                let page = fs::read_to_string(&path).expect("a page");
                assert!(anchors(&page).contains(anchor), "{}: {target} has no such heading", source.path);
            }
        }
    }
    assert!(links > 20, "{links} links");
}

/// A page that names a file by its path, or by the end of it, names one that is there.
#[test]
fn each_file_that_a_page_names_is_there() {
    let code = pattern(r"`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*/?)`");
    let all = sources();
    let ends: Vec<String> = all.iter().map(|source| format!("/{}", source.path)).collect();
    let mut count = 0;
    for source in all.iter().filter(|source| source.is_page() && !source.path.ends_with("CHANGELOG.md")) {
        for found in code.captures_iter(&prose(&source.text, true)) {
            let name = &found[1];
            let is_ours = name.contains('/') && ["server/", "tests/", "editors/"].iter().any(|at| name.starts_with(at));
            let is_code = [".rs", ".mjs", ".tsv", ".lua"].iter().any(|end| name.ends_with(end));
            // `tests/fixtures/CODE/` stands for any of them.
            if !(is_ours || is_code)
                || name.split('/').any(|part| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
            {
                continue;
            }
            count += 1;
            let is_there = root().join(name).exists()
                || root().join(source.folder()).join(name).exists()
                || ends.iter().any(|path| path.ends_with(&format!("/{}", name.trim_end_matches('/'))));
            assert!(is_there, "{}: {name} is not there", source.path);
        }
    }
    assert!(count > 40, "{count} files");
}

/// A promise names the test that holds it.
#[test]
fn each_test_that_a_page_names_is_there() {
    let name = pattern(r"`([a-z]+(?:_[a-z0-9]+){3,})`");
    let sources = sources();
    let code: String = sources.iter().filter(|source| source.is_named("rs")).map(|source| &*source.text).collect();
    let mut names = 0;
    for page in sources.iter().filter(|source| source.path.starts_with(".github/")) {
        for found in name.captures_iter(&page.text) {
            names += 1;
            assert!(code.contains(&format!("fn {}(", &found[1])), "{}: no test {}", page.path, &found[1]);
        }
    }
    assert!(names > 20, "{names} names");
}
