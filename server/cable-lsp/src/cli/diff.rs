//! What a repair would change, as a unified diff that `patch -p0` understands.
//!
//! The text is compared, not the bytes: a file in another encoding is shown as UTF-8.

use std::borrow::Cow;
use std::io::{self, Write};

use similar::TextDiff;

/// Writes the difference between a file and its repair.
pub(super) fn write(output: &mut dyn Write, path: &str, before: &str, after: &str) -> io::Result<()> {
    // Only LF ends a line here, as for every tool that reads a diff.
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let path = quoted(path);
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    diff.unified_diff().header(&path, &path).to_writer(output)
}

/// A path with a line break in it would be taken for two lines.
fn quoted(path: &str) -> Cow<'_, str> {
    if path.chars().any(char::is_control) { Cow::Owned(format!("{path:?}")) } else { Cow::Borrowed(path) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn shows_what_changes_and_nothing_else() {
        let mut output = Vec::new();
        let (before, after) = ("a\r\n11. b\rc\r\nd\ne", "a\r\n1. b\rc\r\nd\ne");
        super::write(&mut output, "x\ny.cable", before, after).expect("memory takes all");
        let expected = "--- \"x\\ny.cable\"\n+++ \"x\\ny.cable\"\n@@ -1,4 +1,4 @@\n a\r\n-11. b\rc\r\n+1. b\rc\r\n d\n e\n\\ No newline at end of file\n";
        assert_eq!(String::from_utf8(output).expect("text"), expected);
    }
}
