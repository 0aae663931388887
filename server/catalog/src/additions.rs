//! An archive's own codes, from its settings.

use crate::post_name::folded_name;
use crate::{Entry, Kind};

/// Codes that an archive adds, each with its meaning, which may be empty. An empty code is ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Additions {
    /// TAGS. Their shape decides the kind: two letters, `K` and three letters, four letters of a subject category.
    pub tags: Vec<(String, String)>,
    /// Routing indicators with the addressee they stand for.
    pub routing_indicators: Vec<(String, String)>,
    /// Names of posts as classification lines write them (`TEL AVIV`), with the address (`AMEMBASSY TEL AVIV`).
    pub posts: Vec<(String, String)>,
    /// Captions.
    pub captions: Vec<(String, String)>,
}

/// The additions in the order in which they are searched.
#[derive(Debug)]
pub(crate) struct Added {
    pub(crate) tags: List,
    pub(crate) routing_indicators: List,
    pub(crate) posts: List,
    pub(crate) captions: List,
}

impl Added {
    /// Nothing if there is nothing to search.
    pub(crate) fn new(additions: Additions) -> Option<Self> {
        let upper = |code: &str| code.to_ascii_uppercase();
        let added = Self {
            tags: List::new(additions.tags, upper),
            routing_indicators: List::new(additions.routing_indicators, upper),
            posts: List::new(additions.posts, |name| folded_name(name).map(char::from).collect()),
            captions: List::new(additions.captions, upper),
        };
        let any = added.lists().any(|(_, list)| !list.0.is_empty());
        any.then_some(added)
    }

    /// The lists with the kind of their codes; that of a tag depends on its shape.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (Option<Kind>, &List)> {
        [
            (None, &self.tags),
            (Some(Kind::RoutingIndicator), &self.routing_indicators),
            (Some(Kind::Post), &self.posts),
            (Some(Kind::Caption), &self.captions),
        ]
        .into_iter()
    }
}

/// Added codes in the order of their keys.
#[derive(Debug)]
pub(crate) struct List(Vec<Addition>);

/// One added code.
#[derive(Debug)]
pub(crate) struct Addition {
    /// The spelling that is searched: upper case, or the compact name of a post.
    pub(crate) key: String,
    pub(crate) code: String,
    title: String,
}

impl List {
    fn new(pairs: Vec<(String, String)>, key: impl Fn(&str) -> String) -> Self {
        let mut list: Vec<Addition> = pairs
            .into_iter()
            .map(|(code, title)| Addition { key: key(code.trim()), code: code.trim().to_owned(), title })
            .filter(|addition| !addition.key.is_empty())
            .collect();
        list.sort_by(|a, b| a.key.cmp(&b.key));
        list.dedup_by(|a, b| a.key == b.key);
        Self(list)
    }

    /// The addition whose key has these bytes.
    pub(crate) fn find(&self, key: &(impl Iterator<Item = u8> + Clone)) -> Option<&Addition> {
        let index = self.0.binary_search_by(|addition| addition.key.bytes().cmp(key.clone())).ok()?;
        self.0.get(index)
    }

    /// The addition in exactly this spelling.
    pub(crate) fn get(&self, code: &str) -> Option<&Addition> {
        self.find(&code.bytes().map(|byte| byte.to_ascii_uppercase())).filter(|addition| addition.code == code)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Addition> {
        self.0.iter()
    }
}

impl Addition {
    /// The meaning, or where the code is from if none was given.
    pub(crate) fn title(&self) -> &str {
        if self.title.is_empty() { "added by this archive" } else { &self.title }
    }

    pub(crate) fn entry(&self, kind: Kind) -> Entry<'_> {
        Entry { code: &self.code, kind, title: self.title(), note: "", source: "settings", doubtful: false }
    }
}
