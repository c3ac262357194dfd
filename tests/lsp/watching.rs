//! What is indexed follows the files: installs, edits outside of the editor, environments that come.

use serde_json::json;

use super::client::Client;
use super::usages::{Workspace, able, settled, symbols, uri};

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

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_is_opened_by_a_link_keeps_its_name() {
    let workspace = Workspace::new();
    workspace.write("real/app.py", "print(first := 1)\n");
    std::os::unix::fs::symlink(workspace.path.join("real"), workspace.path.join("link")).expect("a link");
    let mut client = workspace.client_of(able(), &["link"], json!({})).await;
    let question = json!({ "concept": "walrus", "scope": "workspace" });
    let answer = settled(&mut client, question.clone()).await;
    assert_eq!(answer["usages"][0]["location"]["uri"], workspace.uri("link/app.py"), "{answer}");
    workspace.write("real/app.py", "def changed():\n    return (x := 1)\n");
    tell(&mut client, &workspace.path.join("link/app.py")).await;
    while symbols(&client.ask("pygloss/usages", question.clone()).await) != ["app.changed"] {}
    client.open(&workspace.uri("link/app.py"), "def typed():\n    return (x := 1)\n").await;
    let answer = client.ask("pygloss/usages", question).await;
    assert_eq!((symbols(&answer), &answer["total"]), (vec!["app.typed"], &json!(1)));
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
