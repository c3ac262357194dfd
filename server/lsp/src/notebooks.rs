//! The open notebooks: which cells they have, in which order.
//!
//! A cell's text is a document like that of a file, under the cell's own URI, and is followed in [`Documents`]. What is
//! asked of a cell of a notebook is read from the newest state of that, in which the cells share their names. A cell that
//! the client opens as a file, in no notebook, is a file.

use std::collections::HashMap;
use std::sync::Arc;

use pygloss_analysis::{Change, Encoding, Notebook as State, Snapshot};
use tower_lsp::gen_lsp_types::{
    DidChangeNotebookDocumentParams, DidCloseNotebookDocumentParams, DidOpenNotebookDocumentParams, LanguageKind,
    NotebookCell, NotebookCellKind, NotebookDocumentCellChangeStructure, TextDocumentItem,
};

use crate::convert;
use crate::documents::{Documents, Reading};

/// The open files and notebooks.
pub(crate) struct Workspace {
    documents: Documents,
    notebooks: HashMap<String, Notebook>,
}

/// A notebook whose cells' texts are documents.
#[derive(Default)]
struct Notebook {
    cells: Vec<Cell>,
    /// Made when it is first asked for, and until something changes.
    newest: Option<Newest>,
    was_too_large: bool,
}

struct Cell {
    uri: String,
    is_code: bool,
}

struct Newest {
    state: Arc<State>,
    /// The place of each cell in it.
    places: HashMap<String, usize>,
}

impl Workspace {
    /// None, of a size up to this.
    pub(crate) fn new(limit: usize) -> Self {
        Self { documents: Documents::new(limit), notebooks: HashMap::new() }
    }

    /// Analyse files and notebooks up to this size from now on.
    pub(crate) fn set_limit(&mut self, limit: usize) {
        if self.documents.set_limit(limit) {
            // Cells that were too large aren't in their notebook's newest state.
            self.notebooks.values_mut().for_each(|notebook| notebook.renew(&mut self.documents));
        }
    }

    /// Forget what was found in all files and cells, because other topics are looked for from now on.
    pub(crate) fn forget_findings(&mut self) {
        self.documents.forget_findings();
        self.notebooks.values_mut().for_each(|notebook| notebook.newest = None);
    }

    /// Follow a file; whether it is too large, which is to be said once.
    pub(crate) fn open(&mut self, uri: &str, text: &str, version: i32) -> bool {
        self.renew_around(uri);
        self.documents.open(uri, text, version)
    }

    /// Apply an edit to a file that is open; whether it has become too large for the first time.
    pub(crate) fn change(&mut self, uri: &str, changes: &[Change], version: i32, encoding: Encoding) -> bool {
        self.renew_around(uri);
        self.documents.change(uri, changes, version, encoding)
    }

    /// Forget a file.
    pub(crate) fn close(&mut self, uri: &str) {
        self.renew_around(uri);
        self.documents.close(uri);
    }

    /// All files; the cells of notebooks aren't among them.
    pub(crate) fn files(&self) -> Vec<(String, Option<Snapshot>)> {
        let is_cell = |uri: &str| self.notebooks.values().any(|notebook| notebook.holds(uri));
        self.documents.all().filter(|(uri, _)| !is_cell(uri)).collect()
    }

    /// What there is to read of a file or a cell.
    pub(crate) fn read(&mut self, uri: &str) -> Reading {
        let reading = self.documents.read(uri);
        let notebook = self.notebooks.values_mut().find(|notebook| notebook.holds(uri));
        match (reading, notebook) {
            (Reading::Ready(cell), Some(notebook)) if notebook.is_too_large(&self.documents) => {
                Reading::TooLarge(cell.version())
            }
            (Reading::Ready(_), Some(notebook)) => {
                let newest = notebook.newest(&self.documents);
                let cell = newest.places.get(uri).and_then(|place| newest.state.cell(*place));
                cell.map_or(Reading::Unknown, Reading::Ready)
            }
            (reading, _) => reading,
        }
    }

    /// Follow a notebook and its cells; whether they are too large together, which is to be said once.
    pub(crate) fn open_notebook(&mut self, params: DidOpenNotebookDocumentParams) -> bool {
        let uri = params.notebook_document.uri.0;
        self.forget_notebook(&uri);
        for text in &params.cell_text_documents {
            self.open_cell(text);
        }
        let cells = params.notebook_document.cells.into_iter().map(Cell::new).collect();
        self.notebooks.insert(uri.clone(), Notebook { cells, ..Notebook::default() });
        self.settle(&uri)
    }

