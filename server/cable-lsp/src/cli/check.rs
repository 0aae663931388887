//! `check`: what is wrong with cables, for people and for their tools; and its repair.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cable_lint::config::{Choice, unknown_rule};
use cable_lint::{FixSafety, Selector, Severity, rule};
use clap::{Args, ValueEnum};
use rayon::ThreadPool;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::baseline::Baseline;
use super::examine::{Examined, Examiner, Outcome, Repair};
use super::input::{BATCH, Inputs, no_cables};
use super::progress::Progress;
use super::report::{Format, Report};
use super::watch::Watch;
use super::{COULD_NOT_RUN, FOUND, complain, count, diff, interrupt, write};
use crate::files::config::{Configs, FILE_NAME};
use crate::files::source::Source;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "a switch of the command line is a bool")]
#[command(after_help = "Exit codes: 0 nothing at or above --fail-on, 1 something, 2 not everything could be checked.")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// How the diagnostics are written
    #[arg(long, value_enum, default_value_t = Format::Full)]
    format: Format,
    /// Mend what can be mended without asking; what remains is reported. Standard input is mended to standard output
    #[arg(long)]
    fix: bool,
    /// Mend also where a person should decide, with --fix or --diff
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change and write nothing; exit with 1 if there is a difference
    #[arg(long, conflicts_with_all = ["statistics", "write_baseline"])]
    diff: bool,
    /// Rules to run, whatever the settings say: codes, their beginnings, or names, joined by commas
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = selector)]
    select: Option<Vec<Selector>>,
    /// Rules to run besides
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = selector)]
    extend_select: Vec<Selector>,
    /// Rules not to run
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = selector)]
    ignore: Vec<Selector>,
    /// The least severity at which the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
    /// Count the diagnostics by rule in place of showing them
    #[arg(long)]
    statistics: bool,
    /// Report only what a baseline does not know
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found as a baseline in place of reporting it
    #[arg(long, value_name = "FILE", conflicts_with = "statistics")]
    write_baseline: Option<PathBuf>,
    /// Go on, and check each file again when it changes
    #[arg(long, conflicts_with_all = ["write_baseline", "files_from"])]
    watch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Hint,
    Information,
    Warning,
    Error,
    Never,
}

impl FailOn {
    fn is_reached(self, severity: Severity) -> bool {
        match self {
            Self::Hint => true,
            Self::Information => severity >= Severity::Information,
            Self::Warning => severity >= Severity::Warning,
            Self::Error => severity >= Severity::Error,
            Self::Never => false,
        }
    }
}

/// Reads a selector; an unknown one gets the nearest rules in its message.
fn selector(text: &str) -> Result<Selector, String> {
    text.parse().map_err(|_| unknown_rule(text))
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let run = Run { arguments, threads: arguments.inputs.thread_pool()? };
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
    /// Files mended, or that would be.
    mended_files: usize,
    mended_slips: usize,
    /// Texts that no person named and that are no cables.
    other_texts: usize,
    counts: BTreeMap<&'static str, usize>,
}

