//! What is indexed follows the files: installs, edits outside of the editor, environments that come.

use serde_json::json;

use super::client::Client;
use super::usages::{Workspace, settled, symbols, uri};

async fn tell(client: &mut Client, path: &std::path::Path) {
    let changes = json!([{ "uri": uri(path), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
}

#[tokio::test]
async fn what_is_installed_is_indexed_after_it_is_told_of() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    let question = json!({ "concept": "walrus" });
    settled(&mut client, question.clone()).await;
    workspace.install("new", "1", "new.py", "print(x := 1)\n");
    tell(&mut client, &workspace.packages().join("new-1.dist-info")).await;
    loop {
        let answer = client.ask("pygloss/usages", question.clone()).await;
        if symbols(&answer).contains(&"new") {
            break;
        }
    }
}

#[tokio::test]
async fn a_file_of_the_workspace_that_changes_on_disk_is_read_again() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    let question = json!({ "concept": "walrus", "scope": "workspace" });
    assert_eq!(symbols(&settled(&mut client, question.clone()).await), ["app"]);
    workspace.write("app.py", "def changed():\n    return (x := 1)\n");
    tell(&mut client, &workspace.path.join("app.py")).await;
    loop {
        let answer = client.ask("pygloss/usages", question.clone()).await;
        if symbols(&answer) == ["app.changed"] {
            break;
        }
    }
}

#[tokio::test]
async fn files_change_nothing_before_anybody_asked() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    tell(&mut client, &workspace.path.join("app.py")).await;
    tell(&mut client, &workspace.packages().join("easy-1.0.dist-info")).await;
    client.ask("pygloss/topics", json!(null)).await;
    assert!(!client.cache.path().join("index").exists());
}
