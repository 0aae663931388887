//! No circle: the files of a crate use each other in one direction.
//!
//! A module counts as one with everything below it: a child may use what its parent defines for all its children,
//! though the parent calls the child, for nobody reads the one without the other. So circles are looked for among the
//! children of each module. What is used is what a path names (`crate::`, `super::`, `self::`, a module's own children),
//! followed through `use` to where it is defined; tests are left out, for they may look at anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The crates, by the folder of their root.
const CRATES: [&str; 7] = ["catalog", "syntax", "archive", "lint", "ide", "edition", "cable-lsp"];

/// Uses that close a circle and are meant to: crate, the module in which it is closed, from, to.
const MEANT: [(&str, &str, &str, &str); 1] = [
    // A rule holds the function that checks it, and what that function reports names the rule.
    ("lint", "", "rule", "findings"),
];

/// A module by its names from the root of its crate; the root has none.
type Name = Vec<String>;

struct Module {
    file: PathBuf,
    code: String,
    /// What `use` brings in: the name here, and the path as it is written.
    imports: BTreeMap<String, Vec<String>>,
}

/// For each module, what its children use of each other, and a file where they do.
type Uses = BTreeMap<Name, BTreeMap<(String, String), String>>;

#[test]
fn the_files_of_a_crate_use_each_other_in_one_direction() {
    let mut circles = Vec::new();
    let mut counted = 0;
    for name in CRATES {
        let modules = modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../server").join(name).join("src"));
        for (parent, mut uses) in uses(&modules) {
            counted += uses.len();
            let parent = parent.join("::");
            uses.retain(|(from, to), _| !MEANT.contains(&(name, &parent, from, to)));
            let in_circle = |(from, to): &(String, String)| reaches(&uses, to, from);
            for ((from, to), file) in uses.iter().filter(|(both, _)| in_circle(both)) {
                circles.push(format!("{name} {parent}: {from} uses {to} in {file}"));
            }
        }
    }
    assert!(counted > 300, "paths are found: {counted}");
    assert!(circles.is_empty(), "circles of files:\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found_through_braces_renamings_and_exports() {
    let module = |path: &[&str], text: &str| {
        let name: Name = path.iter().map(|name| (*name).to_owned()).collect();
        (name, Module::new(PathBuf::from(path.join("/")), text))
    };
    let modules = BTreeMap::from([
        module(&[], "mod one;\nmod two;\npub use two::{inner::Deep as Shown, Other};\n"),
        module(&["one"], "use crate::{Shown, text};\npub struct First;\n"),
        module(&["two"], "mod inner;\n// use crate::one::Remark;\nuse super::*;\npub(crate) struct Other;\n"),
        module(&["two", "inner"], "pub fn deep(first: &crate::one::First) {}\n"),
    ]);
    let found = &uses(&modules)[&Name::new()];
    let pairs: Vec<_> = found.keys().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    assert_eq!(pairs, [("one", "two"), ("two", "one")]);
    assert!(reaches(found, "one", "one"));
}

/// Whether `to` is used by `from`, or by what that uses.
fn reaches(uses: &BTreeMap<(String, String), String>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        for (_, used) in uses.keys().filter(|(user, _)| user == name) {
            if used == to {
                return true;
            }
            if seen.insert(used.as_str()) {
                open.push(used);
            }
        }
    }
    false
}

/// What the children of each module use of their siblings.
fn uses(modules: &BTreeMap<Name, Module>) -> Uses {
    let mut uses = Uses::new();
    for (name, module) in modules {
        let paths = paths(&module.code).into_iter().chain(module.imports.values().cloned());
        for path in paths {
            let Some(target) = resolve(modules, name, &path, 0) else { continue };
            let shared = name.iter().zip(&target).take_while(|(one, other)| one == other).count();
            if let (Some(from), Some(to)) = (name.get(shared), target.get(shared)) {
                let file = module.file.display().to_string();
                uses.entry(name[..shared].to_vec()).or_default().entry((from.clone(), to.clone())).or_insert(file);
            }
        }
    }
    uses
}

