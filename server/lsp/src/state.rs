//! What the server knows: the configuration, the client's abilities and the open files.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use parking_lot::Mutex;
use pygloss_analysis::{Encoding, Glossary, Snapshot};
use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    DidChangeNotebookDocumentParams, DidChangeTextDocumentParams, DidCloseNotebookDocumentParams,
    DidCloseTextDocumentParams, DidOpenNotebookDocumentParams, DidOpenTextDocumentParams, LanguageKind, Uri,
};

use crate::capabilities::ClientCapabilities;
use crate::config::Config;
use crate::configuration::{Configuration, Topics};
use crate::convert;
use crate::documents::Reading;
use crate::libraries::{Libraries, Opened};
use crate::notebooks::Workspace;
use crate::progress::Works;
use crate::settings::Settings;
use crate::tell::Outbox;

/// How long a task waits for a client that doesn't answer.
pub(crate) const CLIENT_PATIENCE: Duration = Duration::from_secs(10);

/// Shared by all handlers. The lock on the documents is held for look-ups and edits only, never over an `await`.
pub(crate) struct State {
    pub(crate) configuration: Configuration,
    pub(crate) client: Client,
    pub(crate) outbox: Outbox,
    pub(crate) works: Works,
    pub(crate) libraries: Libraries,
    /// Told once the client has finished its part of the start.
    pub(crate) ready: Notify,
    /// The folder below which topic pages are written.
    pub(crate) cache: Option<PathBuf>,
    client_capabilities: OnceLock<ClientCapabilities>,
    documents: Mutex<Workspace>,
    is_shut_down: Arc<AtomicBool>,
}

impl State {
    pub(crate) fn new(topics: Topics, client: Client, cache: Option<PathBuf>, is_shut_down: Arc<AtomicBool>) -> Self {
        let configuration = Configuration::new(topics);
        let limit = limit(&configuration.current().settings);
        Self {
            configuration,
            outbox: Outbox::open(client.clone()),
            works: Works::default(),
            libraries: Libraries::default(),
            ready: Notify::new(),
            client,
            cache,
            client_capabilities: OnceLock::new(),
            documents: Mutex::new(Workspace::new(limit)),
            is_shut_down,
        }
    }

    /// What the client said on `initialize`.
    pub(crate) fn client_capabilities(&self) -> ClientCapabilities {
        self.client_capabilities.get().copied().unwrap_or_default()
    }

    pub(crate) fn set_client_capabilities(&self, capabilities: ClientCapabilities) {
        // The framework lets no second `initialize` through.
        let _ = self.client_capabilities.set(capabilities);
    }

    /// What columns count in this session.
    pub(crate) fn encoding(&self) -> Encoding {
        self.client_capabilities().encoding
    }

    pub(crate) fn shut_down(&self) {
        self.is_shut_down.store(true, Ordering::SeqCst);
    }

    /// Start to follow a file, if it is Python.
    pub(crate) fn open(&self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        if item.language_id == LanguageKind::Python {
            let is_newly_too_large = self.documents.lock().open(&item.uri.0, &item.text, item.version);
            self.tell_of_size(is_newly_too_large, &item.uri);
        }
    }

    /// Apply an edit. Synchronous: the order of edits is the order of the messages only until the first `await`.
    pub(crate) fn change(&self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.text_document_identifier.uri;
        let changes: Vec<_> = params.content_changes.into_iter().map(convert::change).collect();
        let version = params.text_document.version;
        let is_newly_too_large = self.documents.lock().change(&uri.0, &changes, version, self.encoding());
        self.tell_of_size(is_newly_too_large, &uri);
    }

    /// Forget a file.
    pub(crate) fn close(&self, params: &DidCloseTextDocumentParams) {
        self.documents.lock().close(&params.text_document.uri.0);
    }

    /// Start to follow a notebook and its cells.
    pub(crate) fn open_notebook(&self, params: DidOpenNotebookDocumentParams) {
        let uri = params.notebook_document.uri.clone();
        let is_newly_too_large = self.documents.lock().open_notebook(params);
        self.tell_of_size(is_newly_too_large, &uri);
    }

    /// Apply a change to a notebook or its cells; synchronous, as [`State::change`] is.
    pub(crate) fn change_notebook(&self, params: DidChangeNotebookDocumentParams) {
        let uri = params.notebook_document.uri.clone();
        let is_newly_too_large = self.documents.lock().change_notebook(params, self.encoding());
        self.tell_of_size(is_newly_too_large, &uri);
    }

    /// Forget a notebook and its cells.
    pub(crate) fn close_notebook(&self, params: &DidCloseNotebookDocumentParams) {
        self.documents.lock().close_notebook(params);
    }

    /// The newest version of a file or a cell, and the configuration to read it by. To be called before a handler's first `await`.
    pub(crate) fn read(&self, uri: &Uri) -> (Arc<Config>, Reading) {
        // Under one lock, so that a version is never analysed by a glossary other than that of its findings.
        let mut documents = self.documents.lock();
        (self.configuration.current(), documents.read(&uri.0))
    }

    /// All files that are open, cells of notebooks left out; without a snapshot those that aren't analysed.
    pub(crate) fn open_files(&self) -> Vec<(String, Option<Snapshot>)> {
        self.documents.lock().files()
    }

    /// The index and its places, as a configuration wants them. It may have to be opened, so this is for the blocking pool.
    pub(crate) fn opened(&self, config: &Config) -> Arc<Opened> {
        self.libraries.opened(config, self.cache.as_deref())
    }

    /// Put settings in force, with the glossary that is there.
    pub(crate) fn replace_settings(&self, settings: Settings) {
        let mut documents = self.documents.lock();
        documents.set_limit(limit(&settings));
        let glossary = Arc::clone(&self.configuration.current().glossary);
        self.configuration.replace(Config::new(settings, glossary));
        self.libraries.doubt();
    }

    /// Look for other topics from now on.
    pub(crate) fn replace_glossary(&self, glossary: Arc<Glossary>) {
        let mut documents = self.documents.lock();
        let settings = self.configuration.current().settings.clone();
        self.configuration.replace(Config::new(settings, glossary));
        documents.forget_findings();
        self.libraries.doubt();
    }

    fn tell_of_size(&self, is_newly_too_large: bool, uri: &Uri) {
        if !is_newly_too_large {
            return;
        }
        let limit = limit(&self.configuration.current().settings);
        let size = if limit.is_multiple_of(1_000_000) {
            format!("{} MB", limit / 1_000_000)
        } else {
            format!("{limit} bytes")
        };
        self.outbox.log(format!("{uri} is larger than {size} (the setting maxFileSize) and is not analysed"));
    }
}

fn limit(settings: &Settings) -> usize {
    usize::try_from(settings.max_file_size).unwrap_or(usize::MAX)
}
