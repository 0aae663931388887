//! `archive stats --format html`: one page for people, in one file, without a script. The charts first, for people would
//! rather look than read; below them the tables that they are drawn from.

mod charts;
mod months;
mod svg;

use std::io::{self, Write};

use cable_archive::{Count, Group, Overview, Ranked};

use super::numbers::numbers;
use super::opened::{Asked, Opened};
use charts::{bars, coverage};
use months::months;
use svg::text;

/// How many cables a list of the most cited has.
const MOST: usize = 25;

/// How many posts the charts and tables show.
const POSTS: usize = 25;

/// What the page is made of.
struct Facts {
    overview: Overview,
    by_month: Vec<(String, String, u64)>,
    coverage: Vec<(String, i16, u64, u32)>,
    most_cited: Vec<Ranked>,
    most_missed: Vec<Ranked>,
    /// The most frequent posts first.
    posts: Vec<Count>,
    years: Vec<Count>,
}

/// Writes the page. Returns whether the archive has any cable.
///
/// # Errors
///
/// When the index cannot be read or the page cannot be written.
pub(super) fn write(output: &mut impl Write, opened: &Opened) -> io::Result<bool> {
    let facts = opened.answered(facts(opened).map_err(Asked::Index))?;
    write_page(output, &facts)?;
    Ok(facts.overview.cables > 0)
}

fn facts(opened: &Opened) -> cable_archive::Result<Facts> {
    let index = &opened.index;
    let (most_cited, most_missed) = index.most_cited(MOST)?;
    let mut posts = index.count(Group::Post)?;
    posts.retain(|count| count.name.is_some());
    posts.sort_by(|one, other| other.cables.cmp(&one.cables).then_with(|| one.name.cmp(&other.name)));
    posts.truncate(POSTS);
    Ok(Facts {
        overview: index.overview(&opened.catalog)?,
        by_month: index.by_month()?,
        coverage: index.coverage()?,
        most_cited,
        most_missed,
        posts,
        years: index.count(Group::Year)?,
    })
}

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Statistics of an archive of cables</title>
<style>
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #d0d0d0; --present: #0b5394; --absent: #a64d00; --dark: #8c2d04; --green: #008060; --rest: #9e9e9e; }
@media (prefers-color-scheme: dark) {
:root { --ink: #e6e6e6; --paper: #161616; --line: #484848; --present: #3d7bc4; --absent: #e08a3c; --dark: #d1603d; --green: #2fb894; --rest: #8a8a8a; }
}
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; }
svg { display: block; width: 100%; height: auto; margin: 0.5rem 0 1rem; }
svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
svg line { stroke: var(--line); }
svg .end { text-anchor: end; }
svg .middle { text-anchor: middle; }
svg .on-pale { fill: #1a1a1a; }
svg .on-dark { fill: #fff; }
.present, .post-1 { fill: var(--present); }
.absent { fill: var(--absent); }
.post-2 { fill: #e69f00; }
.post-3 { fill: var(--green); }
.post-4 { fill: #cc79a7; }
.post-5 { fill: #56b4e9; }
.post-6 { fill: var(--dark); }
.others { fill: var(--rest); }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.25rem; }
th, td { text-align: left; padding: 0.15rem 1rem 0.15rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; }
@media (max-width: 30rem) {
table { font-size: 0.85rem; }
th, td { padding-right: 0.4rem; }
[scope="row"] { overflow-wrap: anywhere; }
}
</style>
</head>
<body>
<main>
<h1>Statistics of an archive of cables</h1>
"#;

fn write_page(output: &mut impl Write, facts: &Facts) -> io::Result<()> {
    output.write_all(HEAD.as_bytes())?;
    let overview = numbers(&facts.overview);
    let rows = overview.iter().map(|(_, words, number)| [(*words).to_owned(), number.to_string()]);
    table(output, "The archive at a glance", ["What", "How many"], rows)?;

    output.write_all(b"<h2>Cables by month and post</h2>\n")?;
    months(output, &facts.by_month)?;
    output.write_all(
        b"<h2>How much is there</h2>\n<p>The share of the serials of each post and year that the archive has, ",
    )?;
    output.write_all(b"up to the highest one that it has.</p>\n")?;
    let posts: Vec<&str> = facts.posts.iter().filter_map(|count| count.name.as_deref()).collect();
    coverage(output, &posts, &facts.coverage)?;
    output.write_all(b"<h2>Most cited</h2>\n")?;
    bars(output, "Cables that are cited most", "present", &facts.most_cited)?;
    output.write_all(b"<h2>Most cited and not in this archive</h2>\n")?;
    bars(output, "Absent cables that are cited most", "absent", &facts.most_missed)?;

    output.write_all(b"<h2>Tables</h2>\n")?;
    counted(output, "Cables by year", "Year", &facts.years)?;
    counted(output, "Cables by post", "Post", &facts.posts)?;
    for (caption, ranked) in [("Most cited", &facts.most_cited), ("Most cited and absent", &facts.most_missed)] {
        let rows = ranked.iter().map(|(id, times)| [id.clone(), times.to_string()]);
        table(output, caption, ["Cable", "Times cited"], rows)?;
    }
    output.write_all(b"</main>\n</body>\n</html>\n")
}

/// A table of counts with their coverage.
fn counted(output: &mut impl Write, caption: &str, name: &str, counts: &[Count]) -> io::Result<()> {
    let rows = counts.iter().map(|count| {
        [
            count.name.clone().unwrap_or_else(|| "not given".to_owned()),
            count.cables.to_string(),
            count.highest.map(|highest| highest.to_string()).unwrap_or_default(),
            count.coverage().map(|share| format!("{:.1} %", share * 100.0)).unwrap_or_default(),
        ]
    });
    table(output, caption, [name, "Cables", "Highest serial", "Coverage"], rows)
}

/// A table whose first column names the row and whose others are numbers. Nothing where there are no rows.
fn table<const N: usize>(
    output: &mut impl Write,
    caption: &str,
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> io::Result<()> {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    writeln!(output, "<table>\n<caption>{}</caption>\n<thead>\n<tr>", text(caption))?;
    for (at, column) in columns.iter().enumerate() {
        let class = if at == 0 { "" } else { " class=\"number\"" };
        writeln!(output, "<th scope=\"col\"{class}>{}</th>", text(column))?;
    }
    output.write_all(b"</tr>\n</thead>\n<tbody>\n")?;
    for row in rows {
        let Some((name, numbers)) = row.split_first() else { continue };
        write!(output, "<tr><th scope=\"row\">{}</th>", text(name))?;
        for number in numbers {
            write!(output, "<td class=\"number\">{}</td>", text(number))?;
        }
        output.write_all(b"</tr>\n")?;
    }
    output.write_all(b"</tbody>\n</table>\n")
}
