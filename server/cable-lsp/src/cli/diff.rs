//! What a repair would change, as a unified diff that `patch -p0` and `git apply -p0` understand.
//!
//! The text is compared, not the bytes: a file in another encoding is shown as UTF-8. A diff is read by people, on a
//! terminal or in a pager behind a pipe, so what would act there is made visible wherever it goes. Such a hunk is no
//! longer the file's own bytes: a line before the file says so, and as its old lines are nowhere in the file, `patch`
//! refuses the hunk and cannot apply it wrongly. All other hunks are as they were.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use similar::TextDiff;

use crate::visible::{acts, visible, visible_lines};

/// Writes the difference between a file and its repair.
pub(super) fn write(output: &mut dyn Write, path: &str, before: &str, after: &str) -> io::Result<()> {
    // Only LF ends a line here, as for every tool that reads a diff.
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let name = quoted(path);
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let mut written = Vec::new();
    diff.unified_diff().header(&name, &name).to_writer(&mut written)?;
    let written = String::from_utf8_lossy(&written);
    let shown = visible_lines(&written);
    if matches!(shown, Cow::Owned(_)) {
        writeln!(
            output,
            "# {}: control characters are shown as \\u{{..}}; hunks with them are not a patch",
            visible(path)
        )?;
    }
    output.write_all(shown.as_bytes())
}

/// A path as tools that read a diff want it: one that acts is between quotes, the bytes that act in octal, as git
/// writes them.
fn quoted(path: &str) -> Cow<'_, str> {
    if !path.chars().any(acts) {
        return Cow::Borrowed(path);
    }
    let mut quoted = String::from('"');
    for character in path.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if acts(character) => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    // A string takes all.
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

#[cfg(test)]
mod tests {
    fn diff(path: &str, before: &str, after: &str) -> String {
        let mut output = Vec::new();
        super::write(&mut output, path, before, after).expect("memory takes all");
        String::from_utf8(output).expect("text")
    }

    #[test]
    fn shows_what_changes_and_nothing_else() {
        let shown = diff("x.cable", "a\r\n11.\tb\r\nd\ne", "a\r\n1.\tb\r\nd\ne");
        let expected = "--- x.cable\n+++ x.cable\n@@ -1,4 +1,4 @@\n a\r\n-11.\tb\r\n+1.\tb\r\n d\n e\n\\ No newline at end of file\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_acts_is_made_visible_and_told_of() {
        let shown = diff("x\ny\u{202e}\u{1b}é.cable", "11. \u{1b}[2Kb\rc\n", "1. \u{1b}[2Kb\rc\n");
        let name = r#""x\ny\342\200\256\033é.cable""#;
        let note =
            r"# x\u{a}y\u{202e}\u{1b}é.cable: control characters are shown as \u{..}; hunks with them are not a patch";
        let lines = ["@@ -1 +1 @@", r"-11. \u{1b}[2Kb\u{d}c", r"+1. \u{1b}[2Kb\u{d}c", ""];
        assert_eq!(shown, format!("{note}\n--- {name}\n+++ {name}\n{}", lines.join("\n")));
    }
}
