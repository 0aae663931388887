//! Posts: embassies, consulates, missions, the Department, and the series of travelling delegations.

use crate::additions::Addition;
use crate::post_name::folded_name;
use crate::table::{POST_SPELLINGS, POSTS, Row};
use crate::{Catalog, Entry, Kind};

/// How many characters of a post's name a page line has (FORMAT.md, "Serials").
pub const PAGE_LINE_POST: usize = 10;

/// An office that sends cables under a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post<'a> {
    /// The name on the classification line, `TEL AVIV`.
    pub name: &'a str,
    /// The name in a canonical id, `TELAVIV`.
    pub compact: &'a str,
    /// The plain language address, `AMEMBASSY TEL AVIV`.
    pub designator: &'a str,
    /// Where it is, in today's spelling; empty for travelling delegations.
    pub city: &'a str,
    /// The geo-political TAG of the place; empty where none fits.
    pub geo_tag: &'a str,
    /// What sort of post it is or was.
    pub status: &'a str,
    /// Where the row comes from.
    pub source: &'a str,
    /// Known, but no evidence.
    pub doubtful: bool,
    other_designators: &'a str,
    aliases: &'a str,
}

impl<'a> Post<'a> {
    /// Every plain language address it has had, the usual one first.
    pub fn designators(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let others = self.other_designators.split("; ").filter(|designator| !designator.is_empty());
        std::iter::once(self.designator).chain(others)
    }

    /// Other spellings of the compact name, mostly mistakes.
    #[cfg(test)]
    pub(crate) fn aliases(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.aliases.split(' ').filter(|alias| !alias.is_empty())
    }

    /// The name as page lines cut it, `BUENOS AIR`.
    pub fn page_line_name(&self) -> &'a str {
        cut(self.name)
    }
}

impl Catalog {
    /// The post of a name, a compact name or an alias. Case, spaces and punctuation do not matter.
    pub fn post(&self, name: &str) -> Option<Post<'_>> {
        let added = self.added.as_ref().and_then(|added| added.posts.find(&folded_name(name)));
        added.map(added_post).or_else(|| POST_SPELLINGS.first(&folded_name(name)).map(post))
    }

    /// The post whose name, cut as page lines cut it, is `text`. Case does not matter.
    pub fn post_prefix(&self, text: &str) -> Option<Post<'_>> {
        let text = text.trim_end();
        let fits = |name: &str| cut(name).eq_ignore_ascii_case(text);
        let added = self.added.as_ref().and_then(|added| added.posts.iter().find(|post| fits(&post.code)));
        added.map(added_post).or_else(|| POSTS.at_or_after(&text.bytes()).filter(|row| fits(row.column(0))).map(post))
    }

    /// Every post, those of the archive first.
    pub fn posts(&self) -> impl Iterator<Item = Post<'_>> {
        let added = self.added.iter().flat_map(|added| added.posts.iter());
        added.map(added_post).chain(POSTS.rows().map(post))
    }
}

fn cut(name: &str) -> &str {
    let end = name.char_indices().nth(PAGE_LINE_POST).map_or(name.len(), |(start, _)| start);
    name[..end].trim_end()
}

fn post<'a>(row: Row) -> Post<'a> {
    let Entry { code: name, title: designator, note: status, source, doubtful, .. } = row.entry(Kind::Post);
    let [compact, other_designators, city, geo_tag, aliases] = row.further_columns();
    Post { name, compact, designator, city, geo_tag, status, source, doubtful, other_designators, aliases }
}

fn added_post(addition: &Addition) -> Post<'_> {
    let Entry { code: name, title: designator, note: status, source, doubtful, .. } = addition.entry(Kind::Post);
    Post {
        name,
        compact: &addition.key,
        designator,
        city: "",
        geo_tag: "",
        status,
        source,
        doubtful,
        other_designators: "",
        aliases: "",
    }
}

impl<'a> From<Post<'a>> for Entry<'a> {
    fn from(post: Post<'a>) -> Self {
        let Post { name: code, designator: title, status: note, source, doubtful, .. } = post;
        Self { code, kind: Kind::Post, title, note, source, doubtful }
    }
}
