//! Templates of whole cables.

use super::*;

#[test]
fn an_empty_document_offers_a_cable() {
    assert_eq!(labels("$0"), ["new cable", "new classified cable"]);
    assert_eq!(labels("new cl$0\n"), ["new classified cable"]);
    let (_, item) = accept("vz$0", "new cable");
    assert_eq!(item.filter.as_deref(), Some("VZCZC"));
    let plain = &item.edit.text;
    assert!(plain.starts_with("VZCZCXYZ0001\nRR RUEHC\nDE RUEHXX #0001 DDDHHMM\nZNR UUUUU ZZH\n"), "{plain}");
    assert!(!plain.contains('$') && item.snippet.is_some_and(|snippet| snippet.contains("${4:0001}")));
    nothing("There is text in this file already, and no cable is in sight.\nne$0");
    nothing("no$0\ntext");
}

#[test]
fn what_is_offered_reads_as_a_cable() {
    for label in ["new cable", "new classified cable"] {
        let text = accept("$0", label).1.edit.text;
        let document = Document::new(&text, &Catalog::built_in());
        let cable = &document.cables()[0].cable;
        assert!(document.cables().len() == 1 && cable.is_recognised(), "{text}");
        assert_eq!(cable.reference_number(), Some("POST 000001"));
        assert_eq!(cable.body.paragraphs.len(), 1);
        assert_eq!(cable.header.classified_by.is_some(), label == "new classified cable");
    }
}

#[test]
fn a_reply_goes_back_and_refers() {
    let (_, item) = accept(&format!("$0\n{CABLE}"), "reply");
    let reply = &item.edit.text;
    for line in [
        "FM SECSTATE WASHDC\nTO RUEHTA/AMEMBASSY ASTANA\n",
        "C O N F I D E N T I A L STATE 000001\n",
        "TAGS: PREL, PHUM\nSUBJECT: NOTES FROM THE NORTH\n\nREF: 07 ASTANA 2541\n",
    ] {
        assert!(reply.contains(line), "{line} is not in\n{reply}");
    }
    assert!(labels(&format!("{CABLE}\nre$0")).contains(&"reply".to_owned()));
    assert!(labels(&format!("{CABLE}$0")).contains(&"reply".to_owned()));
}
