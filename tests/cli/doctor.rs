//! What `pygloss doctor` finds, with a `PATH` of its own: editors there are scripts that say a version.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::{Value, json};

use super::{Folder, Run, program, run};

/// A folder whose `bin` has `pygloss` and programs that say something.
fn folder(programs: &[(&str, &str)]) -> Folder {
    let folder = Folder::with("home/file", "").and("bin/file", "");
    symlink(program(), folder.path().join("bin/pygloss")).unwrap();
    programs.iter().fold(folder, |folder, (name, version)| script(folder, name, &format!("echo '{version}'")))
}

fn script(folder: Folder, name: &str, body: &str) -> Folder {
    let path = format!("bin/{name}");
    // A link there leads to the program under test, which must not be written.
    let _ = fs::remove_file(folder.path().join(&path));
    let folder = folder.and(&path, format!("#!/bin/sh\n{body}\n"));
    fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// What would lead to an environment of Python's beside the folder's own.
pub(super) const ENVIRONMENTS: [&str; 8] = [
    "CONDA_EXE",
    "CONDA_PREFIX",
    "PDM_PYTHON",
    "PYENV_ROOT",
    "PYENV_VERSION",
    "PYTHONUSERBASE",
    "UV_PROJECT_ENVIRONMENT",
    "VIRTUAL_ENV",
];

/// The folder with Python 3.11.7 in `base` and a virtual environment of it in `.venv`.
fn with_environment(folder: Folder) -> Folder {
    let home = folder.path().join("base/bin");
    let packages = ".venv/lib/python3.11/site-packages";
    folder
        .and("base/bin/file", "")
        .and("base/lib/python3.11/os.py", "")
        .and(".venv/pyvenv.cfg", format!("home = {}\nversion = 3.11.7\n", home.display()))
        .and(&format!("{packages}/one-1.0.dist-info/METADATA"), "Name: one\nVersion: 1.0\n")
        .and(&format!("{packages}/two-2.0.egg"), "a zip file")
}

fn doctor(folder: &Folder, args: &str, variables: &[(&str, &str)]) -> Run {
    alone(folder, &format!("doctor {args}"), variables)
}

/// Run `pygloss` where it finds nothing but what is in the folder.
fn alone(folder: &Folder, args: &str, variables: &[(&str, &str)]) -> Run {
    let mut command = folder.command();
    command.args(args.split_whitespace());
    for variable in ["PYGLOSS_CACHE_DIR", "XDG_CACHE_HOME"] {
        command.env_remove(variable);
    }
    for variable in ENVIRONMENTS {
        command.env_remove(variable);
    }
    command.env("PATH", folder.path().join("bin")).env("HOME", folder.path().join("home"));
    command.envs(variables.iter().copied());
    run(command, b"")
}

/// The one check of that name.
fn check(folder: &Folder, args: &str, variables: &[(&str, &str)], name: &str) -> Value {
    let run = doctor(folder, &format!("--format json {args}"), variables);
    let report: Value =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    assert_eq!(run.code, Some(i32::from(report["ok"] != true)));
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));
    let checks = report["checks"].as_array().unwrap();
    assert_eq!(report["ok"], json!(checks.iter().all(|check| check["status"] != "warning")));
    let mut named = checks.iter().filter(|check| check["name"] == name);
    let found = named.next().unwrap_or_else(|| panic!("no {name} in {report}"));
    assert!(named.next().is_none(), "{report}");
    found.clone()
}

/// Text without what differs between machines and with every day that is written.
fn redacted(folder: &Folder, text: &str) -> String {
    let text =
        text.replace(folder.path().to_str().unwrap(), "[folder]").replace(program().to_str().unwrap(), "[pygloss]");
    let line = |line: &str| match line.split_once("built-in: ") {
        Some((before, _)) => format!("{before}built-in: [so many]\n"),
        None => format!("{}\n", line.replace(env!("CARGO_PKG_VERSION"), "[version]")),
    };
    text.lines().map(line).collect()
}