impl Run<'_> {
    fn watch(&self) -> io::Result<u8> {
        let watch = Watch::new(self.arguments.inputs.roots()?)?;
        self.once(|_| true)?;
        loop {
            complain("watching for changes");
            let changed = watch.changed()?;
            let settings_changed = changed.iter().any(|path| path.file_name().is_some_and(|name| name == FILE_NAME));
            self.once(|source| settings_changed || changed.contains(&source.path))?;
        }
    }

    /// Checks the sources that are wanted and returns the exit code.
    fn once(&self, wanted: impl Fn(&Source) -> bool) -> io::Result<u8> {
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
        let (mut sources, complete) = arguments.inputs.sources(&configs)?;
        sources.retain(wanted);
        let mut tally = Tally { incomplete: !complete, ..Tally::default() };
        let examiner = Examiner {
            configs: &configs,
            repair: self.repair(),
            shows_safety: arguments.format.shows_safety() && !arguments.statistics && arguments.write_baseline.is_none(),
            baseline: known.as_ref(),
        };
        if let Repair::Write(_) = examiner.repair {
            sources.iter().filter_map(|source| source.file()?.parent()).for_each(write::sweep);
        }
        match (&arguments.write_baseline, arguments.diff) {
            (Some(file), _) => {
                let mut learnt = Baseline::empty(file);
                self.each(&examiner, &sources, &mut tally, |examined| {
                    learnt.learn(examined.key.clone(), &examined.text, &examined.diagnostics);
                    Ok(())
                })?;
                let known = count(learnt.len(), "slip");
                learnt.write(file)?;
                complain(&format!("{}: {known} known", file.display()));
                tally.found = false;
            }
            (None, true) => {
                let mut output = io::BufWriter::new(io::stdout().lock());
                self.each(&examiner, &sources, &mut tally, |examined| match &examined.mended {
                    Some(mended) => diff::write(&mut output, &examined.path, &mended.before, &mended.after),
                    None => Ok(()),
                })?;
                output.flush()?;
                tally.found = tally.mended_files > 0 && !self.exits_zero();
            }
            (None, false) => self.report(&examiner, &sources, &mut tally)?,
        }
        if !sources.is_empty() && tally.other_texts == sources.len() && !arguments.watch {
            complain(&no_cables(sources.len()));
        }
        if tally.mended_slips > 0 {
            let verb = if arguments.diff { "would be mended" } else { "mended" };
            let (slips, files) = (count(tally.mended_slips, "slip"), count(tally.mended_files, "file"));
            complain(&format!("{slips} {verb} in {files}"));
        }
        Ok(match (tally.incomplete, tally.found) {
            (true, _) => COULD_NOT_RUN,
            (false, true) => FOUND,
            (false, false) => 0,
        })
    }

    fn report(&self, examiner: &Examiner<'_>, sources: &[Source], tally: &mut Tally) -> io::Result<()> {
        // Standard output then belongs to the mended cable.
        let to_stderr = self.arguments.fix && self.arguments.inputs.read_standard_input();
        let mut report = Report::new(self.arguments.format, to_stderr);
        let statistics = self.arguments.statistics;
        self.each(examiner, sources, tally, |examined| {
            if let Some(bytes) = &examined.output {
                io::stdout().lock().write_all(bytes)?;
            }
            if statistics { Ok(()) } else { report.write(&examined.path, &examined.text, &examined.diagnostics) }
        })?;
        if statistics { report.statistics(&rows(&tally.counts)) } else { report.finish(!tally.incomplete) }
    }

    /// Examines the sources, a batch at a time, and hands over each in its order.
    fn each(
        &self,
        examiner: &Examiner<'_>,
        sources: &[Source],
        tally: &mut Tally,
        mut then: impl FnMut(&Examined) -> io::Result<()>,
    ) -> io::Result<()> {
        let fail_on = if self.exits_zero() { FailOn::Never } else { self.arguments.fail_on };
        let progress = Progress::new(sources.len());
        tally.take_complaints(examiner.configs);
        for batch in sources.chunks(BATCH) {
            let examine = || batch.par_iter().map(|source| examiner.examine(source)).collect();
            let outcomes: Vec<Outcome> = self.threads.install(examine);
            progress.aside(|| {
                tally.take_complaints(examiner.configs);
                for outcome in &outcomes {
                    tally.add(outcome, fail_on);
                    if let Outcome::Examined(examined) = outcome {
                        then(examined)?;
                    }
                }
                Ok::<_, io::Error>(())
            })?;
            progress.advance(batch.len());
        }
        Ok(())
    }

    fn repair(&self) -> Repair {
        let level = if self.arguments.unsafe_fixes { FixSafety::Ask } else { FixSafety::Safe };
        match (self.arguments.diff, self.arguments.fix) {
            (true, _) => Repair::Show(level),
            (false, true) => Repair::Write(level),
            (false, false) => Repair::No,
        }
    }

    fn exits_zero(&self) -> bool {
        self.arguments.exit_zero || self.arguments.fail_on == FailOn::Never
    }
}

impl Tally {
    fn take_complaints(&mut self, configs: &Configs) {
        for note in configs.notes() {
            complain(&note);
        }
        let complaints = configs.complaints();
        self.incomplete |= !complaints.is_empty();
        for complaint in &complaints {
            complain(complaint);
        }
    }

    fn add(&mut self, outcome: &Outcome, fail_on: FailOn) {
        match outcome {
            Outcome::NoCable => self.other_texts += 1,
            Outcome::NoSettings => self.incomplete = true,
            Outcome::Failed(reason) => {
                complain(reason);
                self.incomplete = true;
            }
            Outcome::Examined(examined) => {
                for line in examined.note.iter().chain(&examined.refusal).chain(&examined.left_out) {
                    complain(line);
                }
                self.incomplete |= examined.refusal.is_some();
                for diagnostic in &examined.diagnostics {
                    self.found |= fail_on.is_reached(diagnostic.severity);
                    *self.counts.entry(diagnostic.rule.code).or_default() += 1;
                }
                if let Some(mended) = &examined.mended {
                    self.mended_files += 1;
                    self.mended_slips += mended.slips;
                }
            }
        }
    }
}

/// A line for each rule, the most frequent first.
fn rows(counts: &BTreeMap<&'static str, usize>) -> Vec<String> {
    let mut rows: Vec<_> = counts.iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let line = |(code, count): (&&str, &usize)| {
        let (name, severity) = rule(code).map_or(("", ""), |rule| (rule.name, rule.severity.word()));
        format!("{count:7}  {code}  {name} ({severity})")
    };
    rows.into_iter().map(line).collect()
}
