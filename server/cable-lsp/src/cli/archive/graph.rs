//! `archive graph`: who cites whom, in the formats that programs for graphs read.

mod dot;
mod gexf;
mod graphml;
mod table;
mod xml;

use std::io::{self, Write};

use cable_archive::{Edge, How, Node};
use clap::{Args, ValueEnum};

use super::opened::{Asked, Where};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    /// Also the cables that are cited and not there
    #[arg(long)]
    missing: bool,
    /// How the graph is written
    #[arg(long, value_enum, default_value_t = Format::Graphml)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// `GraphML`: networkx, igraph, yEd, Gephi
    Graphml,
    /// GEXF 1.2: Gephi, networkx
    Gexf,
    /// For Graphviz
    Dot,
    /// One row a reference; the cables themselves are what `find --format csv` writes
    Csv,
}

impl Format {
    pub(super) fn drawing(self) -> &'static dyn Drawing {
        match self {
            Self::Graphml => &graphml::Graphml,
            Self::Gexf => &gexf::Gexf,
            Self::Dot => &dot::Dot,
            Self::Csv => &table::Table,
        }
    }
}

/// How one format is written: all cables, then who cites whom.
pub(super) trait Drawing {
    fn begin(&self, output: &mut dyn Write) -> io::Result<()>;
    fn node(&self, output: &mut dyn Write, node: &Drawn<'_>) -> io::Result<()>;
    fn between(&self, output: &mut dyn Write) -> io::Result<()>;
    fn edge(&self, output: &mut dyn Write, number: usize, edge: &Line<'_>) -> io::Result<()>;
    fn end(&self, output: &mut dyn Write) -> io::Result<()>;
}

/// A cable of the graph.
pub(super) struct Drawn<'a> {
    id: &'a str,
    is_present: bool,
    /// What else is known of it, by name.
    facts: [(&'static str, &'a str); 4],
}

/// The names of [`Drawn::facts`].
const FACTS: [&str; 4] = ["date", "post", "classification", "subject"];

/// A reference of the graph.
pub(super) struct Line<'a> {
    citing: &'a str,
    cited: &'a str,
    letter: &'a str,
    how: &'static str,
}

pub(super) fn draw_node(drawing: &dyn Drawing, output: &mut impl Write, node: &Node) -> io::Result<()> {
    let entry = node.cables.first();
    let values = [
        entry.and_then(|entry| entry.dtg.as_deref()),
        entry.and_then(|entry| entry.post.as_deref()),
        entry.and_then(|entry| entry.classification.as_deref()),
        entry.and_then(|entry| entry.subject.as_deref()),
    ];
    let mut facts = FACTS.map(|name| (name, ""));
    for (fact, value) in facts.iter_mut().zip(values) {
        fact.1 = value.unwrap_or_default();
    }
    drawing.node(output, &Drawn { id: &node.id, is_present: entry.is_some(), facts })
}

pub(super) fn draw_edge(drawing: &dyn Drawing, output: &mut impl Write, number: usize, edge: &Edge) -> io::Result<()> {
    let letter = edge.letter.as_deref().unwrap_or_default();
    let how = edge.how.map_or("absent", How::word);
    drawing.edge(output, number, &Line { citing: &edge.citing, cited: &edge.cited, letter, how })
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let opened = arguments.place.open(false)?;
    let mut output = io::BufWriter::new(io::stdout().lock());
    let drawing = arguments.format.drawing();
    drawing.begin(&mut output)?;
    let mut any = false;
    let nodes = opened.index.nodes(arguments.missing, |node| {
        any = true;
        Ok::<(), Asked>(draw_node(drawing, &mut output, &node)?)
    });
    opened.answered(nodes)?;
    drawing.between(&mut output)?;
    let mut number = 0;
    let edges = opened.index.edges(arguments.missing, |edge| {
        draw_edge(drawing, &mut output, number, &edge)?;
        number += 1;
        Ok::<(), Asked>(())
    });
    opened.answered(edges)?;
    drawing.end(&mut output)?;
    output.flush()?;
    opened.end(any)
}
