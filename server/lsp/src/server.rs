//! What the client may ask, and which file answers.

use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::gen_lsp_types::{
    CodeActionParams, CodeActionResponse, DidChangeNotebookDocumentParams, DidChangeTextDocumentParams,
    DidCloseNotebookDocumentParams, DidCloseTextDocumentParams, DidOpenNotebookDocumentParams,
    DidOpenTextDocumentParams, ExecuteCommandParams, Hover, HoverParams, InitializeParams, InitializeResult, LspAny,
};
use tower_lsp::jsonrpc::Result;

use crate::capabilities;
use crate::requests::findings::{Findings, FindingsParams};
use crate::requests::{code_action, execute_command, findings, hover};
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
        Ok(answer)
    }

    async fn shutdown(&self) -> Result<()> {
        self.state.shut_down();
        Ok(())
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
}
