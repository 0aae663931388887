//! DOT, for Graphviz. What is absent is drawn with a broken line.

use std::io::{self, Write};

use super::{Drawing, Drawn, Line};
use crate::visible::visible;

pub(super) struct Dot;

/// A name or text in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", visible(text).replace('\\', "\\\\").replace('"', "\\\""))
}

impl Drawing for Dot {
    fn begin(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"digraph archive {\n  node [shape=box];\n")
    }

    fn node(&self, output: &mut dyn Write, node: &Drawn<'_>) -> io::Result<()> {
        let id = quoted(node.id);
        if !node.is_present {
            return writeln!(output, "  {id} [style=dashed];");
        }
        let words: Vec<&str> = node.facts.iter().map(|(_, value)| *value).filter(|value| !value.is_empty()).collect();
        writeln!(output, "  {id} [tooltip={}];", quoted(&words.join("; ")))
    }

    fn between(&self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn edge(&self, output: &mut dyn Write, _: usize, edge: &Line<'_>) -> io::Result<()> {
        let style = match edge.how {
            "exact" => String::new(),
            "absent" => " [style=dashed]".to_owned(),
            how => format!(" [style=dotted, tooltip={}]", quoted(how)),
        };
        writeln!(output, "  {} -> {}{style};", quoted(edge.citing), quoted(edge.cited))
    }

    fn end(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"}\n")
    }
}
