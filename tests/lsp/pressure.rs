//! Clients that send much, answer nothing or read nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncWriteExt, BufReader, DuplexStream, ReadHalf};
use tokio::time::timeout;

use super::client::{Client, Pipes, frame};
use super::topics::topics;
use super::{SAMPLE, URI, capabilities};

#[tokio::test]
async fn a_client_that_keeps_its_settings_to_itself_stops_nothing() {
    let mut capabilities = capabilities("utf-8");
    capabilities["workspace"] =
        json!({ "configuration": true, "didChangeConfiguration": { "dynamicRegistration": true } });
    let mut client = Client::with(capabilities).await;
    client.open(URI, SAMPLE).await;
    let mut asked = Vec::new();
    for number in 0..250 {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
        let (method, params) = match number % 2 {
            0 => ("pygloss/findings", json!({ "textDocument": { "uri": URI } })),
            _ => ("workspace/executeCommand", json!({ "command": "pygloss.showTopic", "arguments": [1] })),
        };
        asked.push(client.request(method, params).await);
    }
    for id in asked {
        let answer = client.answer(id).await;
        assert!(answer.get("error").is_none(), "{answer}");
    }
    let asked_for_settings = client.unread().iter().filter(|it| it["method"] == "workspace/configuration").count();
    assert!(asked_for_settings <= 1, "one request waits, not {asked_for_settings}");
}

/// What the pipes and the framework hold: two of 64 KB on the way in, one on the way out, the 256 messages that run, 100 that
/// wait, and the framework's write buffer.
const MOST_UNREAD: usize = 2_000;

#[tokio::test(start_paused = true)]
async fn requests_of_a_client_that_does_not_read_wait_in_the_client() {
    const REQUESTS: usize = 4_000;
    let params = json!({ "textDocument": { "uri": URI } });
    let request = |id| json!({ "jsonrpc": "2.0", "id": id, "method": "pygloss/findings", "params": params });
    let requests = (0..REQUESTS).map(request).collect();
    let (sent, mut output) = send_without_reading(json!({}), requests).await;
    let stalled_at = sent.load(Ordering::Relaxed);
    assert!(stalled_at < MOST_UNREAD, "the server took {stalled_at} requests without getting rid of an answer");
    let mut answered: Vec<u64> = Vec::new();
    while answered.len() < REQUESTS {
        let answer = Pipes::receive(&mut output).await.expect("the server goes on");
        assert_eq!(answer["result"]["findings"].as_array().map(Vec::len), Some(3), "{answer}");
        answered.push(answer["id"].as_u64().expect("a number"));
    }
    answered.sort_unstable();
    assert!(answered.into_iter().eq(0..REQUESTS as u64));
}

#[tokio::test(start_paused = true)]
async fn what_is_said_unasked_to_a_client_that_does_not_read_is_bounded() {
    const FILES: usize = 4_000;
    let file = |number| {
        let uri = format!("file:///{number}.py");
        let document = json!({ "uri": uri, "languageId": "python", "version": 1, "text": "too large" });
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } })
    };
    let mut messages: Vec<Value> = (0..FILES).map(file).collect();
    messages.push(json!({ "jsonrpc": "2.0", "id": "last", "method": "pygloss/topics" }));
    let (sent, mut output) = send_without_reading(json!({ "maxFileSize": 1 }), messages).await;
    assert_eq!(sent.load(Ordering::Relaxed), FILES + 1, "notifications are read on");
    let mut told = 0;
    while Pipes::receive(&mut output).await.expect("the server goes on")["id"] != "last" {
        told += 1;
    }
    assert!((64..MOST_UNREAD).contains(&told), "{told} messages waited");
}

/// Start a server, open `SAMPLE` and send messages while nothing is read, until nothing moves any more. How many were sent by
/// then, and what is to be read; the rest is sent when reading begins.
async fn send_without_reading(
    options: Value,
    messages: Vec<Value>,
) -> (Arc<AtomicUsize>, BufReader<ReadHalf<DuplexStream>>) {
    let Pipes { mut input, mut output, .. } = Pipes::open(topics());
    let initialize = json!({ "capabilities": {}, "initializationOptions": options });
    let document = json!({ "uri": URI, "languageId": "python", "version": 1, "text": SAMPLE });
    let opening = [
        json!({ "jsonrpc": "2.0", "id": "first", "method": "initialize", "params": initialize }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }),
    ];
    input.write_all(&frame(opening[0].to_string().as_bytes())).await.expect("the server reads");
    assert_eq!(Pipes::receive(&mut output).await.expect("an answer")["id"], "first");
    input.write_all(&frame(opening[1].to_string().as_bytes())).await.expect("the server reads");

    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    tokio::spawn(async move {
        for message in messages {
            input.write_all(&frame(message.to_string().as_bytes())).await.expect("the server reads");
            count.fetch_add(1, Ordering::Relaxed);
        }
        // The end of the input would end the server.
        std::future::pending::<()>().await;
    });
    nothing_moves().await;
    (sent, output)
}

/// A clock that is paused goes on when every task waits and no thread computes.
async fn nothing_moves() {
    let _ = timeout(Duration::from_secs(1), std::future::pending::<()>()).await;
}
