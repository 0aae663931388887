//! Which settings hold for which document: the `cable-lsp.toml` above its file, over what the editor says for its folder.
//!
//! The files are the command line's own ([`crate::files`]), so that an editor and a check in CI agree. A document that
//! is no file, or has no folder, has settings too.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tower_lsp::lsp_types::Url;

use crate::files::config::Configs;
use crate::lsp::analysis::{Analysis, Config, settings_keys};

/// Settings of the editor's side alone: `cable.server.path` and its like.
const CLIENT_KEYS: [&str; 4] = ["server", "detect-text-files", "trace", "enable"];

/// The longest that the first diagnostics wait for the editor's settings.
const PATIENCE: Duration = Duration::from_secs(1);

/// The folders that are open, and the settings in each.
pub(in crate::lsp) struct Workspace {
    table: Mutex<Table>,
}

struct Table {
    /// What the editor said at the beginning. It holds where it says nothing later.
    initial: Config,
    folders: Vec<Folder>,
    /// Outside every folder.
    elsewhere: Scope,
}

struct Folder {
    uri: Url,
    path: Option<PathBuf>,
    scope: Scope,
}

/// One set of the editor's settings, and the files that lie over it.
#[derive(Default)]
struct Scope {
    editor: Config,
    configs: Arc<Configs>,
}

impl Scope {
    fn new(editor: Config) -> Self {
        Self { configs: Arc::new(Configs::over(editor.clone())), editor }
    }
}

impl Workspace {
    /// No folder, and the settings that hold by themselves.
    pub(in crate::lsp) fn new() -> Self {
        let (initial, folders, elsewhere) = Default::default();
        Self { table: Mutex::new(Table { initial, folders, elsewhere }) }
    }

    /// Takes what the editor says at the beginning. Returns what is wrong in it.
    pub(in crate::lsp) fn begin(&self, settings: &Value) -> Vec<String> {
        let (initial, problems) = read(settings);
        self.table().initial = initial;
        self.set_everywhere(&Value::Null);
        problems
    }

    /// The folders in the editor's order.
    pub(in crate::lsp) fn folders(&self) -> Vec<Url> {
        self.table().folders.iter().map(|folder| folder.uri.clone()).collect()
    }

    /// Folders that are files on this machine, with the settings in each.
    pub(in crate::lsp) fn roots(&self) -> Vec<(PathBuf, Arc<Configs>)> {
        let table = self.table();
        let root = |folder: &Folder| Some((folder.path.clone()?, Arc::clone(&folder.scope.configs)));
        table.folders.iter().filter_map(root).collect()
    }

    /// The open folder that a document belongs to, with the settings in it; none of a document that is in no folder. A text
    /// without a file is at home in the first folder.
    pub(in crate::lsp) fn home(&self, uri: &Url) -> Option<(PathBuf, Arc<Configs>)> {
        let path = uri.to_file_path().ok();
        let table = self.table();
        let folder = table.folder_of(path.as_deref())?;
        Some((folder.path.clone()?, Arc::clone(&folder.scope.configs)))
    }

    /// Opens and closes folders. A new one has the settings that hold outside until the editor says otherwise.
    pub(in crate::lsp) fn change_folders(&self, added: impl IntoIterator<Item = Url>, removed: &[Url]) {
        let mut table = self.table();
        table.folders.retain(|folder| !removed.contains(&folder.uri));
        for uri in added {
            if table.folders.iter().all(|folder| folder.uri != uri) {
                let scope = Scope::new(table.elsewhere.editor.clone());
                table.folders.push(Folder { path: uri.to_file_path().ok(), uri, scope });
            }
        }
    }

    /// Takes the editor's settings for a folder, or with `None` for everything outside. Returns what is wrong in them.
    pub(in crate::lsp) fn set(&self, folder: Option<&Url>, settings: &Value) -> Vec<String> {
        let (editor, problems) = read(settings);
        let mut table = self.table();
        let editor = editor.over(&table.initial);
        let scope = match folder {
            None => Some(&mut table.elsewhere),
            Some(uri) => table.folders.iter_mut().find(|folder| folder.uri == *uri).map(|folder| &mut folder.scope),
        };
        if let Some(scope) = scope {
            *scope = Scope::new(editor);
        }
        problems
    }

