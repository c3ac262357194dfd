//! Folders that were made to do harm: nothing hangs, nothing is read without bound, nothing leads out.

use std::fs::{self, File};
use std::path::Path;

use super::{Machine, assert_report, shown};

const PACKAGES: &str = "work/.venv/lib/python3.11/site-packages";

#[cfg(unix)]
#[test]
fn links_that_go_round_end() {
    let machine = Machine::new(&[]).link("work/.venv", ".venv").link("work/venv", "env").link("work/env", "venv");
    let report = machine.report();
    assert!(report.starts_with("note work/.venv can't be read: "), "{report}");
    assert_eq!(report.lines().count(), 3, "{report}");
    let machine = Machine::new(&[]).venv("work/.venv").link(&format!("{PACKAGES}/self"), ".");
    let machine = machine.link(&format!("{PACKAGES}/foo-1.dist-info"), "foo-1.dist-info");
    assert!(machine.report().contains("foo-1.dist-info"), "{}", machine.report());
}

#[cfg(unix)]
#[test]
fn a_link_to_the_home_is_no_folder_of_packages() {
    let files = &[("work/.venv/pyvenv.cfg", "home = {}/base/bin\n"), ("work/.venv/lib/python3.11/", "")];
    for (target, shown) in [("{}/home", "home"), ("/", "/")] {
        let machine = Machine::new(files).link(PACKAGES, target);
        let expected = format!(
            "work/.venv by .venv in the workspace: 3.11.7
             StandardLibrary base/lib/python3.11, Python 3.11.7
             note {shown} holds your home, and is not taken for a library"
        );
        assert_report(target, &machine, &expected);
    }
}

#[test]
fn garbage_for_a_configuration_is_noted() {
    let garbage = "\0\u{1}=\n=\nhome\nversion = x.y\nversion_info = 9999999999999.1\n";
    let machine = Machine::new(&[]).venv("work/.venv").and(&[("work/.venv/pyvenv.cfg", garbage)]);
    let expected = "work/.venv by .venv in the workspace: 3.11
        SitePackages work/.venv/lib/python3.11/site-packages
        note work/.venv/pyvenv.cfg names no folder as home, so the standard library isn't known";
    assert_report("garbage", &machine, expected);
    fs::write(machine.path("work/.venv/pyvenv.cfg"), [0xff; 4096]).unwrap();
    assert_report("bytes", &machine, expected);
    for home in ["../../..", "relative", "", "\0"] {
        fs::write(machine.path("work/.venv/pyvenv.cfg"), format!("home = {home}\nversion = 3.11.7\n")).unwrap();
        assert_report(home, &machine, &expected.replace("workspace: 3.11", "workspace: 3.11.7"));
    }
}

#[test]
fn a_home_without_python_is_noted() {
    let machine =
        Machine::new(&[]).venv("work/.venv").and(&[("work/.venv/pyvenv.cfg", "home = {}/work/../work/../home\n")]);
    let report = machine.report();
    assert!(report.contains("as home, where no standard library is"), "{report}");
}

#[test]
fn files_over_the_limit_are_not_read() {
    let machine = Machine::new(&[]).venv("work/.venv").and(&[(&format!("{PACKAGES}/foo-1.dist-info/METADATA"), "")]);
    for path in ["work/.venv/pyvenv.cfg", &format!("{PACKAGES}/foo-1.dist-info/METADATA")] {
        // Sparse, so that the test writes nothing.
        File::create(machine.path(path)).unwrap().set_len(10 << 30).unwrap();
    }
    File::create(machine.path(&format!("{PACKAGES}/foo-1.dist-info/RECORD"))).unwrap().set_len(10 << 30).unwrap();
    let expected = "work/.venv by .venv in the workspace: 3.11
        SitePackages work/.venv/lib/python3.11/site-packages, foo 1
        note work/.venv/pyvenv.cfg can't be read: it has more than 1 MB
        note work/.venv/pyvenv.cfg names no folder as home, so the standard library isn't known
        note work/.venv/lib/python3.11/site-packages/foo-1.dist-info/METADATA can't be read: it has more than 1 MB
        note work/.venv/lib/python3.11/site-packages/foo-1.dist-info/RECORD can't be read: it has more than 50 MB";
    assert_report("huge", &machine, expected);
}

