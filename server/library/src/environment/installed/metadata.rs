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
    let required = headers().filter(|(name, _)| name.eq_ignore_ascii_case("Requires-Dist"));
    let requires = required.filter_map(|(_, requirement)| unconditional(requirement));
    Metadata { name: first("Name"), version: first("Version"), requires: sorted(requires) }
}

/// Sorted, each once.
pub(super) fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The normalised name in a requirement (PEP 508), unless it comes with an extra only.
pub(super) fn unconditional(requirement: &str) -> Option<String> {
    let (requirement, marker) = requirement.split_once(';').unwrap_or((requirement, ""));
    let is_word = |text: &str| text.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let mut extras = marker.match_indices("extra").filter(|(at, word)| {
        let after = marker[at + word.len()..].chars().next();
        !is_word(&marker[..*at]) && !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    });
    let name = requirement.trim_start();
    let end =
        name.find(|letter: char| !letter.is_ascii_alphanumeric() && !"-_.".contains(letter)).unwrap_or(name.len());
    (end > 0 && extras.next().is_none()).then(|| normalised(&name[..end]))
}

/// The form in which names are compared (PEP 503): lower case, each run of `-`, `_` and `.` one `-`.
pub(in crate::environment) fn normalised(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}
