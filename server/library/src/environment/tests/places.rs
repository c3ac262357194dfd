//! Where environments are looked for, and which of several is taken.

use super::super::search::project::{hash, sanitized};
use super::{Files, Machine};

/// What leads to an environment.
struct Place<'a> {
    /// Where virtual environments are.
    environments: &'a [&'a str],
    files: Files<'a>,
    variables: Files<'a>,
    /// The option or setting.
    configured: Option<&'a str>,
    /// The prefix and the origin of the environment in force.
    chosen: (&'a str, &'a str),
    /// Of the others.
    others: Files<'a>,
}

const NOTHING: Place<'_> =
    Place { environments: &[], files: &[], variables: &[], configured: None, chosen: ("", ""), others: &[] };

const PROJECT: (&str, &str) = ("work/pyproject.toml", "[project]\nname = \"My.Project\"\n");

const PLACES: &[Place<'_>] = &[
    NOTHING,
    Place {
        environments: &["chosen", "active", "work/.venv"],
        configured: Some("{}/chosen"),
        variables: &[("VIRTUAL_ENV", "{}/active")],
        chosen: ("chosen", "the setting"),
        others: &[("active", "VIRTUAL_ENV"), ("work/.venv", ".venv in the workspace")],
        ..NOTHING
    },
    Place {
        environments: &["work/chosen"],
        configured: Some("chosen"),
        chosen: ("work/chosen", "the setting"),
        ..NOTHING
    },
    Place {
        environments: &["home/chosen"],
        configured: Some("~/chosen"),
        chosen: ("home/chosen", "the setting"),
        ..NOTHING
    },
    Place {
        environments: &["other/.venv"],
        configured: Some("{}/other"),
        chosen: ("other/.venv", "the setting"),
        ..NOTHING
    },
    Place {
        environments: &["chosen"],
        files: &[("chosen/bin/python", "")],
        configured: Some("{}/chosen/bin/python"),
        chosen: ("chosen", "the setting"),
        ..NOTHING
    },
    Place {
        environments: &["chosen"],
        configured: Some("{}/chosen/lib/python3.11/site-packages"),
        chosen: ("chosen", "the setting"),
        ..NOTHING
    },
    Place {
        files: &[("target/foo-1.dist-info/METADATA", "Name: foo\n")],
        configured: Some("{}/target"),
        chosen: ("target", "the setting"),
        ..NOTHING
    },
    Place {
        files: &[("target/site-packages/foo.py", "")],
        configured: Some("{}/target/site-packages"),
        chosen: ("target/site-packages", "the setting"),
        ..NOTHING
    },
    Place { configured: Some("{}/base/bin/python3.11"), chosen: ("base", "the setting"), ..NOTHING },
    // A setting that leads nowhere isn't the end.
    Place {
        environments: &["work/.venv"],
        configured: Some("{}/absent"),
        chosen: ("work/.venv", ".venv in the workspace"),
        ..NOTHING
    },
    Place {
        environments: &["active", "conda/envs/data", "work/.venv"],
        variables: &[("VIRTUAL_ENV", "{}/active"), ("CONDA_PREFIX", "{}/conda/envs/data")],
        chosen: ("active", "VIRTUAL_ENV"),
        others: &[("conda/envs/data", "CONDA_PREFIX"), ("work/.venv", ".venv in the workspace")],
        ..NOTHING
    },
    Place {
        environments: &["work/.venv"],
        variables: &[("VIRTUAL_ENV", "")],
        chosen: ("work/.venv", ".venv in the workspace"),
        ..NOTHING
    },
    // conda's base comes after what the workspace has.
    Place {
        environments: &["work/.venv"],
        files: &[("conda/lib/python3.11/os.py", ""), ("conda/condabin/", "")],
        variables: &[("CONDA_PREFIX", "{}/conda")],
        chosen: ("work/.venv", ".venv in the workspace"),
        others: &[("conda", "CONDA_PREFIX, which is conda's base")],
        ..NOTHING
    },
    Place {
        files: &[("conda/lib/python3.11/os.py", "")],
        variables: &[("CONDA_PREFIX", "{}/conda"), ("CONDA_DEFAULT_ENV", "base")],
        chosen: ("conda", "CONDA_PREFIX, which is conda's base"),
        ..NOTHING
    },
    Place {
        environments: &["work/.uv", "work/.venv"],
        variables: &[("UV_PROJECT_ENVIRONMENT", ".uv")],
        chosen: ("work/.uv", "UV_PROJECT_ENVIRONMENT"),
        others: &[("work/.venv", ".venv in the workspace")],
        ..NOTHING
    },
    Place {
        environments: &["work/venv", "work/env", "work/mine", "work/also"],
        chosen: ("work/venv", "venv in the workspace"),
        others: &[
            ("work/env", "env in the workspace"),
            ("work/also", "also in the workspace"),
            ("work/mine", "mine in the workspace"),
        ],
        ..NOTHING
    },
    Place {
        environments: &["elsewhere", "work/venv"],
        files: &[("work/.venv", "../elsewhere\n")],
        chosen: ("elsewhere", "the file .venv in the workspace"),
        others: &[("work/venv", "venv in the workspace")],
        ..NOTHING
    },
    Place {
        environments: &["home/.local/share/virtualenvs/tools"],
        files: &[("work/.venv", "tools")],
        chosen: ("home/.local/share/virtualenvs/tools", "the file .venv in the workspace"),
        ..NOTHING
    },
    Place {
        environments: &["elsewhere"],
        files: &[
            ("elsewhere/bin/python", ""),
            ("work/.pdm-python", "{}/elsewhere/bin/python\n"),
            ("work/__pypackages__/", ""),
        ],
        chosen: ("elsewhere", ".pdm-python in the workspace"),
        ..NOTHING
    },
    Place {
        files: &[("work/.pdm-python", "{}/base/bin/python3.11"), ("work/__pypackages__/3.11/lib/foo.py", "")],
        chosen: ("base", ".pdm-python in the workspace"),
        ..NOTHING
    },
    Place {
        environments: &[
            "home/.cache/pypoetry/virtualenvs/my-project-#{work}-py3.9",
            "home/.cache/pypoetry/virtualenvs/my-project-#{work}-py3.11",
            "home/.cache/pypoetry/virtualenvs/my-project-other000-py3.12",
        ],
        files: &[PROJECT],
        chosen: ("home/.cache/pypoetry/virtualenvs/my-project-#{work}-py3.11", "Poetry's environments"),
        others: &[("home/.cache/pypoetry/virtualenvs/my-project-#{work}-py3.9", "Poetry's environments")],
        ..NOTHING
    },
    Place {
        environments: &["home/.cache/pypoetry/virtualenvs/non-package-mode-#{work}-py3.11"],
        files: &[("work/pyproject.toml", "[tool.poetry]\npackage-mode = false\n")],
        chosen: ("home/.cache/pypoetry/virtualenvs/non-package-mode-#{work}-py3.11", "Poetry's environments"),
        ..NOTHING
    },
    // The one of `poetry env use`, in a folder of the user's.
    Place {
        environments: &["poetry/envs/two_words-#{work}-py3.9", "poetry/envs/two_words-#{work}-py3.11"],
        files: &[
            ("work/pyproject.toml", "[tool.poetry]\nname = \"Two Words\"\n"),
            ("poetry/envs/envs.toml", "[two_words-#{work}]\nminor = \"3.9\"\npatch = \"3.9.1\"\n"),
            (
                "home/.config/pypoetry/config.toml",
                "cache-dir = \"{}/poetry\"\n[virtualenvs]\npath = \"{cache-dir}/envs\"\n",
            ),
        ],
        chosen: ("poetry/envs/two_words-#{work}-py3.9", "Poetry's environments"),
        others: &[("poetry/envs/two_words-#{work}-py3.11", "Poetry's environments")],
        ..NOTHING
    },
    // The project's settings come before the user's, and variables before both.
    Place {
        environments: &["own/my-project-#{work}-py3.11", "user/my-project-#{work}-py3.11"],
        files: &[
            PROJECT,
            ("work/poetry.toml", "virtualenvs.path = \"{}/own\"\n"),
            ("settings/config.toml", "virtualenvs.path = \"{}/user\"\n"),
        ],
        variables: &[("POETRY_CONFIG_DIR", "{}/settings")],
        chosen: ("own/my-project-#{work}-py3.11", "Poetry's environments"),
        ..NOTHING
    },
    Place {
        environments: &["said/my-project-#{work}-py3.11"],
        files: &[PROJECT, ("work/poetry.toml", "virtualenvs.path = \"{}/own\"\n")],
        variables: &[("POETRY_VIRTUALENVS_PATH", "{}/said")],
        chosen: ("said/my-project-#{work}-py3.11", "Poetry's environments"),
        ..NOTHING
    },
    Place {
        environments: &["cache/virtualenvs/my-project-#{work}-py3.11"],
        files: &[PROJECT],
        variables: &[("POETRY_CACHE_DIR", "{}/cache")],
        chosen: ("cache/virtualenvs/my-project-#{work}-py3.11", "Poetry's environments"),
        ..NOTHING
    },
    Place {
        environments: &["home/.local/share/virtualenvs/work-#{work/Pipfile}"],
        files: &[("work/Pipfile", "")],
        chosen: ("home/.local/share/virtualenvs/work-#{work/Pipfile}", "Pipenv's environments"),
        ..NOTHING
    },
    Place {
        environments: &["envs/work-#{work/Pipfile}-3.11", "envs/renamed", "envs/others"],
        files: &[("work/Pipfile", ""), ("envs/renamed/.project", "{}/work\n"), ("envs/others/.project", "{}/base\n")],
        variables: &[("WORKON_HOME", "{}/envs"), ("PIPENV_PYTHON", "3.11")],
        chosen: ("envs/work-#{work/Pipfile}-3.11", "Pipenv's environments"),
        others: &[("envs/renamed", "Pipenv's environments")],
        ..NOTHING
    },
    Place {
        environments: &["envs/named"],
        files: &[("work/Pipfile", "")],
        variables: &[("WORKON_HOME", "{}/envs"), ("PIPENV_CUSTOM_VENV_NAME", "named")],
        chosen: ("envs/named", "Pipenv's environments"),
        ..NOTHING
    },
    Place {
        environments: &[
            "home/.local/share/hatch/env/virtual/my-project/#{work}/docs",
            "home/.local/share/hatch/env/virtual/my-project/#{work}/my-project",
            "home/.local/share/hatch/env/virtual/my-project/#{work}/my-project-build",
        ],
        files: &[PROJECT],
        chosen: ("home/.local/share/hatch/env/virtual/my-project/#{work}/my-project", "Hatch's environments"),
        others: &[("home/.local/share/hatch/env/virtual/my-project/#{work}/docs", "Hatch's environments")],
        ..NOTHING
    },
    Place {
        environments: &["envs/work/#{work}/docs"],
        files: &[
            ("work/pyproject.toml", "[tool.hatch]\n"),
            ("home/.config/hatch/config.toml", "[dirs.env]\nvirtual = \"{}/envs\"\n"),
        ],
        variables: &[("HATCH_ENV", "docs")],
        chosen: ("envs/work/#{work}/docs", "Hatch's environments"),
        ..NOTHING
    },
    // Settings for environments make a project of a folder that has no other.
    Place {
        environments: &["home/.local/share/hatch/env/virtual/work/#{work}/work"],
        files: &[("work/hatch.toml", "[envs.default]\n")],
        chosen: ("home/.local/share/hatch/env/virtual/work/#{work}/work", "Hatch's environments"),
        ..NOTHING
    },
    // Below the workspace there are no folders for projects.
    Place {
        environments: &["work/.hatch/my-project"],
        files: &[PROJECT, ("home/.config/hatch/config.toml", "[dirs.env]\nvirtual = \".hatch\"\n")],
        chosen: ("work/.hatch/my-project", "Hatch's environments"),
        ..NOTHING
    },
    Place {
        environments: &["data/env/virtual/my-project/#{work}/my-project"],
        files: &[PROJECT],
        variables: &[("HATCH_DATA_DIR", "{}/data")],
        chosen: ("data/env/virtual/my-project/#{work}/my-project", "Hatch's environments"),
        ..NOTHING
    },
    Place {
        environments: &["own"],
        files: &[PROJECT, ("work/hatch.toml", "[envs.default]\npath = \"../own\"\n")],
        chosen: ("own", "Hatch's environments"),
        ..NOTHING
    },
    Place {
        files: &[
            ("conda/envs/data/lib/python3.11/os.py", ""),
            ("work/environment.yml", "channels: [x]\nname: \"data\" # ours\ndependencies:\n  - name: no\n"),
            ("home/.conda/environments.txt", "{}/conda\n{}/conda/envs/data\n"),
        ],
        chosen: ("conda/envs/data", "environment.yml in the workspace"),
        ..NOTHING
    },
    Place {
        files: &[
            ("one/data/lib/python3.11/os.py", ""),
            ("two/envs/data/lib/python3.11/os.py", ""),
            ("three/data/lib/python3.11/os.py", ""),
            ("work/environment.yaml", "name: data\n"),
            ("home/.condarc", "envs_dirs:\n  - {}/one\n  - ~/none\nchannels:\n  - x\n"),
        ],
        variables: &[("CONDA_EXE", "{}/two/bin/conda"), ("CONDA_ENVS_PATH", "{}/absent:{}/three")],
        chosen: ("three/data", "environment.yml in the workspace"),
        others: &[
            ("one/data", "environment.yml in the workspace"),
            ("two/envs/data", "environment.yml in the workspace"),
        ],
        ..NOTHING
    },
    Place {
        files: &[
            ("home/.pyenv/versions/3.9.2/lib/python3.9/os.py", ""),
            ("home/.pyenv/versions/3.9.10/lib/python3.9/os.py", ""),
            ("home/.pyenv/versions/3.9-dev/lib/python3.9/os.py", ""),
            ("home/.pyenv/versions/3.90.1/lib/python3.90/os.py", ""),
            ("work/.python-version", "# ours\n3.9\n"),
        ],
        chosen: ("home/.pyenv/versions/3.9.10", ".python-version in the workspace"),
        ..NOTHING
    },
    Place {
        files: &[
            ("home/.pyenv/versions/3.13.0t/lib/python3.13t/os.py", ""),
            ("home/.pyenv/versions/3.13.1t/lib/python3.13t/os.py", ""),
            ("home/.pyenv/versions/3.13.2/lib/python3.13/os.py", ""),
            ("home/.pyenv/versions/3.13-dev/lib/python3.13/os.py", ""),
            ("home/.pyenv/versions/pypy3.10-7.3.9/lib/pypy3.10/os.py", ""),
            ("home/.pyenv/versions/pypy3.10-7.3.15/lib/pypy3.10/os.py", ""),
        ],
        variables: &[("PYENV_VERSION", "3.13t:3.13:pypy3.10")],
        chosen: ("home/.pyenv/versions/3.13.1t", "PYENV_VERSION"),
        others: &[
            ("home/.pyenv/versions/3.13.2", "PYENV_VERSION"),
            ("home/.pyenv/versions/pypy3.10-7.3.15", "PYENV_VERSION"),
        ],
        ..NOTHING
    },
    Place {
        files: &[("pyenv/versions/tools/lib/python3.9/os.py", ""), (".python-version", "system\npython-tools\n")],
        variables: &[("PYENV_ROOT", "{}/pyenv")],
        chosen: ("pyenv/versions/tools", ".python-version above the workspace"),
        ..NOTHING
    },
    Place {
        files: &[
            ("pyenv/versions/3.9.2/lib/python3.9/os.py", ""),
            ("pyenv/version", "3.9.2\n"),
            ("pyenv/shims/python3", "#!/usr/bin/env bash\n"),
        ],
        variables: &[("PATH", "{}/absent:{}/pyenv/shims:{}/base/bin")],
        chosen: ("pyenv/versions/3.9.2", "python3 on the PATH, through pyenv"),
        ..NOTHING
    },
    Place {
        files: &[("base/bin/python3", ""), ("work/bin/python3", "")],
        variables: &[("PATH", "bin:.::{}/base/bin")],
        chosen: ("base", "python3 on the PATH"),
        ..NOTHING
    },
];

