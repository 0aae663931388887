//! `archive` as people and their tools meet it.

mod commands;
mod damage;
mod documents;
mod rules;

use cable_tests::command::{Folder, Ran};

/// An archive and the cache folder that its indexes are kept in.
struct Archive {
    folder: Folder,
    caches: Folder,
}

impl Archive {
    /// Four cables that cite each other and one that is not there.
    fn new() -> Self {
        let folder = Folder::new();
        folder.write("06ASTANA10.txt", cable("ASTANA", 10, &["05 LONDON 77", "ASTANA 900"]));
        folder.write("05ASTANA900.txt", cable("ASTANA", 900, &[]).replace("JAN 06", "DEC 05"));
        folder.write("05LONDON77.txt", cable("LONDON", 77, &[]).replace("JAN 06", "DEC 05"));
        folder.write("in/06ASTANA20.txt", cable("ASTANA", 20, &["ASTANA 10", "06 STATE 5"]));
        Self { folder, caches: Folder::new() }
    }

    fn run(&self, arguments: &str) -> Ran {
        self.program(&format!("archive {arguments}"))
    }

    /// Any command of the program.
    fn program(&self, arguments: &str) -> Ran {
        let mut command = self.folder.command(arguments);
        let output = command.env("XDG_CACHE_HOME", self.caches.path("")).output().expect("the program runs");
        Ran::of(output)
    }

    /// The file that is the cache.
    fn cache(&self) -> std::path::PathBuf {
        let folder = std::fs::read_dir(self.caches.path("cable-lsp/archive")).expect("there is a cache");
        let mut files = folder.flatten().map(|entry| entry.path());
        files.find(|path| path.extension().is_some_and(|extension| extension == "sqlite")).expect("there is a cache")
    }
}

/// A cable of January 2006.
fn cable(post: &str, serial: u32, references: &[&str]) -> String {
    let list: Vec<String> = ('A'..).zip(references).map(|(letter, text)| format!("     {letter}. {text}\n")).collect();
    let list = if list.is_empty() { String::new() } else { format!("REF: {}\n", list.concat().trim()) };
    format!(
        "R 141130Z JAN 06\nFM AMEMBASSY {post}\nTO RUEHC/SECSTATE WASHDC 8614\n\nCONFIDENTIAL {post} {serial:06}\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL, KZ\nSUBJECT: WHEAT AND PORTS {serial}\n\n{list}\n1. The {post} harbour holds grain {serial}.\n\nDOE\n"
    )
}
