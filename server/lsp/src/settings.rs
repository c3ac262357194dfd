//! The settings of a client, defined once: [`SETTINGS`] is read by the parser, by what is said of wrong values and by the
//! table in editors/README.md, which a test here compares.

use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What clients and users call the section of these settings.
pub(crate) const SECTION: &str = "pygloss";

/// More of a wrong value than this is not repeated.
const MOST_CHARACTERS: usize = 60;

/// The settings in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) hover_enabled: bool,
    pub(crate) hover_detail: Detail,
    pub(crate) topics_muted: Vec<Name>,
    pub(crate) concepts_muted: Vec<String>,
    pub(crate) hide_learned: bool,
    pub(crate) learned: Vec<Name>,
    pub(crate) max_file_size: u32,
    pub(crate) topic_folders: Vec<PathBuf>,
    pub(crate) environment: Option<PathBuf>,
    pub(crate) usages_enabled: bool,
    pub(crate) usages_threads: usize,
}

/// How much a hover says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Detail {
    /// Heading and gloss.
    Brief,
    /// Also the longhand, the link and what else is there.
    Full,
}

/// A day by its number, or a day or concept by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Name {
    Day(u16),
    Id(String),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hover_enabled: true,
            hover_detail: Detail::Full,
            topics_muted: Vec::new(),
            concepts_muted: Vec::new(),
            hide_learned: false,
            learned: Vec::new(),
            max_file_size: pygloss_library::index::MAX_FILE_SIZE as u32,
            topic_folders: Vec::new(),
            environment: None,
            usages_enabled: true,
            usages_threads: 0,
        }
    }
}

/// A setting as users see it.
struct Setting {
    name: &'static str,
    /// What a value has to be, as a sentence continues.
    expects: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that writes the table in editors/README.md"))]
    documentation: &'static str,
    /// Take a value, if it is of the right type.
    set: fn(&mut Settings, &Value) -> bool,
    get: fn(&Settings) -> Value,
}

const SETTINGS: &[Setting] = &[
    Setting {
        name: "hover.enabled",
        expects: "true or false",
        documentation: "Whether hovers are answered",
        set: |settings, value| put(&mut settings.hover_enabled, value),
        get: |settings| json!(settings.hover_enabled),
    },
    Setting {
        name: "hover.detail",
        expects: "`\"brief\"` or `\"full\"`",
        documentation: "`brief` is the heading and the gloss; `full` adds the longhand, the link and what else is there",
        set: |settings, value| put(&mut settings.hover_detail, value),
        get: |settings| json!(settings.hover_detail),
    },
    Setting {
        name: "topics.muted",
        expects: "a list of days (17) or slugs (`\"slots\"`)",
        documentation: "Days of which hovers and actions say nothing",
        set: |settings, value| put(&mut settings.topics_muted, value),
        get: |settings| json!(settings.topics_muted),
    },
    Setting {
        name: "concepts.muted",
        expects: "a list of concepts' ids",
        documentation: "Concepts of which hovers and actions say nothing",
        set: |settings, value| put(&mut settings.concepts_muted, value),
        get: |settings| json!(settings.concepts_muted),
    },
    Setting {
        name: "hideLearned",
        expects: "true or false",
        documentation: "Whether hovers and actions say nothing of what `learned` names. The server keeps no marks of its own",
        set: |settings, value| put(&mut settings.hide_learned, value),
        get: |settings| json!(settings.hide_learned),
    },
    Setting {
        name: "learned",
        expects: "a list of days, slugs or concepts' ids",
        documentation: "What the user knows already; read only where `hideLearned` is true",
        set: |settings, value| put(&mut settings.learned, value),
        get: |settings| json!(settings.learned),
    },
    Setting {
        name: "maxFileSize",
        expects: "a number of bytes below 4 GiB",
        documentation: "A larger file is followed but not analysed, which is said once",
        set: |settings, value| put(&mut settings.max_file_size, value),
        get: |settings| json!(settings.max_file_size),
    },
    Setting {
        name: "topicFolders",
        expects: "a list of paths",
        documentation: "Folders with topics of one's own, beside those of `--topics`. A relative path starts at the first workspace folder, `~/` at the home folder",
        set: |settings, value| put(&mut settings.topic_folders, value),
        get: |settings| json!(settings.topic_folders),
    },
    Setting {
        name: "environment",
        expects: "a path",
        documentation: "The Python environment whose libraries are searched for usages: its folder, its interpreter (which isn't run) or a folder of packages. A relative path, or one after `${workspaceFolder}`, starts at the first workspace folder, `~/` at the home folder; a `file:` URI is understood too. Without it, or with an empty text, pygloss looks where tools put environments; `pygloss doctor` shows what it finds",
        set: |settings, value| put(&mut settings.environment, value),
        get: |settings| json!(settings.environment),
    },
    Setting {
        name: "usages.enabled",
        expects: "true or false",
        documentation: "Whether usages in libraries are offered, indexed and counted",
        set: |settings, value| put(&mut settings.usages_enabled, value),
        get: |settings| json!(settings.usages_enabled),
    },
    Setting {
        name: "usages.threads",
        expects: "a number",
        documentation: "Threads that index; 0 is half the processors, four at most",
        set: |settings, value| put(&mut settings.usages_threads, value),
        get: |settings| json!(settings.usages_threads),
    },
];

