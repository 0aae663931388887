//! A cheap look before an edit distance: most words cannot be near each other.

/// Whether two words may be so many edits apart. A letter put in or lost changes their lengths by one, a wrong one
/// leaves each word a letter that the other has not.
pub fn may_be_near(one: &str, other: &str, edits: usize) -> bool {
    if one.len().abs_diff(other.len()) > edits {
        return false;
    }
    let mut counts = [0_i16; 32];
    for byte in one.bytes() {
        counts[usize::from(byte & 31)] += 1;
    }
    for byte in other.bytes() {
        counts[usize::from(byte & 31)] -= 1;
    }
    let apart: usize = counts.iter().map(|count| usize::from(count.unsigned_abs())).sum();
    apart <= 2 * edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_few_edits_are_never_ruled_out() {
        for (one, other, edits) in
            [("SIPDIS", "STPDIS", 1), ("SIPDIS", "SIPDS", 1), ("SIPDIS", "ISPDIS", 1), ("IMMEDIATE", "INKEDIATE", 2)]
        {
            assert!(may_be_near(one, other, edits), "{one} {other}");
        }
        assert!(!may_be_near("SIPDIS", "NODIS", 1));
        assert!(!may_be_near("SIPDIS", "SIPDISXX", 1));
    }
}
