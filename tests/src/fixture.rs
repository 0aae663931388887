//! Rule fixtures: small invented cables with the expected diagnostics beside the text they belong to.
//!
//! ```text
//! # one idea, in a sentence
//! 11. (U) The talks go on.
//! ~~~                      TXT001 warning: paragraph 1
//! --- fixed
//! 1. (U) The talks go on.
//! ```
//!
//! Lines that begin with `# ` before the first text line are notes; the word `all` alone in one says that every rule
//! counts and not only the fixture's own. A line that begins with `~` marks columns of the text line above: `~~~` three
//! from the first, `~  ^^` two from the fourth, `~    ^$` the end of the line, where no character is. After the marks
//! are code, severity and a part of the message. Several such lines may follow one text line. `--- fixed` holds the
//! text after the safe fixes, `--- asked` after all of them. `--- no end of line` says that the text before it has no
//! newline at its end.
//!
//! A rule that looks beyond one file has an archive: the note `# file NAME` says under which name the text is in it, and
//! `--- file NAME` begins the text of another file.

use std::fs;
use std::path::{Path, PathBuf};

/// A cable, what is wrong in it, and what it should become.
#[derive(Debug, Clone, Default)]
pub struct Fixture {
    /// The file, for messages.
    pub name: String,
    /// The rule whose folder it stands in.
    pub code: String,
    /// Whether it shows what the rule must not report.
    pub near_miss: bool,
    /// Whether the diagnostics of every rule are listed.
    pub all: bool,
    /// The cable.
    pub text: String,
    /// What is wrong in it, in order.
    pub expected: Vec<Expected>,
    /// The text after the safe fixes.
    pub fixed: Option<String>,
    /// The text after all fixes.
    pub asked: Option<String>,
    /// The name of the text's file.
    pub file: String,
    /// The other files of its archive: name and text.
    pub others: Vec<(String, String)>,
}

/// One expected diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    /// Line of the cable, from 1.
    pub line: usize,
    /// First column, in characters from 0.
    pub column: usize,
    /// One past the last column.
    pub end_column: usize,
    /// The rule.
    pub code: String,
    /// The severity in its word.
    pub severity: String,
    /// A part of the message.
    pub message: String,
}

/// Every fixture of the repository, in order of their names.
///
/// # Panics
///
/// When a fixture cannot be read.
pub fn all() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths: Vec<PathBuf> = entries(&root).iter().flat_map(|folder| entries(folder)).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "cable-fixture"));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn read(path: &Path) -> Fixture {
    let source = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let part = |path: Option<&std::ffi::OsStr>| path.unwrap_or_default().to_string_lossy().into_owned();
    let file = part(path.file_stem());
    let code = part(path.parent().and_then(Path::file_name));
    let mut fixture = parse(&source, &format!("{code}/{file}"));
    fixture.near_miss = file.starts_with("near-");
    fixture.code = code;
    fixture
}

/// Reads a fixture; `name` is for messages.
///
/// # Panics
///
/// When a line of marks is none.
pub fn parse(source: &str, name: &str) -> Fixture {
    let mut fixture = Fixture { name: name.to_owned(), ..Fixture::default() };
    let mut text = String::new();
    let mut lines = 0;
    let mut lists: [Option<String>; 2] = [None, None];
    // One of the lists, or a file after them.
    let mut section: Option<usize> = None;
    for line in source.lines() {
        if let Some(note) = line.strip_prefix("# ").filter(|_| text.is_empty() && section.is_none()) {
            fixture.all |= note.trim() == "all";
            fixture.file = note.strip_prefix("file ").map_or(fixture.file, |name| name.trim().to_owned());
            continue;
        }
        if let Some(name) = line.strip_prefix("--- file ") {
            fixture.others.push((name.trim().to_owned(), String::new()));
            section = Some(lists.len());
            continue;
        }
        match line {
            "--- fixed" => section = Some(0),
            "--- asked" => section = Some(1),
            "--- no end of line" => {
                let ended = section.map_or(Some(&mut text), |section| lists.get_mut(section)?.as_mut());
                if let Some(ended) = ended {
                    ended.truncate(ended.trim_end_matches('\n').len());
                }
            }
            _ if section.is_none() && line.starts_with('~') => {
                let on = text.lines().last().unwrap_or_default();
                fixture.expected.push(expected(line, lines, on).unwrap_or_else(|| panic!("{name}: {line}")));
            }
            _ => {
                let into = match section {
                    Some(section) if section < lists.len() => lists[section].get_or_insert_default(),
                    Some(_) => &mut fixture.others.last_mut().unwrap_or_else(|| panic!("{name}: {line}")).1,
                    None => &mut text,
                };
                into.push_str(line);
                into.push('\n');
                lines += usize::from(section.is_none());
            }
        }
    }
    fixture.text = text;
    let [fixed, asked] = lists;
    (fixture.fixed, fixture.asked) = (fixed, asked);
    fixture
}

/// `~   ^^^ TXT001 warning: part of the message`, below `text`.
fn expected(marks: &str, line: usize, text: &str) -> Option<Expected> {
    let characters: Vec<char> = marks.chars().collect();
    let spaces = characters[1..].iter().take_while(|&&mark| mark == ' ').count();
    let column = if spaces > 0 && characters.get(spaces + 1) == Some(&'^') { spaces + 1 } else { 0 };
    let length = characters[column..].iter().take_while(|mark| matches!(mark, '^' | '~')).count();
    let at_end = characters.get(column + length) == Some(&'$');
    let rest: String = characters[column + length + usize::from(at_end)..].iter().collect();
    let (head, message) = rest.trim().split_once(": ").unwrap_or((rest.trim(), ""));
    let (code, severity) = head.split_once(' ')?;
    let (column, end_column) =
        if at_end { (text.chars().count(), text.chars().count()) } else { (column, column + length) };
    Some(Expected {
        line,
        column,
        end_column,
        code: code.to_owned(),
        severity: severity.to_owned(),
        message: message.to_owned(),
    })
}
