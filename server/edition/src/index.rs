//! The index of a folder of pages: the cables of each post by date, and how many have which TAG.

use std::collections::BTreeMap;
use std::fmt::Write;

use cable_syntax::HeadReading;

use crate::escape::xml;
use crate::forms::{Edited, start};
use crate::head::title_case;

/// A cable in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name of its page.
    pub page: String,
    /// Who sent it; empty where that is not known.
    post: String,
    /// `2007-09-14T08:26:00Z`; empty where it is not known.
    sent: String,
    /// Its number, or its id.
    number: String,
    subject: String,
    tags: Vec<String>,
}

impl Entry {
    /// The entry of a cable that has a page.
    pub fn of(edited: &Edited<'_>, page: String) -> Self {
        let head = HeadReading::of(&edited.placed.cable, edited.placed.first_line);
        let catalog = edited.placed.cable.catalog();
        let post = head
            .number
            .as_ref()
            .map(|number| catalog.post(&number.post).map_or_else(|| number.post.clone(), |post| title_case(post.name)));
        Self {
            post: post.unwrap_or_default(),
            sent: head.dtg_iso.unwrap_or_default(),
            number: head.canonical_id.or(head.mrn).unwrap_or_else(|| page.clone()),
            subject: head.subject.unwrap_or_default(),
            tags: head.tags.iter().filter_map(|tag| tag.split(' ').next()).map(str::to_owned).collect(),
            page,
        }
    }
}

/// The page of an index. The entries are put in its order.
pub fn index(entries: &mut [Entry]) -> String {
    entries.sort_by(|one, two| {
        (&one.post, &one.sent, &one.number, &one.page).cmp(&(&two.post, &two.sent, &two.number, &two.page))
    });
    let mut page = String::new();
    start(&mut page, "Telegrams");
    let _ = write!(page, "<main>\n<h1>Telegrams</h1>\n<p class=\"way\">{} by post and date</p>\n", entries.len());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in entries.iter().flat_map(|entry| &entry.tags) {
        *counts.entry(tag).or_default() += 1;
    }
    for (number, own) in entries.chunk_by(|one, two| one.post == two.post).enumerate() {
        let post = own.first().map(|entry| entry.post.as_str()).filter(|post| !post.is_empty());
        let _ = writeln!(page, "<h2 id=\"post-{}\">{}</h2>\n<ul>", number + 1, xml(post.unwrap_or("Post not known")));
        for entry in own {
            let day = entry.sent.get(..10).unwrap_or_default();
            let day = if day.is_empty() { String::new() } else { format!("<time datetime=\"{day}\">{day}</time> ") };
            let subject = if entry.subject.is_empty() { String::new() } else { format!(" {}", xml(&entry.subject)) };
            let (name, number) = (xml(&entry.page), xml(&entry.number));
            let _ = writeln!(page, "<li>{day}<a href=\"{name}\">{number}</a>{subject}</li>");
        }
        page.push_str("</ul>\n");
    }
    if !counts.is_empty() {
        page.push_str("<h2 id=\"tags\">By TAG</h2>\n<ul class=\"codes\">\n");
        for (tag, count) in &counts {
            let _ = writeln!(page, "<li><b>{}</b> {count}</li>", xml(tag));
        }
        page.push_str("</ul>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}
