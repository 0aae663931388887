//! `check`: what is wrong with cables, for people and for their tools; and its repair.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use cable_lint::config::{Choice, unknown_rule};
use cable_lint::{Diagnostic, FixSafety, Need, Rule, Selector, Severity, rule, rules};
use clap::Args;
use rayon::ThreadPool;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::archive::{fault, shared};
use super::baseline::Baseline;
use super::documents::{Given, Texts};
use super::examine::{Examined, Examiner, Outcome, Repair};
use super::input::{BATCH, Inputs, no_cables, speak_of};
use super::level::{FailOn, Level};
use super::progress::Progress;
use super::report::{Format, Report, Shown};
use super::statistics::Statistics;
use super::watch::Watch;
use super::{COULD_NOT_RUN, FOUND, QUIET, count, diff, interrupt, note, report_error, write};
use crate::files::config::{Configs, FILE_NAME};
use crate::files::source::Source;
use crate::visible::visible;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "a switch of the command line is a bool")]
#[command(after_help = "Exit codes: 0 nothing at or above --fail-on, 1 something, 2 not everything could be checked.")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    given: Given,
    /// How the diagnostics are written
    #[arg(long, value_enum, default_value_t = Format::Full)]
    format: Format,
    /// Apply the safe fixes, and report what remains. Standard input is fixed to standard output
    #[arg(long, conflicts_with = "documents_from")]
    fix: bool,
    /// With --fix or --diff, apply also the unsafe fixes, which need your review
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change and write nothing; exit with 1 if there is a difference
    #[arg(long, conflicts_with_all = ["statistics", "write_baseline"])]
    diff: bool,
    /// Rules to run, whatever the settings say: codes, their beginnings, or names, joined by commas
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = selector)]
    select: Option<Vec<Selector>>,
    /// Additional rules to run
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = selector)]
    extend_select: Vec<Selector>,
    /// Rules not to run
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = selector)]
    ignore: Vec<Selector>,
    /// Also look beyond each file, at the archive that it is in: a folder (this one, where none is named), or a file that
    /// `archive build -o` made. The rules are those of ARC. Where no path is named, the folder's cables are checked
    #[arg(
        long, value_name = "FILE|FOLDER", num_args = 0..=1, default_missing_value = ".",
        conflicts_with = "show_files"
    )]
    archive: Option<PathBuf>,
    /// The least severity that `full` and `concise` show; by default warning, or --fail-on where that is lower. With
    /// --statistics the least that is counted; by default all. It changes neither the exit code nor the other formats
    #[arg(long, value_enum)]
    level: Option<Level>,
    /// Write nothing but diagnostics and errors
    #[arg(short, long)]
    quiet: bool,
    /// The least severity at which the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
    /// Count the diagnostics by rule and severity instead of showing them; as text, or with --format json
    #[arg(long)]
    statistics: bool,
    /// List the files that would be checked, and check nothing
    #[arg(long, conflicts_with_all = ["fix", "diff", "statistics", "baseline", "write_baseline", "watch", "documents_from"])]
    show_files: bool,
    /// Report only what is not in this baseline
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found as a baseline instead of reporting it
    #[arg(long, value_name = "FILE", conflicts_with = "statistics")]
    write_baseline: Option<PathBuf>,
    /// Keep running, and check each file again when it changes
    #[arg(long, conflicts_with_all = ["write_baseline", "files_from", "documents_from"])]
    watch: bool,
}

/// Rules that a whole set of files often breaks in the same way, because its originals or its publisher did: doubled
/// captions, the notices of extracts, no newline at the end.
const OFTEN_IN_COMMON: [&str; 3] = ["CLS006", "ENV001", "TXT011"];

/// Reads a selector; an unknown one gets the nearest rules in its message.
fn selector(text: &str) -> Result<Selector, String> {
    text.parse().map_err(|_| unknown_rule(text))
}

/// Whether a selector means nothing but rules that look beyond one file.
fn needs_archive(selector: &Selector) -> bool {
    rules().iter().filter(|rule| selector.matches(rule)).all(|rule| rule.needs.contains(&Need::Archive))
}

