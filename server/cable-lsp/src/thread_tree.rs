//! A thread of cables as text: what a terminal prints and an editor shows.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use cable_archive::{Entry, Node, Thread};

use crate::visible::visible;

/// The thread as a tree, a line for each cable.
pub(crate) fn text(thread: &Thread) -> String {
    let mut text = String::new();
    Tree::new(thread).write(&mut text);
    text
}

/// A cable in one line for people: id, day, level, subject.
pub(crate) fn summary(entry: &Entry) -> String {
    let (name, day) = (entry.name(), entry.day().unwrap_or("-"));
    let level = entry.classification.as_deref().unwrap_or("-");
    let subject = entry.subject.as_deref().unwrap_or("-");
    format!("{:16}  {day:10}  {level:12}  {}", visible(&name), visible(subject))
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

    fn write(&mut self, output: &mut String) {
        for root in self.roots.clone() {
            self.write_node(output, root, "");
        }
    }

    fn write_node(&mut self, output: &mut String, id: &'a str, relation: &str) {
        let Some(&(node, steps)) = self.nodes.get(id) else { return };
        self.written.insert(id);
        let indent = steps.saturating_sub(1) * 4 + steps.min(1) * 2;
        let relation = if relation.is_empty() { String::new() } else { format!("{relation:8}  ") };
        // Writing to a string does not fail.
        let _ = match node.cables.first() {
            Some(entry) => writeln!(output, "{:indent$}{relation}{}", "", summary(entry)),
            None => writeln!(output, "{:indent$}{relation}{:16}  not in this archive", "", visible(id)),
        };
        let others = |map: &HashMap<&'a str, Vec<&'a str>>| map.get(id).cloned().unwrap_or_default();
        let (cites, cited_by) = (others(&self.cites), others(&self.cited_by));
        let all = cites.into_iter().map(|id| (id, "cites")).chain(cited_by.into_iter().map(|id| (id, "cited by")));
        for (other, relation) in all {
            let is_next = self.nodes.get(other).is_some_and(|(_, other)| *other == steps + 1);
            if is_next && !self.written.contains(other) {
                self.write_node(output, other, relation);
            }
        }
    }
}
