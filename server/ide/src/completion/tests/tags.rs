//! The TAGS list.

use super::*;

fn tags(list: &str) -> String {
    with("TAGS: PREL, PHUM", &format!("TAGS: {list}"))
}

#[test]
fn a_country_is_found_by_its_name() {
    let (line, item) = accept(&tags("PREL kazakh$0"), "KZ");
    assert_eq!(line, "TAGS: PREL KZ");
    assert_eq!(item.detail.as_deref(), Some("Kazakhstan"));
    assert_eq!(item.description.as_deref(), Some("country"));
    assert_eq!(item.filter.as_deref(), Some("Kazakhstan"));
    assert_eq!(labels(&tags("PREL KZ kazakh$0")), Vec::<String>::new(), "it is on the line already");
    assert_eq!(super::line(&tags("PREL, sri lan$0"), "CE"), "TAGS: PREL, CE");
    assert_eq!(super::line(&tags("PREL south afr$0, KZ"), "SF"), "TAGS: PREL SF, KZ");
    assert!(labels(&tags("PREL korea$0")).contains(&"KS".to_owned()));
}

#[test]
fn a_code_is_found_by_its_beginning_and_its_title() {
    assert_eq!(labels(&tags("PRE$0")).first().map(String::as_str), Some("PREL"));
    assert_eq!(line(&tags("PREL, PGO$0"), "PGOV"), "TAGS: PREL, PGOV");
    assert_eq!(line(&tags("PG$0OVX"), "PGOV"), "TAGS: PGOV");
    assert_eq!(line(&tags("PREL,$0"), "PGOV"), "TAGS: PREL,PGOV");
    assert!(labels(&tags("human$0")).contains(&"PHUM".to_owned()));
    assert_eq!(line(&tags("osc$0"), "OSCE"), "TAGS: OSCE");
}

#[test]
fn the_frequent_ones_and_the_own_country_come_first() {
    let all = labels(&tags("$0"));
    assert_eq!(all[..4], ["KZ", "PREL", "PGOV", "PHUM"]);
    let (_, found) = at(&tags("$0"));
    assert!(found.incomplete && found.items.len() == crate::completion::MOST);
}

#[test]
fn the_list_goes_on_below() {
    assert_eq!(line(&tags("PREL,\nkazakh$0"), "KZ"), "KZ");
    assert_eq!(line(&tags("PREL\nPHUM kazakh$0"), "KZ"), "PHUM KZ");
    nothing(&tags("PREL\nPHUM who knows$0"));
}

#[test]
fn what_is_no_code_is_left_alone() {
    nothing(&tags("OVIP (ROE$0"));
    nothing(&tags("PREL zzzz$0"));
    assert!(!labels(&tags("KAW$0")).contains(&"KAWK".to_owned()), "doubtful");
}

#[test]
fn the_documentation_is_what_a_hover_says() {
    let text = tags("PREL KZ");
    let document = Document::new(&text, &Catalog::built_in());
    let said = crate::hover(&document, text.find("KZ").expect("the tag")).expect("a hover").markdown;
    let key = accept(&tags("PREL kaz$0"), "KZ").1.documentation.expect("a key");
    assert_eq!(documentation(&Catalog::built_in(), &key), Some(said));
    assert_eq!(documentation(&Catalog::built_in(), "geo-political tag:??"), None);
    assert_eq!(documentation(&Catalog::built_in(), "nothing"), None);
}
