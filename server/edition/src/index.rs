//! A folder of pages: the page of each cable, and the index of them by post and date, with how many have which TAG.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::escape::xml;
use crate::forms::{self, Edited, Form, Page, start};
use crate::head::Head;

/// A cable in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name of its page.
    pub page: String,
    /// Who sent it; empty where that is not known.
    post: String,
    /// `2007-09-14T08:26:00Z`; empty where it is not known.
    sent: String,
    /// Its id, or its number; empty where it has none, and the name of the page stands for it.
    number: String,
    subject: String,
    tags: Vec<String>,
}

impl Entry {
    /// The entry of a cable whose page has no name yet.
    fn of(head: Head) -> Self {
        Self {
            page: String::new(),
            post: head.post.unwrap_or_default(),
            sent: head.iso.unwrap_or_default(),
            number: head.id.or(head.number).unwrap_or_default(),
            subject: head.subject.unwrap_or_default(),
            tags: head.tags.iter().filter_map(|(tag, _)| tag.split(' ').next()).map(str::to_owned).collect(),
        }
    }

    /// The same with the name of its page.
    #[must_use]
    pub fn named(self, page: String) -> Self {
        Self { page, ..self }
    }

    /// What it is called.
    fn name(&self) -> &str {
        if self.number.is_empty() { &self.page } else { &self.number }
    }
}

/// Writes the page of a cable, and what an index says of it: the name of the page is still to come.
pub fn page_and_entry(cable: Edited<'_>, form: Form) -> (Page, Entry) {
    let head = Head::of(cable.placed);
    (forms::page(cable, &head, form), Entry::of(head))
}

/// The page of an index. The entries are put in its order.
pub fn index(entries: &mut [Entry]) -> String {
    entries.sort_by(|one, two| {
        (&one.post, &one.sent, one.name(), &one.page).cmp(&(&two.post, &two.sent, two.name(), &two.page))
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
            let (name, number) = (xml(&entry.page), xml(entry.name()));
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
