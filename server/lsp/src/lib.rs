//! The language server of pygloss; the only crate that imports tower-lsp.
