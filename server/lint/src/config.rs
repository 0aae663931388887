//! `cable-lsp.toml`: an archive's own settings, read from text.
//!
//! Nothing here touches a file. The editor's settings have the same shape, so serde reads them as well, and
//! [`Config::over`] lays one above the other. A path is relative to the folder of the settings, with `/` in it.

mod ignore;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use cable_catalog::Additions;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::de::{DeTable, DeValue};

pub use ignore::ignore_rule;

use crate::{ParagraphStyle, Rule, Selector, Settings, Severity, Wrap, nearest_rules, rule, rules};

/// The JSON schema of the settings, for editors that complete TOML.
pub const SCHEMA: &str = include_str!("../cable-lsp.schema.json");

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
}

/// How `cable-lsp format` and the editor lay out a cable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(rename_all = "kebab-case", default)]
pub struct Format {
    /// Where formatting breaks the lines of a paragraph: `preserve` (or 0), `unwrap`, or the last column of a line.
    #[cfg_attr(test, schemars(with = "Option<WrapShape>"))]
    pub wrap: Option<Wrap>,
}

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

/// What stands under a key, as far as it is looked at before serde reads it: one by one, so that the line is known.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Rules,
    RulesByGlob,
    Globs,
    Keys(&'static [&'static str]),
    Other,
}

/// The keys of a settings file. A test holds them to [`Config`].
const KEYS: [(&str, Shape); 14] = [
    ("select", Shape::Rules),
    ("extend-select", Shape::Rules),
    ("ignore", Shape::Rules),
    ("severity", Shape::Other),
    ("per-file-ignores", Shape::RulesByGlob),
    ("include", Shape::Globs),
    ("exclude", Shape::Globs),
    ("paragraph-style", Shape::Other),
    ("extra-tags", Shape::Other),
    ("extra-routing-indicators", Shape::Other),
    ("extra-posts", Shape::Other),
    ("extra-captions", Shape::Other),
    ("format", Shape::Keys(&["wrap"])),
    ("hints", Shape::Keys(&["number", "date", "code"])),
];

/// The names of all settings.
pub fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|&(name, _)| name)
}

/// What is wrong in a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Problem {
    fn at(text: &str, span: Option<Range<usize>>, message: String) -> Self {
        let before = text.get(..span.map_or(0, |span| span.start)).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line, column, message }
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
        let below = below.clone();
        let wrap = self.format.wrap.or(below.format.wrap);
        let (mine, theirs) = (self.hints, below.hints);
        Self {
            select: self.select.or(below.select),
            extend_select: self.extend_select.or(below.extend_select),
            ignore: self.ignore.or(below.ignore),
            severity: merged(self.severity, below.severity),
            per_file_ignores: merged(self.per_file_ignores, below.per_file_ignores),
            include: self.include.or(below.include),
            exclude: self.exclude.or(below.exclude),
            paragraph_style: self.paragraph_style.or(below.paragraph_style),
            extra_tags: self.extra_tags.over(below.extra_tags),
            extra_routing_indicators: self.extra_routing_indicators.over(below.extra_routing_indicators),
            extra_posts: self.extra_posts.over(below.extra_posts),
            extra_captions: self.extra_captions.over(below.extra_captions),
            format: Format { wrap },
            hints: Hints {
                number: mine.number.or(theirs.number),
                date: mine.date.or(theirs.date),
                code: mine.code.or(theirs.code),
            },
        }
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

/// A choice of rules that lies over settings: that of the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Rules to run, whatever the settings say.
    pub select: Option<Vec<Selector>>,
    /// Additional rules to run, whatever the settings say.
    pub extend_select: Vec<Selector>,
    /// Rules not to run.
    pub ignore: Vec<Selector>,
}

impl Choice {
    /// The settings with this choice over them. A rule that is chosen here runs even where they turn it off.
    pub fn over(&self, settings: Settings) -> Settings {
        if *self == Self::default() {
            return settings;
        }
        let any = |selectors: &[Selector], rule: &Rule| selectors.iter().any(|selector| selector.matches(rule));
        let runs = |rule: &Rule| {
            let selected = self.select.as_deref().map_or_else(|| settings.runs(rule), |select| any(select, rule));
            (selected || any(&self.extend_select, rule)) && !any(&self.ignore, rule)
        };
        let running: Vec<&'static Rule> = rules().iter().copied().filter(|rule| runs(rule)).collect();
        let is_off =
            |code: &str, level: Option<Severity>| level.is_none() && running.iter().any(|rule| rule.code == code);
        let severity = settings.severity.iter().map(|(&code, &level)| (code, level));
        Settings {
            severity: severity.filter(|&(code, level)| !is_off(code, level)).collect(),
            paragraph_style: settings.paragraph_style,
            ..Settings::only(&running)
        }
    }
}

/// What settings say about paths. A path is relative to the folder of the settings.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    include: Option<GlobSet>,
    exclude: GlobSet,
    ignores: Vec<(GlobSet, Vec<Selector>)>,
}

impl Paths {
    /// Whether a file or a whole folder is left out.
    pub fn is_excluded(&self, path: &str) -> bool {
        self.exclude.is_match(path)
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

fn set<'a>(patterns: impl IntoIterator<Item = &'a Pattern>) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    let globs = patterns.into_iter().flat_map(Pattern::globs);
    globs.filter_map(|glob| compiled(&glob).ok()).for_each(|glob| {
        builder.add(glob);
    });
    // Each glob was compiled alone when it was read, so only an absurd number of them can fail together.
    builder.build().unwrap_or_default()
}

/// A rule by its code or its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct RuleName(&'static Rule);

