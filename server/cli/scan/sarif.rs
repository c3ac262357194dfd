//! Findings as SARIF 2.1.0, the format of code scanning services.
//!
//! Results are written as they come and the tool behind them, with the rules that occurred in the order in which they
//! did: so a large scan is never in memory as a whole. The order of an object's members has no meaning in JSON.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;

use pygloss_analysis::Finding;
use pygloss_catalog::{Catalog, Concept, ConceptIndex, Kind};
use serde::Serialize;

use super::Report;
use crate::cli::markdown::plain;
use crate::cli::source::Source;

const HEAD: &str = concat!(
    r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#,
    r#""runs":[{"columnKind":"unicodeCodePoints","results":["#
);

/// The report, and the rules that occurred so far.
pub(super) struct Sarif<'a> {
    catalog: &'a Catalog,
    rules: Vec<ConceptIndex>,
    rule_of: HashMap<ConceptIndex, usize>,
    has_results: bool,
}

impl<'a> Sarif<'a> {
    /// A report without results.
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        Self { catalog, rules: Vec::new(), rule_of: HashMap::new(), has_results: false }
    }

    fn rule(&mut self, concept: ConceptIndex) -> usize {
        *self.rule_of.entry(concept).or_insert_with(|| {
            self.rules.push(concept);
            self.rules.len() - 1
        })
    }
}

impl Report for Sarif<'_> {
    fn begin(&mut self) -> String {
        HEAD.to_owned()
    }

    fn file(&mut self, source: &Source, findings: &[Finding]) -> anyhow::Result<String> {
        let uri = uri(&source.path);
        let mut results = String::new();
        for finding in findings {
            let rule_index = self.rule(finding.concept);
            let result = result(self.catalog.concept(finding.concept), rule_index, &uri, source, finding);
            results.push_str(if self.has_results { ",\n" } else { "\n" });
            results.push_str(&serde_json::to_string(&result)?);
            self.has_results = true;
        }
        Ok(results)
    }

    fn end(&mut self, _files: usize) -> anyhow::Result<String> {
        let rules = self.rules.iter().map(|concept| rule(self.catalog.concept(*concept))).collect();
        let tool = Tool { driver: Driver { name: "pygloss", version: env!("CARGO_PKG_VERSION"), rules } };
        Ok(format!("\n],\"tool\":{}}}]}}\n", serde_json::to_string(&tool)?))
    }
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    name: String,
    short_description: Message<'a>,
    full_description: Message<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'a str>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Occurrence<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation<'a>,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation<'a> {
    uri: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    #[serde(flatten)]
    bytes: Option<Bytes>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bytes {
    byte_offset: u32,
    byte_length: u32,
}

fn rule(concept: &Concept) -> Rule<'_> {
    Rule {
        id: &concept.id,
        name: plain(&concept.name),
        short_description: Message { text: title(concept), markdown: None },
        full_description: Message { text: plain(&concept.section.gloss), markdown: Some(&concept.section.gloss) },
        help_uri: concept.section.docs.as_deref(),
        default_configuration: Configuration { level: level(concept) },
    }
}

fn result<'a>(concept: &'a Concept, rule: usize, uri: &'a str, source: &Source, finding: &Finding) -> Occurrence<'a> {
    Occurrence {
        rule_id: &concept.id,
        rule_index: rule,
        level: level(concept),
        message: Message { text: title(concept), markdown: None },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri },
                region: region(source, finding),
            },
        }],
    }
}

/// Bytes are named only where those of the decoded text are those of the file.
fn region(source: &Source, finding: &Finding) -> Region {
    let (start_line, start_column) = source.line_column(finding.span.start);
    let (end_line, end_column) = source.line_column(finding.span.end);
    let bytes = Bytes { byte_offset: finding.span.start, byte_length: finding.span.end - finding.span.start };
    Region { start_line, start_column, end_line, end_column, bytes: source.is_utf8.then_some(bytes) }
}

fn title(concept: &Concept) -> String {
    format!("{} (Day {})", plain(&concept.name), concept.day)
}

fn level(concept: &Concept) -> &'static str {
    if concept.kind == Kind::Pitfall { "warning" } else { "note" }
}

/// The path as a URI: relative to the current folder where the file lies in it, since that is what a service can find.
fn uri(path: &str) -> String {
    if path == "<stdin>" {
        return "stdin.py".to_owned();
    }
    let path = Path::new(path);
    let here = std::env::current_dir().ok();
    let inner = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let scheme = if inner.is_absolute() { "file://" } else { "" };
    let text = inner.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") };
    let slash = if inner.is_absolute() && !text.starts_with('/') { "/" } else { "" };
    format!("{scheme}{slash}{}", percent_encoded(&text))
}

fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("src/a b/ü:1.py"), "src/a%20b/%C3%BC%3A1.py");
        assert_eq!(uri("<stdin>"), "stdin.py");
    }

    #[cfg(unix)]
    #[test]
    fn a_path_elsewhere_is_absolute_and_one_here_is_relative() {
        let here = std::env::current_dir().unwrap().join("a.py");
        assert_eq!(uri("/nowhere/a.py"), "file:///nowhere/a.py");
        assert_eq!(uri(here.to_str().unwrap()), "a.py");
    }
}
