//! `archive thread`: what a cable cites and what cites it, step by step.

use std::io::{self, Write};

use cable_archive::Thread;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::super::{FOUND, json, report_error};
use super::graph::{Format as Drawing, draw_edge, draw_node};
use super::opened::{Opened, Where};
use super::rows::Row;
use crate::thread_tree;

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
        report_error(&format!("no cable of this archive has or cites \"{}\"", arguments.id));
        opened.end(false)?;
        return Ok(FOUND);
    }
    let mut output = io::BufWriter::new(io::stdout().lock());
    match arguments.format {
        Format::Text => output.write_all(thread_tree::text(&thread).as_bytes())?,
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
