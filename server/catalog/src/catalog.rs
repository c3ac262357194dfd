//! The immutable catalogue: what was loaded, indexed for look-up.

use std::collections::HashMap;

use crate::fence::Version;
use crate::front_matter::FrontMatter;
use crate::page::Section;
use crate::{Folder, Problem, load, reader};

/// A concept's place in [`Catalog::concepts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptIndex(pub u16);

/// A topic's place in [`Catalog::topics`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicIndex(pub u16);

/// A part of the curriculum.
#[derive(Clone, Debug)]
pub struct Phase {
    /// The phase's number, unique.
    pub number: u8,
    /// What a person reads.
    pub title: String,
}

/// What a concept is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A construct worth knowing.
    Construct,
    /// A trap: the hover warns.
    Pitfall,
    /// Explained on the page; nothing in source shows it.
    Idea,
}

impl Kind {
    /// The kind's name in everything that programs read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Construct => "construct",
            Self::Pitfall => "pitfall",
            Self::Idea => "idea",
        }
    }
}

/// A day of the curriculum and, once it is written, its page and rules.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The day's number, unique.
    pub day: u16,
    /// The phase's number.
    pub phase: u8,
    /// The stable name of the day; the folder is `NN-slug`.
    pub slug: String,
    /// What a person reads, in Markdown (titles hold code spans).
    pub title: String,
    /// Whether the page comes from a user's folder: then it is shown as text, without command links.
    pub from_user: bool,
    /// The page's path for messages; empty while the day isn't written.
    pub path: String,
    /// Days that the front matter names as neighbours.
    pub related: Vec<u16>,
    /// Official links of the front matter.
    pub docs: Vec<String>,
    /// Real-world places of the front matter.
    pub library: Vec<LibraryPlace>,
    /// Ids of the concepts that a solution of the practice must use.
    pub practice_uses: Vec<String>,
    /// The rules, if the folder has `detect.scm`.
    pub rules: Option<RuleText>,
    /// The text of `practice.py` and of `solution.py`.
    pub practice: Option<String>,
    /// The text of `solution.py`.
    pub solution: Option<String>,
    /// Everything of the page after the front matter, as written.
    pub source: String,
    /// Line of `source` in the file, 1-based.
    pub source_line: u32,
    /// The page's concept sections, in order.
    pub concepts: Vec<ConceptIndex>,
    /// The page's introduction and the sections without a concept, in order: their fences are examples, too.
    pub plain_sections: Vec<Section>,
    /// What the public fields were made of, with lines for the checks.
    pub(crate) front_matter: FrontMatter,
}

/// A place in real code that shows a concept well.
#[derive(Clone, Debug)]
pub struct LibraryPlace {
    /// Importable dotted name, such as `fractions.Fraction`.
    pub symbol: String,
    /// The concept's id.
    pub concept: String,
    /// What to look at, and why it was written so.
    pub why: String,
}

/// The text of a `detect.scm`.
#[derive(Clone, Debug)]
pub struct RuleText {
    /// The file's path, for messages.
    pub path: String,
    /// Tree-sitter query syntax.
    pub text: String,
}

/// A concept: one section of a page.
#[derive(Clone, Debug)]
pub struct Concept {
    /// The stable name, unique over all topics.
    pub id: String,
    /// The section's heading, in Markdown.
    pub name: String,
    /// What it is to the reader.
    pub kind: Kind,
    /// Hovered, but left out of lists for people by default.
    pub common: bool,
    /// The Python version that brought it.
    pub since: Option<Version>,
    /// Other days whose page mentions it.
    pub also: Vec<u16>,
    /// Concepts that this one is the more specific of at the same place. Never in a circle.
    pub over: Vec<ConceptIndex>,
    /// The topic that it belongs to.
    pub topic: TopicIndex,
    /// The day of that topic.
    pub day: u16,
    /// The section's parts.
    pub section: Section,
}

/// Everything that was loaded. Immutable.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    phases: Vec<Phase>,
    topics: Vec<Topic>,
    concepts: Vec<Concept>,
    by_id: HashMap<String, ConceptIndex>,
}

impl Catalog {
    /// Load folders in their order; the first is usually [`Folder::built_in`]. A broken part is left out
    /// and reported, the rest stays.
    pub fn load(folders: &[Folder]) -> (Self, Vec<Problem>) {
        load::load(folders)
    }

    /// A catalogue of parts whose indices fit together.
    pub(crate) fn new(phases: Vec<Phase>, topics: Vec<Topic>, concepts: Vec<Concept>) -> Self {
        let indexed = (0..=u16::MAX).map(ConceptIndex).zip(&concepts);
        let by_id = indexed.map(|(index, concept)| (concept.id.clone(), index)).collect();
        Self { phases, topics, concepts, by_id }
    }

    /// The phases, by number.
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// All days, written or not, by number.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The indices of all concepts, in their order.
    pub fn indices(&self) -> impl Iterator<Item = ConceptIndex> + use<> {
        (0..self.concepts.len() as u16).map(ConceptIndex)
    }

    /// All concepts: by day, then in the order of the page.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept at an index that this catalogue gave out.
    pub fn concept(&self, index: ConceptIndex) -> &Concept {
        &self.concepts[usize::from(index.0)]
    }

    pub(crate) fn concept_mut(&mut self, index: ConceptIndex) -> &mut Concept {
        &mut self.concepts[usize::from(index.0)]
    }

    /// The topic at an index that this catalogue gave out.
    pub fn topic(&self, index: TopicIndex) -> &Topic {
        &self.topics[usize::from(index.0)]
    }

    /// The concept with an id.
    pub fn find(&self, id: &str) -> Option<ConceptIndex> {
        self.by_id.get(id).copied()
    }

    /// The topic of a day.
    pub fn day(&self, day: u16) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.day == day)
    }
}

impl Topic {
    /// A day of the syllabus without a page.
    pub(crate) fn unwritten(day: u16, phase: u8, slug: &str, title: String, from_user: bool) -> Self {
        Self {
            day,
            phase,
            slug: slug.to_owned(),
            title,
            from_user,
            path: String::new(),
            related: Vec::new(),
            docs: Vec::new(),
            library: Vec::new(),
            practice_uses: Vec::new(),
            rules: None,
            practice: None,
            solution: None,
            source: String::new(),
            source_line: 0,
            concepts: Vec::new(),
            plain_sections: Vec::new(),
            front_matter: FrontMatter::default(),
        }
    }

    /// The name of the day's folder, such as `07-identity-equality`.
    pub fn folder_name(&self) -> String {
        format!("{:02}-{}", self.day, self.slug)
    }

    /// Whether the day has a page.
    pub fn is_written(&self) -> bool {
        !self.path.is_empty()
    }

    /// The page as a reader sees it: a title line, then the source without caret comments and heading
    /// attributes; whatever stands behind `python` at a fence is left out.
    pub fn markdown(&self, _catalog: &Catalog) -> String {
        reader::read(self).text
    }

    /// The 0-based line of a concept's heading in [`Topic::markdown`]; `None` if the concept isn't of this page.
    pub fn line_of(&self, catalog: &Catalog, id: &str) -> Option<u32> {
        let concept = catalog.concept(catalog.find(id)?);
        (concept.day == self.day).then(|| reader::read(self).line_of(concept.section.line)).flatten()
    }
}
