//! Real editors, headless, with the server that was built.

mod neovim;
mod try_editor;
