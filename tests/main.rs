//! Tests of the whole product.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

mod cli;
mod editors;
mod library;
mod lsp;
mod tidy;
mod tools;
