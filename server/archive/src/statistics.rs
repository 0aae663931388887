//! How many cables there are of what, and how much of it the archive has.

use std::collections::{BTreeMap, BTreeSet};

use cable_catalog::Catalog;

use crate::error::Result;
use crate::graph::absent_name;
use crate::index::Index;
use crate::names::name_disagrees;

/// What cables are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// The post that sent them.
    Post,
    /// The year of the id.
    Year,
    /// Overall classification.
    Classification,
    /// Each of their tags.
    Tag,
}

/// A row of a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The post, year, level or tag; none where the cables do not say.
    pub name: Option<String>,
    /// Cables. Sections and copies of one count each.
    pub cables: u64,
    /// The highest serial; only of posts and years.
    pub highest: Option<u32>,
    /// Different serials that the archive has, of posts and years: each counted in its own post and year.
    pub serials: Option<u64>,
    /// Serials that there must have been: the highest of each post and year, summed up.
    pub expected: Option<u64>,
}

impl Count {
    /// How much of what there must have been is there, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "no archive has so many cables")]
    pub fn coverage(&self) -> Option<f64> {
        let (serials, expected) = self.serials.zip(self.expected)?;
        (expected > 0).then(|| serials as f64 / expected as f64)
    }
}

/// The archive at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Files, those without a cable too.
    pub files: u64,
    /// Cables.
    pub cables: u64,
    /// Cables without an id.
    pub nameless: u64,
    /// Cables whose year is that of their file name.
    pub by_name: u64,
    /// Ids that several cables have that are not sections of one.
    pub doubled: u64,
    /// Files that are named after another cable than those they hold.
    pub misnamed: u64,
    /// Entries of REF lists.
    pub entries: u64,
    /// Those that name a cable.
    pub references: u64,
    /// Those that the archive has, by the exact id, the year before, another year.
    pub resolved: [u64; 3],
    /// Those of them that may mean several.
    pub ambiguous: u64,
    /// Those that the archive does not have.
    pub absent: u64,
    /// Different cables that are absent.
    pub absent_cables: u64,
}

/// A count by id: the id, how often, and what there is to say of it.
pub type Ranked = (String, u64);

impl Index {
    /// Counts the cables, by name.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn count(&self, group: Group) -> Result<Vec<Count>> {
        let sql = match group {
            Group::Post => by_serial("post"),
            Group::Year => by_serial("year"),
            Group::Classification => {
                "SELECT classification, count(*), NULL, NULL, NULL FROM cable GROUP BY 1 ORDER BY 1".to_owned()
            }
            Group::Tag => {
                "SELECT tag, count(DISTINCT cable), NULL, NULL, NULL FROM tag GROUP BY 1 ORDER BY 1".to_owned()
            }
        };
        let mut counts = self.connection.prepare_cached(&sql)?;
        let rows = counts.query_map([], |row| {
            Ok(Count {
                name: row.get(0)?,
                cables: row.get(1)?,
                highest: row.get(2)?,
                serials: row.get(3)?,
                expected: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The archive at a glance.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn overview(&self, catalog: &Catalog) -> Result<Overview> {
        let number = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, u64>(0));
        let mut overview = Overview {
            files: number("SELECT count(*) FROM file")?,
            cables: number("SELECT count(*) FROM cable")?,
            nameless: number("SELECT count(*) FROM cable WHERE canonical_id IS NULL")?,
            by_name: number("SELECT count(*) FROM cable WHERE id_from = 'name'")?,
            // Different sections are parts; a section that is there twice is not.
            doubled: number(
                "SELECT count(*) FROM (SELECT 1 FROM cable WHERE canonical_id IS NOT NULL GROUP BY canonical_id \
                 HAVING count(*) > count(DISTINCT coalesce(section, 1)))",
            )?,
            entries: number("SELECT count(*) FROM ref")?,
            ..Overview::default()
        };
        let mut named = self.connection.prepare(
            "SELECT file.path, group_concat(canonical_id, ' ') FROM cable JOIN file ON file.id = file \
             WHERE canonical_id IS NOT NULL GROUP BY file HAVING max(id_from = 'text')",
        )?;
        let mut rows = named.query([])?;
        while let Some(row) = rows.next()? {
            let (path, ids): (String, String) = (row.get(0)?, row.get(1)?);
            overview.misnamed += u64::from(name_disagrees(&path, ids.split(' '), catalog));
        }
        let mut absent = BTreeSet::new();
        self.each_cited("1", |cited, resolved| {
            overview.references += 1;
            if let Some(resolved) = resolved {
                overview.resolved[resolved.how as usize] += 1;
                overview.ambiguous += u64::from(resolved.cables.len() > 1);
            } else {
                overview.absent += 1;
                absent.insert(absent_name(&cited));
            }
            Ok::<_, crate::Error>(())
        })?;
        overview.absent_cables = absent.len() as u64;
        Ok(overview)
    }

    /// The cables that are cited most, those that the archive has and those that it has not, so many of each.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn most_cited(&self, limit: usize) -> Result<(Vec<Ranked>, Vec<Ranked>)> {
        let (mut present, mut absent) = (BTreeMap::new(), BTreeMap::new());
        self.each_cited("1", |cited, resolved| {
            let likeliest = resolved.and_then(|resolved| resolved.cables.into_iter().next());
            let count = match likeliest {
                Some(cable) => present.entry(cable.id).or_default(),
                None => absent.entry(absent_name(&cited)).or_default(),
            };
            *count += 1;
            Ok::<_, crate::Error>(())
        })?;
        Ok((ranked(present, limit), ranked(absent, limit)))
    }

    /// How many cables each post sent in each month, `2007-09`, by month and post.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn by_month(&self) -> Result<Vec<(String, String, u64)>> {
        let mut counts = self.connection.prepare_cached(
            "SELECT substr(dtg, 1, 7), coalesce(post, ''), count(*) FROM cable WHERE dtg IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
        )?;
        let rows = counts.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many different serials of each post and year there are, and the highest, by post and year.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn coverage(&self) -> Result<Vec<(String, i16, u64, u32)>> {
        let mut counts = self.connection.prepare_cached(
            "SELECT post, year, count(DISTINCT serial), max(serial) FROM cable \
             WHERE post IS NOT NULL AND year IS NOT NULL GROUP BY post, year ORDER BY post, year",
        )?;
        let rows = counts.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Counts by post or year. Serials count up in each post and year, so that is where they are compared.
fn by_serial(column: &str) -> String {
    format!(
        "SELECT CAST({column} AS TEXT), sum(cables), max(highest), sum(serials), sum(highest) FROM \
         (SELECT post, year, count(*) AS cables, \
          CASE WHEN post IS NOT NULL AND year IS NOT NULL THEN count(DISTINCT serial) END AS serials, \
          CASE WHEN post IS NOT NULL AND year IS NOT NULL THEN max(serial) END AS highest \
          FROM cable GROUP BY post, year) GROUP BY {column} ORDER BY {column}"
    )
}

/// The highest counts, those that are as high by their ids.
fn ranked(counts: BTreeMap<String, u64>, limit: usize) -> Vec<Ranked> {
    let mut ranked: Vec<Ranked> = counts.into_iter().collect();
    ranked.sort_by(|(_, one), (_, two)| two.cmp(one));
    ranked.truncate(limit);
    ranked
}
