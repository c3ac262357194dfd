//! Which distributions are installed, who owns which file, and what is installed by reference.

use std::path::Path;

use super::{Files, Machine, assert_report, shown};

/// A machine with these files in the environment's folder of packages.
fn machine(files: Files<'_>) -> Machine {
    let files: Vec<_> = files.iter().map(|(path, text)| (format!("{PACKAGES}/{path}"), *text)).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    Machine::new(&[]).venv("work/.venv").and(&files)
}

const PACKAGES: &str = "work/.venv/lib/python3.11/site-packages";

/// What is in the folder of packages, and who owns some files.
struct Case<'a> {
    files: Files<'a>,
    /// In the order of their metadata's names.
    packages: &'a str,
    owners: Files<'a>,
}

const CASES: &[Case<'_>] = &[
    Case {
        files: &[
            ("foo_bar-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: Foo.Bar\nVersion: 1.0\n\nName: other\n"),
            (
                "foo_bar-1.0.dist-info/RECORD",
                "foo_bar/__init__.py,sha256=x,1\nfoo_bar/deep/a.pyi,,\n\"odd,name.py\",,\n\"quo\"\"te.py\",,\n./dot.py,,\n\
                 foo_bar-1.0.dist-info/METADATA,,\n../../../bin/tool.py,,\n/absolute.py,,\nfoo_bar/data.txt,,\n",
            ),
        ],
        packages: "Foo.Bar 1.0",
        owners: &[
            ("foo_bar/__init__.py", "Foo.Bar 1.0"),
            ("foo_bar/deep/a.pyi", "Foo.Bar 1.0"),
            // What was added later lies in the package still.
            ("foo_bar/new.py", "Foo.Bar 1.0"),
            ("odd,name.py", "Foo.Bar 1.0"),
            ("quo\"te.py", "Foo.Bar 1.0"),
            ("dot.py", "Foo.Bar 1.0"),
            ("tool.py", "tool"),
            ("absolute.py", "absolute"),
            ("nobody/a/b.py", "nobody"),
            ("six.py", "six"),
            ("stub.pyi", "stub"),
            ("", ""),
        ],
    },
    // A namespace package has many owners.
    Case {
        files: &[
            ("ns_a-1.dist-info/RECORD", "ns/a/__init__.py,,\nns/both.py,,\n"),
            ("ns_b-2.dist-info/RECORD", "ns/b/__init__.py,,\nns/both.py,,\n"),
            ("ns_c-3.dist-info/top_level.txt", "ns\nc\nout/of\n"),
        ],
        packages: "ns_a 1, ns_b 2, ns_c 3",
        owners: &[
            ("ns/a/__init__.py", "ns_a 1"),
            ("ns/b/__init__.py", "ns_b 2"),
            ("ns/both.py", "ns_a 1"),
            ("ns/a/new.py", "ns"),
            ("c/x.py", "ns_c 3"),
            ("out/of/x.py", "out"),
        ],
    },
    // Two that say the same and no more are both believed to be wrong.
    Case {
        files: &[("a-1.dist-info/top_level.txt", "same\n"), ("b-1.dist-info/top_level.txt", "same\n")],
        packages: "a 1, b 1",
        owners: &[("same/x.py", "same")],
    },
    Case {
        files: &[("My_Thing-1.dist-info/METADATA", "name: My-Thing\nversion: 1\n")],
        packages: "My-Thing 1",
        owners: &[("my_thing/x.py", "My-Thing 1"), ("My_Thing.py", "My-Thing 1"), ("mything/x.py", "mything")],
    },
    Case {
        files: &[
            ("old.egg-info/PKG-INFO", "Name: old\nVersion: 2\n"),
            ("old.egg-info/installed-files.txt", "../old/__init__.py\n../../../../bin/old.py\nPKG-INFO\n"),
            ("older-1-py3.11.egg-info", "Name: older\nVersion: 1\n"),
            ("sources.egg-info/PKG-INFO", "Name: sources\nVersion: 3\n"),
            ("sources.egg-info/SOURCES.txt", "setup.py\nsrc/inside/a.py\nREADME\n"),
            ("egg-4-py3.11.egg/EGG-INFO/PKG-INFO", "Name: egg\nVersion: 4\n"),
        ],
        packages: "egg 4, old 2, older 1, sources 3",
        owners: &[
            ("old/__init__.py", "old 2"),
            ("older/a.py", "older 1"),
            ("inside/a.py", "sources 3"),
            ("setup.py", "setup"),
            ("egg-4-py3.11.egg/egg/a.py", "egg 4"),
        ],
    },
    // Who requires whom: names are normalised, extras count, nobody requires itself, and none counts twice.
    Case {
        files: &[
            (
                "a-1.dist-info/METADATA",
                "Name: a\nVersion: 1\nRequires-Dist: Zope.Interface>=5\nRequires-Dist: zope-interface ; python_version < '3'\n\
                 Requires-Dist: b[x] (>1); extra == 'y'\nRequires-Dist: a\nRequires-Dist: extras; platform_system == 'extra-y'\n\
                 \n  Requires-Dist: c\n",
            ),
            (
                "b-1.dist-info/METADATA",
                "Name: b\nVersion: 1\nRequires-Dist: zope_interface\nRequires-Dist: c; os_name=='nt'\n",
            ),
            ("c.egg-info/PKG-INFO", "Name: c\nVersion: 1\n"),
            ("c.egg-info/requires.txt", "zope-interface\n\n[:python_version<'3']\nb\n\n[test]\nextras\n"),
            ("extras-1.dist-info/METADATA", "Name: extras\nVersion: 1\n"),
            ("zope.interface-1.dist-info/METADATA", "Name: zope.interface\nVersion: 1\n"),
        ],
        packages: "a 1, b 1 (2), c 1 (1), extras 1 (2), zope.interface 1 (3)",
        owners: &[],
    },
];

