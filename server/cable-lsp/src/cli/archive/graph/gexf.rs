//! GEXF 1.2: the XML of Gephi.

use std::io::{self, Write};

use super::xml::xml;
use super::{Drawing, Drawn, FACTS, Line};

pub(super) struct Gexf;

impl Drawing for Gexf {
    fn begin(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n\
              <graph mode=\"static\" defaultedgetype=\"directed\">\n<attributes class=\"node\" mode=\"static\">\n",
        )?;
        for name in FACTS {
            writeln!(output, "<attribute id=\"{name}\" title=\"{name}\" type=\"string\"/>")?;
        }
        output.write_all(
            b"<attribute id=\"present\" title=\"present\" type=\"boolean\"/>\n</attributes>\n\
              <attributes class=\"edge\" mode=\"static\">\n<attribute id=\"letter\" title=\"letter\" type=\"string\"/>\n\
              <attribute id=\"how\" title=\"how\" type=\"string\"/>\n</attributes>\n<nodes>\n",
        )
    }

    fn node(&self, output: &mut dyn Write, node: &Drawn<'_>) -> io::Result<()> {
        let id = xml(node.id);
        write!(output, "<node id=\"{id}\" label=\"{id}\"><attvalues>")?;
        write!(output, "<attvalue for=\"present\" value=\"{}\"/>", node.is_present)?;
        for (name, value) in node.facts.iter().filter(|(_, value)| !value.is_empty()) {
            write!(output, "<attvalue for=\"{name}\" value=\"{}\"/>", xml(value))?;
        }
        output.write_all(b"</attvalues></node>\n")
    }

    fn between(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"</nodes>\n<edges>\n")
    }

    fn edge(&self, output: &mut dyn Write, number: usize, edge: &Line<'_>) -> io::Result<()> {
        let (citing, cited) = (xml(edge.citing), xml(edge.cited));
        write!(output, "<edge id=\"{number}\" source=\"{citing}\" target=\"{cited}\"><attvalues>")?;
        if !edge.letter.is_empty() {
            write!(output, "<attvalue for=\"letter\" value=\"{}\"/>", xml(edge.letter))?;
        }
        writeln!(output, "<attvalue for=\"how\" value=\"{}\"/></attvalues></edge>", edge.how)
    }

    fn end(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"</edges>\n</graph>\n</gexf>\n")
    }
}
