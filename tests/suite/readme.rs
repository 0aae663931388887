//! The pages say what is so: each command of the README and the recipes runs as it is printed, each screen is what the
//! program shows, and the lists of rules are those of the rules.
//!
//! After a change of the rules `UPDATE_FIXTURES=1 cargo test -p cable-tests --test suite readme::the` writes the list anew.

use std::fs;
use std::path::{Path, PathBuf};

use cable_lint::{FixSafety, Rule, rules};
use cable_syntax::pattern;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn row(rule: &Rule) -> String {
    let fix = match rule.fix.map(|fix| fix.safety) {
        None => "",
        Some(FixSafety::Safe) => "safe",
        Some(FixSafety::Unsafe) => "unsafe",
    };
    let default = if rule.on_by_default { "" } else { ", off" };
    let Rule { code, name, severity, summary, .. } = rule;
    format!("| {code} | {name} | {severity}{default} | {fix} | {} |\n", summary.replace('|', r"\|"))
}

#[test]
fn the_list_of_rules_is_that_of_the_rules() {
    const BEGIN: &str = "<summary>All rules</summary>\n\n";
    const END: &str = "\n</details>";
    let readme = page("README.md");
    let (before, rest) = readme.split_once(BEGIN).expect("the README has a list of rules");
    let (list, after) = rest.split_once(END).expect("the list has an end");
    let rows: String = rules().iter().map(|rule| row(rule)).collect();
    let expected = format!("| rule | name | severity | fix | what it reports |\n|---|---|---|---|---|\n{rows}");
    if list == expected {
        return;
    }
    if std::env::var("UPDATE_FIXTURES").is_ok_and(|value| value == "1") {
        fs::write(root().join("README.md"), [before, BEGIN, &expected, END, after].concat())
            .expect("it can be written");
        return;
    }
    let differs = expected.lines().find(|row| !list.contains(row)).unwrap_or("a row too many");
    panic!("the README lists other rules; UPDATE_FIXTURES=1 writes the list anew: {differs}");
}

/// How the page on the format says what a rule is by default: `W unsafe`.
fn in_short(rule: &Rule) -> String {
    let severity = rule.severity.to_string()[..1].to_uppercase();
    let off = if rule.on_by_default { "" } else { " off" };
    let fix = match rule.fix.map(|fix| fix.safety) {
        None => "",
        Some(FixSafety::Safe) => " safe",
        Some(FixSafety::Unsafe) => " unsafe",
    };
    format!("- **{} {}** {severity}{off}{fix}.", rule.code, rule.name)
}

#[test]
fn the_format_lists_the_rules_as_they_are() {
    let page = page("server/syntax/FORMAT.md");
    let is_entry = |line: &&str| {
        line.get(4..7)
            .is_some_and(|code| line.starts_with("- **") && code.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let entries: Vec<&str> = page.lines().filter(is_entry).collect();
    assert_eq!(entries.len(), rules().len(), "an entry for each rule");
    // `W/I`: the severity of a weaker case, which the entry names.
    let weaker = pattern(r"^(- \*\*\S+ \S+\*\* [EWIH])/[EWIH]");
    for (entry, rule) in entries.iter().zip(rules()) {
        let (entry, expected) = (weaker.replace(entry, "$1"), in_short(rule));
        assert!(entry.starts_with(&expected), "{expected} is the rule; the page has {entry}");
    }
}

/// The commands of a page's screens, and what each shows; nothing where the page does not say.
#[cfg(unix)]
fn commands(page: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut is_screen = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_screen = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| is_screen) {
            commands.push((command.to_owned(), String::new()));
        } else if is_screen {
            let (_, shown) = commands.last_mut().expect("a screen begins with a command");
            *shown += line;
            shown.push('\n');
        }
    }
    commands
}

/// In a shell, as somebody types it who has an archive, a cable and a letter.
#[cfg(unix)]
#[test]
fn each_command_runs_as_it_is_printed() {
    use std::process::{Command, Stdio};

    use cable_tests::client::binary;
    use cable_tests::command::{Folder, Ran};

    let samples = fs::read_dir(root().join("tests/samples")).expect("the samples").flatten().map(|entry| entry.path());
    let samples: Vec<PathBuf> = samples.collect();
    let path = [binary().parent().expect("a folder").into(), PathBuf::from("/usr/bin"), PathBuf::from("/bin")];
    let path = std::env::join_paths(path).expect("a PATH");
    let mut ran_commands = 0;
    for name in ["README.md", ".github/RECIPES.md"] {
        let (folder, caches) = (Folder::new(), Folder::new());
        for sample in &samples {
            let (bytes, name) = (fs::read(sample).expect("a sample"), sample.file_name().expect("a name"));
            for place in ["archive", "tests/samples"] {
                folder.write(&format!("{place}/{}", name.to_string_lossy()), &bytes);
            }
        }
        let broken = fs::read(root().join("tests/samples/era-c-broken.cable")).expect("a sample");
        folder.write("cable.txt", &broken);
        folder.write("letter.txt", &broken);
        folder.write("texts.jsonl", "{\"path\": \"a.txt\", \"text\": \"UNCLAS ASTANA 002541\\n\"}\n");
        for (command, shown) in commands(&page(name)) {
            if !command.starts_with("cable-lsp ") {
                assert_eq!(shown, "", "{name}: nobody looks at what {command} shows");
                continue;
            }
            let mut shell = Command::new("sh");
            shell.args(["-c", &command]).current_dir(folder.path("")).stdin(Stdio::null());
            shell.env("PATH", &path).env("XDG_CACHE_HOME", caches.path(""));
            let ran = Ran::of(shell.output().expect("a shell runs"));
            assert!(ran.code.is_some_and(|code| code < 2), "{name}: {command}: {}", ran.err);
            if !shown.is_empty() {
                assert_eq!(ran.out, shown, "{name}: {command}");
            }
            ran_commands += 1;
        }
    }
    assert!(ran_commands > 25, "{ran_commands} commands");
}