#[test]
fn files_belong_to_distributions() {
    for case in CASES {
        let root = machine(case.files).root_at(PACKAGES);
        let packages: Vec<_> = root.packages.iter().map(shown).collect();
        assert_eq!(packages.join(", "), case.packages, "{:?}", case.files);
        let owners: Vec<_> =
            case.owners.iter().map(|(path, _)| (*path, shown(&root.package_of(Path::new(path))))).collect();
        let owners: Vec<_> = owners.iter().map(|(path, owner)| (*path, owner.as_str())).collect();
        assert_eq!(owners, case.owners, "{:?}", case.files);
    }
}

/// The header of each report.
const CHOSEN: &str = "work/.venv by .venv in the workspace: 3.11.7
    StandardLibrary base/lib/python3.11, Python 3.11.7\n";

fn assert_links(name: &str, machine: &Machine, expected: &str) {
    assert_report(name, machine, &format!("{CHOSEN}{expected}"));
}

const DIRECT: &str = "{\"url\": \"file://{}/project\", \"dir_info\": {\"editable\": true}}";

#[test]
fn installs_by_reference_are_roots() {
    let project = [("project/src/foo/__init__.py", ""), ("project/src/single.py", ""), ("other/bar.py", "")];
    let cases: &[(&str, Files<'_>, &str)] = &[
        (
            "a path file that the distribution recorded",
            &[
                ("foo-1.dist-info/RECORD", "_foo.pth,,\nfoo-1.dist-info/METADATA,,\n"),
                ("_foo.pth", "{}/project/src\n"),
            ],
            "SitePackages work/.venv/lib/python3.11/site-packages, foo 1
             Editable project/src, foo 1",
        ),
        (
            "a path file of the project that direct_url.json names",
            &[("foo-1.dist-info/direct_url.json", DIRECT), ("x.pth", "\u{feff}# ours\n\n../../../../../project/src\n")],
            "SitePackages work/.venv/lib/python3.11/site-packages, foo 1
             Editable project/src, foo 1",
        ),
        (
            "a path file of nobody's",
            &[("x.pth", "{}/other\n{}/other\nimport os; os.system('boo')\n{}/gone\n")],
            "SitePackages work/.venv/lib/python3.11/site-packages
             Editable other
             note work/.venv/lib/python3.11/site-packages/x.pth has a line that runs code, which is not run
             note work/.venv/lib/python3.11/site-packages/x.pth leads to {}/gone, which isn't there",
        ),
        (
            "a finder of setuptools",
            &[
                ("foo-1.dist-info/RECORD", "__editable__.foo-1.pth,,\n__editable___foo_1_finder.py,,\n"),
                ("__editable__.foo-1.pth", "import __editable___foo_1_finder; __editable___foo_1_finder.install()"),
                (
                    "__editable___foo_1_finder.py",
                    "import sys\nMAPPING: dict[str, str] = {'foo': '{}/project/src/foo', \"n\\x73.bar\": '{}/oth\\u0065r', \
                     'single': '{}/project/src/single', 'gone': '{}/gone'}\nNAMESPACES = {}\n",
                ),
            ],
            "SitePackages work/.venv/lib/python3.11/site-packages, foo 1
             Editable project/src/foo as foo, foo 1
             Editable other as ns.bar, foo 1
             note project/src/single.py is a single module installed by reference, which is not read
             note work/.venv/lib/python3.11/site-packages/__editable___foo_1_finder.py leads to {}/gone, which isn't there",
        ),
        (
            "a finder whose mapping is computed",
            &[("__editable___foo_1_finder.py", "MAPPING = {'foo': join('a', 'b')}\n")],
            "SitePackages work/.venv/lib/python3.11/site-packages
             note work/.venv/lib/python3.11/site-packages/__editable___foo_1_finder.py has no mapping that can be read \
             without running it",
        ),
        (
            "a link of setup.py develop",
            &[("foo.egg-link", "{}/project/src\n../"), ("easy-install.pth", "{}/project/src\n")],
            "SitePackages work/.venv/lib/python3.11/site-packages, Foo 7
             Editable project/src, Foo 7",
        ),
        (
            "eggs, which are zip files or folders inside of the packages",
            &[
                ("easy-install.pth", "./zipped.egg\n./open.egg\n"),
                ("zipped.egg", "PK"),
                ("open.egg/EGG-INFO/PKG-INFO", "Name: open\nVersion: 1\n"),
            ],
            "SitePackages work/.venv/lib/python3.11/site-packages, open 1
             note work/.venv/lib/python3.11/site-packages/zipped.egg is a zip file, whose modules are not read",
        ),
        (
            "code of the workspace's own, and folders that hold it",
            &[("x.pth", "{}/work\n{}/work/src\n{}\n{}/home/\n/\n{}/work/.venv/src\n")],
            "SitePackages work/.venv/lib/python3.11/site-packages
             Editable work/.venv/src
             note work is the workspace, installed by reference: your own code, not a library
             note work/src is installed by reference and lies in the workspace: your own code, not a library
             note {} holds the workspace or your home, and is not taken for a library
             note home holds the workspace or your home, and is not taken for a library
             note / holds the workspace or your home, and is not taken for a library",
        ),
        (
            "what an interrupted pip left",
            &[("~oo-1.dist-info/METADATA", "Name: foo\n")],
            "SitePackages work/.venv/lib/python3.11/site-packages
             note work/.venv/lib/python3.11/site-packages/~oo-1.dist-info is what an interrupted pip left behind",
        ),
    ];
    for (name, files, expected) in cases {
        let machine = machine(files).and(&project).and(&[
            ("project/src/Foo.egg-info/PKG-INFO", "Name: Foo\nVersion: 7\n"),
            ("work/src/own.py", ""),
            ("work/.venv/src/", ""),
        ]);
        let expected = expected.replace("{}/", &machine.path("")).replace("{}", machine.path("").trim_end_matches('/'));
        // The report shortens all paths in the same way.
        assert_links(name, &machine, &expected.replace(&machine.path(""), ""));
    }
}

#[test]
fn all_of_an_editable_root_belongs_to_its_distribution() {
    let files = &[("foo-1.dist-info/RECORD", "_foo.pth,,\n"), ("_foo.pth", "{}/project\n")];
    let root = machine(files).and(&[("project/", "")]).root_at("project");
    assert_eq!(shown(&root.package_of(Path::new("anything/at/all.py"))), "foo 1");
    let root = machine(&[("x.pth", "{}/project\n")]).and(&[("project/", "")]).root_at("project");
    assert_eq!(shown(&root.package_of(Path::new("bar/all.py"))), "bar");
}

#[test]
fn all_of_the_standard_library_is_python() {
    let root = machine(&[]).root_at("base/lib/python3.11");
    assert_eq!(shown(&root.package_of(Path::new("json/decoder.py"))), "Python 3.11.7");
}
