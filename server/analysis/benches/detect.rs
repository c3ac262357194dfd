//! How long the analysis takes, over the standard library of the machine's Python.
//!
//! `cargo bench -p pygloss-analysis --features stages` runs all of it; compare figures of one run only. `library` scans every
//! file that isn't a test, read into memory before, so that `parse` is what tree-sitter alone costs.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use criterion::{Criterion, criterion_group, criterion_main};
use pygloss_analysis::{Change, Document, Encoding, Glossary, Position, find, hover, parse, stages};
use pygloss_catalog::Folder;
use rayon::prelude::*;

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = file, keystroke, library
}
criterion_main!(benches);

fn glossary() -> Glossary {
    Glossary::load(&[Folder::built_in()]).0
}

/// One file of 2,000 lines: the parts, and the whole.
fn file(criterion: &mut Criterion) {
    let (glossary, text) = (glossary(), lines(2_000));
    let tree = parse(&text, None);
    let flat = stages::flatten(&tree);
    let names = stages::names(&text, &flat);
    let findings = find(&text, &glossary);
    let middle = findings[findings.len() / 2].span.start;
    let mut group = criterion.benchmark_group("file of 2000 lines");
    group.bench_function("parse", |b| b.iter(|| parse(black_box(&text), None)));
    group.bench_function("flatten", |b| b.iter(|| stages::flatten(black_box(&tree))));
    group.bench_function("names", |b| b.iter(|| stages::names(black_box(&text), &flat)));
    group.bench_function("search", |b| b.iter(|| stages::search(black_box(&text), &flat, &names, &glossary)));
    group.bench_function("all", |b| b.iter(|| find(black_box(&text), &glossary)));
    group.bench_function("hover", |b| b.iter(|| hover(&glossary, &text, &findings, black_box(middle))));
    group.finish();
}

/// A character typed in the middle of an open file, up to fresh findings.
fn keystroke(criterion: &mut Criterion) {
    let glossary = glossary();
    let mut group = criterion.benchmark_group("keystroke");
    for length in [2_000, 20_000] {
        let mut document = Document::new(&lines(length), 0);
        document.snapshot().analysis(&glossary);
        let at = Position { line: length as u32 / 2, column: 0 };
        let end = Position { column: 1, ..at };
        let mut version = 0;
        group.bench_function(format!("{length} lines"), |b| {
            b.iter(|| {
                version += 1;
                let (start, stop, text) = if version % 2 == 1 { (at, at, "#") } else { (at, end, "") };
                let change = Change { range: Some((start, stop)), text: text.to_owned() };
                document.apply(&[change], version, Encoding::Utf8);
                document.snapshot().analysis(&glossary).findings.len()
            });
        });
    }
    group.finish();
}

/// Every file of the library, by part and as a whole, on one thread and on two.
fn library(criterion: &mut Criterion) {
    let (glossary, texts) = (glossary(), sources());
    let threads = |count| rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads");
    let mut group = criterion.benchmark_group("library");
    group.sample_size(10);
    group.bench_function("parse", |b| b.iter(|| texts.iter().for_each(|text| drop(parse(text, None)))));
    group.bench_function("parse and flatten", |b| {
        b.iter(|| texts.iter().for_each(|text| drop(stages::flatten(&parse(text, None)))));
    });
    group.bench_function("parse, flatten and names", |b| {
        b.iter(|| {
            for text in &texts {
                drop(stages::names(text, &stages::flatten(&parse(text, None))));
            }
        });
    });
    for count in [1, 2] {
        let pool = threads(count);
        group.bench_function(format!("all, {count} threads"), |b| {
            b.iter(|| pool.install(|| texts.par_iter().map(|text| find(text, &glossary).len()).sum::<usize>()));
        });
    }
    group.finish();
}

/// Whole files of the library, one behind the other, until there are so many lines.
fn lines(wanted: usize) -> String {
    let mut text = String::new();
    for source in sources().into_iter().filter(|source| source.contains("class ")) {
        if text.lines().count() >= wanted {
            break;
        }
        // Future imports come first or not at all.
        text.push_str(&source.replace("from __future__", "from future"));
    }
    text
}

fn sources() -> Vec<String> {
    let mut paths = Vec::new();
    let mut pending = vec![standard_library()];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            if path.extension().is_some_and(|extension| extension == "py") {
                paths.push(path);
            } else if path.is_dir() && name != "site-packages" && !name.to_string_lossy().contains("test") {
                pending.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

fn standard_library() -> PathBuf {
    let output = Command::new("python3").args(["-c", "import os; print(os.__file__)"]).output().expect("python3 runs");
    let file = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Path::new(&file).parent().expect("a folder").to_owned()
}
