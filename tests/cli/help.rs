//! Help texts, and what shells complete.

use super::Folder;

const COMMANDS: [&str; 12] =
    ["try", "scan", "explain", "topic", "topics", "usages", "index", "lsp", "doctor", "check", "dump", "completions"];

#[test]
fn every_command_has_help_with_examples() {
    let folder = Folder::new();
    insta::assert_snapshot!("help", folder.run("--color never --help").out);
    for command in COMMANDS {
        let help = folder.run(&format!("--color never {command} --help")).out;
        assert!(help.contains("\nExamples:\n"), "{help}");
        insta::assert_snapshot!(format!("help_{command}"), help);
    }
}

#[test]
fn short_help_is_no_longer_than_a_screen() {
    for command in COMMANDS {
        let help = Folder::new().run(&format!("{command} -h")).out;
        assert!(help.lines().count() <= 40, "{help}");
    }
}

#[test]
fn without_arguments_help_is_the_answer_to_bad_use() {
    let run = Folder::new().run("");
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("Usage: pygloss"), "{}", run.err);
}

#[test]
fn shells_learn_to_complete() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = Folder::new().run(&format!("completions {shell}"));
        assert_eq!(run.code, Some(0));
        assert!(run.out.contains("fail-on"), "{}", run.out);
    }
}

#[test]
fn a_tree_is_dumped_with_what_matched() {
    let run = Folder::new().run_with("dump -", b"x == None\n");
    assert_eq!(run.code, Some(0));
    for part in ["comparison_operator", "eq-none"] {
        assert!(run.out.contains(part), "{}", run.out);
    }
}