    /// Takes the same settings of the editor for everything.
    pub(in crate::lsp) fn set_everywhere(&self, settings: &Value) -> Vec<String> {
        let folders = self.folders();
        for uri in &folders {
            self.set(Some(uri), settings);
        }
        self.set(None, settings)
    }

    /// Reads the settings files anew when they are next asked for.
    pub(in crate::lsp) fn forget_files(&self) {
        let mut table = self.table();
        let Table { folders, elsewhere, .. } = &mut *table;
        for scope in folders.iter_mut().map(|folder| &mut folder.scope).chain([elsewhere]) {
            *scope = Scope::new(std::mem::take(&mut scope.editor));
        }
    }

    /// What holds for a document.
    pub(in crate::lsp) fn analysis(&self, uri: &Url) -> Arc<Analysis> {
        let path = uri.to_file_path().ok();
        let table = self.table();
        let folder = table.folder_of(path.as_deref());
        let configs = Arc::clone(folder.map_or(&table.elsewhere.configs, |folder| &folder.scope.configs));
        let file = path.or_else(|| Some(folder?.path.as_ref()?.join(Path::new("untitled.cable"))));
        let root = folder.and_then(|folder| folder.path.clone());
        drop(table);
        let home = root.or_else(|| Some(file.as_ref()?.parent()?.to_path_buf()));
        if let Some((file, place)) = file.as_deref().and_then(|file| Some((file, configs.place(file)?))) {
            return Arc::new(Analysis::new(Arc::clone(&place.archive), place.settings(file).into_owned(), home));
        }
        let archive = configs.without_file();
        let settings = archive.settings().clone();
        Arc::new(Analysis::new(archive, settings, home))
    }

