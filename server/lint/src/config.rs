//! `cable-lsp.toml`: an archive's own settings, read from text.
//!
//! Nothing here touches a file. The editor's settings have the same shape, so serde reads them as well, and
//! [`Config::over`] lays one above the other. A path is relative to the folder of the settings, with `/` in it.

mod choice;
mod ignore;
mod layers;
mod paths;
mod problems;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;

use cable_catalog::Additions;
use toml::de::DeTable;

pub use choice::Choice;
pub use ignore::ignore_rule;
pub use paths::{Paths, Pattern};
pub use problems::{Problem, keys};
#[cfg(test)]
use schema::{ArchiveShape, CodesShape, LevelWord, StyleWord, WrapShape};
pub use values::{ArchiveChoice, Codes, Level, RuleName, unknown_rule};

use crate::{ParagraphStyle, Selector, Settings, Wrap};

use layers::{Setting, Shape, kebab, settings};
use paths::set;
use problems::problems;

/// The JSON schema of the settings, for editors that complete TOML.
pub const SCHEMA: &str = include_str!("../cable-lsp.schema.json");

settings! {
    /// The settings of cable-lsp, in a file or in an editor.
    #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
    #[cfg_attr(test, derive(schemars::JsonSchema))]
    #[cfg_attr(test, schemars(title = "cable-lsp.toml", deny_unknown_fields))]
    #[serde(rename_all = "kebab-case", default)]
    pub struct Config {
        /// Rules to run instead of those that are on by default: codes, their beginnings, names, or ALL.
        #[cfg_attr(test, schemars(with = "Vec<String>"))]
        pub select: Option<Vec<Selector>>,
        /// Additional rules to run.
        #[cfg_attr(test, schemars(with = "Vec<String>"))]
        pub extend_select: Option<Vec<Selector>>,
        /// Rules not to run.
        #[cfg_attr(test, schemars(with = "Vec<String>"))]
        pub ignore: Option<Vec<Selector>>,
        /// The severity of a rule, by code or name; `off` turns it off.
        #[cfg_attr(test, schemars(with = "BTreeMap<String, LevelWord>"))]
        pub severity: BTreeMap<RuleName, Level>,
        /// Rules not to run on some files: a glob, and the rules.
        #[cfg_attr(test, schemars(with = "BTreeMap<String, Vec<String>>"))]
        pub per_file_ignores: BTreeMap<Pattern, Vec<Selector>>,
        /// The files of a folder to read, as globs, instead of `*.cable` and `*.txt`.
        #[cfg_attr(test, schemars(with = "Vec<String>"))]
        pub include: Option<Vec<Pattern>>,
        /// The files and folders of a folder to leave out, as globs.
        #[cfg_attr(test, schemars(with = "Vec<String>"))]
        pub exclude: Option<Vec<Pattern>>,
        /// How a repaired paragraph number is written: `7.` or `¶7.`
        #[cfg_attr(test, schemars(with = "StyleWord"))]
        pub paragraph_style: Option<ParagraphStyle>,
        /// TAGS of your own archive, each with its meaning.
        #[cfg_attr(test, schemars(with = "CodesShape"))]
        pub extra_tags: Codes,
        /// Routing indicators of your own archive, each with the addressee it belongs to.
        #[cfg_attr(test, schemars(with = "CodesShape"))]
        pub extra_routing_indicators: Codes,
        /// Posts of your own archive as classification lines write them, each with its address.
        #[cfg_attr(test, schemars(with = "CodesShape"))]
        pub extra_posts: Codes,
        /// Captions of your own archive, each with its meaning.
        #[cfg_attr(test, schemars(with = "CodesShape"))]
        pub extra_captions: Codes,
        /// How `cable-lsp format` and the editor lay out a cable.
        pub format: Format,
        /// What the editor shows inside the text.
        pub hints: Hints,
        /// What the editor shows between the lines of the text.
        pub lens: Lens,
        /// Whether the editor keeps an index of the folder's cables, to follow references from one to another; or the file
        /// of one that `cable-lsp archive build -o` made. By default it does where there is a settings file or a `.cable`
        /// file, and asks elsewhere.
        #[cfg_attr(test, schemars(with = "Option<ArchiveShape>"))]
        pub archive: Option<ArchiveChoice>,
    }
}

settings! {
    /// How `cable-lsp format` and the editor lay out a cable.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
    #[serde(rename_all = "kebab-case", default)]
    pub struct Format {
        /// Where formatting breaks the lines of a paragraph: `preserve` (or 0), `unwrap`, or the last column of a line.
        #[cfg_attr(test, schemars(with = "Option<WrapShape>"))]
        pub wrap: Option<Wrap>,
    }
}

settings! {
    /// What the editor shows inside the text.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
    #[serde(rename_all = "kebab-case", default)]
    pub struct Hints {
        /// Show the true number of a misread paragraph.
        pub number: Option<bool>,
        /// Show the date of a date-time group.
        pub date: Option<bool>,
        /// Show the meaning of a code.
        pub code: Option<bool>,
    }
}

settings! {
    /// What the editor shows between the lines of the text.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
    #[serde(rename_all = "kebab-case", default)]
    pub struct Lens {
        /// Show above a cable how many cite it, and how many it cites.
        pub citations: Option<bool>,
    }
}

impl Config {
    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// Every unknown key, rule and wrong glob, or else the first other value that cannot be.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let problem = |error: &toml::de::Error| {
            // The parser's messages take several lines where a value is one of a few.
            let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
            vec![Problem::at(text, error.span(), message)]
        };
        let table = DeTable::parse(text).map_err(|error| problem(&error))?;
        let problems = problems(text, table.get_ref());
        if !problems.is_empty() {
            return Err(problems);
        }
        toml::from_str(text).map_err(|error| problem(&error))
    }

    /// These settings where they say something, and those of `below` where they do not.
    #[must_use]
    pub fn over(self, below: &Self) -> Self {
        Setting::over(self, below.clone())
    }

    /// The choices for every file; [`Paths::ignored`] adds those for some.
    pub fn settings(&self) -> Settings {
        Settings {
            select: self.select.clone(),
            extend_select: self.extend_select.clone().unwrap_or_default(),
            ignore: self.ignore.clone().unwrap_or_default(),
            severity: self.severity.iter().map(|(name, level)| (name.0.code, level.0)).collect(),
            paragraph_style: self.paragraph_style.unwrap_or_default(),
        }
    }

    /// The codes that the archive adds to the catalog.
    pub fn additions(&self) -> Additions {
        Additions {
            tags: self.extra_tags.pairs(),
            routing_indicators: self.extra_routing_indicators.pairs(),
            posts: self.extra_posts.pairs(),
            captions: self.extra_captions.pairs(),
        }
    }

    /// The globs, ready to be asked.
    pub fn paths(&self) -> Paths {
        Paths {
            include: self.include.as_deref().map(set),
            exclude: set(self.exclude.as_deref().unwrap_or_default()),
            ignores: self.per_file_ignores.iter().map(|(glob, rules)| (set([glob]), rules.clone())).collect(),
        }
    }
}
