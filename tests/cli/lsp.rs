//! What `pygloss lsp` leaves behind: its log.

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{Folder, Run};

fn frame(message: &Value) -> String {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Send messages to a server, keep its input open until the last one is answered, and give all that it said.
pub(super) fn converse(mut command: Command, messages: &[Value]) -> String {
    let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (mut input, mut output) = (server.stdin.take().unwrap(), server.stdout.take().unwrap());
    let mut said = String::new();
    for message in messages {
        input.write_all(frame(message).as_bytes()).unwrap();
        let answer = format!("\"id\":{}", message["id"]);
        let mut byte = [0];
        while !said.contains(&answer) {
            output.read_exact(&mut byte).unwrap();
            said.push(char::from(byte[0]));
        }
    }
    drop(input);
    server.wait().unwrap();
    said
}

/// Run the server on messages, which it answers until its input ends.
fn serve(folder: &Folder, args: &str, messages: &[Value]) -> Run {
    let initialize = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    let start = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": initialize });
    let input: String = [start].iter().chain(messages).map(frame).collect();
    folder.run_with(&format!("lsp {args}"), input.as_bytes())
}

#[test]
fn the_log_goes_to_a_file_or_to_standard_error() {
    let folder = Folder::with("old.log", "what was there\n");
    let run = serve(&folder, "--log old.log --log-level info", &[]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let log = fs::read_to_string(folder.path().join("old.log")).unwrap();
    assert!(log.starts_with("what was there\n"), "{log}");
    assert!(log.contains("INFO") && log.contains("starting"), "{log}");
    assert!(!log.contains('\u{1b}'), "{log}");
    assert!(serve(&folder, "--log-level info", &[]).err.contains("starting"));
    assert_eq!(serve(&folder, "", &[]).err, "");
}

#[test]
fn a_message_that_cannot_be_read_leaves_a_line() {
    let folder = Folder::new();
    let run = serve(&folder, "--log new.log", &[json!([])]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let log = fs::read_to_string(folder.path().join("new.log")).unwrap();
    assert!(log.contains("WARN") && log.contains("message left out"), "{log}");
}

#[test]
fn a_log_that_cannot_be_written_is_refused() {
    let folder = Folder::with("folder/file", "");
    for log in ["folder", "nowhere/server.log", "folder/file/server.log"] {
        let run = serve(&folder, &format!("--log {log}"), &[]);
        run.assert_refused(&format!("error: can't write the log {log}: "));
        assert_eq!(run.out, "");
    }
    serve(&folder, "--log-level loud", &[]).assert_refused("possible values: error, warn, info, debug, trace");
}
