//! Loading: from the files of folders to a catalogue. All folders take this one path.
//!
//! The syllabi are merged first; then each topic folder is read into its day; references between concepts are resolved last,
//! when all concepts are known.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::catalog::{Catalog, Concept, ConceptIndex, LibraryPlace, RuleText, Topic, TopicIndex};
use crate::front_matter::FrontMatter;
use crate::heading::ConceptHeading;
use crate::inline::inert;
use crate::page::{self, Section};
use crate::syllabus::Syllabus;
use crate::{Folder, Problem};

/// Load folders in their order; of two that claim the same day or concept the earlier one has it.
pub(crate) fn load(folders: &[Folder]) -> (Catalog, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut syllabus = Syllabus::merge(folders, &mut problems);
    let mut pages = Pages::default();
    for folder in folders {
        for name in topic_folders(folder) {
            if let Err(problem) = pages.add(&mut syllabus.topics, folder, name, &mut problems) {
                problems.push(problem);
            }
        }
    }
    let (concepts, over) = pages.into_concepts(&mut syllabus.topics);
    let mut catalog = Catalog::new(syllabus.phases, syllabus.topics, concepts);
    catalog.resolve(over, &mut problems);
    problems.sort();
    (catalog, problems)
}

fn topic_folders(folder: &Folder) -> Vec<&str> {
    let mut names: Vec<&str> = folder.files.keys().filter_map(|path| Some(path.split_once('/')?.0)).collect();
    names.dedup();
    names
}

/// The concepts of the pages that were read so far.
#[derive(Default)]
struct Pages {
    /// By day.
    concepts: BTreeMap<u16, Vec<(ConceptHeading, Section)>>,
    /// Where each id was seen first.
    places: HashMap<String, String>,
}

impl Pages {
    /// Read the folder `name` into its day.
    fn add(
        &mut self,
        topics: &mut [Topic],
        folder: &Folder,
        name: &str,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Problem> {
        let path = folder.file_path(&format!("{name}/topic.md"));
        let topic = day_of(topics, name).map_err(|message| Problem::error(&path, 0, 0, message))?;
        let Some(text) = folder.files.get(&format!("{name}/topic.md")) else {
            return Err(Problem::error(&path, 0, 0, "the folder of a topic has a page, and this one has none"));
        };
        if topic.is_written() {
            let message = format!("day {} is written in {} already; this folder is left out", topic.day, topic.path);
            return Err(Problem::error(&path, 0, 0, message));
        }
        let (mut page, found) = page::parse(&path, text);
        problems.extend(found);
        if folder.from_user {
            page.concepts.iter_mut().for_each(make_inert);
            page.front_matter.library.iter_mut().for_each(|place| place.why.value = inert(&place.why.value));
        }
        let concepts = self.new_concepts(&path, page.concepts, problems);
        self.concepts.insert(topic.day, concepts);
        topic.path = path;
        topic.from_user |= folder.from_user;
        (topic.source, topic.source_line, topic.plain_sections) = (page.source, page.source_line, page.plain);
        topic.take_files(folder, name);
        topic.take_front_matter(page.front_matter);
        Ok(())
    }

    /// Leave out the concepts whose id is taken, and those that no index is left for.
    fn new_concepts(
        &mut self,
        path: &str,
        mut concepts: Vec<(ConceptHeading, Section)>,
        problems: &mut Vec<Problem>,
    ) -> Vec<(ConceptHeading, Section)> {
        concepts.retain(|(heading, section)| {
            let is_full = self.places.len() > usize::from(u16::MAX);
            let message = match self.places.entry(heading.id.clone()) {
                Entry::Occupied(first) => {
                    format!("the concept `{}` is explained at {} already", heading.id, first.get())
                }
                Entry::Vacant(_) if is_full => "there are more than 65536 concepts".to_owned(),
                Entry::Vacant(place) => {
                    place.insert(format!("{path}:{}", section.line));
                    return true;
                }
            };
            problems.push(Problem::error(path, section.line, 0, message));
            false
        });
        concepts
    }

    /// Number the concepts by day, and tell the topics. What a concept is declared to be over is given back by id.
    fn into_concepts(mut self, topics: &mut [Topic]) -> (Vec<Concept>, Vec<(ConceptIndex, String)>) {
        let (mut concepts, mut over) = (Vec::new(), Vec::new());
        for (topic, at) in topics.iter_mut().zip(0..=u16::MAX) {
            for (heading, section) in self.concepts.remove(&topic.day).unwrap_or_default() {
                let index = ConceptIndex(concepts.len() as u16);
                topic.concepts.push(index);
                over.extend(heading.over.iter().map(|id| (index, id.clone())));
                concepts.push(concept(heading, section, TopicIndex(at), topic.day));
            }
        }
        (concepts, over)
    }
}

/// A user's folder may have come with a checkout that nobody has read: what a hover shows of it is text.
fn make_inert((heading, section): &mut (ConceptHeading, Section)) {
    heading.name = inert(&heading.name);
    section.gloss = inert(&section.gloss);
}

/// The day that a folder's name belongs to.
fn day_of<'t>(topics: &'t mut [Topic], name: &str) -> Result<&'t mut Topic, String> {
    let number = name.split_once('-').and_then(|(number, _)| number.parse().ok());
    match topics.iter_mut().find(|topic| Some(topic.day) == number) {
        Some(topic) if topic.folder_name() == name => Ok(topic),
        Some(topic) => Err(format!("the folder of day {} is named `{}`, not `{name}`", topic.day, topic.folder_name())),
        None => Err(format!("`{name}` is no day of the syllabus: a folder is named after its day, such as `17-slots`")),
    }
}

