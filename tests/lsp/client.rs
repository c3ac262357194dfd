//! A client in the same process: real `Content-Length` framing over a pair of pipes.

use std::time::Duration;

use pygloss_lsp::Topics;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::topics::topics;
use super::{URI, capabilities};

/// Far more than any answer takes, so that a lost one fails a test and doesn't hang it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server and our end of its pipes. What it says is read as it comes.
pub(crate) struct Client {
    input: WriteHalf<DuplexStream>,
    messages: UnboundedReceiver<Value>,
    server: JoinHandle<u8>,
    last_id: i64,
    /// Messages that came while another was waited for.
    unread: Vec<Value>,
    /// Where the server writes its pages.
    pub(crate) cache: TempDir,
}

/// A running server whose words nobody reads yet.
pub(crate) struct Pipes {
    pub(crate) input: WriteHalf<DuplexStream>,
    pub(crate) output: BufReader<ReadHalf<DuplexStream>>,
    server: JoinHandle<u8>,
    cache: TempDir,
}

impl Pipes {
    /// Start a server.
    pub(crate) fn open(topics: Topics) -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        let (server_input, server_output) = tokio::io::split(theirs);
        let cache = tempfile::tempdir().expect("a temporary folder");
        let folder = Some(cache.path().to_owned());
        let server = tokio::spawn(pygloss_lsp::serve(server_input, server_output, topics, folder));
        let (output, input) = tokio::io::split(ours);
        Self { input, output: BufReader::new(output), server, cache }
    }

    /// The next message; `None` if the server has ended.
    pub(crate) async fn receive(output: &mut BufReader<ReadHalf<DuplexStream>>) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut header = String::new();
            if output.read_line(&mut header).await.expect("a header") == 0 {
                return None;
            }
            match header.trim_end().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().expect("a length"),
                None if header == "\r\n" => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        output.read_exact(&mut body).await.expect("a body");
        Some(serde_json::from_slice(&body).expect("JSON"))
    }
}

/// A message as it is sent.
pub(crate) fn frame(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

impl Client {
    /// Start a server that is not initialized yet.
    pub(crate) fn connect() -> Self {
        Self::connect_with(topics())
    }

    /// Start a server with these topics that is not initialized yet.
    pub(crate) fn connect_with(topics: Topics) -> Self {
        let Pipes { input, mut output, server, cache } = Pipes::open(topics);
        let (sender, messages) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(message) = Pipes::receive(&mut output).await {
                // The test may have seen enough.
                let _ = sender.send(message);
            }
        });
        Self { input, messages, server, last_id: 0, unread: Vec::new(), cache }
    }

    /// Start a server and initialize it with these capabilities of the client.
    pub(crate) async fn with(capabilities: Value) -> Self {
        let mut client = Self::connect();
        client.initialize(capabilities).await;
        client
    }

    /// Start a server for a client that can do everything, with columns in UTF-16, and open a Python file.
    pub(crate) async fn with_file(text: &str) -> Self {
        let mut client = Self::with(capabilities("utf-16")).await;
        client.open(URI, text).await;
        client
    }

    /// Start a server and initialize it with `initializationOptions`.
    pub(crate) async fn with_options(capabilities: Value, options: Value) -> Self {
        let mut client = Self::connect();
        client.initialize_with(json!({ "capabilities": capabilities, "initializationOptions": options })).await;
        client
    }

    /// `initialize` and `initialized`; what the server answers.
    pub(crate) async fn initialize(&mut self, capabilities: Value) -> Value {
        self.initialize_with(json!({ "processId": null, "rootUri": null, "capabilities": capabilities })).await
    }

    /// The same, with these params.
    pub(crate) async fn initialize_with(&mut self, params: Value) -> Value {
        let answer = self.ask("initialize", params).await;
        self.notify("initialized", json!({})).await;
        answer
    }

    /// `textDocument/didOpen` of a Python file.
    pub(crate) async fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "python", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    }

    /// `textDocument/didChange`.
    pub(crate) async fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.notify("textDocument/didChange", params).await;
    }

    /// Send a request and give the result of its answer.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer_to(method, params).await;
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Send a request and give the error of its answer: code and message.
    pub(crate) async fn refused(&mut self, method: &str, params: Value) -> (i64, String) {
        let answer = self.answer_to(method, params).await;
        let error = &answer["error"];
        let code = error["code"].as_i64().unwrap_or_else(|| panic!("{method} gave {answer}"));
        (code, error["message"].as_str().unwrap_or_default().to_owned())
    }

    async fn answer_to(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params).await;
        self.answer(id).await
    }

    /// Send a request without waiting; its id.
    pub(crate) async fn request(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        id
    }

    /// Wait for the answer to a request.
    pub(crate) async fn answer(&mut self, id: i64) -> Value {
        self.wait_for(|message| message.get("method").is_none() && message["id"] == id).await
    }

    /// Send a notification.
    pub(crate) async fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Wait for a request or notification from the server and give its params; a request is answered with `result`.
    pub(crate) async fn expect(&mut self, method: &str, result: Value) -> Value {
        let message = self.wait_for(|message| message["method"] == method).await;
        if let Some(id) = message.get("id") {
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result })).await;
        }
        message["params"].clone()
    }

    /// What came from the server and was not asked for.
    pub(crate) fn unread(&self) -> &[Value] {
        &self.unread
    }

    /// Send a message as bytes.
    pub(crate) async fn send_bytes(&mut self, body: &[u8]) {
        let sent = timeout(PATIENCE, self.input.write_all(&frame(body))).await;
        sent.expect("the server reads on").expect("the pipe is open");
    }

    /// The exit code of a server that was told to exit.
    pub(crate) async fn exit_code(&mut self) -> u8 {
        timeout(PATIENCE, &mut self.server).await.expect("the server ends").expect("it doesn't panic")
    }

    /// Close the server's input and give its exit code.
    pub(crate) async fn hang_up(mut self) -> u8 {
        self.input.shutdown().await.expect("the pipe is open");
        self.exit_code().await
    }

    /// Send a message as it is.
    pub(crate) async fn send(&mut self, message: &Value) {
        self.send_bytes(message.to_string().as_bytes()).await;
    }

    /// Wait for a message; others stay unread.
    pub(crate) async fn wait_for(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.unread.iter().position(&is_wanted) {
            return self.unread.remove(index);
        }
        loop {
            let message = timeout(PATIENCE, self.messages.recv()).await.expect("the server answers");
            let message = message.expect("the server goes on");
            if is_wanted(&message) {
                return message;
            }
            self.unread.push(message);
        }
    }
}