impl TryFrom<String> for RuleName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        rule(&text).map(Self).ok_or_else(|| unknown_rule(&text))
    }
}

impl Ord for RuleName {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.code.cmp(other.0.code)
    }
}

impl PartialOrd for RuleName {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A severity, or none for a rule that is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Level(Option<Severity>);

impl TryFrom<String> for Level {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "off" => Ok(Self(None)),
            word => word
                .parse()
                .map(|severity| Self(Some(severity)))
                .map_err(|()| format!("unknown severity \"{text}\"; use off, hint, information, warning or error")),
        }
    }
}

/// Codes with their meanings: a table, or a list of codes alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes(BTreeMap<String, String>);

impl Codes {
    fn pairs(&self) -> Vec<(String, String)> {
        self.0.clone().into_iter().collect()
    }

    fn over(self, below: Self) -> Self {
        Self(merged(self.0, below.0))
    }
}

impl<'de> Deserialize<'de> for Codes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CodesVisitor)
    }
}

struct CodesVisitor;

impl<'de> Visitor<'de> for CodesVisitor {
    type Value = Codes;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table of codes with their meanings, or a list of codes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Codes, A::Error> {
        let mut codes = BTreeMap::new();
        while let Some((code, meaning)) = map.next_entry()? {
            codes.insert(code, meaning);
        }
        Ok(Codes(codes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Codes, A::Error> {
        let mut codes = BTreeMap::new();
        while let Some(code) = list.next_element()? {
            codes.insert(code, String::new());
        }
        Ok(Codes(codes))
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom(unknown_rule(&text)))
    }
}

/// What to say about a word that should be a rule: the nearest ones are named.
pub fn unknown_rule(text: &str) -> String {
    let near: Vec<String> =
        nearest_rules(text, 3).iter().map(|rule| format!("{} ({})", rule.code, rule.name)).collect();
    let near = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
    format!("unknown rule \"{text}\"{near}")
}

/// The unknown keys and the wrong elements of lists.
fn problems(text: &str, table: &DeTable<'_>) -> Vec<Problem> {
    let names = KEYS.map(|(name, _)| name);
    let mut problems = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let shape = KEYS.iter().find(|(known, _)| *known == name).map(|(_, shape)| *shape);
        match (shape, value.get_ref()) {
            (None, _) => problems.push(Problem::at(text, Some(key.span()), unknown_key(name, &names))),
            (Some(Shape::Keys(inner)), DeValue::Table(table)) => {
                let unknown = table.keys().filter(|key| !inner.contains(&key.get_ref().as_ref()));
                problems.extend(unknown.map(|key| {
                    let message = unknown_key(key.get_ref().as_ref(), inner);
                    Problem::at(text, Some(key.span()), format!("in [{name}]: {message}"))
                }));
            }
            (Some(Shape::Rules), value) => problems.extend(wrong(text, value, rule_problem)),
            (Some(Shape::Globs), value) => problems.extend(wrong(text, value, glob_problem)),
            (Some(Shape::RulesByGlob), DeValue::Table(table)) => {
                for (glob, rules) in table {
                    let problem = glob_problem(glob.get_ref().as_ref());
                    problems.extend(problem.map(|message| Problem::at(text, Some(glob.span()), message)));
                    problems.extend(wrong(text, rules.get_ref(), rule_problem));
                }
            }
            (Some(_), _) => {}
        }
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems
}

/// What is wrong with the texts of a list.
fn wrong(text: &str, list: &DeValue<'_>, problem: fn(&str) -> Option<String>) -> Vec<Problem> {
    let elements = list.as_array().into_iter().flat_map(|list| list.iter());
    let found = elements.filter_map(|element| {
        let message = problem(element.get_ref().as_str()?)?;
        Some(Problem::at(text, Some(element.span()), message))
    });
    found.collect()
}

fn rule_problem(rule: &str) -> Option<String> {
    rule.parse::<Selector>().err().map(|_| unknown_rule(rule))
}

fn glob_problem(glob: &str) -> Option<String> {
    Pattern::try_from(glob.to_owned()).err()
}

fn unknown_key(name: &str, known: &[&str]) -> String {
    let near = known.iter().min_by_key(|known| strsim::osa_distance(&name.to_lowercase(), known));
    format!("unknown key \"{name}\"; did you mean \"{}\"?", near.unwrap_or(&""))
}

fn merged<K: Ord, V>(above: BTreeMap<K, V>, mut below: BTreeMap<K, V>) -> BTreeMap<K, V> {
    below.extend(above);
    below
}

#[cfg(test)]
mod schema {
    //! The shapes of values that serde reads by hand, for the schema alone.

    use std::collections::BTreeMap;

    #[derive(schemars::JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "only its shape is of use")]
    pub(super) enum LevelWord {
        Off,
        Hint,
        Information,
        Warning,
        Error,
    }

    #[derive(schemars::JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "only its shape is of use")]
    pub(super) enum StyleWord {
        Plain,
        Pilcrow,
    }

    #[derive(schemars::JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "only its shape is of use")]
    pub(super) enum WrapWord {
        Preserve,
        Unwrap,
    }

    #[derive(schemars::JsonSchema)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its shape is of use")]
    pub(super) enum WrapShape {
        Word(WrapWord),
        Column(u16),
    }

    #[derive(schemars::JsonSchema)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its shape is of use")]
    pub(super) enum CodesShape {
        Meanings(BTreeMap<String, String>),
        Codes(Vec<String>),
    }
}
#[cfg(test)]
use schema::{CodesShape, LevelWord, StyleWord, WrapShape};

#[cfg(test)]
mod tests;
