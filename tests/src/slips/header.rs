//! Slips between the classification line and the text.

use super::{Kind, anywhere, change, classification, first, lose, misspelt, there};

pub(super) const KINDS: [Kind; 19] = [
    there("SECTION garbled", &["CLS004"], |lines, random| {
        let at = classification(lines)?;
        let slip = random.pick(&["SECTOIN", "SECION", "SECTI0N", "SECTIION", "ECTION", "SETCION"]);
        change(lines, at, "SECTION", slip)
    }),
    there("SIPDIS misspelt", &["CLS005"], |lines, random| {
        let at = first(lines, "SIPDIS")?;
        let slip = random.pick(&["SIPDlS", "S1PDIS", "STPDIS", "SIPDS", "SIPIDS", "SIPDDIS"]);
        change(lines, at, "SIPDIS", slip)
    }),
    there("SENSITIVE misspelt", &["CLS005"], |lines, random| {
        let at = first(lines, "SENSITIVE").filter(|&at| lines[at] == "SENSITIVE")?;
        let slip = misspelt("SENSITIVE", random);
        change(lines, at, "SENSITIVE", &slip)
    }),
    there("NODIS beside SIPDIS", &["CLS007"], |lines, _| {
        let at = first(lines, "SIPDIS")? + 1;
        lines.insert(at, "NODIS".to_owned());
        Some(at)
    }),
    anywhere("E.O. dropped", &["HDR001"], |lines, _| lose(lines, "E.O. ")),
    anywhere("TAGS dropped", &["HDR008"], |lines, _| lose(lines, "TAGS: ")),
    anywhere("SUBJECT dropped", &["HDR012"], |lines, _| lose(lines, "SUBJECT: ")),
    there("an order that is none", &["HDR002"], |lines, random| {
        let at = first(lines, "E.O. 12958")?;
        let order = random.pick(&["12985", "12598", "1295", "11958", "12968"]);
        change(lines, at, "12958", order)
    }),
    there("a month 13 in the E.O. line", &["HDR005", "HDR002"], |lines, random| {
        let at = first(lines, "E.O. 12958: DECL: ")?;
        let month = random.pick(&["13", "14", "19"]);
        lines[at].replace_range(18..20, month);
        Some(at)
    }),
    there("a TAG with two letters swapped", &["HDR009"], |lines, random| {
        let at = first(lines, "TAGS: ")?;
        let (code, slip) = random.pick(&[("PREL", "PRLE"), ("PGOV", "PGVO"), ("PREL", "RPEL"), ("PGOV", "POGV")]);
        change(lines, at, code, slip)
    }),
    there("a TAG of no country", &["HDR009"], |lines, random| {
        let at = first(lines, "TAGS: ")?;
        let country = lines[at].rfind(' ')? + 1;
        let other = random.pick(&["QQ", "QZ", "OO", "DK", "JX"]);
        lines[at].replace_range(country.., other);
        Some(at)
    }),
    there("TAGS misspelt", &["HDR013"], |lines, random| {
        let at = first(lines, "TAGS: ")?;
        let slip = random.pick(&["TGAS: ", "TAGSS: ", "TAAGS: ", "TASG: ", "TAGES: "]);
        change(lines, at, "TAGS: ", slip)
    }),
    there("SUBJECT misspelt", &["HDR013"], |lines, random| {
        let at = first(lines, "SUBJECT: ")?;
        let slip = misspelt("SUBJECT", random);
        change(lines, at, "SUBJECT", &slip)
    }),
    there("REF misspelt", &["HDR013"], |lines, random| {
        let at = first(lines, "REF: ")?;
        let slip = random.pick(&["RFE: ", "REFF: ", "RREF: ", "EF: "]);
        change(lines, at, "REF: ", slip)
    }),
    there("TAGS without its colon, and a TAG garbled", &["HDR013", "HDR009"], |lines, _| {
        let at = first(lines, "TAGS: PREL ")?;
        change(lines, at, "TAGS: PREL ", "TAGS PRLE ")
    }),
    there("a letter of the references left out", &["HDR016"], |lines, _| {
        let at = first(lines, "     B. ")?;
        change(lines, at, "B. ", "D. ")
    }),
    there("a reason of another order", &["CLS011"], |lines, _| {
        let at = first(lines, "Classified By: ")?;
        change(lines, at, "1.4 (b)", "1.5 (b)")
    }),
    there("a reason that is none", &["CLS010", "CLS011"], |lines, random| {
        let at = first(lines, "Classified By: ")?;
        let slip = random.pick(&["1.4 (x) and (d)", "1.4 (b) and (k)", "1.4 (n) and (d)"]);
        change(lines, at, "1.4 (b) and (d)", slip)
    }),
    anywhere("Classified By dropped", &["CLS009"], |lines, _| {
        let at = first(lines, "Classified By: ")?;
        // What stays of a line that goes on below still says as much.
        lines.get(at + 1).filter(|below| below.trim().is_empty())?;
        lose(lines, "Classified By: ")
    }),
];