pub(super) fn run(mut arguments: Arguments) -> io::Result<u8> {
    // Who names an archive and nothing else means the cables of that.
    arguments.inputs.instead_of_here = arguments.archive.clone().filter(|archive| archive.is_dir());
    let arguments = &arguments;
    QUIET.store(arguments.quiet, Ordering::Relaxed);
    if arguments.statistics && !matches!(arguments.format, Format::Full | Format::Concise | Format::Json) {
        return Err(io::Error::other("--statistics is written as text, or with --format json"));
    }
    if arguments.archive.is_none()
        && arguments.select.iter().flatten().chain(&arguments.extend_select).any(needs_archive)
    {
        note("the rules of ARC look beyond each file: they run with --archive");
    }
    let run = Run { arguments, threads: arguments.inputs.thread_pool()? };
    if arguments.show_files {
        return run.show_files();
    }
    if arguments.inputs.read_standard_input() {
        if arguments.watch {
            return Err(io::Error::other("standard input cannot be watched"));
        }
        if arguments.inputs.files_from.as_deref() == Some(Path::new("-")) {
            return Err(io::Error::other("standard input is either a cable or a list of files"));
        }
    }
    if arguments.fix || arguments.write_baseline.is_some() {
        interrupt::end_between_files()?;
    }
    if arguments.watch { run.watch() } else { run.once(|_| true) }
}

/// One command line, run once or again and again.
struct Run<'a> {
    arguments: &'a Arguments,
    threads: ThreadPool,
}

/// What a run found, apart from what it reports on the way.
#[derive(Debug, Default)]
struct Tally {
    /// Something was left out or could not be done.
    incomplete: bool,
    /// Something counts for the exit code.
    found: bool,
    /// Files that were fixed, or would be.
    fixed_files: usize,
    /// Problems that were fixed, or would be, by their severity.
    fixed: BTreeMap<Severity, usize>,
    /// Texts that were read.
    texts: usize,
    /// Those that no person named and that are no cables.
    other_texts: usize,
}

