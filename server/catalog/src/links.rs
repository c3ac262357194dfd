//! Links between pages: each leads to a page that is written, and to a heading there.

use std::collections::{HashMap, HashSet};

use crate::catalog::{Catalog, Topic};
use crate::outline::{Outline, What};
use crate::page::is_web;

/// What links can lead to.
pub(crate) struct Targets<'c> {
    catalog: &'c Catalog,
    /// The anchors of each written page, by its folder's name.
    anchors: HashMap<String, HashSet<String>>,
}

impl<'c> Targets<'c> {
    pub(crate) fn of(catalog: &'c Catalog, pages: &[(&Topic, Outline)]) -> Self {
        let anchors = pages.iter().map(|(topic, outline)| (topic.folder_name(), anchors(outline))).collect();
        Self { catalog, anchors }
    }

    /// Check the target of a link on the page of the folder `own`. The error is a message for the author.
    pub(crate) fn check(&self, own: &str, target: &str) -> Result<(), String> {
        if is_web(target) || target.starts_with("mailto:") {
            return Ok(());
        }
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let folder = folder_of(own, path).ok_or_else(|| {
            format!(
                "the link `{target}` leads nowhere: pages link to `../17-slots/topic.md#anchor`, `#anchor` or the web"
            )
        })?;
        let Some(anchors) = self.anchors.get(folder) else { return Err(self.missing(folder)) };
        if target.contains('#') && !anchors.contains(anchor) {
            return Err(format!("the link `{target}` leads to no heading: the page of `{folder}` has no `#{anchor}`"));
        }
        Ok(())
    }

    fn missing(&self, folder: &str) -> String {
        match self.catalog.topics().iter().find(|topic| topic.folder_name() == folder) {
            Some(topic) => format!("day {} isn't written yet: name it without a link", topic.day),
            None => format!("`{folder}` is no day of the syllabus"),
        }
    }
}

/// The folder of the page that a relative path leads to.
fn folder_of<'p>(own: &'p str, path: &'p str) -> Option<&'p str> {
    match path {
        "" | "topic.md" => Some(own),
        _ => path
            .strip_prefix("../")?
            .strip_suffix("/topic.md")
            .filter(|folder| !folder.contains('/') && *folder != ".."),
    }
}

/// A heading's id, or else what GitHub makes of its text.
fn anchors(outline: &Outline) -> HashSet<String> {
    let mut slugs: HashMap<String, u32> = HashMap::new();
    let mut anchors = HashSet::new();
    for element in &outline.elements {
        let What::Heading(heading) = &element.what else { continue };
        if let Some(id) = &heading.id {
            anchors.insert(id.clone());
            continue;
        }
        let slug = slug(&heading.plain);
        let seen = slugs.entry(slug.clone()).or_default();
        anchors.insert(if *seen == 0 { slug } else { format!("{slug}-{seen}") });
        *seen += 1;
    }
    anchors
}

fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_ids_or_what_github_makes_of_the_text() {
        let source = "## A {#own-id}\n\n## In the *wild*\n\n### In the wild\n\n## `__slots__` & co., Äh\n";
        let mut found: Vec<_> = anchors(&Outline::of(source, 1)).into_iter().collect();
        found.sort();
        assert_eq!(found, ["__slots__--co-äh", "in-the-wild", "in-the-wild-1", "own-id"]);
    }

    #[test]
    fn a_relative_path_leads_to_a_page_and_nothing_else() {
        let cases = [
            ("", Some("own")),
            ("topic.md", Some("own")),
            ("../17-slots/topic.md", Some("17-slots")),
            ("../17-slots/", None),
            ("../a/b/topic.md", None),
            ("../../topic.md", None),
            ("practice.py", None),
            ("command:run", None),
        ];
        for (path, expected) in cases {
            assert_eq!(folder_of("own", path), expected, "{path}");
        }
    }
}
