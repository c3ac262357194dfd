//! When `pygloss try` opens an editor, and with what: on a terminal, with a program that pretends to be Neovim.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::{Value, json};

use super::{Folder, Run, program, run};
use crate::tools;

/// Says a version, or writes down what it was given. The file to open comes last.
const FAKE: &str = "\
#!/bin/sh
if [ \"$1\" = --version ]; then echo \"NVIM v$FAKE_VERSION\"; exit; fi
for argument; do printf '%s\\0' \"$argument\"; done >arguments
printf '%s' \"$PYGLOSS_TRY\" >told
/bin/cp \"$argument\" copy
exit \"$FAKE_EXIT\"
";

type Variables<'a> = &'a [(&'a str, &'a str)];

const OWN: &str = "x = 1\nif \"ü\" and (n := x) == None:\n    pass\n";

/// A folder with a file of the user's and, below `bin`, the pretended Neovim.
fn folder() -> Folder {
    let folder = Folder::with("own.py", OWN).and("bin/nvim", FAKE).and("empty/file", "");
    fs::set_permissions(folder.path().join("bin/nvim"), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// Run `pygloss` on a terminal, with these variables beside those that say which Neovim there is.
fn on_terminal(folder: &Folder, args: &str, variables: Variables) -> Option<Run> {
    let mut command = tools::on_terminal(&program())?;
    command.args(args.split_whitespace()).current_dir(folder.path());
    for variable in ["NVIM", "VISUAL", "EDITOR", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.env("PATH", folder.path().join("bin")).env("TERM", "xterm");
    command.env("FAKE_VERSION", "0.11.4").env("FAKE_EXIT", "0");
    command.envs(variables.iter().copied());
    Some(run(command, b""))
}

fn written(folder: &Folder, name: &str) -> Option<String> {
    fs::read_to_string(folder.path().join(name)).ok()
}

fn arguments(folder: &Folder) -> Vec<String> {
    let arguments = written(folder, "arguments").expect("the editor was opened");
    arguments.trim_end_matches('\0').split('\0').map(str::to_owned).collect()
}

fn told(folder: &Folder) -> Value {
    serde_json::from_str(&written(folder, "told").unwrap()).unwrap()
}

#[test]
fn the_sample_is_opened_as_a_copy_that_goes_away() {
    let folder = folder();
    let Some(run) = on_terminal(&folder, "try", &[]) else { return };
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(run.out.starts_with("\nRead on:"), "{}", run.out);
    let script = include_str!("../../server/cli/editors/neovim.lua");
    let arguments = arguments(&folder);
    let [before @ .., sample] = arguments.as_slice() else { panic!("{arguments:?}") };
    assert_eq!(before, ["--cmd", &format!("lua {script}"), "-R", "-n", "--"]);
    assert!(sample.ends_with("/sample.py") && !Path::new(sample).exists(), "{sample}");
    assert_eq!(written(&folder, "copy").unwrap(), include_str!("../../server/cli/sample.py"));
    let told = told(&folder);
    assert_eq!(told["cmd"], json!([program(), "lsp"]));
    assert_eq!(told["cursor"], json!([7, 4]));
}

#[test]
fn a_file_of_ones_own_is_opened_where_it_lies() {
    let folder = folder();
    let Some(run) = on_terminal(&folder, "try own.py --topics own --editor nvim", &[]) else { return };
    assert_eq!(run.code, Some(0), "{}", run.out);
    let root = folder.path().canonicalize().unwrap();
    assert_eq!(arguments(&folder)[2..], ["--", root.join("own.py").to_str().unwrap()]);
    let told = told(&folder);
    assert_eq!(told["cmd"], json!([program(), "lsp", "--topics", root.join("own")]));
    // Neovim counts lines from 1 and bytes from 0.
    assert_eq!(told["cursor"], json!([2, 15]));
}

#[test]
fn it_prints_where_no_editor_is_wanted() {
    let cases: [(&str, Variables); 8] = [
        ("try own.py --print", &[]),
        ("try own.py", &[("NVIM", "/run/nvim.0")]),
        ("try own.py", &[("EDITOR", "emacs -nw")]),
        ("try own.py", &[("EDITOR", "nvim"), ("VISUAL", "code")]),
        ("try own.py", &[("PATH", "empty")]),
        ("try own.py", &[("TERM", "dumb")]),
        ("try own.py", &[("FAKE_VERSION", "0.10.4")]),
        ("try own.py", &[("FAKE_VERSION", "?")]),
    ];
    for (args, variables) in cases {
        let folder = folder();
        let Some(run) = on_terminal(&folder, args, variables) else { return };
        assert_eq!(run.code, Some(0), "{variables:?} {}", run.out);
        assert!(run.out.contains("╰─"), "{variables:?} {}", run.out);
        assert!(written(&folder, "arguments").is_none(), "{variables:?}");
        let is_told = variables.iter().any(|(name, _)| *name == "FAKE_VERSION");
        assert_eq!(run.out.contains("not opened in an editor: "), is_told, "{variables:?} {}", run.out);
    }
}

#[test]
fn it_opens_where_variables_name_neovim_or_its_kin() {
    let folder = folder();
    let elsewhere = folder.path().join("bin/nvim");
    let elsewhere = elsewhere.to_str().unwrap();
    let cases: [Variables; 4] = [
        &[("EDITOR", "vim")],
        &[("VISUAL", "nvim -f"), ("EDITOR", "nano")],
        &[("VISUAL", ""), ("EDITOR", "/usr/bin/vi")],
        &[("EDITOR", elsewhere), ("PATH", "empty")],
    ];
    for variables in cases {
        let Some(run) = on_terminal(&folder, "try own.py", variables) else { return };
        assert_eq!(run.code, Some(0), "{variables:?} {}", run.out);
        assert!(written(&folder, "arguments").is_some(), "{variables:?} {}", run.out);
        fs::remove_file(folder.path().join("arguments")).unwrap();
    }
}

#[test]
fn an_editor_that_was_asked_for_and_cannot_be_is_refused() {
    let cases: [(&str, Variables, &str); 5] = [
        ("", &[("PATH", "empty")], "there is no nvim on the PATH; install Neovim 0.11 or later"),
        ("", &[("FAKE_VERSION", "0.9.5")], "is Neovim 0.9.5, which is too old; install Neovim 0.11 or later"),
        ("", &[("FAKE_EXIT", "3")], "ended with exit status: 3"),
        ("--print", &[], "cannot be used with"),
        ("-", &[], "--editor opens a file, not standard input"),
    ];
    for (args, variables, why) in cases {
        let Some(run) = on_terminal(&folder(), &format!("try --editor nvim {args}"), variables) else { return };
        assert_eq!(run.code, Some(2), "{}", run.out);
        assert!(run.out.contains(why), "{}", run.out);
    }
}

#[test]
fn without_a_terminal_it_prints_or_refuses() {
    let folder = folder();
    let mut command = folder.command();
    command.args(["try", "own.py"]).env("PATH", folder.path().join("bin"));
    assert!(run(command, b"").out.contains("╰─"));
    folder.run("try own.py --editor nvim").assert_refused("--editor needs a terminal; leave it out to print");
    folder.run("try --editor ed").assert_refused("possible values: nvim");
}
