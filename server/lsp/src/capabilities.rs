//! What client and server tell each other on `initialize`.

use pygloss_analysis::Encoding;
use tower_lsp::gen_lsp_types::{
    self as lsp, CodeActionKind, CodeActionOptions, ExecuteCommandOptions, InitializeResult, MarkupKind,
    NotebookCellLanguage, NotebookDocumentFilterWithNotebook, NotebookDocumentSyncOptions, PositionEncodingKind,
    ServerCapabilities, ServerInfo, TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceOptions,
};

use crate::requests::code_action::KIND;
use crate::requests::execute_command::COMMANDS;

/// The abilities of the client that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the protocol asks yes or no of each")]
pub(crate) struct ClientCapabilities {
    /// What columns count.
    pub(crate) encoding: Encoding,
    /// Whether a hover may be Markdown.
    pub(crate) shows_markdown: bool,
    /// Whether a code action may be more than a command.
    pub(crate) takes_code_actions: bool,
    /// Whether it opens files that the server names.
    pub(crate) shows_documents: bool,
    /// Whether it answers `workspace/configuration`.
    pub(crate) answers_configuration: bool,
    /// Whether it tells of changed settings only who registers for that.
    pub(crate) registers_configuration: bool,
    /// Whether it shows progress that the server begins.
    pub(crate) shows_progress: bool,
    /// Whether it tells of changed files, if the server registers for that.
    pub(crate) watches_files: bool,
    /// Whether what it watches may lie anywhere.
    pub(crate) watches_relative: bool,
}

impl Default for ClientCapabilities {
    fn default() -> Self {
        of_client(&lsp::ClientCapabilities::default())
    }
}

/// What a client can do; what it doesn't mention it can't.
pub(crate) fn of_client(client: &lsp::ClientCapabilities) -> ClientCapabilities {
    let text_document = client.text_document.as_ref();
    let formats = text_document.and_then(|it| it.hover.as_ref()?.content_format.as_ref());
    let is_known = |format: &&MarkupKind| matches!(format, MarkupKind::Markdown | MarkupKind::PlainText);
    let (window, workspace) = (client.window.as_ref(), client.workspace.as_ref());
    let change_configuration = workspace.and_then(|it| it.did_change_configuration.as_ref());
    let watched = workspace.and_then(|it| it.did_change_watched_files.as_ref());
    let show_document = window.and_then(|it| it.show_document.as_ref());
    ClientCapabilities {
        encoding: encoding(client),
        shows_markdown: formats.and_then(|it| it.iter().find(is_known)) == Some(&MarkupKind::Markdown),
        takes_code_actions: text_document
            .and_then(|it| it.code_action.as_ref()?.code_action_literal_support.as_ref())
            .is_some(),
        shows_documents: show_document.is_some_and(|it| it.support),
        answers_configuration: workspace.and_then(|it| it.configuration) == Some(true),
        registers_configuration: change_configuration.and_then(|it| it.dynamic_registration) == Some(true),
        shows_progress: window.and_then(|it| it.work_done_progress) == Some(true),
        watches_files: watched.and_then(|it| it.dynamic_registration) == Some(true),
        watches_relative: watched.and_then(|it| it.relative_pattern_support) == Some(true),
    }
}

/// What this server can do.
pub(crate) fn of_server(encoding: Encoding) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let code_actions =
        CodeActionOptions { code_action_kinds: Some(vec![CodeActionKind::new(KIND)]), ..CodeActionOptions::default() };
    let commands =
        ExecuteCommandOptions { commands: COMMANDS.map(str::to_owned).to_vec(), ..ExecuteCommandOptions::default() };
    let folders = WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(true.into()) };
    let capabilities = ServerCapabilities {
        position_encoding: Some(encoding_kind(encoding)),
        text_document_sync: Some(sync.into()),
        notebook_document_sync: Some(notebooks().into()),
        hover_provider: Some(true.into()),
        code_action_provider: Some(code_actions.into()),
        execute_command_provider: Some(commands),
        workspace_symbol_provider: Some(true.into()),
        workspace: Some(WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() }),
        ..ServerCapabilities::default()
    };
    let server_info = ServerInfo { name: "pygloss".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    InitializeResult { capabilities, server_info: Some(server_info) }
}

/// The cells of Python in Jupyter's notebooks.
fn notebooks() -> NotebookDocumentSyncOptions {
    let cells = vec![NotebookCellLanguage { language: "python".to_owned() }];
    let selector =
        NotebookDocumentFilterWithNotebook { notebook: "jupyter-notebook".to_owned().into(), cells: Some(cells) };
    NotebookDocumentSyncOptions { notebook_selector: vec![selector.into()], save: None }
}

/// The cheapest for us among those that the client offers; UTF-16 is what every client must know.
fn encoding(client: &lsp::ClientCapabilities) -> Encoding {
    let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
    let offers = |kind: PositionEncodingKind| offered.is_some_and(|offered| offered.contains(&kind));
    if offers(PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offers(PositionEncodingKind::UTF32) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

fn encoding_kind(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}