/// The module in which a path that is written in `module` ends.
fn resolve(modules: &BTreeMap<Name, Module>, module: &Name, path: &[String], depth: usize) -> Option<Name> {
    let mut at = module.clone();
    let mut rest = path;
    let mut is_ours = false;
    while let [first, others @ ..] = rest {
        match first.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => drop(at.pop()),
            _ => break,
        }
        is_ours = true;
        rest = others;
    }
    while let [first, others @ ..] = rest {
        let child: Name = at.iter().chain([first]).cloned().collect();
        if modules.contains_key(&child) {
            at = child;
        } else if let Some(import) = modules.get(&at)?.imports.get(first).filter(|import| *import != path && depth < 9)
        {
            let whole: Vec<String> = import.iter().chain(others).cloned().collect();
            // What comes from another crate ends where it is brought in.
            return resolve(modules, &at, &whole, depth + 1).or(is_ours.then_some(at));
        } else {
            break;
        }
        is_ours = true;
        rest = others;
    }
    is_ours.then_some(at)
}

/// The modules of a crate but for its tests.
fn modules(root: &Path) -> BTreeMap<Name, Module> {
    let mut modules = BTreeMap::new();
    let mut folders = vec![(root.to_path_buf(), Name::new())];
    while let Some((folder, name)) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the crate").flatten() {
            let path = entry.path();
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
            let inner: Name = name.iter().cloned().chain([stem.clone()]).collect();
            if stem == "tests" {
            } else if path.is_dir() {
                folders.push((path, inner));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is text");
                let inner = if ["lib", "main", "mod"].contains(&stem.as_str()) { name.clone() } else { inner };
                if stem != "main" {
                    modules.insert(inner, Module::new(path, &text));
                }
            }
        }
    }
    modules
}

impl Module {
    fn new(file: PathBuf, text: &str) -> Self {
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code: String =
            code.lines().filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |mut code, line| {
                code.push_str(line);
                code.push('\n');
                code
            });
        let mut imports = BTreeMap::new();
        for (at, _) in code.match_indices("use ") {
            let before = code[..at].rsplit('\n').next().unwrap_or_default().trim();
            let is_statement = before.is_empty()
                || (before.starts_with("pub") && !before.contains(' '))
                || (before.starts_with("pub(in ") && before.ends_with(')'));
            if let Some((tree, _)) = code[at + "use ".len()..].split_once(';').filter(|_| is_statement) {
                expand(tree, &[], &mut imports);
            }
        }
        Self { file, code, imports }
    }
}

/// Writes the tree of a `use` out: each name that it brings in, with its path.
fn expand(tree: &str, before: &[String], imports: &mut BTreeMap<String, Vec<String>>) {
    let tree = tree.trim();
    let (path, inner) = match tree.split_once('{') {
        Some((path, inner)) => (path, inner.rsplit_once('}').map(|(inner, _)| inner)),
        None => (tree, None),
    };
    let (path, renamed) = path.split_once(" as ").map_or((path, None), |(path, name)| (path, Some(name)));
    let segments = path.split("::").map(str::trim).filter(|segment| !segment.is_empty() && *segment != "*");
    let mut whole: Vec<String> = before.iter().cloned().chain(segments.map(str::to_owned)).collect();
    if let Some(inner) = inner {
        let mut depth = 0;
        let parts = inner.split(|letter| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            letter == ',' && depth == 0
        });
        parts.filter(|part| !part.trim().is_empty()).for_each(|part| expand(part, &whole, imports));
        return;
    }
    if before.len() < whole.len() && whole.len() > 1 {
        whole.truncate(whole.len() - usize::from(whole.last().is_some_and(|last| last == "self")));
    }
    if let Some(name) = renamed.map(str::to_owned).or_else(|| whole.last().cloned()) {
        imports.insert(if path.ends_with('*') { format!("{}::*", whole.join("::")) } else { name }, whole);
    }
}

/// Paths that begin with `crate`, `super` or `self`, wherever they are.
fn paths(code: &str) -> Vec<Vec<String>> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut paths = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(|letter| is_letter(letter) || letter == ':') {
                continue;
            }
            let end = code[at..].find(|letter| !is_letter(letter) && letter != ':').map_or(code.len(), |end| at + end);
            paths.push(code[at..end].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect());
        }
    }
    paths
}
