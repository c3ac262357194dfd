//! Environments that Python itself makes, compared with what it says of them. Only tests run Python.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::super::{Environment, Package, Root, RootKind, Search, find};

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

/// The machine's, and the one of the virtual environment that `tests/run` makes, as far as they are there.
fn interpreters() -> Vec<PathBuf> {
    let named = std::env::var_os("PYGLOSS_TEST_PYTHON").map(PathBuf::from);
    let cache = || Some(std::env::var_os("XDG_CACHE_HOME").map_or(std::env::home_dir()?.join(".cache"), PathBuf::from));
    let own = named.or_else(|| Some(cache()?.join("pygloss-tests/venv/bin/python")));
    interpreter().into_iter().chain(own.filter(|path| path.is_file())).collect()
}

#[test]
fn interpreters_are_as_they_say() {
    for interpreter in interpreters() {
        assert_same(&interpreter, &interpreter);
    }
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

const DISTRIBUTIONS: &str = "import importlib.metadata as m
for d in m.distributions():
    print(d.metadata['Name'], d.version, sep='\\t')";

/// What is installed is what `importlib.metadata` lists. Python finds what setuptools installed by reference beside its
/// sources, too, so that it may be there twice.
#[test]
fn distributions_are_those_that_python_lists() {
    for interpreter in interpreters() {
        let listed = python(&interpreter, &["-c", DISTRIBUTIONS]).unwrap();
        let environment = environment(&interpreter);
        let shown = |package: &Package| format!("{}\t{}", package.name, package.version.as_deref().unwrap_or("None"));
        let found: BTreeSet<_> = folders_of_packages(&environment).flat_map(|root| &root.packages).map(shown).collect();
        assert_eq!(found, listed.lines().map(str::to_owned).collect(), "{}", interpreter.display());
    }
}

/// Folder, path in it, and owner of each module that a `RECORD` names; what two distributions claim is left out.
const OWNERS: &str = "import importlib.metadata as m, os
owners = {}
for d in m.distributions():
    name, folder = d.metadata['Name'], os.path.realpath(d.locate_file(''))
    for file in (d.files or []) if d.read_text('RECORD') else []:
        if str(file).endswith(('.py', '.pyi', '.pyw')) and '..' not in file.parts and not file.is_absolute():
            owners.setdefault((folder, str(file)), set()).add(name)
for (folder, file), names in owners.items():
    if len(names) == 1:
        print(folder, file, *names, sep='\\t')";

/// Modules belong to the distributions that `importlib.metadata` names.
#[test]
fn owners_are_those_that_python_names() {
    for interpreter in interpreters() {
        let environment = environment(&interpreter);
        for line in python(&interpreter, &["-c", OWNERS]).unwrap().lines() {
            let [folder, file, name] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let root = folders_of_packages(&environment).find(|root| root.path == Path::new(folder));
            let owner = root.map(|root| root.package_of(Path::new(file)).name);
            assert_eq!(owner.as_deref(), Some(name), "{line}");
        }
    }
}

fn folders_of_packages(environment: &Environment) -> impl Iterator<Item = &Root> {
    environment.roots.iter().filter(|root| root.kind == RootKind::SitePackages)
}
