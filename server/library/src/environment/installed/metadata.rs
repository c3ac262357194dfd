//! The headers that describe a distribution: `METADATA`, `PKG-INFO` (packaging.python.org, Core metadata
//! specifications).

/// What is needed of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    /// Normalised, sorted, each once.
    pub(super) requires: Vec<String>,
}

/// The headers end at the first empty line; a description may follow.
pub(super) fn parse(text: &str) -> Metadata {
    let headers = || text.lines().take_while(|line| !line.trim().is_empty()).filter_map(|line| line.split_once(':'));
    let first = |key: &str| {
        let mut values = headers().filter(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value.trim());
        values.next().filter(|value| !value.is_empty()).map(str::to_owned)
    };
    let requirements = headers().filter(|(name, _)| name.eq_ignore_ascii_case("Requires-Dist"));
    let requires = requirements.filter_map(|(_, requirement)| required(requirement));
    Metadata { name: first("Name"), version: first("Version"), requires: sorted(requires) }
}

/// Sorted, each once.
pub(super) fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The normalised name in a requirement (PEP 508), whatever its marker: what comes with an extra only is known and used, too.
pub(super) fn required(requirement: &str) -> Option<String> {
    let name = requirement.trim_start();
    let end =
        name.find(|letter: char| !letter.is_ascii_alphanumeric() && !"-_.".contains(letter)).unwrap_or(name.len());
    (end > 0).then(|| normalised(&name[..end]))
}

/// The form in which names are compared (PEP 503): lower case, each run of `-`, `_` and `.` one `-`.
pub fn normalised(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}
