//! What a request that panics or takes its time does to the others, by methods that only these tests' server has.

use std::sync::Arc;

use parking_lot::{Condvar, Mutex};
use pygloss_analysis::Glossary;
use pygloss_catalog::Catalog;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;

use crate::requests::blocking;
use crate::server::Server;
use crate::{Topics, serve};

/// Opened to let `test/wait` end.
static GATE: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

pub(crate) fn add_methods(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    builder
        .custom_method("test/panic", Server::panic)
        .custom_method("test/panicInNotification", Server::panic_in_notification)
        .custom_method("test/panicWhileBlocking", Server::panic_while_blocking)
        .custom_method("test/wait", Server::wait)
}

#[expect(clippy::unused_async, reason = "the framework takes no other methods")]
impl Server {
    async fn panic(&self) -> Result<()> {
        panic!("as the test wants it")
    }

    async fn panic_in_notification(&self) {
        panic!("as the test wants it")
    }

    async fn panic_while_blocking(&self) -> Result<()> {
        blocking(|| panic!("as the test wants it")).await
    }

    async fn wait(&self) -> Result<()> {
        blocking(|| {
            let mut is_open = GATE.0.lock();
            GATE.1.wait_while(&mut is_open, |is_open| !*is_open);
        })
        .await
    }
}

struct Client {
    input: WriteHalf<DuplexStream>,
    output: BufReader<ReadHalf<DuplexStream>>,
}

impl Client {
    async fn start() -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        let (server_input, server_output) = tokio::io::split(theirs);
        let (glossary, _) = Glossary::new(Catalog::default());
        let topics = Topics { glossary: Arc::new(glossary), folders: Vec::new() };
        tokio::spawn(serve(server_input, server_output, topics, None));
        let (output, input) = tokio::io::split(ours);
        let mut client = Self { input, output: BufReader::new(output) };
        client.send(json!({ "id": 0, "method": "initialize", "params": { "capabilities": {} } })).await;
        assert_eq!(client.receive().await["id"], 0);
        client
    }

    async fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(frame.as_bytes()).await.expect("the server reads");
    }

    async fn receive(&mut self) -> Value {
        let (mut header, mut empty) = (String::new(), String::new());
        self.output.read_line(&mut header).await.expect("a header");
        self.output.read_line(&mut empty).await.expect("its end");
        let length = header.trim_end().strip_prefix("Content-Length: ").expect("a length");
        let mut body = vec![0; length.parse().expect("a number")];
        self.output.read_exact(&mut body).await.expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }
}

#[tokio::test]
async fn a_panic_costs_one_message() {
    let mut client = Client::start().await;
    client.send(json!({ "method": "test/panicInNotification" })).await;
    for (id, method) in [(1, "test/panic"), (2, "test/panicWhileBlocking"), (3, "test/panic")] {
        client.send(json!({ "id": id, "method": method })).await;
        let answer = client.receive().await;
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(id), &json!(-32603)));
        assert!(answer["error"]["message"].as_str().is_some_and(|it| it.contains("as the test wants it")), "{answer}");
    }
    client.send(json!({ "id": 4, "method": "pygloss/topics" })).await;
    assert_eq!(client.receive().await["result"], json!({ "phases": [] }));
}

#[tokio::test]
async fn a_cancelled_request_is_answered_while_slow_ones_run() {
    let mut client = Client::start().await;
    for id in 1..=100 {
        client.send(json!({ "id": id, "method": "test/wait" })).await;
    }
    for id in [100, 50] {
        client.send(json!({ "method": "$/cancelRequest", "params": { "id": id } })).await;
        let answer = client.receive().await;
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(id), &json!(-32800)));
    }
    *GATE.0.lock() = true;
    GATE.1.notify_all();
    let mut answered = Vec::new();
    for _ in 0..98 {
        let answer = client.receive().await;
        assert_eq!(answer["result"], Value::Null, "{answer}");
        answered.push(answer["id"].as_i64().expect("an id"));
    }
    answered.sort_unstable();
    assert_eq!(answered, (1..100).filter(|id| *id != 50).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_request_that_only_an_extension_knows_is_refused() {
    let mut client = Client::start().await;
    for (id, method) in [(1, "test/nothing"), (2, "$/nothing")] {
        client.send(json!({ "id": id, "method": method })).await;
        let answer = client.receive().await;
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(id), &json!(-32601)));
    }
}
