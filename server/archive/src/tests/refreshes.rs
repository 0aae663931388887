//! What a refresh leaves alone, and that any number of them end in what a fresh index says.

use super::{Archive, cable, dump};
use crate::{Index, Refreshed, Stamp};
use cable_catalog::Catalog;
use cable_syntax::Document;

#[test]
fn only_what_changed_is_read() {
    let mut archive = Archive::of(&[
        ("a.txt", cable("ASTANA", 1, Some(2006), &[])),
        ("b.txt", cable("ASTANA", 2, Some(2006), &["ASTANA 1"])),
        ("c.txt", "letter".to_owned()),
    ]);
    let mut index = Index::in_memory().expect("memory");
    assert_eq!(archive.refresh(&mut index).read, 3);
    archive.tick();
    assert_eq!(archive.refresh(&mut index).read, 3, "they may have changed since, within the same moment");
    archive.tick();
    assert_eq!(archive.refresh(&mut index), Refreshed { unchanged: 3, ..Refreshed::default() });
    archive.tick();
    archive.write("b.txt", &cable("ASTANA", 2, Some(2006), &[]));
    archive.files.remove("a.txt");
    let refreshed = archive.refresh(&mut index);
    assert_eq!((refreshed.read, refreshed.unchanged, refreshed.gone), (1, 1, 1));
    assert_eq!(dump(&index), dump(&archive.index()));
}

#[test]
fn one_file_is_brought_up_to_date_by_itself() {
    let mut archive = Archive::of(&[
        ("a.txt", cable("ASTANA", 1, Some(2006), &[])),
        ("b.txt", cable("ASTANA", 2, Some(2006), &["ASTANA 1"])),
    ]);
    let mut index = archive.index();
    archive.tick();
    let text = cable("ASTANA", 3, Some(2006), &["ASTANA 2"]);
    archive.write("c.txt", &text);
    let stamp = Stamp { size: text.len() as u64, mtime_ns: archive.now };
    let document = Document::new(&text, &Catalog::built_in());
    index.update("c.txt", Some((stamp, Some(&document))), None).expect("it can be written");
    index.update("b.txt", None, None).expect("it can be written");
    index.update("b.txt", None, None).expect("what is gone may go again");
    archive.files.remove("b.txt");
    assert_eq!(dump(&index), dump(&archive.index()));
    // What an editor holds and has not saved goes with the next refresh.
    index.update("a.txt", Some((Stamp { size: 0, mtime_ns: -1 }, None)), None).expect("it can be written");
    assert_eq!(index.by_id("06ASTANA1").expect("it can be asked"), []);
    archive.refresh(&mut index);
    assert_eq!(dump(&index), dump(&archive.index()));
}

#[test]
fn what_cannot_be_read_has_no_rows_and_is_tried_again() {
    let mut archive = Archive::of(&[
        ("a.txt", cable("ASTANA", 1, Some(2006), &[])),
        ("b.txt", "unreadable".to_owned()),
        ("c.txt", cable("ASTANA", 3, Some(2006), &[])),
    ]);
    let mut index = Index::in_memory().expect("memory");
    assert_eq!(archive.refresh(&mut index).failed, ["b.txt: it cannot be read"]);
    archive.tick();
    archive.write("a.txt", "panic");
    let failed = archive.refresh(&mut index).failed;
    assert!(failed.len() == 2 && failed[0].starts_with("a.txt: internal error"), "{failed:?}");
    assert_eq!(index.by_id("06ASTANA1").expect("it can be asked"), []);
    archive.tick();
    archive.write("a.txt", &cable("ASTANA", 1, Some(2006), &[]));
    archive.write("b.txt", &cable("ASTANA", 2, Some(2006), &[]));
    assert_eq!(archive.refresh(&mut index).failed, [""; 0]);
    assert_eq!(dump(&index), dump(&archive.index()));
}

#[test]
fn the_rows_are_the_same_for_any_number_of_threads() {
    let files: Vec<(String, String)> =
        (1..400).map(|serial| (format!("{serial}.txt"), cable("ASTANA", serial, Some(2006), &["ASTANA 7"]))).collect();
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let mut archive = Archive::of(&files);
    let mut dumps = Vec::new();
    for threads in [1, 2, 7] {
        let mut index = Index::in_memory().expect("memory");
        archive.refresh_with(&mut index, true, threads);
        dumps.push((dump(&index), index.entry(17).expect("it can be asked").map(|entry| entry.path)));
    }
    assert!(dumps[0] == dumps[1] && dumps[0] == dumps[2]);
}

/// A small seeded source of randomness.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

#[test]
fn any_script_ends_in_what_a_fresh_index_says() {
    for seed in 0..120 {
        let mut random = Random(seed);
        let mut archive = Archive::of(&[]);
        let mut index = Index::in_memory().expect("memory");
        let with_text = seed % 3 == 0;
        for _ in 0..25 {
            let path = format!("{}/{}.txt", random.below(2), random.below(6));
            let other = format!("{}/0{}ASTANA{}.txt", random.below(2), random.below(3) + 5, random.below(6));
            let year = [None, Some(2005), Some(2006)][random.below(3) as usize];
            let references: Vec<String> = (0..random.below(4)).map(|_| format!("ASTANA {}", random.below(9))).collect();
            let references: Vec<&str> = references.iter().map(String::as_str).collect();
            let text = cable(["ASTANA", "LONDON"][random.below(2) as usize], random.below(6) as u32, year, &references);
            match random.below(8) {
                0 | 1 => archive.write(&path, &text),
                2 => archive.write(&path, &(text.clone() + &text)),
                3 => drop(archive.files.remove(&path)),
                4 => {
                    if let Some(file) = archive.files.remove(&path) {
                        archive.files.insert(other, file);
                    }
                }
                5 => {
                    let now = archive.now;
                    archive.files.get_mut(&path).into_iter().for_each(|file| file.1 = now);
                }
                // A change while the refresh reads, which it may or may not have seen.
                6 => {
                    archive.late.insert(path, text);
                    archive.refresh_with(&mut index, with_text, 1 + random.below(3) as usize);
                }
                _ => {
                    archive.refresh_with(&mut index, with_text, 1 + random.below(3) as usize);
                }
            }
            if random.below(3) > 0 {
                archive.tick();
            }
        }
        archive.refresh_with(&mut index, with_text, 2);
        let mut fresh = Index::in_memory().expect("memory");
        archive.refresh_with(&mut fresh, with_text, 2);
        assert_eq!(dump(&index), dump(&fresh), "seed {seed}");
        archive.tick();
        archive.refresh_with(&mut index, with_text, 2);
        archive.tick();
        let last = archive.refresh_with(&mut index, with_text, 2);
        assert_eq!(last.read, 0, "seed {seed}: all is known in the end");
    }
}
