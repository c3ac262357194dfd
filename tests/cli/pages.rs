//! Pages and the syllabus.

use super::{Folder, Run};

fn topic(args: &str) -> Run {
    Folder::new().run(&format!("topic {args}"))
}

#[test]
fn a_day_is_found_by_number_and_slug() {
    let page = topic("17").out;
    assert!(page.starts_with("# "), "{page}");
    assert_eq!(topic("slots").out, page);
}

#[test]
fn a_concept_is_found_by_id_part_and_name() {
    let section = topic("walrus-operator").out;
    assert!(section.starts_with("## `:=` binds inside an expression\n"), "{section}");
    assert_eq!(section.matches("\n## ").count(), 0, "one section only");
    assert_eq!(topic("walrus").out, section);
    assert_eq!(topic("binds").code, Some(2), "several names have it");
    let mut command = Folder::new().command();
    command.args(["topic", ":= BINDS inside"]).current_dir("/");
    assert_eq!(super::run(command, b"").out, section);
}

#[test]
fn a_concept_may_be_read_with_its_page() {
    assert_eq!(topic("walrus --whole").out, topic("62").out);
}

#[test]
fn a_page_shows_no_carets_and_no_attributes() {
    let page = topic("17").out;
    assert!(!page.contains("{#") && !page.contains("^^^ slots"), "{page}");
}

#[test]
fn several_candidates_are_listed() {
    let run = topic("identity");
    run.assert_refused("\"identity\" may mean several things:");
    insta::assert_snapshot!(run.err);
}

#[test]
fn what_there_is_not_is_refused() {
    topic("71").assert_refused("no day has the number \"71\"");
    topic("qqqq").assert_refused("nothing is called \"qqqq\"");
}

#[test]
fn the_syllabus_names_every_day() {
    let run = Folder::new().run("topics");
    assert_eq!(run.code, Some(0));
    for title in ["Phase 1 · ", " 7  The `is` vs `==` Distinction", " of 70 days are written"] {
        assert!(run.out.contains(title), "{title}: {}", run.out);
    }
}

#[test]
fn the_syllabus_is_data_too() {
    let run = Folder::new().run("topics --format json");
    let syllabus: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let days: Vec<_> =
        syllabus["phases"].as_array().unwrap().iter().flat_map(|p| p["days"].as_array().unwrap()).collect();
    assert_eq!(days.len(), 70);
    let day = days.iter().find(|day| day["day"] == 17).unwrap();
    assert_eq!((&day["slug"], &day["written"]), (&"slots".into(), &true.into()));
    assert_eq!(day["concepts"][0]["id"], "slots-declaration");
    assert_eq!(day["concepts"][0]["kind"], "construct");
}