#[test]
fn environments_are_found_where_tools_put_them() {
    for place in PLACES {
        let machine = Machine::new(place.files);
        let machine = place.environments.iter().fold(machine, |machine, path| machine.venv(path));
        let machine = place.variables.iter().fold(machine, |machine, (name, value)| machine.with(name, value));
        let machine = place.configured.iter().fold(machine, |machine, path| machine.configured(path));
        let found = machine.find();
        let case = format!("{:?} {:?} {:?}", place.environments, place.files, place.variables);
        let shown = |(path, origin): &(&str, &str)| format!("{} by {origin}", machine.path(path));
        let chosen = found.chosen.map(|chosen| format!("{} by {}", chosen.prefix.display(), chosen.origin));
        let expected = (place.chosen != NOTHING.chosen).then(|| shown(&place.chosen));
        assert_eq!(chosen, expected, "{case}: {:?}", found.notes);
        let others: Vec<_> =
            found.others.iter().map(|(path, origin)| format!("{} by {origin}", path.display())).collect();
        assert_eq!(others, place.others.iter().map(shown).collect::<Vec<_>>(), "{case}");
    }
}

/// A shell in a folder that was reached by a link tells Pipenv the folder's real path.
#[cfg(unix)]
#[test]
fn the_workspace_may_be_reached_by_a_link() {
    let machine = Machine::new(&[("real/project/Pipfile", "")]).link("work/link", "{}/real");
    let machine = machine.venv("home/.local/share/virtualenvs/project-#{real/project/Pipfile}");
    let folder = machine.path("work/link/project");
    let found = machine.find_for(folder.as_ref());
    let chosen = found.chosen.map(|chosen| (chosen.prefix, chosen.origin));
    let expected = machine.path("home/.local/share/virtualenvs/project-#{real/project/Pipfile}");
    assert_eq!(chosen, Some((expected.into(), "Pipenv's environments".to_owned())));
}