impl Settings {
    /// The defaults with the values of each layer put in, a later layer over an earlier one; and what is wrong with them.
    pub(crate) fn read<'v>(layers: impl IntoIterator<Item = &'v Value>) -> (Self, Vec<String>) {
        let (mut settings, mut complaints) = (Self::default(), Vec::new());
        for layer in layers {
            settings.take("", layer, &mut complaints);
        }
        (settings, complaints)
    }

    /// Take the value at a path, or the values below it. `null` is what a client says of a setting that isn't set.
    fn take(&mut self, path: &str, value: &Value, complaints: &mut Vec<String>) {
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == path) {
            if !value.is_null() && !(setting.set)(self, value) {
                complaints.push(setting.complaint(value, &(setting.get)(self)));
            }
            return;
        }
        match value {
            Value::Null => {}
            _ if !is_group(path) => complaints.push(unknown(path)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    let dot = if path.is_empty() { "" } else { "." };
                    self.take(&format!("{path}{dot}{name}"), value, complaints);
                }
            }
            // An empty table of Lua.
            Value::Array(items) if items.is_empty() => {}
            _ => complaints.push(no_object(path, value)),
        }
    }
}

impl Setting {
    fn complaint(&self, value: &Value, stays: &Value) -> String {
        let (name, expects, value) = (self.name, self.expects, short(value));
        format!("the setting {SECTION}.{name} is {value}, and it has to be {expects}; {stays} stays in force")
    }
}

/// Put a value in its place, if it is of the right type.
fn put<T: DeserializeOwned>(place: &mut T, value: &Value) -> bool {
    T::deserialize(value).map(|value| *place = value).is_ok()
}