    /// Apply a change to a notebook: cells that come, go or move, then their kinds, then their texts. Whether it has become
    /// too large for the first time.
    pub(crate) fn change_notebook(&mut self, params: DidChangeNotebookDocumentParams, encoding: Encoding) -> bool {
        let uri = params.notebook_document.uri.0;
        let (Some(notebook), Some(changes)) = (self.notebooks.get_mut(&uri), params.change.cells) else {
            return false;
        };
        // Also those that leave the notebook are what they are without it.
        notebook.renew(&mut self.documents);
        if let Some(structure) = changes.structure {
            self.restructure(&uri, structure);
        }
        self.set_kinds(&uri, changes.data.unwrap_or_default());
        for text in changes.text_content.unwrap_or_default() {
            let edits: Vec<_> = text.changes.into_iter().map(convert::change).collect();
            let cell = &text.document.text_document_identifier.uri.0;
            self.documents.change(cell, &edits, text.document.version, encoding);
        }
        self.settle(&uri)
    }

    /// Forget a notebook and its cells.
    pub(crate) fn close_notebook(&mut self, params: &DidCloseNotebookDocumentParams) {
        self.forget_notebook(&params.notebook_document.uri.0);
        for cell in &params.cell_text_documents {
            self.documents.close(&cell.uri.0);
        }
    }

    fn restructure(&mut self, uri: &str, structure: NotebookDocumentCellChangeStructure) {
        for closed in structure.did_close.iter().flatten() {
            self.documents.close(&closed.uri.0);
        }
        for opened in structure.did_open.iter().flatten() {
            self.open_cell(opened);
        }
        let Some(notebook) = self.notebooks.get_mut(uri) else { return };
        let array = structure.array;
        let start = (array.start as usize).min(notebook.cells.len());
        let end = start.saturating_add(array.delete_count as usize).min(notebook.cells.len());
        notebook.cells.splice(start..end, array.cells.unwrap_or_default().into_iter().map(Cell::new));
    }

    fn set_kinds(&mut self, uri: &str, told: Vec<NotebookCell>) {
        let Some(notebook) = self.notebooks.get_mut(uri) else { return };
        for told in told.into_iter().map(Cell::new) {
            notebook.cells.iter_mut().filter(|cell| cell.uri == told.uri).for_each(|cell| cell.is_code = told.is_code);
        }
    }

    fn open_cell(&mut self, text: &TextDocumentItem) {
        if text.language_id == LanguageKind::Python {
            self.documents.open(&text.uri.0, &text.text, text.version);
        } else {
            self.documents.close(&text.uri.0);
        }
    }

    fn forget_notebook(&mut self, uri: &str) {
        for cell in self.notebooks.remove(uri).unwrap_or_default().cells {
            self.documents.close(&cell.uri);
        }
    }

    /// Before the text of a file changes: if it is a cell, let the notebook around it be analysed anew.
    fn renew_around(&mut self, uri: &str) {
        if let Some(notebook) = self.notebooks.values_mut().find(|notebook| notebook.holds(uri)) {
            notebook.renew(&mut self.documents);
        }
    }

    /// After a change to a notebook; whether it has become too large for the first time.
    fn settle(&mut self, uri: &str) -> bool {
        let Some(notebook) = self.notebooks.get_mut(uri) else {
            return false;
        };
        notebook.renew(&mut self.documents);
        notebook.is_too_large(&self.documents) && !std::mem::replace(&mut notebook.was_too_large, true)
    }
}

impl Notebook {
    fn holds(&self, uri: &str) -> bool {
        self.cells.iter().any(|cell| cell.uri == uri)
    }

    fn is_too_large(&self, documents: &Documents) -> bool {
        documents.are_too_large(self.cells.iter().map(|cell| cell.uri.as_str()))
    }

    /// What is found in a cell depends on the others, so all are analysed anew.
    fn renew(&mut self, documents: &mut Documents) {
        self.newest = None;
        for cell in &self.cells {
            documents.renew(&cell.uri);
        }
    }

    fn newest(&mut self, documents: &Documents) -> &Newest {
        self.newest.get_or_insert_with(|| {
            let (mut places, mut cells) = (HashMap::new(), Vec::new());
            for cell in self.cells.iter().filter(|cell| cell.is_code) {
                if let Reading::Ready(snapshot) = documents.read(&cell.uri) {
                    places.insert(cell.uri.clone(), cells.len());
                    cells.push(snapshot);
                }
            }
            Newest { state: Arc::new(State::new(cells)), places }
        })
    }
}

impl Cell {
    fn new(cell: NotebookCell) -> Self {
        Self { uri: cell.document.0, is_code: cell.kind == NotebookCellKind::Code }
    }
}
