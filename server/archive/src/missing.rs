//! What the archive cites and does not have.

use crate::entry::Entry;
use crate::error::Error;
use crate::graph::absent_name;
use crate::index::Index;

/// A cable that is cited and not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its id; post and serial alone where no year is known.
    pub id: String,
    /// The post as ids write it.
    pub post: String,
    /// The year.
    pub year: Option<i16>,
    /// The serial.
    pub serial: u32,
    /// How often it is cited.
    pub times: usize,
    /// The cable of the post before it that the archive has, in the same year.
    pub before: Option<Entry>,
    /// The one after it.
    pub after: Option<Entry>,
}

impl Index {
    /// Hands over what is cited and not there, by post, year and serial. Returns how many there were.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or when that is where `then` ends it.
    pub fn missing<E: From<Error>>(
        &self,
        mut then: impl FnMut(Missing) -> std::result::Result<(), E>,
    ) -> std::result::Result<usize, E> {
        let mut count = 0;
        let mut open: Option<Missing> = None;
        let mut done = |missing: Missing| -> std::result::Result<(), E> {
            let (before, after) = match missing.year {
                Some(year) => self.neighbours(&missing.post, year, missing.serial)?,
                None => (None, None),
            };
            count += 1;
            then(Missing { before, after, ..missing })
        };
        let order = "ref.post, coalesce(ref.year, cable.year), ref.serial, ref.cited_id";
        self.each_cited(order, |cited, resolved| {
            let (None, Some(post), Some(serial)) = (resolved, &cited.post, cited.serial) else { return Ok(()) };
            let id = absent_name(&cited);
            match &mut open {
                Some(missing) if missing.id == id => missing.times += 1,
                _ => {
                    let year = cited.year.or(cited.own_year);
                    let next = Missing { id, post: post.clone(), year, serial, times: 1, before: None, after: None };
                    open.replace(next).map_or(Ok(()), &mut done)?;
                }
            }
            Ok::<_, E>(())
        })?;
        open.map_or(Ok(()), &mut done)?;
        Ok(count)
    }
}
