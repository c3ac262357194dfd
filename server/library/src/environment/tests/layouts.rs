//! The forms of installations and virtual environments.

#[cfg(unix)]
use super::Machine;
use super::assert_report;

/// What lies where, and what is found.
#[cfg(unix)]
type Case<'a> = (&'a str, fn() -> Machine, &'a str);

#[cfg(unix)]
const CASES: &[Case<'_>] = &[
    (
        "venv",
        || Machine::new(&[]).venv("work/.venv").link("work/.venv/lib64", "lib"),
        "work/.venv by .venv in the workspace: 3.11.7
           StandardLibrary base/lib/python3.11, Python 3.11.7
           SitePackages work/.venv/lib/python3.11/site-packages",
    ),
    (
        "virtualenv, whose configuration says more",
        || {
            let config = "home = {}/absent\nimplementation = CPython\nversion_info = 3.11.4.final.0\nversion = 3.11.4\n\
                          include-system-site-packages = True\nbase-prefix = {}/base\n";
            Machine::new(&[]).venv("work/.venv").and(&[("work/.venv/pyvenv.cfg", config)])
        },
        "work/.venv by .venv in the workspace: 3.11.7
           StandardLibrary base/lib/python3.11, Python 3.11.7
           SitePackages work/.venv/lib/python3.11/site-packages
           SitePackages base/lib/python3.11/site-packages",
    ),
    (
        "a base that says no version",
        || {
            let config = "home = {}/plain/bin\nversion_info = 3.11.4.final.0\n";
            Machine::new(&[("plain/lib/python3.11/os.py", ""), ("plain/bin/", "")])
                .venv("work/.venv")
                .and(&[("work/.venv/pyvenv.cfg", config)])
        },
        "work/.venv by .venv in the workspace: 3.11.4
           StandardLibrary plain/lib/python3.11, Python 3.11.4
           SitePackages work/.venv/lib/python3.11/site-packages",
    ),
    (
        "an environment that was updated in place",
        || Machine::new(&[("work/.venv/lib/python3.9/site-packages/", "")]).venv("work/.venv"),
        "work/.venv by .venv in the workspace: 3.11.7
           StandardLibrary base/lib/python3.11, Python 3.11.7
           SitePackages work/.venv/lib/python3.11/site-packages",
    ),
    (
        "free-threaded beside the usual one",
        || {
            let files = &[
                ("both/bin/", ""),
                ("both/lib/python3.13/os.py", ""),
                ("both/lib/python3.13t/os.py", ""),
                ("work/.venv/lib/python3.13t/site-packages/", ""),
                ("work/.venv/pyvenv.cfg", "home = {}/both/bin\nversion = 3.13.1\n"),
            ];
            Machine::new(files)
        },
        "work/.venv by .venv in the workspace: 3.13.1
           StandardLibrary both/lib/python3.13t, Python 3.13.1
           SitePackages work/.venv/lib/python3.13t/site-packages",
    ),
    (
        "PyPy",
        || {
            let files = &[
                ("pypy/lib/pypy3.10/os.py", ""),
                ("pypy/bin/", ""),
                ("work/.venv/lib/pypy3.10/site-packages/", ""),
                ("work/.venv/pyvenv.cfg", "home = {}/pypy/bin\nversion = 3.10.14\n"),
            ];
            Machine::new(files)
        },
        "work/.venv by .venv in the workspace: 3.10.14
           StandardLibrary pypy/lib/pypy3.10, Python 3.10.14
           SitePackages work/.venv/lib/pypy3.10/site-packages",
    ),
    (
        "Homebrew, where home holds links into a framework",
        || {
            let files = &[
                ("brew/Cellar/Frameworks/Python.framework/Versions/3.12/lib/python3.12/os.py", ""),
                ("brew/Cellar/Frameworks/Python.framework/Versions/3.12/bin/python3.12", ""),
                ("work/.venv/lib/python3.12/site-packages/", ""),
                ("work/.venv/pyvenv.cfg", "home = {}/brew/opt/bin\nversion = 3.12.2\n"),
            ];
            let target = "../../Cellar/Frameworks/Python.framework/Versions/3.12/bin/python3.12";
            Machine::new(files).link("brew/opt/bin/python3.12", target)
        },
        "work/.venv by .venv in the workspace: 3.12.2
           StandardLibrary brew/Cellar/Frameworks/Python.framework/Versions/3.12/lib/python3.12, Python 3.12.2
           SitePackages work/.venv/lib/python3.12/site-packages",
    ),
    (
        "Apple's framework",
        || {
            let files = &[
                ("apple/Library/Frameworks/Python3.framework/Versions/3.9/lib/python3.9/os.py", ""),
                ("apple/usr/bin/python3", ""),
                ("work/.venv/lib/python3.9/site-packages/", ""),
                ("work/.venv/pyvenv.cfg", "home = {}/apple/usr/bin\nversion = 3.9.6\n"),
            ];
            Machine::new(files)
        },
        "work/.venv by .venv in the workspace: 3.9.6
           StandardLibrary apple/Library/Frameworks/Python3.framework/Versions/3.9/lib/python3.9, Python 3.9.6
           SitePackages work/.venv/lib/python3.9/site-packages",
    ),
    (
        "Windows",
        || {
            let files = &[
                ("python311/Lib/os.py", ""),
                ("python311/python311.zip", ""),
                ("python311/include/patchlevel.h", "#define PY_VERSION \"3.11.9\""),
                ("work/.venv/Lib/site-packages/", ""),
                ("work/.venv/pyvenv.cfg", "home = {}/python311\r\nversion = 3.11.9\r\n"),
            ];
            Machine::new(files)
        },
        "work/.venv by .venv in the workspace: 3.11.9
           StandardLibrary python311/Lib, Python 3.11.9
           SitePackages work/.venv/Lib/site-packages
           note python311/python311.zip is a zip file, whose modules are not read",
    ),
    (
        "Debian",
        || {
            let files = &[
                ("usr/lib/python3.9/os.py", ""),
                ("usr/lib/python3.11/os.py", ""),
                ("usr/lib/python3.12/os.py", ""),
                ("usr/lib/python3/dist-packages/foo.py", ""),
                ("usr/local/lib/python3.11/dist-packages/", ""),
                ("usr/bin/python3.11", ""),
            ];
            Machine::new(files).link("usr/bin/python3", "python3.11").with("PATH", "{}/usr/bin")
        },
        "usr by python3 on the PATH: 3.11
           StandardLibrary usr/lib/python3.11, Python 3.11
           SitePackages usr/local/lib/python3.11/dist-packages
           SitePackages usr/lib/python3/dist-packages",
    ),
    (
        "Fedora, and packages of the user's own",
        || {
            let files = &[
                ("usr/lib64/python3.11/os.py", ""),
                ("usr/lib64/python3.11/site-packages/", ""),
                ("usr/lib/python3.11/site-packages/", ""),
                ("usr/bin/python3.11", ""),
                ("home/.local/lib/python3.11/site-packages/", ""),
            ];
            Machine::new(files).link("usr/bin/python3", "python3.11").with("PATH", "{}/usr/bin")
        },
        "usr by python3 on the PATH: 3.11
           StandardLibrary usr/lib64/python3.11, Python 3.11
           SitePackages home/.local/lib/python3.11/site-packages
           SitePackages usr/lib64/python3.11/site-packages
           SitePackages usr/lib/python3.11/site-packages",
    ),
    (
        "a zip file beside the standard library",
        || Machine::new(&[("base/lib/python311.zip", "")]).configured("{}/base").with("PYTHONNOUSERSITE", "1"),
        "base by the setting: 3.11.7
           StandardLibrary base/lib/python3.11, Python 3.11.7
           SitePackages base/lib/python3.11/site-packages
           note base/lib/python311.zip is a zip file, whose modules are not read",
    ),
    (
        "packages of PDM's that aren't installed yet",
        || Machine::new(&[("work/.pdm-python", "{}/base/bin/python3.11"), ("work/__pypackages__/.gitignore", "*")]),
        "base by .pdm-python in the workspace: 3.11.7
           StandardLibrary base/lib/python3.11, Python 3.11.7",
    ),
    (
        "packages of PDM's in the place of the interpreter's own",
        || {
            let files = &[
                ("work/.pdm-python", "{}/base/bin/python3.11"),
                ("work/__pypackages__/3.9/lib/", ""),
                ("work/__pypackages__/3.11/lib/foo-1.dist-info/METADATA", "Name: foo\nVersion: 1\n"),
            ];
            Machine::new(files)
        },
        "base by .pdm-python in the workspace: 3.11.7
           StandardLibrary base/lib/python3.11, Python 3.11.7
           SitePackages work/__pypackages__/3.11/lib, foo 1",
    ),
];

#[cfg(unix)]
#[test]
fn each_form_has_its_roots_and_version() {
    for (name, machine, expected) in CASES {
        assert_report(name, &machine(), expected);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_reached_twice_is_one_root() {
    let machine = Machine::new(&[]).venv("work/.venv").link("work/venv", ".venv").with("VIRTUAL_ENV", "{}/work/venv");
    let machine = machine.link("work/.venv/lib64", "lib");
    let found = machine.find();
    assert_eq!(found.chosen.unwrap().roots.len(), 2);
    assert_eq!(found.others, []);
}