    /// What is wrong with the settings files that were read since it was last asked.
    pub(in crate::lsp) fn problems(&self) -> Vec<String> {
        let table = self.table();
        let scopes = table.folders.iter().map(|folder| &folder.scope).chain([&table.elsewhere]);
        let mut problems: Vec<String> =
            scopes.flat_map(|scope| scope.configs.problems().into_iter().chain(scope.configs.notes())).collect();
        problems.sort_unstable();
        problems.dedup();
        problems
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // A table whose change panicked holds what it held before.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// The innermost folder that holds a file; for a text without a file the first one.
    fn folder_of(&self, path: Option<&Path>) -> Option<&Folder> {
        let Some(path) = path else { return self.folders.first() };
        let holds = |folder: &&Folder| folder.path.as_ref().is_some_and(|folder| path.starts_with(folder));
        let depth = |folder: &&Folder| folder.path.as_ref().map_or(0, |path| path.components().count());
        self.folders.iter().filter(holds).max_by_key(depth)
    }
}

/// Reads an editor's settings key by key: one that is wrong is reported and left out, and the others hold.
fn read(settings: &Value) -> (Config, Vec<String>) {
    // Editors send the section alone or the whole with its name.
    let section = settings.get("cable").unwrap_or(settings);
    let (mut config, mut problems) = (Config::default(), Vec::new());
    for (key, value) in section.as_object().into_iter().flatten() {
        if value.is_null() || CLIENT_KEYS.contains(&key.as_str()) {
            continue;
        }
        if !settings_keys().any(|known| known == key) {
            problems.push(format!("the editor's setting \"cable.{key}\" is not known"));
            continue;
        }
        match serde_json::from_value::<Config>(serde_json::json!({ key: value })) {
            Ok(one) => config = one.over(&config),
            Err(error) => problems.push(format!("the editor's setting \"cable.{key}\": {error}")),
        }
    }
    (config, problems)
}

/// Returns when the editor has said its settings, or has been asked long enough.
pub(in crate::lsp) async fn configured(is_configured: &mut watch::Receiver<bool>) {
    if !*is_configured.borrow() {
        // Late settings are as good as a change of settings.
        let _ = tokio::time::timeout(PATIENCE, is_configured.wait_for(|&is_configured| is_configured)).await;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::*;

    fn ignored(workspace: &Workspace, uri: &Url) -> Vec<String> {
        workspace.analysis(uri).settings.ignore.iter().map(ToString::to_string).collect()
    }

    fn uri(path: &Path) -> Url {
        Url::from_file_path(path).expect("an absolute path")
    }

    #[test]
    fn a_document_has_the_settings_of_its_own_folder_and_file() {
        let place = tempfile::tempdir().expect("a folder");
        let [one, two] = ["one", "two"].map(|name| place.path().join(name));
        for folder in [&one, &two] {
            fs::create_dir(folder).expect("a folder");
        }
        fs::write(two.join("cable-lsp.toml"), "ignore = ['CLS006']").expect("a file");
        let workspace = Workspace::new();
        workspace.change_folders([uri(&one), uri(&two)], &[]);
        assert!(workspace.set(Some(&uri(&one)), &json!({ "ignore": ["TXT001"] })).is_empty());
        assert!(workspace.set(Some(&uri(&two)), &json!({ "cable": { "ignore": ["TXT002"] } })).is_empty());
        assert_eq!(ignored(&workspace, &uri(&one.join("a.cable"))), ["TXT001"]);
        // The file is over the editor.
        assert_eq!(ignored(&workspace, &uri(&two.join("a.cable"))), ["CLS006"]);
        assert_eq!(ignored(&workspace, &uri(&place.path().join("a.cable"))), [] as [&str; 0]);
        let untitled = Url::parse("untitled:Untitled-1").expect("an address");
        assert_eq!(ignored(&workspace, &untitled), ["TXT001"]);

        fs::write(two.join("cable-lsp.toml"), "ignore = ['TXT003']").expect("a file");
        assert_eq!(ignored(&workspace, &uri(&two.join("a.cable"))), ["CLS006"]);
        workspace.forget_files();
        assert_eq!(ignored(&workspace, &uri(&two.join("a.cable"))), ["TXT003"]);

        workspace.change_folders([], &[uri(&one)]);
        assert_eq!(ignored(&workspace, &uri(&one.join("a.cable"))), [] as [&str; 0]);
    }

    #[test]
    fn what_was_said_at_the_beginning_holds_where_nothing_is_said_later() {
        let workspace = Workspace::new();
        let folder = Url::parse("file:///cables").expect("an address");
        workspace.change_folders([folder.clone()], &[]);
        assert!(workspace.begin(&json!({ "ignore": ["TXT001"], "format": { "wrap": 72 } })).is_empty());
        workspace.set(Some(&folder), &json!({ "ignore": ["TXT002"] }));
        workspace.set(None, &Value::Null);
        let [inside, outside] =
            ["file:///cables/a.cable", "file:///a.cable"].map(|uri| Url::parse(uri).expect("an address"));
        assert_eq!(ignored(&workspace, &inside), ["TXT002"]);
        assert_eq!(ignored(&workspace, &outside), ["TXT001"]);
        assert!(workspace.analysis(&inside).config().format.wrap.is_some());
    }

    #[test]
    fn a_wrong_settings_file_is_told_and_the_editor_holds() {
        let place = tempfile::tempdir().expect("a folder");
        fs::write(place.path().join("cable-lsp.toml"), "ignroe = []").expect("a file");
        let workspace = Workspace::new();
        workspace.change_folders([uri(place.path())], &[]);
        workspace.set_everywhere(&json!({ "ignore": ["TXT001"] }));
        assert_eq!(ignored(&workspace, &uri(&place.path().join("a.cable"))), ["TXT001"]);
        let problems = workspace.problems();
        assert!(matches!(&problems[..], [one] if one.contains("ignroe")), "{problems:?}");
        assert!(workspace.problems().is_empty());
    }

    #[test]
    fn one_wrong_setting_spoils_no_other() {
        let (config, problems) = read(&json!({
            "ignore": ["TXT001"], "select": ["no-such-rule"], "server": { "path": "x" }, "hints": { "date": false },
            "hinst": {}, "format": null
        }));
        assert_eq!(config.hints.date, Some(false));
        assert_eq!((config.ignore.map(|rules| rules.len()), config.select), (Some(1), None));
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("cable.select") && problems[1].contains("cable.hinst"), "{problems:?}");
    }
}