fn concept(heading: ConceptHeading, section: Section, topic: TopicIndex, day: u16) -> Concept {
    let ConceptHeading { id, name, kind, common, since, also, over: _ } = heading;
    Concept { id, name, kind, common, since, also, over: Vec::new(), topic, day, section }
}

impl Topic {
    fn take_files(&mut self, folder: &Folder, name: &str) {
        let text = |file: &str| folder.files.get(&format!("{name}/{file}")).cloned();
        let path = folder.file_path(&format!("{name}/detect.scm"));
        self.rules = text("detect.scm").map(|text| RuleText { path, text });
        self.practice = text("practice.py");
        self.solution = text("solution.py");
    }

    fn take_front_matter(&mut self, front_matter: FrontMatter) {
        self.related = front_matter.related.iter().map(|day| day.value).collect();
        self.docs = front_matter.docs.iter().map(|link| link.value.clone()).collect();
        self.practice_uses = front_matter.practice.uses.iter().map(|id| id.value.clone()).collect();
        let places = front_matter.library.iter().map(|place| LibraryPlace {
            symbol: place.symbol.value.clone(),
            concept: place.concept.value.clone(),
            why: place.why.value.clone(),
        });
        self.library = places.collect();
        self.front_matter = front_matter;
    }
}

impl Catalog {
    /// Resolve what concepts are over. A target that isn't written yet is left out with a warning.
    fn resolve(&mut self, over: Vec<(ConceptIndex, String)>, problems: &mut Vec<Problem>) {
        for (upper, id) in over {
            let concept = self.concept(upper);
            let (path, line) = (self.topic(concept.topic).path.clone(), concept.section.line);
            match self.find(&id) {
                None => {
                    let message = format!("`over={id}`: no page explains `{id}` yet");
                    problems.push(Problem::warning(&path, line, 0, message));
                }
                Some(lower) if lower == upper || self.is_over(lower, upper) => {
                    let message = format!("`over={id}` makes a circle: `{id}` is over this concept");
                    problems.push(Problem::error(&path, line, 0, message));
                }
                Some(lower) => self.concept_mut(upper).over.push(lower),
            }
        }
    }

    /// Whether a concept is, directly or by way of others, over another: the more specific of the two at one place.
    pub fn is_over(&self, upper: ConceptIndex, lower: ConceptIndex) -> bool {
        let mut pending = vec![upper];
        let mut seen = HashSet::new();
        while let Some(concept) = pending.pop() {
            if seen.insert(concept) {
                pending.extend(&self.concept(concept).over);
            }
        }
        upper != lower && seen.contains(&lower)
    }
}