#[test]
fn a_machine_without_faults() {
    let folder = folder(&[
        ("nvim", "NVIM v0.11.4"),
        ("code", "not asked"),
        ("emacs", "GNU Emacs 29.3"),
        ("hx", "helix 25.07.1 (a05c151b)"),
        ("vim", "VIM - Vi IMproved 9.1"),
        ("kak", "not asked"),
        ("subl", "not asked"),
    ]);
    let folder = with_environment(folder);
    let run = doctor(&folder, "", &[]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(redacted(&folder, &run.out));
    assert!(!folder.path().join("home/.cache").exists(), "it leaves no trace");
}

#[test]
fn a_machine_with_many_faults() {
    let folder = folder(&[("nvim", "NVIM v0.9.5"), ("emacs", "GNU Emacs 28.2"), ("pygloss", "")]);
    let folder = script(folder, "hx", "exit 1").and("own/syllabus.toml", "[[day]]\n");
    let variables = [("PYGLOSS_CACHE_DIR", "home/file/pages"), ("XDG_CACHE_HOME", "cache"), ("NO_COLOR", "1")];
    let run = doctor(&folder, "--topics own --topics nowhere", &variables);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    insta::assert_snapshot!(redacted(&folder, &run.out));
}

#[test]
fn an_editor_that_never_says_its_version_is_not_waited_for() {
    let folder = script(folder(&[]), "nvim", "exec /usr/bin/tail -f /dev/null");
    let found = check(&folder, "", &[], "nvim");
    assert_eq!(found["status"], "unknown", "{found}");
    assert!(found["message"].as_str().unwrap().contains("doesn't say its version within"), "{found}");
}

#[test]
fn nothing_of_the_folder_it_is_run_in_is_executed() {
    let folder = script(folder(&[]), "nvim", "echo ran >ran; echo NVIM v0.11.4");
    for path in ["bin", "./bin", "", "."] {
        let here = if path.contains("bin") { "." } else { "bin" };
        let mut command = folder.command();
        command.arg("doctor").env("PATH", path).current_dir(folder.path().join(here));
        run(command, b"");
    }
    assert!(!folder.path().join("ran").exists() && !folder.path().join("bin/ran").exists());
}

#[test]
fn no_python_is_run() {
    let folder = script(with_environment(folder(&[])), "python3", "echo ran >ran");
    fs::create_dir_all(folder.path().join("base/bin")).unwrap();
    for path in ["base/bin/python3", ".venv/bin/python3", ".venv/bin/python"] {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        fs::copy(folder.path().join("bin/python3"), folder.path().join(path)).unwrap();
    }
    let found = check(&folder, "", &[], "environment");
    assert_eq!(found["status"], "ok", "{found}");
    assert!(!folder.path().join("ran").exists());
}

#[test]
fn a_folder_without_python_is_as_well() {
    let found = check(&folder(&[]), "", &[], "environment");
    assert_eq!(found["status"], "note", "{found}");
    assert!(found["advice"].as_str().unwrap().contains("python3 -m venv"), "{found}");
}

#[test]
fn an_activated_environment_that_is_gone_is_told() {
    let folder = with_environment(folder(&[]));
    let gone = folder.path().join("gone");
    let found = check(&folder, "", &[("VIRTUAL_ENV", gone.to_str().unwrap())], gone.to_str().unwrap());
    let expected = format!("left out: {} isn't there (VIRTUAL_ENV)", gone.display());
    assert_eq!((&found["status"], &found["message"]), (&json!("note"), &json!(expected)));
}

#[test]
fn the_index_of_usages_is_looked_at_and_not_made() {
    let folder = with_environment(folder(&[]))
        .and("other/pyvenv.cfg", "version = 3.11.7\n")
        .and("other/lib/python3.11/site-packages/three.py", "");
    let other = folder.path().join("other");
    let expect = |variables: &[(&str, &str)], status: &str, said: &str| {
        let found = check(&folder, "", variables, "index");
        assert_eq!(found["status"], status, "{found}");
        assert!(found["message"].as_str().unwrap().contains(said), "{said}: {found}");
    };
    expect(&[], "note", "no index yet");
    assert_eq!(alone(&folder, "index", &[]).code, Some(0));
    expect(&[], "ok", "kB of index in ");
    expect(&[], "ok", "; this folder's environment is in it");
    expect(&[("VIRTUAL_ENV", other.to_str().unwrap())], "note", "isn't in it yet");
    fs::write(folder.path().join(".venv/lib/python3.11/site-packages/new.py"), "").unwrap();
    expect(&[], "note", "was changed since");
    let files = fs::read_dir(folder.path().join("home/.cache/pygloss/index")).unwrap().map(|it| it.unwrap().path());
    let index: Vec<_> = files.filter(|path| path.is_file()).collect();
    assert_eq!(index.len(), 1, "looking leaves nothing behind: {index:?}");
    fs::write(&index[0], [0x5a; 9000]).unwrap();
    expect(&[], "warning", "the index is broken");
    assert!(fs::read(&index[0]).unwrap() == [0x5a; 9000], "it isn't mended either");
}

#[test]
fn which_program_editors_start_is_told() {
    let none = Folder::with("bin/file", "").and("home/file", "");
    let another = script(Folder::with("home/file", ""), "pygloss", "exit 1");
    for (folder, status) in [(folder(&[]), "ok"), (none, "warning"), (another, "warning")] {
        let found = check(&folder, "", &[], "path");
        assert_eq!(found["status"], status, "{found}");
    }
}

#[test]
fn pages_go_where_the_server_writes_them() {
    for (variables, place) in [
        (&[][..], "home/.cache/pygloss"),
        (&[("PYGLOSS_CACHE_DIR", "pages"), ("XDG_CACHE_HOME", "/nowhere")], "pages"),
        (&[("PYGLOSS_CACHE_DIR", ""), ("XDG_CACHE_HOME", "relative")], "home/.cache/pygloss"),
    ] {
        let folder = folder(&[]);
        let found = check(&folder, "", variables, "cache");
        let expected = folder.path().join(place);
        assert_eq!(found["message"], format!("{} can be written", expected.display()));
        assert!(!expected.exists(), "it leaves no trace");
        show_topic(&folder, variables);
        assert!(expected.join("pages").is_dir(), "{place}");
    }
}

/// Let the server write a page.
fn show_topic(folder: &Folder, variables: &[(&str, &str)]) {
    let initialize = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    let command = json!({ "command": "pygloss.showTopic", "arguments": [17] });
    let messages = [
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": initialize }),
        json!({ "jsonrpc": "2.0", "id": 2, "method": "workspace/executeCommand", "params": command }),
        json!({ "jsonrpc": "2.0", "id": 3, "method": "shutdown" }),
    ];
    let mut command = folder.command();
    command.arg("lsp").env("HOME", folder.path().join("home"));
    for variable in ["PYGLOSS_CACHE_DIR", "XDG_CACHE_HOME"] {
        command.env_remove(variable);
    }
    command.envs(variables.iter().copied());
    super::lsp::converse(command, &messages);
}

#[test]
fn a_users_topics_are_counted_apart() {
    let syllabus = "[[phase]]\nnumber = 90\ntitle = \"Ours\"\n\n[[day]]\nnumber = 901\nphase = 90\nslug = \"style\"\ntitle = \"Style\"\n";
    let page = "---\nrelated: []\ndocs: []\n---\n\nText.\n\n## Our idea {#our-idea .idea}\n\nUse the log.\n";
    let folder = folder(&[]).and("own/syllabus.toml", syllabus).and("own/901-style/topic.md", page);
    let folder = folder.and("own/901-style/practice.py", "").and("own/901-style/solution.py", "");
    let found = check(&folder, "--topics own", &[], "own");
    assert_eq!(
        (&found["status"], &found["message"]),
        (&json!("ok"), &json!("own: 1 day and 1 concept, 0 errors, 0 warnings"))
    );
}
