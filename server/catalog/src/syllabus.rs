//! `syllabus.toml`: the phases, and each day's number, phase, slug and title.
