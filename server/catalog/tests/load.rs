//! Loading, through the public interface: which parts of a folder become the catalogue, and what is said of the others.

use pygloss_catalog::{Catalog, Folder, Kind};

const SYLLABUS: &str = "[[phase]]\nnumber = 1\ntitle = \"P\"\n\
    [[day]]\nnumber = 1\nphase = 1\nslug = \"one\"\ntitle = \"One\"\n\
    [[day]]\nnumber = 2\nphase = 1\nslug = \"two\"\ntitle = \"The `two`\"\n";

fn folder(path: &str, files: &[(&str, &str)]) -> Folder {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    Folder { path: path.to_owned(), from_user: path != "topics", files }
}

fn load(folders: &[Folder]) -> (Catalog, Vec<String>) {
    let (catalog, problems) = Catalog::load(folders);
    (catalog, problems.iter().map(ToString::to_string).collect())
}

/// A page whose concepts have these attribute blocks.
fn page(attributes: &[&str]) -> String {
    let sections: Vec<_> = attributes.iter().map(|attributes| format!("## N {{{attributes}}}\n\ngloss\n\n")).collect();
    format!("---\n---\n{}", sections.concat())
}

fn ids(catalog: &Catalog) -> Vec<&str> {
    catalog.concepts().iter().map(|concept| concept.id.as_str()).collect()
}

#[test]
fn a_topic_has_its_files_and_concepts() {
    let page = "---\nrelated: [2]\nlibrary:\n  - {symbol: s, concept: a, why: w}\npractice: {uses: [a]}\n---\n\n## N {#a .pitfall}\n";
    let files = [
        ("syllabus.toml", SYLLABUS),
        ("01-one/topic.md", page),
        ("01-one/detect.scm", "rules"),
        ("01-one/practice.py", "practice"),
        ("01-one/solution.py", "solution"),
    ];
    let (catalog, problems) = load(&[folder("topics", &files)]);
    assert_eq!(problems, [""; 0]);
    let topic = catalog.day(1).expect("day 1");
    assert!(topic.is_written() && !topic.from_user);
    assert_eq!((topic.path.as_str(), topic.source_line), ("topics/01-one/topic.md", 7));
    assert_eq!((topic.related.as_slice(), topic.practice_uses.as_slice()), (&[2][..], &["a".to_owned()][..]));
    assert_eq!(topic.library[0].symbol, "s");
    let rules = topic.rules.as_ref().expect("rules");
    assert_eq!((rules.path.as_str(), rules.text.as_str()), ("topics/01-one/detect.scm", "rules"));
    assert_eq!((topic.practice.as_deref(), topic.solution.as_deref()), (Some("practice"), Some("solution")));
    let concept = catalog.concept(topic.concepts[0]);
    assert_eq!((concept.kind, concept.day, concept.section.line), (Kind::Pitfall, 1, 8));
    assert_eq!(catalog.topic(concept.topic).day, 1);
    assert!(!catalog.day(2).expect("day 2").is_written());
}

#[test]
fn concepts_are_ordered_by_day_whatever_folder_they_come_from() {
    let folders = [
        folder("topics", &[("syllabus.toml", SYLLABUS), ("02-two/topic.md", &page(&["#c", "#b"]))]),
        folder("mine", &[("01-one/topic.md", &page(&["#a"]))]),
    ];
    let (catalog, problems) = load(&folders);
    assert_eq!(problems, [""; 0]);
    assert_eq!(ids(&catalog), ["a", "c", "b"]);
    assert!(catalog.day(1).expect("day 1").from_user && !catalog.day(2).expect("day 2").from_user);
    for (at, concept) in catalog.concepts().iter().enumerate() {
        let index = catalog.find(&concept.id).expect("found");
        assert!(usize::from(index.0) == at && catalog.topic(concept.topic).concepts.contains(&index));
    }
}

#[test]
fn a_day_is_written_once() {
    let folders = [
        folder("topics", &[("syllabus.toml", SYLLABUS), ("01-one/topic.md", &page(&["#a"]))]),
        folder("mine", &[("01-one/topic.md", &page(&["#b"]))]),
    ];
    let (catalog, problems) = load(&folders);
    assert_eq!(
        problems,
        ["mine/01-one/topic.md: error: day 1 is written in topics/01-one/topic.md already; this folder is left out"]
    );
    assert_eq!(ids(&catalog), ["a"]);
}

#[test]
fn of_two_concepts_with_one_id_the_later_is_dropped() {
    let folders = [
        folder("topics", &[("syllabus.toml", SYLLABUS), ("02-two/topic.md", &page(&["#a .idea", "#a"]))]),
        folder("mine", &[("01-one/topic.md", &page(&["#b", "#a"]))]),
    ];
    let (catalog, problems) = load(&folders);
    assert_eq!(
        problems,
        [
            "mine/01-one/topic.md:7: error: the concept `a` is explained at topics/02-two/topic.md:3 already",
            "topics/02-two/topic.md:7: error: the concept `a` is explained at topics/02-two/topic.md:3 already",
        ]
    );
    assert_eq!(ids(&catalog), ["b", "a"]);
    assert_eq!(catalog.concepts()[1].kind, Kind::Idea);
}

