//! `archive thread`: what a cable cites and what cites it, step by step.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use cable_archive::{Node, Thread};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::super::{FOUND, complain, json};
use super::graph::{Format as Drawing, draw_edge, draw_node};
use super::opened::{Opened, Where};
use super::rows::{Row, summary};
use crate::visible::visible;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The cable: its id (06ASTANA121), or post and serial
    id: String,
    #[command(flatten)]
    place: Where,
    /// How many steps to follow
    #[arg(long, value_name = "N", default_value_t = 2)]
    depth: usize,
    /// How the thread is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A tree: what each cable cites and what cites it, further in
    Text,
    /// One object: its cables, and who cites whom
    Json,
    /// For Graphviz
    Dot,
    /// `GraphML`
    Graphml,
}

#[derive(Debug, Serialize)]
struct Whole<'a> {
    nodes: Vec<Cable<'a>>,
    edges: Vec<Citation<'a>>,
}

#[derive(Debug, Serialize)]
struct Cable<'a> {
    id: &'a str,
    steps: usize,
    cables: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Citation<'a> {
    citing: &'a str,
    cited: &'a str,
    letter: Option<&'a str>,
    how: Option<&'static str>,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let opened = arguments.place.open(false)?;
    let thread = opened.index.thread(&arguments.id, arguments.depth, &opened.catalog);
    let thread = opened.answered(thread.map_err(Into::into))?;
    if thread.nodes.is_empty() {
        complain(&format!("no cable of this archive has or cites \"{}\"", arguments.id));
        opened.end(false)?;
        return Ok(FOUND);
    }
    let mut output = io::BufWriter::new(io::stdout().lock());
    match arguments.format {
        Format::Text => Tree::new(&thread).write(&mut output)?,
        Format::Json => write_json(&mut output, &thread, &opened)?,
        Format::Dot => draw(&mut output, &thread, Drawing::Dot)?,
        Format::Graphml => draw(&mut output, &thread, Drawing::Graphml)?,
    }
    output.flush()?;
    opened.end(true)
}

fn draw(output: &mut impl Write, thread: &Thread, format: Drawing) -> io::Result<()> {
    let drawing = format.drawing();
    drawing.begin(output)?;
    thread.nodes.iter().try_for_each(|(node, _)| draw_node(drawing, output, node))?;
    drawing.between(output)?;
    (0..).zip(&thread.edges).try_for_each(|(number, edge)| draw_edge(drawing, output, number, edge))?;
    drawing.end(output)
}

fn write_json(output: &mut impl Write, thread: &Thread, opened: &Opened) -> io::Result<()> {
    let paths: Vec<Vec<String>> = thread
        .nodes
        .iter()
        .map(|(node, _)| node.cables.iter().map(|entry| opened.path(&entry.path)).collect())
        .collect();
    let nodes = thread.nodes.iter().zip(&paths).map(|((node, steps), paths)| Cable {
        id: &node.id,
        steps: *steps,
        cables: node.cables.iter().zip(paths).map(|(entry, path)| Row::of(entry, path)).collect(),
    });
    let edges = thread.edges.iter().map(|edge| Citation {
        citing: &edge.citing,
        cited: &edge.cited,
        letter: edge.letter.as_deref(),
        how: edge.how.map(cable_archive::How::word),
    });
    json::write_pretty(output, &Whole { nodes: nodes.collect(), edges: edges.collect() })
}

/// A thread as a tree: each cable below the one that leads to it.
struct Tree<'a> {
    nodes: HashMap<&'a str, (&'a Node, usize)>,
    roots: Vec<&'a str>,
    /// What a cable cites, and what cites it.
    cites: HashMap<&'a str, Vec<&'a str>>,
    cited_by: HashMap<&'a str, Vec<&'a str>>,
    written: HashSet<&'a str>,
}

impl<'a> Tree<'a> {
    fn new(thread: &'a Thread) -> Self {
        let (mut cites, mut cited_by) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for edge in &thread.edges {
            cites.entry(edge.citing.as_str()).or_default().push(edge.cited.as_str());
            cited_by.entry(edge.cited.as_str()).or_default().push(edge.citing.as_str());
        }
        Self {
            nodes: thread.nodes.iter().map(|(node, steps)| (node.id.as_str(), (node, *steps))).collect(),
            roots: thread.nodes.iter().filter(|(_, steps)| *steps == 0).map(|(node, _)| node.id.as_str()).collect(),
            cites,
            cited_by,
            written: HashSet::new(),
        }
    }

    fn write(&mut self, output: &mut impl Write) -> io::Result<()> {
        self.roots.clone().into_iter().try_for_each(|root| self.write_node(output, root, ""))
    }

    fn write_node(&mut self, output: &mut impl Write, id: &'a str, relation: &str) -> io::Result<()> {
        let Some(&(node, steps)) = self.nodes.get(id) else { return Ok(()) };
        self.written.insert(id);
        let indent = steps.saturating_sub(1) * 4 + steps.min(1) * 2;
        let relation = if relation.is_empty() { String::new() } else { format!("{relation:8}  ") };
        match node.cables.first() {
            Some(entry) => writeln!(output, "{:indent$}{relation}{}", "", summary(entry))?,
            None => writeln!(output, "{:indent$}{relation}{:16}  not in this archive", "", visible(id))?,
        }
        let others = |map: &HashMap<&'a str, Vec<&'a str>>| map.get(id).cloned().unwrap_or_default();
        let (cites, cited_by) = (others(&self.cites), others(&self.cited_by));
        let all = cites.into_iter().map(|id| (id, "cites")).chain(cited_by.into_iter().map(|id| (id, "cited by")));
        for (other, relation) in all {
            let is_next = self.nodes.get(other).is_some_and(|(_, other)| *other == steps + 1);
            if is_next && !self.written.contains(other) {
                self.write_node(output, other, relation)?;
            }
        }
        Ok(())
    }
}
