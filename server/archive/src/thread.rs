//! A thread: the cables that a cable cites and that cite it, and theirs, as far as asked.

use std::collections::HashMap;

use cable_catalog::Catalog;
use cable_syntax::CableNumber;

use crate::entry::Entry;
use crate::error::Result;
use crate::graph::{Edge, Node};
use crate::index::Index;
use crate::names::number_of;

/// The cables around one, the nearest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    /// Each cable once, with the steps to it from the first.
    pub nodes: Vec<(Node, usize)>,
    /// Who cites whom among them.
    pub edges: Vec<Edge>,
}

/// A thread while it is followed.
#[derive(Default)]
struct Threading {
    thread: Thread,
    /// Where each id is among the nodes.
    known: HashMap<String, usize>,
    numbers: Vec<Option<CableNumber>>,
}

impl Index {
    /// The thread around what a person names, as many steps as asked; empty where neither a cable nor a reference has it.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn thread(&self, named: &str, depth: usize, catalog: &Catalog) -> Result<Thread> {
        let mut threading = Threading::default();
        let entries = self.named(named, catalog)?;
        for entry in &entries {
            threading.node(&entry.name(), entry.post.clone().zip(entry.serial), 0);
        }
        if entries.is_empty()
            && let Some(number) = number_of(named, catalog)
            && let Some(id) = number.id()
            && !self.cited_by(&id, &number.post, number.serial)?.is_empty()
        {
            threading.node(&id, Some((number.post, number.serial)), 0);
        }
        let mut at = 0;
        while let Some((node, steps)) = threading.thread.nodes.get(at) {
            let (id, steps) = (node.id.clone(), *steps);
            let cables = self.by_name(&id)?;
            if steps < depth {
                self.follow(&mut threading, &id, &cables, at, steps + 1)?;
            }
            threading.thread.nodes[at].0.cables = cables;
            at += 1;
        }
        let Thread { nodes, mut edges } = threading.thread;
        edges.sort_by(|one, two| (&one.citing, &one.cited, &one.letter).cmp(&(&two.citing, &two.cited, &two.letter)));
        edges.dedup_by(|one, two| (&one.citing, &one.cited) == (&two.citing, &two.cited));
        Ok(Thread { nodes, edges })
    }

    fn follow(&self, threading: &mut Threading, id: &str, cables: &[Entry], at: usize, steps: usize) -> Result<()> {
        for cable in cables {
            for cited in self.cites(cable.row)? {
                for (other, how) in self.meant(&cited)? {
                    threading.node(&other, cited.post.clone().zip(cited.serial), steps);
                    let letter = cited.letter.clone();
                    threading.thread.edges.push(Edge { citing: id.to_owned(), cited: other, letter, how });
                }
            }
        }
        let Some(number) = threading.numbers[at].clone() else { return Ok(()) };
        for (cited, how) in self.cited_by(id, &number.post, number.serial)? {
            if let Some(citing) = self.entry(cited.citing)? {
                threading.node(&citing.name(), citing.post.clone().zip(citing.serial), steps);
                let edge = Edge { citing: citing.name(), cited: id.to_owned(), letter: cited.letter, how };
                threading.thread.edges.push(edge);
            }
        }
        Ok(())
    }
}

impl Threading {
    /// Adds a cable that is not there yet.
    fn node(&mut self, id: &str, number: Option<(String, u32)>, steps: usize) {
        if self.known.contains_key(id) {
            return;
        }
        self.known.insert(id.to_owned(), self.thread.nodes.len());
        self.thread.nodes.push((Node { id: id.to_owned(), cables: Vec::new() }, steps));
        self.numbers.push(number.map(|(post, serial)| CableNumber { post, year: None, serial }));
    }
}