/// Computed with Poetry's, Pipenv's and Hatch's own code.
#[test]
fn names_are_those_that_the_tools_make() {
    assert_eq!(hash("/home/me/project"), "Il3zCUAS");
    assert_eq!(hash("/home/me/project/Pipfile"), "fPIxLfK7");
    assert_eq!(sanitized(&format!("a b*{}", "x".repeat(50)), " *"), format!("a_b_{}", "x".repeat(38)));
}

#[test]
fn what_cannot_be_followed_is_noted() {
    let cases: &[(Files<'_>, Files<'_>, &str)] = &[
        (&[], &[("VIRTUAL_ENV", "{}/gone")], "note gone isn't there (VIRTUAL_ENV)"),
        (
            &[("active/file", "")],
            &[("VIRTUAL_ENV", "{}/active")],
            "note active holds no environment of Python (VIRTUAL_ENV)",
        ),
        (
            &[("conda/conda-meta/", "")],
            &[("CONDA_PREFIX", "{}/conda")],
            "note conda is an environment of conda without Python (CONDA_PREFIX)",
        ),
        (
            &[("bin/python3", "#!/bin/sh\n")],
            &[("PATH", "{}/bin")],
            "note bin/python3 is a script that chooses an interpreter when it runs, and is not run (python3 on the PATH)",
        ),
        (&[("work/.pdm-python", "/gone/python")], &[], "note /gone/python isn't there (.pdm-python in the workspace)"),
        (
            &[PROJECT, ("work/poetry.toml", "virtualenvs.path = \"{project-dir}/x\"")],
            &[],
            "note work has environments of Poetry in {project-dir}/x, which stands for a place that isn't known",
        ),
        (
            &[("work/pyproject.toml", "[tool.poetry]\n"), ("work/poetry.toml", "virtualenvs.create = false")],
            &[],
            "note work is a project for which Poetry makes no environment (virtualenvs.create)",
        ),
        (&[PROJECT, ("work/hatch.toml", "envs = [")], &[], "note work/hatch.toml isn't TOML"),
        (
            &[PROJECT, ("work/hatch.toml", "envs.default.type = \"container\"")],
            &[],
            "note work has environments of Hatch's plugin container, whose place isn't known",
        ),
        (
            &[("work/Pipfile", "")],
            &[("WORKON_HOME", "$HOME/envs")],
            "note work/$HOME/envs is WORKON_HOME and contains variables, which are not expanded",
        ),
        (
            &[("home/.pyenv/versions/", ""), ("work/.python-version", "3.9")],
            &[],
            "note home/.pyenv/versions has no version 3.9, which the workspace asks for",
        ),
    ];
    for (files, variables, expected) in cases {
        let machine = Machine::new(files);
        let machine = variables.iter().fold(machine, |machine, (name, value)| machine.with(name, value));
        let report = machine.report();
        assert!(report.lines().any(|line| line.starts_with(expected)), "{expected}\n{report}");
    }
}
