//! Tests of the whole product.

mod cli;
mod editors;
mod lsp;
mod tidy;
