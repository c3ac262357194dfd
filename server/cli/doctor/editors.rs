//! Which editors are there, and what each of them needs.

use std::path::Path;

use super::report::{Check, Status};
use crate::cli::editors::neovim;
use crate::cli::editors::program::{self, find};

const GROUP: &str = "Editors";

/// An editor, and how its user sets it up.
struct Editor {
    name: &'static str,
    program: &'static str,
    /// Whether pygloss is tested in it.
    is_tested: bool,
    /// Whether it may be asked for its version: some start a server of their own for that.
    has_version: bool,
    /// The first version that will do.
    least: Option<(u32, u32)>,
    /// What to do.
    advice: &'static str,
    /// What to write.
    example: Option<&'static str>,
}

const EDITORS: [Editor; 7] = [
    Editor {
        name: "Neovim",
        program: neovim::PROGRAM,
        is_tested: true,
        has_version: true,
        least: Some(neovim::LEAST),
        advice: "Your configuration isn't run to see whether it enables pygloss; `:checkhealth vim.lsp` says so. It needs \
                 two lines, with the path of a checkout (editors/neovim/README.md has more):",
        example: Some(
            "vim.opt.runtimepath:append('PATH/TO/pygloss/editors/neovim')\n\
             vim.lsp.enable('pygloss')",
        ),
    },
    Editor {
        name: "VS Code",
        program: "code",
        is_tested: false,
        has_version: false,
        least: None,
        advice: "There is no extension for it yet. In its terminal, `pygloss try --print FILE` and `pygloss explain` work.",
        example: None,
    },
    Editor {
        name: "Emacs",
        program: "emacs",
        is_tested: false,
        has_version: true,
        least: Some((29, 1)),
        advice: "Not tested with pygloss. Eglot asks one server for each buffer; this makes it pygloss:",
        example: Some(
            "(with-eval-after-load 'eglot\n  \
               (add-to-list 'eglot-server-programs\n               \
                            '((python-mode python-ts-mode) . (\"pygloss\" \"lsp\"))))",
        ),
    },
    Editor {
        name: "Helix",
        program: "hx",
        is_tested: false,
        has_version: true,
        least: Some((23, 10)),
        advice: "Not tested with pygloss. In languages.toml, beside the servers that you have:",
        example: Some(
            "[language-server.pygloss]\n\
             command = \"pygloss\"\n\
             args = [\"lsp\"]\n\
             \n\
             [[language]]\n\
             name = \"python\"\n\
             language-servers = [\"pyright\", \"pygloss\"]",
        ),
    },
    Editor {
        name: "Vim",
        program: "vim",
        is_tested: false,
        has_version: true,
        least: None,
        advice: "Not tested with pygloss. Vim has no client of its own: a plugin such as vim-lsp or coc.nvim can start \
                 `pygloss lsp` for Python.",
        example: None,
    },
    Editor {
        name: "Kakoune",
        program: "kak",
        is_tested: false,
        has_version: false,
        least: None,
        advice: "Not tested with pygloss. kakoune-lsp can start `pygloss lsp` for Python.",
        example: None,
    },
    Editor {
        name: "Sublime Text",
        program: "subl",
        is_tested: false,
        has_version: false,
        least: None,
        advice: "Not tested with pygloss. The package LSP can start `pygloss lsp` for Python.",
        example: None,
    },
];

pub(super) fn checks() -> Vec<Check> {
    let found = EDITORS.iter().filter_map(|editor| Some(check(editor, &find(editor.program)?)));
    let mut checks: Vec<_> = found.collect();
    if checks.is_empty() {
        let names: Vec<_> = EDITORS.iter().map(|editor| editor.program).collect();
        let message = format!("none on the PATH (looked for {})", names.join(", "));
        let advice = "Any client of the language server protocol works: let it start `pygloss lsp` for Python files.";
        checks.push(Check::new(GROUP, "none", Status::Note, message).advise(advice));
    }
    checks
}

fn check(editor: &Editor, path: &Path) -> Check {
    let name = editor.name;
    let shown = path.display();
    if !editor.has_version {
        return editor.check(Status::Note, format!("{name}, {shown} (not asked for its version)"));
    }
    match program::version(path) {
        Err(why) => editor.check(Status::Unknown, format!("{name}, {shown} {why}")),
        Ok(version) => match editor.least.filter(|least| version.numbers < *least) {
            Some(least) => editor.too_old(format!("{name} {version}, {shown}, is too old"), least),
            None => editor.check(editor.status(Status::Ok), format!("{name} {version}, {shown}")),
        },
    }
}

impl Editor {
    /// With how to set it up.
    fn check(&self, status: Status, message: String) -> Check {
        let check = Check::new(GROUP, self.program, status, message).advise(self.advice);
        match self.example {
            Some(example) => check.example(example),
            None => check,
        }
    }

    fn too_old(&self, message: String, (major, minor): (u32, u32)) -> Check {
        let advice = format!("{major}.{minor} is the first version that will do; install it or a later one.");
        Check::new(GROUP, self.program, self.status(Status::Warning), message).advise(advice)
    }

    /// An editor in which pygloss isn't tested is neither right nor wrong: it may be there for other reasons.
    fn status(&self, status: Status) -> Status {
        if self.is_tested { status } else { Status::Note }
    }
}
