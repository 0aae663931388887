//! The E.O. line that a cable of its date and classification has (FORMAT.md, "E.O. line", "Orders and dates").

use cable_catalog::Catalog;
use cable_catalog::calendar::FIRST_ORDER;
use cable_syntax::{Cable, Classification, Era};
use jiff::ToSpan;
use jiff::civil::Date;

/// The usual years until a cable is declassified, and those of the automatic schedule of E.O. 12065.
const USUAL_YEARS: i16 = 10;
const YEARS_OF_12065: i16 = 6;

/// `E.O. 12958: DECL: 09/14/2017`: the order in force and the instruction that fits. None where neither date nor era
/// tells the order, before the first order, and without a classification.
pub fn order_line(cable: &Cable) -> Option<String> {
    let level = cable.classification()?;
    let sent = cable.sent_on();
    Some(line(level, order(cable, sent)?, sent))
}

/// The line of a cable of this classification that is sent on this day.
pub(crate) fn line_of(level: Classification, sent: Date, catalog: &Catalog) -> Option<String> {
    Some(line(level, in_force(sent, catalog)?, Some(sent)))
}

fn line(level: Classification, order: &str, sent: Option<Date>) -> String {
    let after = |years: i16| sent.and_then(|sent| sent.checked_add(years.years()).ok());
    let instruction = match (level >= Classification::Confidential, order) {
        (false, _) => "N/A".to_owned(),
        (true, "11652") => "GDS".to_owned(),
        (true, "12065") => {
            after(YEARS_OF_12065).map_or_else(|| "GDS".to_owned(), |end| end.strftime("GDS %-m/%-d/%y").to_string())
        }
        (true, "12356") => "DECL: OADR".to_owned(),
        (true, _) => {
            after(USUAL_YEARS).map_or_else(|| "DECL:".to_owned(), |end| end.strftime("DECL: %m/%d/%Y").to_string())
        }
    };
    format!("E.O. {order}: {instruction}")
}

/// The number of the order in force on the day; without a day, the one of the era where there was only one.
fn order(cable: &Cable, sent: Option<Date>) -> Option<&'static str> {
    let Some(sent) = sent else {
        return match cable.era {
            Era::Archives1973 => Some("11652"),
            Era::Letters1979 => None,
            Era::Sectioned1995 | Era::Cablegate2002 => Some("12958"),
            Era::Smart2010 => Some("13526"),
        };
    };
    in_force(sent, cable.catalog())
}

fn in_force(sent: Date, catalog: &Catalog) -> Option<&'static str> {
    (sent >= FIRST_ORDER).then(|| catalog.order_in_force(sent))?.map(|order| order.number)
}

#[cfg(test)]
mod tests {
    use cable_syntax::Document;

    use super::*;

    fn line(level: &str, date: &str) -> Option<String> {
        let text =
            format!("R {date}\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n\n{level} ASTANA 002541\n\nSUBJECT: X\n");
        let catalog = Catalog::built_in();
        let document = Document::new(&text, &catalog);
        order_line(&document.cables()[0].cable)
    }

    #[test]
    fn names_the_order_in_force_and_the_usual_instruction() {
        for (level, date, expected) in [
            ("UNCLAS", "140826Z SEP 07", Some("E.O. 12958: N/A")),
            ("C O N F I D E N T I A L", "140826Z SEP 07", Some("E.O. 12958: DECL: 09/14/2017")),
            ("S E C R E T", "290826Z FEB 08", Some("E.O. 12958: DECL: 02/28/2018")),
            ("UNCLAS", "260826Z JUN 10", Some("E.O. 12958: N/A")),
            ("CONFIDENTIAL", "270826Z JUN 10", Some("E.O. 13526: DECL: 06/27/2020")),
            ("CONFIDENTIAL", "140826Z SEP 90", Some("E.O. 12356: DECL: OADR")),
            ("LIMITED OFFICIAL USE", "140826Z SEP 90", Some("E.O. 12356: N/A")),
            ("CONFIDENTIAL", "040826Z SEP 80", Some("E.O. 12065: GDS 9/4/86")),
            ("SECRET", "140826Z SEP 75", Some("E.O. 11652: GDS")),
            ("SECRET", "140826Z SEP 70", None),
            ("CONFIDENTIAL", "no date", Some("E.O. 12958: DECL:")),
        ] {
            assert_eq!(line(level, date).as_deref(), expected, "{level} {date}");
        }
    }
}
