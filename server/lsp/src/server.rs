//! What the client may ask, and which file answers.

use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::gen_lsp_types::{
    CodeActionParams, CodeActionResponse, DidChangeConfigurationParams, DidChangeNotebookDocumentParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseNotebookDocumentParams, DidCloseTextDocumentParams, DidOpenNotebookDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, ExecuteCommandParams, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, LspAny, WorkDoneProgressCancelParams, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};
use tower_lsp::jsonrpc::Result;

use crate::capabilities;
use crate::configuration;
use crate::libraries::{folder_path, watching};
use crate::requests::findings::{Findings, FindingsParams};
use crate::requests::topic::Page;
use crate::requests::topics::Topics;
use crate::requests::usages::Usages;
use crate::requests::{code_action, execute_command, findings, hover, symbol, topic, topics, usages};
use crate::state::State;

/// Delegates each message; holds nothing of its own.
pub(crate) struct Server {
    pub(crate) state: Arc<State>,
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = capabilities::of_client(&params.capabilities);
        let answer = capabilities::of_server(client.encoding);
        self.state.set_client_capabilities(client);
        configuration::initialize(&self.state, &params);
        Ok(answer)
    }

    async fn initialized(&self, _: InitializedParams) {
        self.state.configuration.notify();
        self.state.ready.notify_one();
    }

    async fn shutdown(&self) -> Result<()> {
        self.state.shut_down();
        Ok(())
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        configuration::change(&self.state, &params.settings);
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.state.open(params);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.state.change(params);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.state.close(&params);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        watching::changed(&self.state, vec![params.text_document.uri.0]);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        watching::changed(&self.state, params.changes.into_iter().map(|change| change.uri.0).collect());
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let removed: Vec<_> = params.event.removed.iter().filter_map(folder_path).collect();
        self.state.libraries.set_folders(|folders| {
            folders.retain(|folder| !removed.contains(folder));
            folders.extend(params.event.added.iter().filter_map(folder_path));
        });
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        symbol::symbol(&self.state, params).await
    }

    async fn notebook_did_open(&self, params: DidOpenNotebookDocumentParams) {
        self.state.open_notebook(params);
    }

    async fn notebook_did_change(&self, params: DidChangeNotebookDocumentParams) {
        self.state.change_notebook(params);
    }

    async fn notebook_did_close(&self, params: DidCloseNotebookDocumentParams) {
        self.state.close_notebook(&params);
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        hover::hover(&self.state, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<Vec<CodeActionResponse>>> {
        code_action::code_action(&self.state, params).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
        execute_command::execute_command(&self.state, params).await
    }
}

impl Server {
    /// `pygloss/findings`.
    pub(crate) async fn findings(&self, params: FindingsParams) -> Result<Findings> {
        findings::findings(&self.state, params).await
    }

    /// `pygloss/topics`.
    pub(crate) async fn topics(&self) -> Result<Topics> {
        topics::topics(&self.state).await
    }

    /// `pygloss/topic`.
    pub(crate) async fn topic(&self, params: LspAny) -> Result<Page> {
        topic::topic(&self.state, params).await
    }

    /// `pygloss/usages`.
    pub(crate) async fn usages(&self, params: LspAny) -> Result<Usages> {
        usages::usages(&self.state, params).await
    }

    /// `window/workDoneProgress/cancel`.
    #[expect(clippy::unused_async, reason = "the framework takes no other methods")]
    pub(crate) async fn cancel_work(&self, params: WorkDoneProgressCancelParams) {
        self.state.works.cancel(&params);
    }
}
