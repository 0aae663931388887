//! The numbers of the overview, for the list and for the page.

use cable_archive::Overview;

/// Each number of the overview: its key, what it counts, and how many.
pub(super) fn numbers(overview: &Overview) -> [(&'static str, &'static str, u64); 14] {
    let [exact, year_before, other_year] = overview.resolved;
    [
        ("files", "files", overview.files),
        ("cables", "cables", overview.cables),
        ("without_id", "cables without an id", overview.nameless),
        ("id_from_name", "cables whose year is that of the file name", overview.by_name),
        ("doubled", "ids that several cables have", overview.doubled),
        ("misnamed", "files that are named after another cable", overview.misnamed),
        ("entries", "entries in REF lists", overview.entries),
        ("references", "references to cables", overview.references),
        ("exact", "found by the exact id", exact),
        ("year_before", "found in the year before", year_before),
        ("other_year", "found in another year", other_year),
        ("ambiguous", "of the found ones: may mean several cables", overview.ambiguous),
        ("absent", "not in this archive", overview.absent),
        ("absent_cables", "different cables that are not in this archive", overview.absent_cables),
    ]
}
