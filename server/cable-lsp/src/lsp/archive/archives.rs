//! Which archive holds a document: the one of the open folder that it lies in, made when somebody first asks.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tower_lsp::lsp_types::notification::LogMessage;
use tower_lsp::lsp_types::{LogMessageParams, MessageType, Url};

use super::choice::{Choice, choose};
use super::handle::Archive;
use super::keeper::Hub;
use super::view::View;
use crate::files::config::Configs;
use crate::lsp::documents::{Documents, Workspace};
use crate::visible::visible;

/// The archives of a session.
pub(in crate::lsp) struct Archives {
    hub: Hub,
    documents: Arc<Documents>,
    workspace: Arc<Workspace>,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    /// By folder, with what was chosen for it.
    known: HashMap<PathBuf, (Choice, Option<Arc<Archive>>)>,
    /// Folders that the person was asked about.
    asked: HashSet<PathBuf>,
    /// And those that are to have an index.
    agreed: HashSet<PathBuf>,
}

impl Archives {
    /// Nothing is read yet.
    pub(in crate::lsp) fn new(hub: Hub, documents: Arc<Documents>, workspace: Arc<Workspace>) -> Self {
        Self { hub, documents, workspace, table: Mutex::default() }
    }

    /// The archive of a document as it is now; none where its folder has none.
    pub(in crate::lsp) fn view(&self, uri: &Url) -> Option<View> {
        Some(self.over(self.of(uri)?))
    }

    /// An archive as it is now.
    pub(in crate::lsp) fn over(&self, archive: Arc<Archive>) -> View {
        View::new(archive, self.documents.snapshots())
    }

    /// The same of an archive that has been read because somebody asked: one is not begun for what can be told without it.
    pub(in crate::lsp) fn known_view(&self, uri: &Url) -> Option<View> {
        let (root, _) = self.workspace.home(uri)?;
        let archive = self.table().known.get(&root)?.1.clone()?;
        let is_read = *archive.changes().borrow() > 0;
        is_read.then(|| self.over(archive))
    }

    /// The archives of all open folders as they are now.
    pub(in crate::lsp) fn views(&self) -> Vec<View> {
        let roots = self.workspace.roots();
        let archives = roots.into_iter().filter_map(|(root, configs)| self.of_folder(&root, &configs));
        let archives: Vec<Arc<Archive>> = archives.collect();
        if archives.is_empty() {
            return Vec::new();
        }
        let open = self.documents.snapshots();
        archives.into_iter().map(|archive| View::new(archive, open.clone())).collect()
    }

    /// The archive of a document.
    pub(in crate::lsp) fn of(&self, uri: &Url) -> Option<Arc<Archive>> {
        let (root, configs) = self.workspace.home(uri)?;
        self.of_folder(&root, &configs)
    }

    /// The folder of a document that the person is to be asked about, once; after its archive was asked for in vain.
    pub(in crate::lsp) fn question(&self, uri: &Url) -> Option<PathBuf> {
        let (root, _) = self.workspace.home(uri)?;
        let mut table = self.table();
        let is_open = matches!(table.known.get(&root), Some((Choice::Ask, _)));
        (is_open && table.asked.insert(root.clone())).then_some(root)
    }

    /// The person wants an index of a folder.
    pub(in crate::lsp) fn agree(&self, root: &Path) {
        let mut table = self.table();
        table.agreed.insert(root.to_owned());
        table.known.remove(root);
    }

    /// The settings are others now.
    pub(in crate::lsp) fn settings_changed(&self) {
        let mut gone = Vec::new();
        let roots: HashMap<PathBuf, Arc<Configs>> = self.workspace.roots().into_iter().collect();
        let mut table = self.table();
        let known = std::mem::take(&mut table.known);
        for (root, (choice, archive)) in known {
            // What was closed, or is of a folder elsewhere, is made again when somebody asks.
            let configs = roots.get(&root);
            match (configs, archive) {
                (Some(configs), Some(archive)) if table.choice(&root, configs) == choice && choice == Choice::Own => {
                    archive.read_by(Arc::clone(configs));
                    table.known.insert(root, (choice, Some(archive)));
                }
                (_, archive) => gone.extend(archive),
            }
        }
        drop(table);
        drop_apart(gone);
    }

    /// The client says that files have changed.
    pub(in crate::lsp) fn files_changed<'a>(&self, files: impl IntoIterator<Item = &'a Url>) {
        let files: Vec<PathBuf> = files.into_iter().filter_map(|uri| uri.to_file_path().ok()).collect();
        let table = self.table();
        for archive in table.known.values().filter_map(|(_, archive)| archive.as_ref()) {
            archive.look_at(files.clone());
        }
    }

    /// Closes all of them.
    pub(in crate::lsp) fn close(&self) {
        let known = std::mem::take(&mut self.table().known);
        drop(known);
    }

    fn of_folder(&self, root: &Path, configs: &Arc<Configs>) -> Option<Arc<Archive>> {
        let mut table = self.table();
        if let Some((_, archive)) = table.known.get(root) {
            return archive.clone();
        }
        let choice = table.choice(root, configs);
        let archive = match &choice {
            Choice::None | Choice::Ask => None,
            Choice::Own => Archive::of_folder(root, Arc::clone(configs), self.hub.clone()),
            Choice::File(file) => match Archive::of_file(file, configs) {
                Ok(archive) => Some(archive),
                Err(error) => {
                    let message = visible(&format!("{}: {error}", file.display())).into_owned();
                    self.hub.outgoing.notify::<LogMessage>(&LogMessageParams { typ: MessageType::WARNING, message });
                    None
                }
            },
        };
        let archive = archive.map(Arc::new);
        table.known.insert(root.to_owned(), (choice, archive.clone()));
        archive
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // A table whose change panicked holds what it held before.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn choice(&self, root: &Path, configs: &Configs) -> Choice {
        match choose(root, configs) {
            Choice::Ask if self.agreed.contains(root) => Choice::Own,
            choice => choice,
        }
    }
}

/// Closing an index may take a moment, and nobody waits for it.
fn drop_apart(archives: Vec<Arc<Archive>>) {
    if !archives.is_empty()
        && let Ok(runtime) = tokio::runtime::Handle::try_current()
    {
        runtime.spawn_blocking(move || drop(archives));
    }
}
