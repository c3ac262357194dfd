//! The server as a process, as an editor meets it: from the start to the answer to `initialize`, and a hover's round trip.
//!
//! `cargo bench --bench server`

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};

criterion_group!(benches, start, hover);
criterion_main!(benches);

fn start(criterion: &mut Criterion) {
    criterion.bench_function("start to initialized", |b| b.iter(Session::start));
}

/// Over the pipe and back, with findings that are fresh.
fn hover(criterion: &mut Criterion) {
    let mut session = Session::start();
    let text = "class Point:\n    __slots__ = ('x', 'y')\n".repeat(1_000);
    let file = json!({ "uri": "file:///a.py", "languageId": "python", "version": 1, "text": text });
    session.say(&json!({ "method": "textDocument/didOpen", "params": { "textDocument": file } }));
    let place = json!({ "line": 1_001, "character": 6 });
    let params = json!({ "textDocument": { "uri": "file:///a.py" }, "position": place });
    criterion.bench_function("hover in 2000 lines", |b| b.iter(|| session.ask("textDocument/hover", &params)));
}

struct Session {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Session {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pygloss"));
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().expect("the server starts");
        let (to, from) = server.stdin.take().zip(server.stdout.take()).expect("pipes");
        let mut session = Self { server, to, from: BufReader::new(from) };
        session.ask("initialize", &json!({ "capabilities": {} }));
        session.say(&json!({ "method": "initialized", "params": {} }));
        session
    }

    fn say(&mut self, message: &Value) {
        let mut message = message.clone();
        message["jsonrpc"] = json!("2.0");
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
    }

    /// Send a request and read up to its answer.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.say(&json!({ "id": 1, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == 1 && message["method"].is_null() {
                return message;
            }
        }
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut header = String::new();
            self.from.read_line(&mut header).expect("the server writes");
            match header.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().unwrap_or(length),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).expect("a whole message");
        serde_json::from_slice(&body).expect("JSON")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The server has nothing to lose, and a bench nothing to wait for.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
