//! One row a reference: who cites, who is cited, by which letter, and how that was found.

use std::io::{self, Write};

use super::super::super::cells::inert;
use super::{Drawing, Drawn, Line};

pub(super) struct Table;

fn record(output: &mut dyn Write, cells: [&str; 4]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(output);
    table.write_record(cells.map(|cell| inert(cell).into_owned()))?;
    table.flush()
}

impl Drawing for Table {
    fn begin(&self, output: &mut dyn Write) -> io::Result<()> {
        record(output, ["citing", "cited", "letter", "how"])
    }

    fn node(&self, _: &mut dyn Write, _: &Drawn<'_>) -> io::Result<()> {
        Ok(())
    }

    fn between(&self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn edge(&self, output: &mut dyn Write, _: usize, edge: &Line<'_>) -> io::Result<()> {
        record(output, [edge.citing, edge.cited, edge.letter, edge.how])
    }

    fn end(&self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