#[test]
fn records_do_not_lead_out() {
    let record = "../../../etc/passwd.py,,\n/etc/x.py,,\na/../../b.py,,\n..\\c.py,,\n,,\n\"unclosed.py\n";
    let machine = Machine::new(&[]).venv("work/.venv").and(&[(&format!("{PACKAGES}/foo-1.dist-info/RECORD"), record)]);
    let root = machine.root_at(PACKAGES);
    for path in ["../../../etc/passwd.py", "/etc/x.py", "etc/x.py", "a/x.py", "b.py", "etc/passwd.py"] {
        assert_ne!(shown(&root.package_of(Path::new(path))), "foo 1", "{path}");
    }
    assert_eq!(shown(&root.package_of(Path::new("unclosed.py"))), "foo 1");
}

#[test]
fn names_of_versions_do_not_lead_out() {
    let files = &[
        ("home/.pyenv/versions/", ""),
        ("home/elsewhere/lib/python3.9/os.py", ""),
        ("work/.python-version", "../../elsewhere\n..\n/\n{}/home/elsewhere\n"),
        ("work/environment.yml", "name: ../../elsewhere\n"),
    ];
    let found = Machine::new(files).with("MAMBA_ROOT_PREFIX", "{}/home/x/y").find();
    assert!(found.chosen.is_none() && found.others.is_empty());
    assert_eq!(found.notes.len(), 4, "{:?}", found.notes);
}

#[test]
fn so_many_notes_are_kept() {
    let names: Vec<_> = (0..300).map(|number| format!("{PACKAGES}/{number}.egg")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(Machine::new(&[]).venv("work/.venv").and(&files).find().notes.len(), 200);
}

#[test]
fn a_folder_that_is_a_file_and_a_file_that_is_a_folder_are_noted() {
    let files = &[
        ("work/venv/pyvenv.cfg", ""),
        ("work/venv/lib", ""),
        (&format!("{PACKAGES}/foo-1.dist-info/METADATA/"), ""),
        (&format!("{PACKAGES}/bar-1.dist-info"), ""),
        (&format!("{PACKAGES}/x.pth/"), ""),
    ];
    let machine = Machine::new(&[]).venv("work/.venv").and(files);
    let expected = "work/.venv by .venv in the workspace: 3.11.7
        StandardLibrary base/lib/python3.11, Python 3.11.7
        SitePackages work/.venv/lib/python3.11/site-packages, foo 1
        note work/venv has a pyvenv.cfg but no site-packages (venv in the workspace)
        note work/.venv/lib/python3.11/site-packages/bar-1.dist-info isn't a folder, so it describes no package
        note work/.venv/lib/python3.11/site-packages/foo-1.dist-info/METADATA can't be read: it is not a file
        note work/.venv/lib/python3.11/site-packages/x.pth can't be read: it is not a file";
    assert_report("kinds", &machine, expected);
}

/// A pipe that nobody writes to would be waited for.
#[cfg(unix)]
#[test]
fn pipes_are_not_opened() {
    let machine = Machine::new(&[]).venv("work/.venv").and(&[(&format!("{PACKAGES}/foo-1.dist-info/"), "")]);
    for path in ["work/pyproject.toml", "work/.venv/pyvenv.cfg", &format!("{PACKAGES}/foo-1.dist-info/RECORD")] {
        let path = machine.path(path);
        let _ = fs::remove_file(&path);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    }
    assert!(
        machine.report().contains("note work/pyproject.toml can't be read: it is not a file"),
        "{}",
        machine.report()
    );
}

#[cfg(unix)]
#[test]
fn names_that_are_not_text_are_survived() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let machine = Machine::new(&[]).venv("work/.venv");
    let packages = machine.path(PACKAGES);
    for name in [&b"\xff-1.dist-info"[..], b"\xff.pth", b"\xff.egg-info", b"\xff.egg", b"\xff.egg-link", b"\xff.py"] {
        fs::create_dir(Path::new(&packages).join(OsStr::from_bytes(name))).unwrap();
    }
    fs::create_dir(Path::new(&machine.path("work")).join(OsStr::from_bytes(b"\xff"))).unwrap();
    let root = machine.root_at(PACKAGES);
    assert_eq!(root.packages, []);
    assert_eq!(shown(&root.package_of(Path::new(OsStr::from_bytes(b"\xff.py")))), "\u{fffd}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_noted() {
    use std::os::unix::fs::PermissionsExt;

    let machine = Machine::new(&[]).venv("work/.venv");
    let packages = machine.path(PACKAGES);
    fs::set_permissions(&packages, fs::Permissions::from_mode(0o000)).unwrap();
    let may_read_anything = fs::read_dir(&packages).is_ok();
    let report = machine.report();
    fs::set_permissions(&packages, fs::Permissions::from_mode(0o755)).unwrap();
    let is_noted = report.contains("note work/.venv/lib/python3.11/site-packages can't be listed: ");
    assert!(is_noted || may_read_anything, "{report}");
}
