//! `outline`: a file by its parts, headings and paragraphs.

use std::io::{self, Write};
use std::path::PathBuf;

use cable_ide::Symbol;
use clap::Args;
use serde::Serialize;

use super::looked_at::LookedAt;
use super::position::Positions;
use super::{Format, json};
use crate::visible::visible;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to read; `-` is standard input
    file: PathBuf,
    /// How the outline is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct Node<'a> {
    name: &'a str,
    kind: &'static str,
    line: usize,
    end_line: usize,
    children: Vec<Node<'a>>,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let loaded = match LookedAt::read(&arguments.file)? {
        Ok(looked_at) => looked_at.loaded,
        Err(code) => return Ok(code),
    };
    let symbols = cable_ide::outline(&loaded.document);
    let positions = Positions::new(&loaded.text);
    let mut output = io::BufWriter::new(io::stdout().lock());
    match arguments.format {
        Format::Text => symbols.iter().try_for_each(|symbol| write_symbol(&mut output, symbol, &positions, 0))?,
        Format::Json => {
            let nodes: Vec<Node<'_>> = symbols.iter().map(|symbol| node(symbol, &positions)).collect();
            json::write_pretty(&mut output, &nodes)?;
        }
    }
    output.flush()?;
    Ok(0)
}

fn write_symbol(output: &mut impl Write, symbol: &Symbol, positions: &Positions<'_>, depth: usize) -> io::Result<()> {
    let line = positions.at(symbol.selection.start).line;
    let detail = symbol.detail.as_ref().map(|detail| format!("  {}", visible(detail))).unwrap_or_default();
    writeln!(output, "{line:5}  {:indent$}{}{detail}", "", visible(&symbol.name), indent = depth * 2)?;
    symbol.children.iter().try_for_each(|child| write_symbol(output, child, positions, depth + 1))
}

fn node<'a>(symbol: &'a Symbol, positions: &Positions<'_>) -> Node<'a> {
    Node {
        name: &symbol.name,
        kind: symbol.kind.name(),
        line: positions.at(symbol.range.start).line,
        end_line: positions.at(symbol.range.end).line,
        children: symbol.children.iter().map(|child| node(child, positions)).collect(),
    }
}
