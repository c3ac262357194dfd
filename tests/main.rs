//! Tests of the whole product.

mod editors;
mod lsp;
mod tidy;
