//! What settings say about files: globs, and the paths they match.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::Selector;

/// What settings say about paths. A path is relative to the folder of the settings.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    pub(super) include: Option<GlobSet>,
    pub(super) exclude: GlobSet,
    pub(super) ignores: Vec<(GlobSet, Vec<Selector>)>,
}

impl Paths {
    /// Whether anything is left out at all.
    pub fn excludes_any(&self) -> bool {
        !self.exclude.is_empty()
    }

    /// Whether a file or a whole folder is left out.
    pub fn is_excluded(&self, path: &str) -> bool {
        self.exclude.is_match(path)
    }

    /// Whether the settings say which files are to be read, and do not leave it to their names.
    pub const fn includes_by_glob(&self) -> bool {
        self.include.is_some()
    }

    /// Whether a file is one of those to read; `None` where the settings leave it to its name.
    pub fn is_included(&self, path: &str) -> Option<bool> {
        self.include.as_ref().map(|include| include.is_match(path))
    }

    /// The rules that do not run on a file.
    pub fn ignored(&self, path: &str) -> Vec<Selector> {
        self.ignores.iter().filter(|(globs, _)| globs.is_match(path)).flat_map(|(_, rules)| rules.clone()).collect()
    }
}

/// A glob. Without a slash it means a name in any folder, with one a path from the folder of the settings. One that
/// matches a folder matches all that is in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(String);

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(glob: String) -> Result<Self, Self::Error> {
        if glob.trim_matches('/').is_empty() {
            return Err("this glob is empty".to_owned());
        }
        let pattern = Self(glob);
        match pattern.globs().into_iter().map(|glob| compiled(&glob)).collect::<Result<Vec<_>, _>>() {
            Ok(_) => Ok(pattern),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Pattern {
    fn globs(&self) -> [String; 2] {
        let anywhere = if self.0.trim_end_matches('/').contains('/') { "" } else { "**/" };
        let path = self.0.trim_matches('/');
        [format!("{anywhere}{path}"), format!("{anywhere}{path}/**")]
    }
}

fn compiled(glob: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(glob).literal_separator(true).build()
}

pub(super) fn set<'a>(patterns: impl IntoIterator<Item = &'a Pattern>) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    let globs = patterns.into_iter().flat_map(Pattern::globs);
    globs.filter_map(|glob| compiled(&glob).ok()).for_each(|glob| {
        builder.add(glob);
    });
    // Each glob was compiled alone when it was read, so only an absurd number of them can fail together.
    builder.build().unwrap_or_default()
}