/// Whether settings lie below a path.
fn is_group(path: &str) -> bool {
    path.is_empty() || SETTINGS.iter().any(|it| it.name.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

fn unknown(path: &str) -> String {
    let names: Vec<_> = SETTINGS.iter().map(|setting| setting.name).collect();
    let path: String = path.chars().take(MOST_CHARACTERS).collect();
    format!("there is no setting {SECTION}.{path}; there are {}", names.join(", "))
}

fn no_object(path: &str, value: &Value) -> String {
    let name = if path.is_empty() { SECTION.to_owned() } else { format!("{SECTION}.{path}") };
    format!("the setting {name} is {}, and it has to be an object", short(value))
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    let start: String = text.chars().take(MOST_CHARACTERS).collect();
    if start.len() < text.len() { start + "…" } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../editors/README.md");
    const MARKS: [&str; 2] = ["<!-- settings: generated -->\n", "<!-- /settings -->"];
    const COMMAND: &str = "PYGLOSS_UPDATE=1 cargo test -p pygloss-lsp settings";

    fn read(value: &Value) -> (Settings, Vec<String>) {
        Settings::read([value])
    }

    #[test]
    fn values_come_nested_or_by_their_dotted_names() {
        let expected = Settings {
            hover_enabled: false,
            hover_detail: Detail::Brief,
            topics_muted: vec![Name::Day(17), Name::Id("slots".to_owned())],
            max_file_size: 5,
            ..Settings::default()
        };
        let nested = json!({ "hover": { "enabled": false, "detail": "brief" }, "topics": { "muted": [17, "slots"] } });
        for mut value in [
            nested,
            json!({ "hover.enabled": false, "hover.detail": "brief", "topics.muted": [17, "slots"], "learned": null }),
        ] {
            value["maxFileSize"] = json!(5);
            assert_eq!(read(&value), (expected.clone(), Vec::new()));
        }
    }

    #[test]
    fn a_later_layer_wins_where_it_says_something() {
        let layers = [json!({ "hover.enabled": false, "maxFileSize": 5 }), json!({ "maxFileSize": 6 }), json!(null)];
        let (settings, complaints) = Settings::read(&layers);
        assert_eq!((settings.hover_enabled, settings.max_file_size, complaints), (false, 6, Vec::new()));
    }

    #[test]
    fn what_is_not_set_is_no_mistake() {
        for value in [json!(null), json!({}), json!([]), json!({ "hover": null }), json!({ "hover": [] })] {
            assert_eq!(read(&value), (Settings::default(), Vec::new()), "{value}");
        }
    }

    #[test]
    fn a_wrong_value_is_told_and_the_default_stays() {
        for (value, told) in [
            (
                json!({ "hover": { "enabled": "no" } }),
                "the setting pygloss.hover.enabled is \"no\", and it has to be true or false; true stays in force",
            ),
            (
                json!({ "maxFileSize": -1 }),
                "the setting pygloss.maxFileSize is -1, and it has to be a number of bytes below 4 GiB; 2000000 stays in force",
            ),
            (json!({ "hover": 5 }), "the setting pygloss.hover is 5, and it has to be an object"),
            (json!("x"), "the setting pygloss is \"x\", and it has to be an object"),
        ] {
            assert_eq!(read(&value), (Settings::default(), vec![told.to_owned()]));
        }
        let (_, complaints) = read(&json!({ "learned": { "x": "y".repeat(1000) }, "topicFolders": [1] }));
        assert!(complaints.len() == 2 && complaints.iter().all(|it| it.len() < 250), "{complaints:?}");
    }

    #[test]
    fn an_unknown_name_is_told_with_those_there_are() {
        for (value, named) in [
            (json!({ "hoover": true }), "no setting pygloss.hoover; there are hover.enabled, "),
            (json!({ "hover": { "x": { "y": 1 } } }), "no setting pygloss.hover.x; "),
            (json!({ "hover.enabledd": true }), "no setting pygloss.hover.enabledd; "),
        ] {
            let (settings, complaints) = read(&value);
            assert!(settings == Settings::default() && complaints.len() == 1 && complaints[0].contains(named));
        }
    }

    #[test]
    fn every_default_is_of_its_own_type() {
        for setting in SETTINGS {
            let mut settings = Settings::default();
            assert!((setting.set)(&mut settings, &(setting.get)(&Settings::default())), "{}", setting.name);
            assert_eq!(settings, Settings::default(), "{}", setting.name);
        }
    }

    #[test]
    fn the_table_in_editors_readme_is_of_these_settings() {
        let text = std::fs::read_to_string(README).expect("editors/README.md");
        let (before, rest) = text.split_once(MARKS[0]).expect("the mark before the table");
        let (_, after) = rest.split_once(MARKS[1]).expect("the mark behind the table");
        let fresh = [before, MARKS[0], &table(), MARKS[1], after].concat();
        if std::env::var_os("PYGLOSS_UPDATE").is_some() {
            std::fs::write(README, fresh).expect("editors/README.md is written");
        } else {
            assert!(text == fresh, "the settings in editors/README.md are not those of settings.rs; run {COMMAND}");
        }
    }

    fn table() -> String {
        let defaults = Settings::default();
        let row = |it: &Setting| {
            format!("| `{}` | {} | `{}` | {} |\n", it.name, it.expects, (it.get)(&defaults), it.documentation)
        };
        let rows: String = SETTINGS.iter().map(row).collect();
        format!("| setting | value | default | what it does |\n|---------|-------|---------|--------------|\n{rows}")
    }
}
