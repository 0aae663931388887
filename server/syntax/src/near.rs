//! Which words are near each other, and a cheap look before an edit distance: most words cannot be.

/// Whether two words may be so many edits apart. A letter put in or lost changes their lengths by one, a wrong one
/// leaves each word a letter that the other has not.
pub fn may_be_near(one: &str, other: &str, edits: usize) -> bool {
    if one.len().abs_diff(other.len()) > edits {
        return false;
    }
    // Each edit brings one letter at most that the other word has not.
    let letters = |word: &str| word.bytes().fold(0_u32, |letters, byte| letters | 1 << (byte & 31));
    let (own, others) = (letters(one), letters(other));
    if (own & !others).count_ones().max((others & !own).count_ones()) as usize > edits {
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

/// Whether one letter is wrong, lost or too many, or two letters have changed places: what an edit distance of 1 says,
/// seen at the first letters of nearly every code.
pub fn is_one_letter_from(code: &str, known: &str) -> bool {
    let (code, known) = (code.as_bytes(), known.as_bytes());
    let same = code.iter().zip(known).take_while(|(one, other)| one == other).count();
    let (code, known) = (&code[same..], &known[same..]);
    match (code, known) {
        ([_, code @ ..], [_, known @ ..]) if code == known => true,
        ([one, two, code @ ..], [three, four, known @ ..]) if (one, two, code) == (four, three, known) => true,
        ([_, rest @ ..], known) if rest == known => true,
        (code, [_, rest @ ..]) => code == rest,
        _ => false,
    }
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
