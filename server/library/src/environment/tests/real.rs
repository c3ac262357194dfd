//! Environments that Python itself makes, compared with what it says of them. Only tests run Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::super::{Environment, RootKind, Search, find};

/// What an interpreter prints.
fn python(program: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).env_remove("PYTHONPATH").output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

fn environment(configured: &Path) -> Environment {
    let folder = TempDir::new().unwrap();
    let search =
        Search { folder: folder.path(), configured: Some(configured), variable: &|name| std::env::var_os(name) };
    find(&search).chosen.unwrap_or_else(|| panic!("{} is an environment", configured.display()))
}

const FOLDERS: &str = "import sys, os, sysconfig
print(sysconfig.get_path('stdlib'))
print(*[path for path in sys.path if path.endswith('-packages') and os.path.isdir(path)], sep='\\n')";

/// The interpreter's own folders are the roots, in its order.
fn assert_same(interpreter: &Path, configured: &Path) {
    let environment = environment(configured);
    let version = python(interpreter, &["-c", "import platform; print(platform.python_version())"]).unwrap();
    assert_eq!(environment.python.as_deref(), Some(version.trim_end().trim_end_matches('+')));
    let mut folders = Vec::new();
    for line in python(interpreter, &["-c", FOLDERS]).unwrap().lines() {
        let folder = Path::new(line).canonicalize().unwrap();
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    let own = environment.roots.iter().filter(|root| root.kind != RootKind::Editable);
    assert_eq!(own.map(|root| root.path.clone()).collect::<Vec<_>>(), folders);
}

/// The machine's interpreter: shims that tests may meet say what they stand for.
fn interpreter() -> Option<PathBuf> {
    let path = python(Path::new("python3"), &["-c", "import sys; print(sys.executable)"])?;
    Some(PathBuf::from(path.trim_end()))
}

#[test]
fn the_machines_python_is_as_it_says() {
    let Some(interpreter) = interpreter() else { return };
    assert_same(&interpreter, &interpreter);
}

#[test]
fn an_environment_of_venv_is_as_it_says() {
    let Some(base) = interpreter() else { return };
    for option in ["--without-pip", "--system-site-packages"] {
        let folder = TempDir::new().unwrap();
        let venv = folder.path().join("venv");
        if python(&base, &["-m", "venv", "--without-pip", option, venv.to_str().unwrap()]).is_none() {
            return;
        }
        let interpreter = venv.join("bin/python");
        assert_same(&interpreter, &venv);
        assert_same(&interpreter, &interpreter);
    }
}

/// What is installed is what `importlib.metadata` lists, with the same owners.
#[test]
fn distributions_are_those_that_python_lists() {
    let Some(interpreter) = interpreter() else { return };
    let listed = "import importlib.metadata as m
for d in m.distributions():
    print(d.metadata['Name'], d.version, sep='\\t')";
    let Some(listed) = python(&interpreter, &["-c", listed]) else { return };
    let environment = environment(&interpreter);
    let mut expected: Vec<_> = listed.lines().map(str::to_owned).collect();
    let packages =
        environment.roots.iter().filter(|root| root.kind == RootKind::SitePackages).flat_map(|root| &root.packages);
    let mut found: Vec<_> =
        packages.map(|package| format!("{}\t{}", package.name, package.version.as_deref().unwrap_or("None"))).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}
