//! The row of a publisher's data base that some copies have after the signature (FORMAT.md, "Publishers' lines").

/// Where the row of a data base begins: `0 05/01/2008 5729 PGOV,PTER`, or the end of the transmission, a tab, a day and a tab.
pub(super) fn row_at(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let comma = memchr::memmem::find_iter(bytes, b"0 ").find(|&at| {
        let is_apart =
            at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_alphanumeric() && bytes[before] != b'.');
        is_apart && is_row(&bytes[at + 2..])
    });
    let tab = memchr::memmem::find_iter(bytes, b"NNNN\t").map(|at| at + 4).find(|&at| {
        matches!(&bytes[at + 1..], [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'\t', ..]
            if [y1, y2, y3, y4, m1, m2, d1, d2].iter().all(|digit| digit.is_ascii_digit()))
    });
    comma.into_iter().chain(tab).min()
}

/// A day, a number, and topics with commas between them.
fn is_row(bytes: &[u8]) -> bool {
    let [m1, m2, b'/', d1, d2, b'/', y1, y2, y3, y4, b' ', rest @ ..] = bytes else { return false };
    let figures = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let topics = rest.get(figures + 1..).unwrap_or_default();
    let letters = topics.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    [m1, m2, d1, d2, y1, y2, y3, y4].iter().all(|digit| digit.is_ascii_digit())
        && (1..=6).contains(&figures)
        && rest.get(figures) == Some(&b' ')
        && (2..=5).contains(&letters)
        && topics.get(letters) == Some(&b',')
        && topics.get(letters + 1).is_some_and(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_day_a_number_and_topics() {
        assert_eq!(row_at("They left. ROE 0 05/01/2008 5729 PGOV,PREL,KZ On the heels"), Some(15));
        assert_eq!(row_at("0 05/01/2008 5729 ECON,KZ The mills"), Some(0));
        assert_eq!(row_at("ROE NNNN\t2005-10-20\tTHE MILLS\t"), Some(8));
        for text in [
            "They met on 10 05/01/2008 5729 PGOV,PREL",
            "ROE 0 05/01/2008 .",
            "0 05/01/2008 5729 THE MILLS",
            "0 05/01/2008 5729",
            "0 05/01/2008 ",
            "Wheat\t2005-10-20\t200",
            "NNNN\t2005",
        ] {
            assert_eq!(row_at(text), None, "{text}");
        }
    }
}
