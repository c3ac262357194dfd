//! Open a file in an editor: the user's own where it lies, the sample as a copy that goes away afterwards.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use pygloss_analysis::Span;

use crate::cli::editors::{Editor, Opening};
use crate::cli::source::Source;

/// Open `file`, or without it a copy of the source, with the cursor at `first`, and wait until the editor is left.
pub(super) fn open(
    editor: Editor,
    program: &Path,
    file: Option<&Path>,
    source: &Source,
    first: Option<Span>,
    topics: &[PathBuf],
) -> anyhow::Result<()> {
    let copy = if file.is_none() { Some(copy(source)?) } else { None };
    let path = copy.as_ref().map(|folder| folder.path().join(&source.path));
    let opening = Opening {
        file: path.as_deref().or(file).unwrap_or(Path::new(&source.path)),
        cursor: first.map(|span| cursor(source, span)),
        is_sample: copy.is_some(),
        server: &server(topics)?,
    };
    let status = editor.open(program, &opening)?;
    ensure!(status.success(), "{} ended with {status}", program.display());
    Ok(())
}

/// A folder that goes away with its one file.
fn copy(source: &Source) -> anyhow::Result<tempfile::TempDir> {
    let written = || {
        let folder = tempfile::Builder::new().prefix("pygloss-").tempdir()?;
        std::fs::write(folder.path().join(&source.path), &source.text)?;
        std::io::Result::Ok(folder)
    };
    written().context("can't write a copy of the sample; `pygloss try --print` needs none")
}

fn cursor(source: &Source, span: Span) -> (u32, u32) {
    let (line, _) = source.line_column(span.start);
    (line, span.start - source.line_range(line).start as u32)
}

/// This very program as a language server, with the topics of this run. The editor may stand in another folder.
fn server(topics: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    let program = std::env::current_exe().context("can't tell where this program is")?;
    let mut server = vec![text(&program)?, "lsp".to_owned()];
    for folder in topics {
        server.extend(["--topics".to_owned(), text(&std::path::absolute(folder)?)?]);
    }
    Ok(server)
}

fn text(path: &Path) -> anyhow::Result<String> {
    path.to_str().map(str::to_owned).with_context(|| format!("{} isn't UTF-8, as an editor needs it", path.display()))
}
