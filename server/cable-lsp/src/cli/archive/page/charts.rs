//! Bars for what is cited most, and a field of posts and years for how much is there.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use cable_archive::Ranked;

use super::svg::{Anchor, Fill, Ink, WIDTH, close, label, open, rectangle};

/// The height of a row.
const ROW: f64 = 20.0;

/// Where names end and drawing begins.
const NAMES: f64 = 160.0;

/// A bar for each, the longest first, in the colour of a class.
#[expect(clippy::cast_precision_loss, reason = "a drawing needs no more digits")]
pub(super) fn bars(output: &mut impl Write, name: &str, class: &str, ranked: &[Ranked]) -> io::Result<()> {
    let Some(most) = ranked.iter().map(|(_, times)| *times).max() else {
        return output.write_all(b"<p>None.</p>\n");
    };
    let description = format!("{} cables; the first is cited {most} times", ranked.len());
    open(output, ranked.len() as f64 * ROW, name, &description)?;
    for (at, (id, times)) in ranked.iter().enumerate() {
        let y = at as f64 * ROW;
        let width = (WIDTH - NAMES - 60.0) * *times as f64 / most as f64;
        label(output, [NAMES - 8.0, y + 14.0], Anchor::End, Ink::Page, id)?;
        rectangle(
            output,
            [NAMES, y + 3.0, width, ROW - 6.0],
            Fill::Class(class),
            &format!("{id}: cited {times} times"),
        )?;
        label(output, [NAMES + width + 6.0, y + 14.0], Anchor::Start, Ink::Page, &times.to_string())?;
    }
    close(output)
}

/// A cell for each post and year, the darker the more of its serials are there.
#[expect(clippy::cast_precision_loss, reason = "a drawing needs no more digits")]
pub(super) fn coverage(output: &mut impl Write, posts: &[&str], counts: &[(String, i16, u64, u32)]) -> io::Result<()> {
    let counts: HashMap<(&str, i16), (u64, u32)> = counts
        .iter()
        .filter(|(post, ..)| posts.contains(&post.as_str()))
        .map(|(post, year, serials, highest)| ((post.as_str(), *year), (*serials, *highest)))
        .collect();
    let years: BTreeSet<i16> = counts.keys().map(|(_, year)| *year).collect();
    if years.is_empty() {
        return output.write_all(b"<p>No cable has an id.</p>\n");
    }
    let width = ((WIDTH - NAMES) / years.len() as f64).min(80.0);
    let description = format!("{} posts in {} years; the tables below have the numbers", posts.len(), years.len());
    open(output, (posts.len() + 1) as f64 * ROW, "Share of the serials that are there", &description)?;
    let is_wide = width >= 36.0;
    for (at, year) in years.iter().enumerate() {
        let words = if is_wide { year.to_string() } else { format!("{:02}", year.rem_euclid(100)) };
        if is_wide || width >= 16.0 || at % 5 == 0 {
            label(output, [NAMES + (at as f64 + 0.5) * width, 14.0], Anchor::Middle, Ink::Page, &words)?;
        }
    }
    for (row, post) in posts.iter().enumerate() {
        let y = (row + 1) as f64 * ROW;
        label(output, [NAMES - 8.0, y + 14.0], Anchor::End, Ink::Page, post)?;
        for (at, year) in years.iter().enumerate() {
            let Some(&(serials, highest)) = counts.get(&(*post, *year)) else { continue };
            let share = serials as f64 / f64::from(highest.max(1));
            let x = NAMES + at as f64 * width;
            let words = format!("{post} {year}: {serials} of {highest}, {:.1} %", share * 100.0);
            rectangle(output, [x + 1.0, y + 1.0, width - 2.0, ROW - 2.0], Fill::Colour(&shade(share)), &words)?;
            if is_wide {
                // Of what is there at all, nothing is written as if nothing were.
                let percent = if share < 0.01 { "<1 %".to_owned() } else { format!("{:.0} %", share * 100.0) };
                let ink = if share > 0.5 { Ink::OnDark } else { Ink::OnPale };
                label(output, [x + width / 2.0, y + 14.0], Anchor::Middle, ink, &percent)?;
            }
        }
    }
    close(output)
}

/// From a pale blue for nothing to a dark one for everything. Black is read on the one half, white on the other.
fn shade(share: f64) -> String {
    let share = share.clamp(0.0, 1.0);
    // The step in the middle keeps the words readable on both sides of it.
    let depth = if share > 0.5 { 0.4 + share * 0.6 } else { share * 0.9 };
    let channel = |from: f64, to: f64| (from + (to - from) * depth).round();
    format!("rgb({},{},{})", channel(232.0, 8.0), channel(241.0, 48.0), channel(250.0, 107.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_go_from_pale_to_dark() {
        assert_eq!(
            (shade(0.0).as_str(), shade(1.0).as_str(), shade(9.0).as_str()),
            ("rgb(232,241,250)", "rgb(8,48,107)", "rgb(8,48,107)")
        );
    }

    #[test]
    fn a_chart_of_nothing_says_so() {
        let mut written = Vec::new();
        bars(&mut written, "x", "present", &[]).expect("memory takes all");
        coverage(&mut written, &[], &[]).expect("memory takes all");
        assert_eq!(String::from_utf8_lossy(&written), "<p>None.</p>\n<p>No cable has an id.</p>\n");
    }
}
