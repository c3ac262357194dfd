//! `syllabus.toml`: the phases, and each day's number, phase, slug and title.

use serde::Deserialize;
use toml::Spanned;

use crate::catalog::{Phase, Topic};
use crate::folder::SYLLABUS;
use crate::heading::is_id;
use crate::lines::Lines;
use crate::outline::joined;
use crate::{Folder, Problem};

/// The phases and days of all folders. Numbers are unique, and each day's phase exists.
#[derive(Debug, Default)]
pub(crate) struct Syllabus {
    /// By number.
    pub(crate) phases: Vec<Phase>,
    /// By day, none of them written.
    pub(crate) topics: Vec<Topic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    phase: Vec<PhaseEntry>,
    #[serde(default)]
    day: Vec<DayEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhaseEntry {
    number: Spanned<u8>,
    title: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayEntry {
    number: Spanned<u16>,
    phase: Spanned<u8>,
    slug: Spanned<String>,
    title: Spanned<String>,
}

impl Syllabus {
    /// Merge the syllabi of the folders, in their order. What contradicts an earlier entry is left out and reported.
    pub(crate) fn merge(folders: &[Folder], problems: &mut Vec<Problem>) -> Self {
        let mut syllabus = Self::default();
        for folder in folders {
            if let Some(text) = folder.files.get(SYLLABUS) {
                let path = folder.file_path(SYLLABUS);
                syllabus.add(&path, text, folder.from_user, problems);
            }
        }
        syllabus.phases.sort_by_key(|phase| phase.number);
        syllabus.topics.sort_by_key(|topic| topic.day);
        syllabus
    }

    fn add(&mut self, path: &str, text: &str, from_user: bool, problems: &mut Vec<Problem>) {
        let lines = Lines::of(text);
        let error = |offset: usize, message: String| {
            let (line, column) = lines.place(text, offset);
            Problem::error(path, line, column, message)
        };
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(fault) => {
                let offset = fault.span().map_or(0, |span| span.start);
                problems.push(error(offset, fault.message().replace('\n', ", ")));
                return;
            }
        };
        let phases: Vec<_> = file.phase.iter().map(|entry| self.add_phase(entry)).collect();
        let days: Vec<_> = file.day.iter().map(|entry| self.add_day(entry, from_user)).collect();
        let faults = phases.into_iter().chain(days).filter_map(Result::err);
        problems.extend(faults.map(|(offset, message)| error(offset, message)));
    }

    fn add_phase(&mut self, entry: &PhaseEntry) -> Result<(), (usize, String)> {
        let number = *entry.number.get_ref();
        let title = title(&entry.title)?;
        if self.phases.iter().any(|phase| phase.number == number) {
            return Err((entry.number.span().start, format!("there is a phase {number} already")));
        }
        self.phases.push(Phase { number, title });
        Ok(())
    }

    fn add_day(&mut self, entry: &DayEntry, from_user: bool) -> Result<(), (usize, String)> {
        let (day, phase, slug) = (*entry.number.get_ref(), *entry.phase.get_ref(), entry.slug.get_ref());
        let title = title(&entry.title)?;
        if !is_id(slug) {
            let message =
                format!("`{slug}` is no slug: a slug is lower-case letters, digits and `-`, and a letter comes first");
            return Err((entry.slug.span().start, message));
        }
        if !self.phases.iter().any(|known| known.number == phase) {
            return Err((entry.phase.span().start, format!("there is no phase {phase}")));
        }
        if let Some(known) = self.topics.iter().find(|topic| topic.day == day) {
            return Err((entry.number.span().start, format!("day {day} is `{}` already", known.slug)));
        }
        if let Some(known) = self.topics.iter().find(|topic| topic.slug == *slug) {
            return Err((entry.slug.span().start, format!("`{slug}` is the slug of day {} already", known.day)));
        }
        self.topics.push(Topic::unwritten(day, phase, slug, title, from_user));
        Ok(())
    }
}

fn title(title: &Spanned<String>) -> Result<String, (usize, String)> {
    let text = joined(title.get_ref());
    if text.is_empty() { Err((title.span().start, "the title is empty".to_owned())) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT_IN: &str = "[[phase]]\nnumber = 2\ntitle = \"B\"\n\n[[day]]\nnumber = 17\nphase = 2\nslug = \"slots\"\ntitle = \"`__slots__`\"\n";

    fn merge(texts: &[&str]) -> (Syllabus, Vec<String>) {
        let folder = |(at, text): (usize, &&str)| Folder {
            path: format!("f{at}"),
            from_user: at > 0,
            files: [(SYLLABUS.to_owned(), (*text).to_owned())].into(),
        };
        let folders: Vec<Folder> = texts.iter().enumerate().map(folder).collect();
        let mut problems = Vec::new();
        let syllabus = Syllabus::merge(&folders, &mut problems);
        (syllabus, problems.iter().map(ToString::to_string).collect())
    }

    fn day(number: &str, phase: u8, slug: &str) -> String {
        format!("[[day]]\nnumber = {number}\nphase = {phase}\nslug = \"{slug}\"\ntitle = \"T\"\n")
    }

    #[test]
    fn a_user_adds_phases_and_days() {
        let added = format!("[[phase]]\nnumber = 1\ntitle = \"A\"\n{}{}", day("100", 1, "own"), day("3", 2, "b"));
        let (syllabus, problems) = merge(&[BUILT_IN, &added]);
        assert_eq!(problems, [""; 0]);
        assert_eq!(syllabus.phases.iter().map(|phase| phase.number).collect::<Vec<_>>(), [1, 2]);
        let days: Vec<_> = syllabus.topics.iter().map(|topic| (topic.day, topic.from_user)).collect();
        assert_eq!(days, [(3, true), (17, false), (100, true)]);
    }

    #[test]
    fn toml_error_names_line_and_column() {
        for (text, expected) in [
            ("[[day]]\nnumbr = 1\n", "f0/syllabus.toml:2:1: error: unknown field `numbr`"),
            ("[[day]]\nnumber = x\n", "f0/syllabus.toml:2:10: error: "),
            ("[[day]]\nnumber = 99999\n", "f0/syllabus.toml:2:10: error: "),
            ("[[phase]]\nnumber = 1\n", "f0/syllabus.toml:1:1: error: missing field `title`"),
            ("[[ph", "f0/syllabus.toml:1:5: error: "),
            ("\"é\" = [", "f0/syllabus.toml:1:8: error: "),
        ] {
            let (syllabus, problems) = merge(&[text]);
            assert!(problems.len() == 1 && problems[0].starts_with(expected), "{text}: {problems:?}");
            assert!(syllabus.topics.is_empty());
        }
    }

    #[test]
    fn what_contradicts_an_earlier_entry_is_reported_and_left_out() {
        for (text, expected) in [
            (day("17", 2, "other"), "f1/syllabus.toml:2:10: error: day 17 is `slots` already"),
            (day("18", 2, "slots"), "f1/syllabus.toml:4:8: error: `slots` is the slug of day 17 already"),
            (day("18", 9, "other"), "f1/syllabus.toml:3:9: error: there is no phase 9"),
            (
                day("18", 2, "../x"),
                "f1/syllabus.toml:4:8: error: `../x` is no slug: a slug is lower-case letters, digits and `-`, and a letter comes first",
            ),
            (
                "[[phase]]\nnumber = 2\ntitle = \"C\"\n".to_owned(),
                "f1/syllabus.toml:2:10: error: there is a phase 2 already",
            ),
            ("[[phase]]\nnumber = 3\ntitle = \" \"\n".to_owned(), "f1/syllabus.toml:3:9: error: the title is empty"),
        ] {
            let (syllabus, problems) = merge(&[BUILT_IN, &text]);
            assert_eq!(problems, [expected]);
            assert_eq!((syllabus.phases.len(), syllabus.topics.len()), (1, 1));
        }
    }
}
