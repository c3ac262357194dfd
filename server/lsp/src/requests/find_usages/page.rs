//! Usages as a page: Markdown with the code and a link to each place, for clients without a view of their own.

use std::fmt::Write;

use pygloss_catalog::Catalog;
use pygloss_library::{Query, Usage, grouped};
use url::Url;

use crate::libraries::{Opened, Scope};
use crate::requests::usages::Found;

/// What the page answers.
pub(crate) struct Subject<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) query: &'a Query,
    pub(crate) scope: Scope,
    /// What the question is about: a concept's name, or a day's title, in Markdown.
    pub(crate) title: &'a str,
    /// Whether all was indexed that was asked about.
    pub(crate) is_whole: bool,
}

/// The whole page.
pub(crate) fn text(subject: &Subject<'_>, opened: &Opened, found: &Found) -> String {
    let mut page = format!("# Real-world usages: {}\n\n{}\n", subject.title, summary(subject, opened, found));
    for usage in &found.answer.usages {
        page.push_str(&section(subject, usage));
    }
    page
}

fn summary(subject: &Subject<'_>, opened: &Opened, found: &Found) -> String {
    let (total, shown) = (found.answer.total, found.answer.usages.len());
    let place = place(subject, opened);
    let mut text = match total {
        0 if found.is_indexing || !subject.is_whole => format!("No usage is known yet in {place}."),
        0 => format!("There is no usage in {place}."),
        1 => format!("One usage in {place}."),
        _ if shown < total => format!("{} usages in {place}; the best {shown}:", grouped(total)),
        _ => format!("{} usages in {place}.", grouped(total)),
    };
    let rest = match subject.scope {
        Scope::Libraries => "libraries",
        Scope::Workspace => "files",
    };
    if found.is_indexing {
        let _ = write!(text, "\n\nThe {rest} are still being indexed, and this page is written anew at the end.");
    } else if !subject.is_whole {
        let _ =
            write!(text, "\n\nNot all {rest} are indexed, since that was ended before; asking again goes on with it.");
    }
    text
}

fn place(subject: &Subject<'_>, opened: &Opened) -> String {
    if subject.scope == Scope::Workspace {
        return "your workspace".to_owned();
    }
    let of_environment = |environment: &pygloss_library::environment::Environment| {
        let version = environment.python.as_deref().unwrap_or("");
        format!("Python {version} in {}", code(&environment.prefix.to_string_lossy())).replace("  ", " ")
    };
    let all: Vec<_> = opened.places.environments.iter().map(of_environment).collect();
    if all.is_empty() {
        return "any library, since no Python environment was found; `pygloss doctor` says where it was looked for"
            .to_owned();
    }
    all.join(" and ")
}

fn section(subject: &Subject<'_>, usage: &Usage) -> String {
    let version = usage.version.as_deref().map(|version| format!(" {}", said(version))).unwrap_or_default();
    let (symbol, package) = (code(&usage.symbol()), said(&usage.package));
    let mut text = format!("\n## {symbol} · {package}{version} · {}\n\n", usage.level.name());
    if let Some(link) = link(usage) {
        let _ = write!(text, "{link}");
    }
    if !usage.file.aspects.is_empty() {
        let aspects: Vec<_> = usage.file.aspects.iter().map(|aspect| aspect.name()).collect();
        let _ = write!(text, " · {}", aspects.join(", "));
    }
    if subject.query.concepts.len() > 1 {
        let _ = write!(text, " · {}", subject.catalog.concept(usage.concept).name);
    }
    text.push('\n');
    if let Some(why) = &usage.why {
        let _ = write!(text, "\n{why}\n");
    }
    let lines = usage.excerpt.text();
    let fence = fence(&lines);
    let _ = write!(text, "\n{fence}python\n{lines}{fence}\n");
    text
}

/// The file and the line, for a client that follows links to lines.
fn link(usage: &Usage) -> Option<String> {
    let url = Url::from_file_path(&usage.path).ok()?;
    let line = usage.line + 1;
    let said = code(&format!("{}:{line}", usage.path.display()));
    Some(format!("[{said}](<{url}#L{line}>)"))
}

/// A package's name or version as it is, or as code where it holds what Markdown might take for its own: whoever made the package
/// chose it.
pub(super) fn said(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.+".contains(c);
    let is_word = name.starts_with(char::is_alphanumeric) && name.ends_with(char::is_alphanumeric);
    if is_word && name.chars().all(is_plain) { name.to_owned() } else { code(name) }
}

/// A text in one line that means nothing but itself.
fn code(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let ticks = "`".repeat(longest_run(&line) + 1);
    let blank = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{ticks}{blank}{line}{blank}{ticks}")
}

/// A fence that the code can't close.
fn fence(code: &str) -> String {
    "`".repeat(3.max(longest_run(code) + 1))
}

/// Of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_cannot_close_its_fence() {
        assert_eq!(fence("x = 1\n"), "```");
        assert_eq!(fence("s = \"\"\"\n````\n\"\"\""), "`````");
    }

    #[test]
    fn names_that_others_chose_mean_nothing_but_themselves() {
        for (name, expected) in [
            ("typing_extensions", "typing_extensions"),
            ("1.0.post1+cpu", "1.0.post1+cpu"),
            ("[x](command:y)", "`[x](command:y)`"),
            ("a\n# b", "`a # b`"),
            ("`a` <b>", "`` `a` <b> ``"),
            ("__init__", "`__init__`"),
        ] {
            assert_eq!(said(name), expected);
        }
    }
}
