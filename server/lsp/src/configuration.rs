//! Where the settings come from, and what follows from a change of them.
//!
//! Two layers: `initializationOptions`, and over them whatever the client said last, be it pushed by
//! `workspace/didChangeConfiguration` or given as the answer to `workspace/configuration`. Handlers put what they get into
//! force at once. Whatever takes time, asking the client and loading topic folders, is [`follow`]'s: one task, one request
//! at a time, however many changes come meanwhile.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::Mutex;
use pygloss_analysis::Glossary;
use pygloss_catalog::Folder;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::timeout;
use tower_lsp::gen_lsp_types::{ConfigurationItem, InitializeParams, Registration};

use crate::config::Config;
use crate::folders;
use crate::libraries;
use crate::settings::{SECTION, Settings};
use crate::state::{CLIENT_PATIENCE, State};

/// A client that makes more different mistakes than this isn't told of them any more.
const MOST_TOLD: usize = 100;

/// The topics that the server started with: those that `topicFolders` are added to.
pub struct Topics {
    /// What the folders hold, compiled.
    pub glossary: Arc<Glossary>,
    /// The folders themselves, in their order.
    pub folders: Vec<Folder>,
}

/// The settings as they were given, and as they are in force.
pub(crate) struct Configuration {
    pub(crate) topics: Topics,
    current: Mutex<Arc<Config>>,
    given: Mutex<Given>,
    changed: Notify,
}

#[derive(Default)]
struct Given {
    options: Value,
    latest: Value,
    root: Option<PathBuf>,
    told: HashSet<String>,
}

impl Configuration {
    /// The defaults.
    pub(crate) fn new(topics: Topics) -> Self {
        let current = Arc::new(Config::new(Settings::default(), Arc::clone(&topics.glossary)));
        Self { topics, current: Mutex::new(current), given: Mutex::default(), changed: Notify::new() }
    }

    /// What is in force.
    pub(crate) fn current(&self) -> Arc<Config> {
        Arc::clone(&self.current.lock())
    }

    /// Put another value in force.
    pub(crate) fn replace(&self, config: Config) {
        *self.current.lock() = Arc::new(config);
    }

    /// Have [`follow`] look after what takes time.
    pub(crate) fn notify(&self) {
        self.changed.notify_one();
    }

    /// Whether a message is new, so that each is told once.
    pub(crate) fn is_news(&self, message: &str) -> bool {
        let told = &mut self.given.lock().told;
        told.len() < MOST_TOLD && told.insert(message.to_owned())
    }
}

impl Given {
    fn read(&self) -> (Settings, Vec<String>) {
        let (mut settings, complaints) = Settings::read([&self.options, &self.latest]);
        for folder in &mut settings.topic_folders {
            *folder = folders::absolute(folder, self.root.as_deref());
        }
        let root = self.root.as_deref();
        settings.environment = settings.environment.and_then(|path| libraries::chosen(&path, root));
        (settings, complaints)
    }
}

/// Take what `initialize` says of settings: `initializationOptions`, or their section of our name.
pub(crate) fn initialize(state: &State, params: &InitializeParams) {
    let options = params.initialization_options.clone().unwrap_or_default();
    let options = options.get(SECTION).cloned().unwrap_or(options);
    let folders = libraries::folders_of(params);
    let root = folders.first().cloned();
    state.libraries.set_folders(|known| *known = folders);
    apply(state, |given| (given.options, given.root) = (options, root));
}

/// Take what `workspace/didChangeConfiguration` says, if it says anything of us, and ask for the rest.
pub(crate) fn change(state: &State, settings: &Value) {
    if let Some(section) = settings.get(SECTION) {
        apply(state, |given| given.latest = section.clone());
    }
    state.configuration.notify();
}

/// Look after changes until the server ends: ask the client, and load the topic folders that are not loaded yet.
pub(crate) async fn follow(state: Arc<State>) {
    let mut loaded: Vec<PathBuf> = Vec::new();
    state.configuration.changed.notified().await;
    register(&state);
    loop {
        if let Some(section) = ask(&state).await {
            apply(&state, |given| given.latest = section);
        }
        let wanted = state.configuration.current().settings.topic_folders.clone();
        if wanted != loaded {
            folders::load(&state, &wanted).await;
            // What was cancelled is not begun again of its own accord.
            loaded = wanted;
        }
        state.configuration.changed.notified().await;
    }
}

/// Take what is given now, put it in force with the glossary that is there, and tell what is wrong with it.
fn apply(state: &State, give: impl FnOnce(&mut Given)) {
    let mut given = state.configuration.given.lock();
    give(&mut given);
    let (settings, complaints) = given.read();
    // Before another change is read: what was given last has to be what stays.
    state.replace_settings(settings);
    drop(given);
    for complaint in complaints {
        if state.configuration.is_news(&complaint) {
            state.outbox.log(complaint);
        }
    }
}

/// Ask to be told of changes, if the client waits for that.
fn register(state: &Arc<State>) {
    if !state.client_capabilities().registers_configuration {
        return;
    }
    let registration = Registration {
        id: "pygloss-configuration".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(json!({ "section": SECTION })),
    };
    let client = state.client.clone();
    tokio::spawn(async move {
        let answer = timeout(CLIENT_PATIENCE, client.register_capability(vec![registration])).await;
        if !matches!(answer, Ok(Ok(()))) {
            tracing::warn!("the client won't tell of changed settings: {answer:?}");
        }
    });
}

/// The section that the client has for us, if it answers.
async fn ask(state: &State) -> Option<Value> {
    if !state.client_capabilities().answers_configuration {
        return None;
    }
    let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    match timeout(CLIENT_PATIENCE, state.client.configuration(vec![item])).await {
        Ok(Ok(sections)) => sections.into_iter().next(),
        Ok(Err(error)) => {
            tracing::warn!("the client gave no settings: {error}");
            None
        }
        Err(_) => {
            tracing::warn!("the client gave no settings in {CLIENT_PATIENCE:?}");
            None
        }
    }
}
