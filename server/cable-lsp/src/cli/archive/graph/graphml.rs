//! `GraphML`: an XML of nodes and edges, each with its data.

use std::io::{self, Write};

use super::xml::xml;
use super::{Drawing, Drawn, FACTS, Line};

pub(super) struct Graphml;

impl Drawing for Graphml {
    fn begin(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        )?;
        for name in FACTS {
            writeln!(output, "<key id=\"{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"string\"/>")?;
        }
        output.write_all(b"<key id=\"present\" for=\"node\" attr.name=\"present\" attr.type=\"boolean\"/>\n")?;
        for name in ["letter", "how"] {
            writeln!(output, "<key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"string\"/>")?;
        }
        output.write_all(b"<graph edgedefault=\"directed\">\n")
    }

    fn node(&self, output: &mut dyn Write, node: &Drawn<'_>) -> io::Result<()> {
        write!(output, "<node id=\"{}\"><data key=\"present\">{}</data>", xml(node.id), node.is_present)?;
        for (name, value) in node.facts.iter().filter(|(_, value)| !value.is_empty()) {
            write!(output, "<data key=\"{name}\">{}</data>", xml(value))?;
        }
        output.write_all(b"</node>\n")
    }

    fn between(&self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn edge(&self, output: &mut dyn Write, _: usize, edge: &Line<'_>) -> io::Result<()> {
        write!(output, "<edge source=\"{}\" target=\"{}\">", xml(edge.citing), xml(edge.cited))?;
        if !edge.letter.is_empty() {
            write!(output, "<data key=\"letter\">{}</data>", xml(edge.letter))?;
        }
        writeln!(output, "<data key=\"how\">{}</data></edge>", edge.how)
    }

    fn end(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"</graph>\n</graphml>\n")
    }
}
