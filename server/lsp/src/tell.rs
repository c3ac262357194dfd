//! What the server says unasked: `window/logMessage` and `window/showMessage`.
//!
//! Nobody waits until a message is sent. One task sends them in order; for a client that doesn't read, a bounded number
//! waits, and the rest goes to the log.

use tokio::sync::mpsc::{self, Receiver, Sender};
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::MessageType;

/// More messages than a user would read.
const MOST_WAITING: usize = 64;

/// The way to the client's user.
pub(crate) struct Outbox(Sender<Message>);

enum Message {
    Log(String),
    Show(String),
}

impl Outbox {
    /// Start the task that sends. It ends with the outbox.
    pub(crate) fn open(client: Client) -> Self {
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        tokio::spawn(send_all(client, receiver));
        Self(sender)
    }

    /// Warn in the client's log.
    pub(crate) fn log(&self, message: String) {
        self.put(Message::Log(message));
    }

    /// Warn where the user can't miss it.
    pub(crate) fn show(&self, message: String) {
        self.put(Message::Show(message));
    }

    fn put(&self, message: Message) {
        let (Message::Log(text) | Message::Show(text)) = &message;
        tracing::warn!("{text}");
        // The log has it, if the client doesn't read.
        let _ = self.0.try_send(message);
    }
}

async fn send_all(client: Client, mut messages: Receiver<Message>) {
    while let Some(message) = messages.recv().await {
        match message {
            Message::Log(text) => client.log_message(MessageType::Warning, format!("pygloss: {text}")).await,
            Message::Show(text) => client.show_message(MessageType::Warning, format!("pygloss: {text}")).await,
        }
    }
}
