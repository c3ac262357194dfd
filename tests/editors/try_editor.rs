//! `pygloss try` in the real Neovim: what it is started with attaches the server.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use crate::tools;

/// What users have who set pygloss up already, but for another program.
const SET_UP: &str = "\
vim.g.mine = true
vim.lsp.config('pygloss', { cmd = { 'no-such-program' }, filetypes = { 'python' } })
vim.lsp.enable('pygloss')
";

#[test]
fn the_sample_is_explained_in_neovim_whatever_its_configuration() {
    for configuration in ["vim.g.mine = true\n", SET_UP] {
        let Some(told) = tell(configuration, &[]) else { return };
        assert!(told["hover"].as_str().is_some_and(|hover| hover.contains("`__slots__`")), "{told}");
        assert_eq!(told["servers"], serde_json::json!([env!("CARGO_BIN_EXE_pygloss")]), "{told}");
        assert!(told["help"].as_str().is_some_and(|help| help.contains("pygloss: K explains")), "{told}");
        for flag in ["is_mapped", "is_readonly", "is_mine"] {
            assert_eq!(told[flag], true, "{told}");
        }
        assert_eq!(told["word"], "__slots__", "{told}");
    }
}

#[test]
fn a_file_that_neovim_takes_for_no_python_is_explained_too() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("script 'of 100% mine'");
    fs::write(&file, "x = y\nx is 1\n").expect("the file");
    let Some(told) = tell("", &[file.to_str().expect("text")]) else { return };
    assert!(told["hover"].as_str().is_some_and(|hover| hover.contains("Day 7")), "{told}");
    assert_eq!(told["is_readonly"], false, "{told}");
}

/// Run `pygloss try` on a terminal with the real Neovim and a configuration, and give what the driver tells.
fn tell(configuration: &str, args: &[&str]) -> Option<Value> {
    let neovim = tools::find("PYGLOSS_TEST_NVIM", "nvim/bin/nvim")?;
    let mut command = tools::on_terminal(Path::new(env!("CARGO_BIN_EXE_pygloss")))?;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    for name in ["bin", "config/nvim"] {
        fs::create_dir_all(path(name)).expect("a folder");
    }
    fs::write(path("config/nvim/init.lua"), configuration).expect("the configuration");
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/try_editor.lua");
    let wrapper = format!(
        "#!/bin/sh\n[ \"$1\" = --version ] && exec '{0}' --version\nexec '{0}' --headless -c 'luafile {1}' \"$@\"\n",
        neovim.display(),
        driver.display(),
    );
    fs::write(path("bin/nvim"), wrapper).expect("the wrapper");
    fs::set_permissions(path("bin/nvim"), fs::Permissions::from_mode(0o755)).expect("a program");
    for kind in ["config", "data", "state", "cache"] {
        command.env(format!("XDG_{}_HOME", kind.to_uppercase()), path(kind));
    }
    command.args(["try", "--editor", "nvim"]).args(args);
    command.env("PATH", path("bin")).env("TERM", "xterm").env("TOLD", path("told"));
    for variable in ["NVIM", "VISUAL", "EDITOR", "NVIM_APPNAME"] {
        command.env_remove(variable);
    }
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let told = fs::read_to_string(path("told")).unwrap_or_else(|error| panic!("{error}: {said}"));
    Some(serde_json::from_str(&told).expect("JSON"))
}
