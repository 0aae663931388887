//! Columns for the months, each in the colours of the posts that sent most.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::svg::{Anchor, Fill, Ink, WIDTH, close, label, open, rectangle, rule};

/// The classes of the posts that are told apart, and that of all others; of different lightness, for those who see few colours.
const COLOURS: [&str; 7] = ["post-1", "post-2", "post-3", "post-4", "post-5", "post-6", "others"];

const HEIGHT: f64 = 260.0;

/// Where the names of the scale end.
const LEFT: f64 = 48.0;

/// More columns than this are of years.
const MOST_MONTHS: usize = 180;

/// A column for each month from the first to the last.
#[expect(clippy::cast_precision_loss, reason = "a drawing needs no more digits")]
pub(super) fn months(output: &mut impl Write, counts: &[(String, String, u64)]) -> io::Result<()> {
    let mut of_posts: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, post, cables) in counts {
        *of_posts.entry(post).or_default() += cables;
    }
    let mut posts: Vec<(&str, u64)> = of_posts.into_iter().collect();
    posts.sort_by(|(_, one), (_, other)| other.cmp(one));
    let named: Vec<&str> = posts.iter().map(|(post, _)| *post).take(COLOURS.len() - 1).collect();
    let place = |post: &str| named.iter().position(|named| *named == post).unwrap_or(COLOURS.len() - 1);

    let (columns, unit) = columns(counts);
    if columns.is_empty() {
        return output.write_all(b"<p>No cable has a date.</p>\n");
    }
    let mut stacks: HashMap<&str, [u64; COLOURS.len()]> = HashMap::new();
    for (month, post, cables) in counts {
        let column = month.get(..columns[0].len()).unwrap_or(month);
        stacks.entry(column).or_default()[place(post)] += cables;
    }
    let most = stacks.values().map(|stack| stack.iter().sum::<u64>()).max().unwrap_or(1).max(1);
    let description =
        format!("From {} to {}; at most {most} in one {unit}", columns[0], columns.last().map_or("", String::as_str));
    open(output, HEIGHT + 60.0, &format!("Cables by {unit} and post"), &description)?;
    let height = |cables: u64| (HEIGHT - 20.0) * cables as f64 / most as f64;
    for share in [most, most / 2, 0] {
        let y = HEIGHT - height(share);
        rule(output, [LEFT, WIDTH], y)?;
        label(output, [LEFT - 6.0, y + 4.0], Anchor::End, Ink::Page, &share.to_string())?;
    }
    let width = (WIDTH - LEFT) / columns.len() as f64;
    let step = columns.len().div_ceil(12);
    for (at, column) in columns.iter().enumerate() {
        let x = LEFT + at as f64 * width;
        let mut y = HEIGHT;
        for (place, &cables) in stacks.get(column.as_str()).into_iter().flatten().enumerate() {
            if cables > 0 {
                let post = named.get(place).copied().unwrap_or("others");
                y -= height(cables);
                let words = format!("{column}, {}: {cables}", if post.is_empty() { "no post" } else { post });
                let gap = if width > 4.0 { 1.0 } else { 0.0 };
                rectangle(output, [x, y, width - gap, height(cables)], Fill::Class(COLOURS[place]), &words)?;
            }
        }
        if at % step == 0 {
            label(output, [x, HEIGHT + 16.0], Anchor::Start, Ink::Page, column)?;
        }
    }
    let others = if posts.len() > named.len() { Some("others") } else { None };
    for (at, post) in named.iter().copied().chain(others).enumerate() {
        let x = LEFT + at as f64 * (WIDTH - LEFT) / COLOURS.len() as f64;
        let (name, place) = (if post.is_empty() { "no post" } else { post }, place(post));
        rectangle(output, [x, HEIGHT + 34.0, 12.0, 12.0], Fill::Class(COLOURS[place]), name)?;
        label(output, [x + 18.0, HEIGHT + 44.0], Anchor::Start, Ink::Page, name)?;
    }
    close(output)
}

/// The months from the first to the last, those without a cable too; the years where there are too many.
fn columns(counts: &[(String, String, u64)]) -> (Vec<String>, &'static str) {
    let number = |month: &str| {
        let (year, month) = month.split_once('-')?;
        Some(year.parse::<usize>().ok()? * 12 + month.parse::<usize>().ok()?.checked_sub(1)?)
    };
    let all = || counts.iter().filter_map(|(month, ..)| number(month));
    let (Some(first), Some(last)) = (all().min(), all().max()) else { return (Vec::new(), "month") };
    if last - first >= MOST_MONTHS {
        return ((first / 12..=last / 12).map(|year| format!("{year:04}")).collect(), "year");
    }
    ((first..=last).map(|month| format!("{:04}-{:02}", month / 12, month % 12 + 1)).collect(), "month")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_month_is_left_out() {
        let count = |month: &str| (month.to_owned(), "ASTANA".to_owned(), 1);
        let (months, unit) = columns(&[count("2006-11"), count("2007-02")]);
        assert_eq!((months.join(" ").as_str(), unit), ("2006-11 2006-12 2007-01 2007-02", "month"));
        let (years, unit) = columns(&[count("1974-11"), count("2007-02")]);
        assert_eq!((years.len(), years[0].as_str(), unit), (34, "1974", "year"));
        assert_eq!(columns(&[]).0, Vec::<String>::new());
    }
}
