//! The language server, asked by a client in the same process over the real framing.
//!
//! The topics are a small folder of their own, so that no test depends on a page's text.

mod client;
mod code_action;
mod documents;
mod environments;
mod findings;
mod hover;
mod indexing;
mod lifecycle;
mod notebooks;
mod pressure;
mod process;
mod replay;
mod settings;
mod show_topic;
mod topic_folders;
mod topic_requests;
mod topics;
mod usages;
mod watching;

use serde_json::{Value, json};

/// A text with one finding of each concept in its first two lines, and none behind them.
const SAMPLE: &str = "if (n := len(a)) > 1:\n    f = lambda: n\n# (n := 1)\ns = '(n := 1)'\n";

/// The URI of a file that needs escapes.
const URI: &str = "file:///home/r%C3%A9a/a%20b/sample.py";

fn position(line: u32, character: u32) -> Value {
    json!({ "line": line, "character": character })
}

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": position(line, start), "end": position(line, end) })
}

/// What a client offers that can do everything, with columns in an encoding.
fn capabilities(encoding: &str) -> Value {
    json!({
        "general": { "positionEncodings": [encoding] },
        "window": { "showDocument": { "support": true } },
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["", "source"] } } },
        },
    })
}
