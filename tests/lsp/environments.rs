//! Which environments are searched: those of every folder, and those that come and change while the server runs.

use std::fs;

use serde_json::{Value, json};

use super::position;
use super::usages::{WALK, Workspace, able, finish, settled, symbols, uri};

const QUESTION: &str = "walrus";

fn question() -> Value {
    json!({ "concept": QUESTION })
}

/// A folder of the workspace with an environment of its own, which holds a module.
fn add_root(workspace: &Workspace, root: &str, module: &str) {
    workspace.write(&format!("{root}/.venv/pyvenv.cfg"), "version = 3.11.7\n");
    workspace.write(&format!("{root}/.venv/lib/python3.11/site-packages/{module}.py"), &WALK.replace("items", module));
    workspace.write(&format!("{root}/own_{module}.py"), &format!("print({module} := 1)\n"));
}

#[tokio::test]
async fn every_folder_brings_its_environment_and_its_files() {
    let workspace = Workspace::new();
    add_root(&workspace, "one", "first");
    add_root(&workspace, "two", "second");
    let mut client = workspace.client_of(able(), &["one", "two"], json!({})).await;
    let answer = settled(&mut client, question()).await;
    let mut found = symbols(&answer);
    found.retain(|symbol| ["first.walk", "second.walk"].contains(symbol));
    found.sort_unstable();
    assert_eq!(found, ["first.walk", "second.walk"], "{answer}");
    let own = settled(&mut client, json!({ "concept": QUESTION, "scope": "workspace" })).await;
    assert_eq!(symbols(&own), ["own_first", "own_second"]);
    let folder = json!({ "uri": workspace.uri("one"), "name": "one" });
    let event = json!({ "event": { "added": [], "removed": [folder] } });
    client.notify("workspace/didChangeWorkspaceFolders", event).await;
    let own = settled(&mut client, json!({ "concept": QUESTION, "scope": "workspace" })).await;
    assert_eq!(symbols(&own), ["own_second"]);
}

#[tokio::test]
async fn a_package_that_is_replaced_has_its_new_version() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    let asked = json!({ "concept": QUESTION, "package": "easy" });
    assert_eq!(settled(&mut client, asked.clone()).await["usages"][0]["version"], "1.0");
    fs::remove_dir_all(workspace.packages().join("easy-1.0.dist-info")).expect("the old metadata");
    workspace.install("easy", "2.0", "easy.py", WALK);
    assert_eq!(settled(&mut client, asked).await["usages"][0]["version"], "2.0");
}

#[tokio::test]
async fn another_environment_in_the_settings_is_indexed_where_usages_were_asked_for() {
    let workspace = Workspace::new();
    add_root(&workspace, "other", "elsewhere");
    let mut client = workspace.client().await;
    client.open(&workspace.uri("app.py"), "(own := 1)\n").await;
    settled(&mut client, question()).await;
    let settings = json!({ "settings": { "pygloss": { "environment": workspace.path.join("other/.venv") } } });
    client.notify("workspace/didChangeConfiguration", settings).await;
    finish(&mut client).await;
    let hover = json!({ "textDocument": { "uri": workspace.uri("app.py") }, "position": position(0, 2) });
    let hover = client.ask("textDocument/hover", hover).await;
    assert!(
        hover["contents"]["value"].as_str().is_some_and(|it| it.ends_with("\n\n1 usage in your libraries")),
        "{hover}"
    );
    assert_eq!(symbols(&settled(&mut client, question()).await), ["elsewhere.walk"]);
}

#[tokio::test]
async fn an_environment_is_named_as_editors_name_it() {
    let workspace = Workspace::new();
    // Nothing but the setting leads here, so that a setting that isn't understood shows.
    add_root(&workspace, "other", "elsewhere");
    workspace.write("other/.venv/bin/python", "");
    for named in [
        json!("other/.venv"),
        json!("${workspaceFolder}/other/.venv"),
        json!("${workspaceFolder}/other/.venv/bin/python"),
        json!(workspace.uri("other/.venv")),
    ] {
        let mut client = workspace.client_of(able(), &[""], json!({ "environment": named })).await;
        assert_eq!(symbols(&settled(&mut client, question()).await), ["elsewhere.walk"], "{named}");
    }
}

#[tokio::test]
async fn a_library_that_is_open_is_none_of_the_workspace_s_files() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    client.open(&uri(&workspace.packages().join("easy.py")), WALK).await;
    let answer = settled(&mut client, json!({ "concept": QUESTION, "scope": "workspace" })).await;
    assert_eq!((symbols(&answer), &answer["total"]), (vec!["app"], &json!(1)));
}

#[tokio::test]
async fn environments_outside_of_the_workspace_are_watched_by_absolute_patterns_if_need_be() {
    let workspace = Workspace::new();
    workspace.write("inner/app.py", "print(own := 1)\n");
    for is_relative in [true, false] {
        let mut capabilities = able();
        capabilities["workspace"]["didChangeWatchedFiles"]["relativePatternSupport"] = json!(is_relative);
        let options = json!({ "environment": workspace.path.join(".venv") });
        let mut client = workspace.client_of(capabilities, &["inner"], options).await;
        settled(&mut client, question()).await;
        let registered = client.expect("client/registerCapability", Value::Null).await;
        let pattern = &registered["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"];
        let packages = workspace.packages();
        let expected = if is_relative {
            json!({ "baseUri": format!("{}/", uri(&packages)), "pattern": "*.dist-info" })
        } else {
            json!(format!("{}/*.dist-info", packages.display()))
        };
        assert_eq!(*pattern, expected);
    }
}

#[tokio::test]
async fn another_environment_is_watched_in_the_place_of_the_first() {
    let workspace = Workspace::new();
    add_root(&workspace, "other", "elsewhere");
    workspace.write("inner/app.py", "print(own := 1)\n");
    let options = json!({ "environment": workspace.path.join(".venv") });
    let mut client = workspace.client_of(able(), &["inner"], options).await;
    settled(&mut client, question()).await;
    let first = client.expect("client/registerCapability", Value::Null).await["registrations"][0]["id"].clone();
    let settings = json!({ "settings": { "pygloss": { "environment": workspace.path.join("other/.venv") } } });
    client.notify("workspace/didChangeConfiguration", settings).await;
    let ended = client.expect("client/unregisterCapability", Value::Null).await;
    assert_eq!(ended["unregisterations"][0]["id"], first, "{ended}");
    let second = client.expect("client/registerCapability", Value::Null).await;
    let watched = &second["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"]["baseUri"];
    assert!(watched.as_str().is_some_and(|it| it.contains("/other/.venv/")), "{second}");
}