#[test]
fn a_folder_is_named_after_its_day() {
    let files = [
        ("syllabus.toml", SYLLABUS),
        ("README.md", ""),
        ("1-one/topic.md", ""),
        ("02-tow/topic.md", ""),
        ("03-three/topic.md", ""),
        ("notes/topic.md", ""),
        ("02-two/detect.scm", ""),
    ];
    let (catalog, problems) = load(&[folder("topics", &files)]);
    assert_eq!(
        problems,
        [
            "topics/02-tow/topic.md: error: the folder of day 2 is named `02-two`, not `02-tow`",
            "topics/02-two/topic.md: error: the folder of a topic has a page, and this one has none",
            "topics/03-three/topic.md: error: `03-three` is no day of the syllabus: a folder is named after its day, such as `17-slots`",
            "topics/1-one/topic.md: error: the folder of day 1 is named `01-one`, not `1-one`",
            "topics/notes/topic.md: error: `notes` is no day of the syllabus: a folder is named after its day, such as `17-slots`",
        ]
    );
    assert!(catalog.topics().iter().all(|topic| !topic.is_written()));
}

#[test]
fn over_is_resolved_across_pages() {
    let files = [
        ("syllabus.toml", SYLLABUS),
        ("01-one/topic.md", &page(&["#a over=b,c", "#b"])),
        ("02-two/topic.md", &page(&["#c over=later"])),
    ];
    let (catalog, problems) = load(&[folder("topics", &files)]);
    assert_eq!(problems, ["topics/02-two/topic.md:3: warning: `over=later`: no page explains `later` yet"]);
    let over = |id| &catalog.concept(catalog.find(id).expect("found")).over;
    assert_eq!(over("a").iter().map(|index| catalog.concept(*index).id.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    assert!(over("c").is_empty());
}

#[test]
fn over_never_makes_a_circle() {
    let files = [
        ("syllabus.toml", SYLLABUS),
        ("01-one/topic.md", &page(&["#a over=b", "#b over=c", "#c over=a", "#d over=d"])),
    ];
    let (catalog, problems) = load(&[folder("topics", &files)]);
    assert_eq!(
        problems,
        [
            "topics/01-one/topic.md:11: error: `over=a` makes a circle: `a` is over this concept",
            "topics/01-one/topic.md:15: error: `over=d` makes a circle: `d` is over this concept",
        ]
    );
    assert_eq!(catalog.concepts().iter().map(|concept| concept.over.len()).collect::<Vec<_>>(), [1, 1, 0, 0]);
}

#[test]
fn a_broken_part_is_left_out_and_the_rest_stays() {
    let broken = "---\nrelated: [x]\n---\n## A {#a .trap}\n\n## B {#B}\n\n## C {#c}\n\n```python x\n```\n";
    let files = [("syllabus.toml", SYLLABUS), ("01-one/topic.md", broken), ("02-two/topic.md", "no front matter")];
    let (catalog, problems) = load(&[folder("topics", &files)]);
    let places: Vec<_> = problems.iter().map(|problem| problem.split(" error").next().unwrap_or_default()).collect();
    assert_eq!(
        places,
        [
            "topics/01-one/topic.md:2:11:",
            "topics/01-one/topic.md:4:",
            "topics/01-one/topic.md:6:",
            "topics/01-one/topic.md:10:",
            "topics/02-two/topic.md:1:",
        ]
    );
    assert_eq!(ids(&catalog), ["a", "c"]);
}

#[test]
fn a_broken_syllabus_leaves_the_others() {
    let folders = [folder("topics", &[("syllabus.toml", SYLLABUS)]), folder("mine", &[("syllabus.toml", "[[day")])];
    let (catalog, problems) = load(&folders);
    assert!(problems.len() == 1 && problems[0].starts_with("mine/syllabus.toml:1:"), "{problems:?}");
    assert_eq!((catalog.phases().len(), catalog.topics().len()), (1, 2));
}

#[test]
fn more_concepts_than_indices_are_reported() {
    let attributes: Vec<String> = (0..65_540).map(|number| format!("#c{number}")).collect();
    let attributes: Vec<&str> = attributes.iter().map(String::as_str).collect();
    let files = [("syllabus.toml", SYLLABUS), ("01-one/topic.md", &page(&attributes))];
    let (catalog, problems) = load(&[folder("topics", &files)]);
    assert_eq!((catalog.concepts().len(), problems.len()), (65_536, 4));
}

#[test]
fn nothing_loads_to_an_empty_catalogue() {
    for folders in [vec![], vec![folder("topics", &[])]] {
        let (catalog, problems) = load(&folders);
        assert!(problems.is_empty() && catalog.topics().is_empty() && catalog.find("a").is_none());
    }
}

#[test]
fn the_built_in_syllabus_has_seventy_days() {
    let (catalog, _) = Catalog::load(&[Folder::built_in()]);
    let days: Vec<u16> = catalog.topics().iter().map(|topic| topic.day).collect();
    assert_eq!(days, (1..=70).collect::<Vec<_>>());
    assert_eq!(catalog.phases().len(), 9);
}
