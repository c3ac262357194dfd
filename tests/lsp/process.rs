//! The server as a process: what only the operating system sees.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::{Value, json};

fn start() -> (Child, ChildStdin) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pygloss"));
    command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = command.spawn().expect("the server starts");
    let input = server.stdin.take().expect("a pipe");
    (server, input)
}

fn send(input: &mut ChildStdin, message: &Value) {
    let body = message.to_string();
    write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
}

fn wait_for_answer(server: &mut Child, id: i64) {
    let answer = format!("\"id\":{id}");
    let (output, mut seen) = (server.stdout.as_mut().expect("a pipe"), Vec::new());
    while !String::from_utf8_lossy(&seen).contains(&answer) {
        let mut byte = [0];
        output.read_exact(&mut byte).expect("the server answers");
        seen.extend(byte);
    }
}

fn exit_code(mut server: Child) -> Option<i32> {
    server.wait().expect("the server ends").code()
}

#[test]
fn exit_after_shutdown_ends_the_process_though_stdin_stays_open() {
    let (mut server, mut input) = start();
    let params = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    send(&mut input, &json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
    wait_for_answer(&mut server, 1);
    send(&mut input, &json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }));
    wait_for_answer(&mut server, 2);
    send(&mut input, &json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(exit_code(server), Some(0));
    drop(input);
}

#[test]
fn exit_without_shutdown_ends_the_process_with_failure() {
    let (server, mut input) = start();
    send(&mut input, &json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(exit_code(server), Some(1));
    drop(input);
}

#[test]
fn a_failed_request_leaves_a_line_in_the_log() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = folder.path().join("log");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pygloss"));
    command.args(["lsp", "--log"]).arg(&log).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = command.spawn().expect("the server starts");
    let mut input = server.stdin.take().expect("a pipe");
    let params = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    send(&mut input, &json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
    wait_for_answer(&mut server, 1);
    let unknown = json!({ "textDocument": { "uri": "file:///a.py" } });
    send(&mut input, &json!({ "jsonrpc": "2.0", "id": 2, "method": "pygloss/findings", "params": unknown }));
    wait_for_answer(&mut server, 2);
    send(&mut input, &json!({ "jsonrpc": "2.0", "id": 3, "method": "pygloss/nothing" }));
    wait_for_answer(&mut server, 3);
    drop(input);
    assert_eq!(exit_code(server), Some(1));
    let log = std::fs::read_to_string(log).expect("the log");
    for line in [
        "pygloss/findings failed with -32602: file:///a.py is not an open Python file",
        "pygloss/nothing failed with -32601: Method not found",
    ] {
        assert!(log.contains(line), "{log}");
    }
}

#[test]
fn a_closed_stdin_ends_the_process() {
    let (server, input) = start();
    drop(input);
    assert_eq!(exit_code(server), Some(1));
}