impl Run<'_> {
    fn watch(&self) -> io::Result<u8> {
        let watch = Watch::new(self.arguments.inputs.roots()?)?;
        self.once(|_| true)?;
        loop {
            report_error("watching for changes");
            let changed = watch.changed()?;
            let settings_changed = changed.iter().any(|path| path.file_name().is_some_and(|name| name == FILE_NAME));
            self.once(|source| settings_changed || changed.contains(&source.path))?;
        }
    }

    /// Checks the sources that are wanted and returns the exit code.
    fn once(&self, wanted: impl Fn(&Source) -> bool + Send) -> io::Result<u8> {
        let arguments = self.arguments;
        let choice = Choice {
            select: arguments.select.clone(),
            extend_select: arguments.extend_select.clone(),
            ignore: arguments.ignore.clone(),
        };
        let configs = arguments.inputs.configs(choice)?;
        let known = match (&arguments.baseline, &arguments.write_baseline) {
            // What is to be written is all that is found, also what another baseline knows.
            (_, Some(file)) => Some(Baseline::empty(file)),
            (Some(file), None) => Some(Baseline::read(file)?),
            (None, None) => None,
        };
        let archive = arguments.archive.as_deref().map(|archive| shared(archive, &arguments.inputs)).transpose()?;
        let is_whole = archive.as_ref().is_none_or(|(_, is_whole)| *is_whole);
        let archive = archive.map(|(archive, _)| archive);
        let (texts, complete) = arguments.given.texts(&arguments.inputs, &configs)?;
        let mut texts = match texts {
            Texts::Files(sources) => Texts::Files(Box::new(sources.only(wanted))),
            documents @ Texts::Documents(_) => documents,
        };
        let mut tally = Tally { incomplete: !(complete && is_whole), ..Tally::default() };
        let examiner = Examiner {
            archive: archive.as_ref(),
            configs: &configs,
            repair: self.repair(),
            shows_safety: self.shows_safety(),
            baseline: known.as_ref(),
        };
        if let Repair::Write(_) = examiner.repair {
            arguments.inputs.pass_through(&configs)?;
        }
        match (&arguments.write_baseline, arguments.diff) {
            (Some(file), _) => {
                let mut learnt = Baseline::empty(file);
                self.each(&examiner, &mut texts, &mut tally, |examined| {
                    learnt.learn(examined.key.clone(), &examined.text, &examined.diagnostics);
                    Ok(())
                })?;
                let known = count(learnt.len(), "known problem");
                learnt.write(file)?;
                note(&format!("{}: {known}", file.display()));
                tally.found = false;
            }
            (None, true) => {
                let mut output = io::BufWriter::new(io::stdout().lock());
                self.each(&examiner, &mut texts, &mut tally, |examined| match &examined.fixed {
                    Some(fixed) => diff::write(&mut output, &examined.path, &fixed.before, &fixed.after),
                    None => Ok(()),
                })?;
                output.flush()?;
                tally.found = tally.fixed_files > 0 && !self.exits_zero();
            }
            (None, false) => self.report(&examiner, &mut texts, &mut tally)?,
        }
        if let (Some(archive), Some(path)) = (archive, &arguments.archive) {
            let about = |error: cable_archive::Error| fault(&path.display(), &error);
            if let Some(error) = archive.end().map_err(about)? {
                report_error(&about(error).to_string());
                tally.incomplete = true;
            }
        }
        if tally.texts > 0 && tally.other_texts == tally.texts && !arguments.watch {
            note(&no_cables(tally.texts));
        }
        if let Some(words) = self.fixed(&tally) {
            note(&words);
        }
        Ok(match (tally.incomplete, tally.found) {
            (true, _) => COULD_NOT_RUN,
            (false, true) => FOUND,
            (false, false) => 0,
        })
    }

    fn report(&self, examiner: &Examiner<'_>, texts: &mut Texts<'_>, tally: &mut Tally) -> io::Result<()> {
        // Standard output then belongs to the fixed cable.
        let to_stderr = self.arguments.fix && self.arguments.inputs.read_standard_input();
        let mut report = Report::new(self.arguments.format, self.shown(texts.may_be_several()), to_stderr);
        let mut statistics = self.arguments.statistics.then(Statistics::default);
        // Who names no level wants to see all that there is.
        let level = self.arguments.level.filter(|_| self.arguments.format != Format::Json);
        let counted_from = level.map(Severity::from);
        self.each(examiner, texts, tally, |examined| {
            if let Some(bytes) = &examined.output {
                io::stdout().lock().write_all(bytes)?;
            }
            match &mut statistics {
                Some(statistics) => {
                    let is_counted = |found: &&Diagnostic| counted_from.is_none_or(|level| found.severity >= level);
                    statistics.add(examined.diagnostics.iter().filter(is_counted));
                    Ok(())
                }
                None => report.write(&examined.path, &examined.text, &examined.diagnostics),
            }
        })?;
        let Some(statistics) = statistics else { return report.finish(!tally.incomplete) };
        let mut output = io::BufWriter::new(if to_stderr {
            Box::new(io::stderr().lock()) as Box<dyn Write>
        } else {
            Box::new(io::stdout().lock())
        });
        match self.arguments.format {
            Format::Json => statistics.write_json(&mut output)?,
            _ => statistics.write_text(&mut output)?,
        }
        output.flush()
    }

    /// What a person is shown of what is found in one text, or in several.
    fn shown(&self, are_several: bool) -> Shown {
        let Arguments { level, quiet, select, extend_select, .. } = self.arguments;
        let is_asked_for = |rule: &Rule| select.iter().flatten().chain(extend_select).any(|one| one.matches(rule));
        let may_be_common = |code: &&str| are_several && rule(code).is_some_and(|rule| !is_asked_for(rule));
        Shown {
            level: level.map_or_else(|| self.fail_on().shown(), Severity::from),
            in_common: match self.arguments.format {
                Format::Full => OFTEN_IN_COMMON.into_iter().filter(may_be_common).collect(),
                _ => Vec::new(),
            },
            quiet: *quiet,
        }
    }

    /// What was fixed, in words; none if nothing was.
    fn fixed(&self, tally: &Tally) -> Option<String> {
        let total: usize = tally.fixed.values().sum();
        let level = self.arguments.level.map_or_else(|| self.fail_on().shown(), Severity::from);
        let below: usize = tally.fixed.range(..level).map(|(_, count)| count).sum();
        let is_partly_hidden = below > 0 && matches!(self.arguments.format, Format::Full | Format::Concise);
        let below = if is_partly_hidden { format!(", {below} of them below {level}") } else { String::new() };
        let verb = if self.arguments.diff { "Would fix" } else { "Fixed" };
        let (problems, files) = (count(total, "problem"), count(tally.fixed_files, "file"));
        (total > 0).then(|| format!("{verb} {problems} in {files}{below}"))
    }

    /// Names the files that a check would read.
    fn show_files(&self) -> io::Result<u8> {
        let configs = self.arguments.inputs.configs(Choice::default())?;
        let (sources, mut complete) = self.arguments.inputs.sources(&configs)?;
        let mut output = io::BufWriter::new(io::stdout().lock());
        for batch in sources.chunks(BATCH) {
            let load = |source: &Source| {
                // Whether a text is a cable does not depend on the codes that an archive adds.
                let place = configs.place(&source.path);
                place.map(|place| source.load(&place.archive.catalog).map(|loaded| loaded.map(|loaded| loaded.path)))
            };
            let loaded: Vec<_> = self.threads.install(|| batch.par_iter().map(load).collect());
            complete &= speak_of(&configs);
            for (source, loaded) in batch.iter().zip(loaded) {
                match loaded {
                    Some(Ok(Some(path))) => writeln!(output, "{}", visible(&path))?,
                    Some(Ok(None)) | None => {}
                    Some(Err(error)) => {
                        report_error(&format!("{}: {error}", source.name()));
                        complete = false;
                    }
                }
            }
        }
        output.flush()?;
        Ok(if complete { 0 } else { COULD_NOT_RUN })
    }

    /// Examines the sources, a batch at a time, and hands over each in its order.
    fn each(
        &self,
        examiner: &Examiner<'_>,
        texts: &mut Texts<'_>,
        tally: &mut Tally,
        mut then: impl FnMut(&Examined) -> io::Result<()>,
    ) -> io::Result<()> {
        let fail_on = self.fail_on();
        let progress = Progress::uncounted();
        tally.take_problems(examiner.configs);
        let mut batch = texts.batch(examiner.configs)?;
        while !batch.is_empty() {
            tally.texts += batch.len();
            if let Repair::Write(_) = examiner.repair {
                batch.iter().filter_map(|source| source.file()?.parent()).for_each(write::sweep);
            }
            let examine = || batch.par_iter().map(|source| examiner.examine(source)).collect();
            let outcomes: Vec<Outcome> = self.threads.install(examine);
            progress.aside(|| {
                tally.take_problems(examiner.configs);
                texts.speak();
                for outcome in &outcomes {
                    tally.add(outcome, fail_on);
                    if let Outcome::Examined(examined) = outcome {
                        then(examined)?;
                    }
                }
                Ok::<_, io::Error>(())
            })?;
            progress.advance_of(batch.len(), || texts.count_all());
            batch = texts.batch(examiner.configs)?;
        }
        texts.speak();
        tally.take_problems(examiner.configs);
        tally.incomplete |= !texts.is_complete();
        Ok(())
    }

    /// Whether what is written says which fixes are safe.
    fn shows_safety(&self) -> bool {
        let Arguments { format, statistics, write_baseline, .. } = self.arguments;
        write_baseline.is_none() && if *statistics { *format == Format::Json } else { format.shows_safety() }
    }

    fn repair(&self) -> Repair {
        let level = if self.arguments.unsafe_fixes { FixSafety::Unsafe } else { FixSafety::Safe };
        match (self.arguments.diff, self.arguments.fix) {
            (true, _) => Repair::Show(level),
            (false, true) => Repair::Write(level),
            (false, false) => Repair::No,
        }
    }

    fn exits_zero(&self) -> bool {
        self.fail_on() == FailOn::Never
    }

    fn fail_on(&self) -> FailOn {
        if self.arguments.exit_zero { FailOn::Never } else { self.arguments.fail_on }
    }
}

impl Tally {
    fn take_problems(&mut self, configs: &Configs) {
        self.incomplete |= !speak_of(configs);
    }

    fn add(&mut self, outcome: &Outcome, fail_on: FailOn) {
        match outcome {
            Outcome::NoCable => self.other_texts += 1,
            Outcome::NoSettings => self.incomplete = true,
            Outcome::Failed(reason) => {
                report_error(reason);
                self.incomplete = true;
            }
            Outcome::Examined(examined) => {
                examined.note.iter().chain(&examined.left_out).for_each(|line| note(line));
                examined.refusal.iter().for_each(|line| report_error(line));
                self.incomplete |= examined.refusal.is_some();
                for diagnostic in &examined.diagnostics {
                    self.found |= fail_on.is_reached(diagnostic.severity);
                }
                if let Some(fixed) = &examined.fixed {
                    self.fixed_files += 1;
                    for (&severity, problems) in &fixed.problems {
                        *self.fixed.entry(severity).or_default() += problems;
                    }
                }
            }
        }
    }
}
