//! Neovim, set up as editors/neovim/README.md says.

use std::path::Path;
use std::process::Command;

use pygloss_catalog::{Catalog, Folder};
use serde_json::Value;

use crate::tools;

const SAMPLE: &str = "class Point:\n    __slots__ = ('x', 'y')\n";

#[test]
fn neovim_shows_the_hover_and_opens_the_pages() {
    let Some(neovim) = tools::find("PYGLOSS_TEST_NVIM", "nvim/bin/nvim") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let told = drive(&neovim, folder.path());

    let (catalog, _) = Catalog::load(&[Folder::built_in()]);
    let concept = catalog.concept(catalog.find("slots-declaration").expect("the concept"));
    let topic = catalog.topic(concept.topic);
    let hover = words(told["hover"].as_str().unwrap_or_default());
    let gloss: String = words(&concept.section.gloss).chars().take(60).collect();
    assert!(hover.contains(&gloss), "{told}");
    assert!(told["page"].as_str().is_some_and(|page| page.ends_with("/17-slots.md")), "{told}");
    assert_eq!(told["line"], topic.line_of(&catalog, "slots-declaration").expect("the heading") + 1, "{told}");
    assert_eq!(told["text"], format!("## {}", concept.name), "{told}");
    let usages = told["usages"].as_str().unwrap_or_default();
    assert!(usages.contains("## `shapes.Circle` · shapes 1.0 · simple"), "{told}");
    assert!(usages.contains("class Circle:\n    __slots__ = ('radius',)\n"), "{told}");
    let symbols: Vec<_> = told["symbols"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(
        symbols.len() == 2 && symbols[0].contains("sample.Point") && symbols[1].contains("shapes.Circle"),
        "{told}"
    );
}

/// Run the driver with all of Neovim's folders in `folder`, and give what it tells.
fn drive(neovim: &Path, folder: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = folder.join("sample.py");
    let packages = folder.join(".venv/lib/python3.11/site-packages");
    std::fs::create_dir_all(packages.join("shapes-1.0.dist-info")).expect("an environment");
    for (path, text) in [
        (sample.clone(), SAMPLE),
        (folder.join("pyproject.toml"), ""),
        (folder.join(".venv/pyvenv.cfg"), "version = 3.11.7\n"),
        (packages.join("shapes.py"), "class Circle:\n    __slots__ = ('radius',)\n"),
        (packages.join("shapes-1.0.dist-info/METADATA"), "Name: shapes\nVersion: 1.0\n"),
        (packages.join("shapes-1.0.dist-info/RECORD"), "shapes.py,,\n"),
    ] {
        std::fs::write(path, text).expect("a file");
    }
    let mut command = Command::new(neovim);
    command.args(["--headless", "--clean", "-l"]).arg(root.join("tests/editors/neovim.lua"));
    command.arg(root.join("editors/neovim")).arg(&sample);
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "PYGLOSS_CACHE_DIR"] {
        command.env(variable, folder.join(variable));
    }
    command.env("VIRTUAL_ENV", folder.join(".venv"));
    let output = command.env("PATH", path_with_server()).output().expect("Neovim runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let told = out.lines().chain(err.lines()).find_map(|line| line.strip_prefix("told: "));
    serde_json::from_str(told.unwrap_or_else(|| panic!("{out}\n{err}"))).expect("JSON")
}

/// The configuration that we ship starts whatever `pygloss` is on the `PATH`.
fn path_with_server() -> std::ffi::OsString {
    let server = Path::new(env!("CARGO_BIN_EXE_pygloss")).parent().expect("a folder").to_owned();
    let others = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths([server].into_iter().chain(std::env::split_paths(&others))).expect("a PATH")
}

/// Text without what Markdown and the editor do to spaces.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
