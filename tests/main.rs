//! Tests of the whole product.

mod lsp;
