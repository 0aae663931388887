//! Explanations in lines that are not too wide.

/// A text with its lines wrapped, apart from those of examples, which are indented and stay as a cable has them.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let lines =
        text.lines().map(|line| if line.starts_with(' ') { line.to_owned() } else { textwrap::fill(line, width) });
    lines.map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_and_examples_are_not() {
        let text = "A line of several words.\n\n    1. (U)  A line of an example.\n";
        assert_eq!(wrapped(text, 12), "A line of\nseveral\nwords.\n\n    1. (U)  A line of an example.\n");
    }
}
