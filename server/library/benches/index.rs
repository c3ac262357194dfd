//! How long it takes to index an environment and to ask, against a bare parse of the same files on as many threads.
//!
//! `cargo bench -p pygloss-library -- PATH` takes an environment's folder (without one, that of the machine's Python), reads
//! it and writes to a temporary folder. The walk and all files are in the system's cache after the first look, so compare figures
//! of one run only.

#![expect(clippy::print_stdout, reason = "a benchmark reports to who runs it")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pygloss_analysis::{Glossary, decode, parse};
use pygloss_catalog::Folder;
use pygloss_library::environment::{Environment, Search, find};
use pygloss_library::index::MAX_FILE_SIZE;
use pygloss_library::walk::{Territory, walk};
use pygloss_library::{Library, Options, Progress, Query, Source, Watcher};

/// A first pass and a bare parse are done so often; the median counts.
const ROUNDS: usize = 3;

struct Nobody;

impl Watcher for Nobody {
    fn advanced(&self, _: Progress) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}

fn main() {
    let wanted = std::env::args().nth(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let environment = environment(wanted.as_deref());
    let glossary = Arc::new(Glossary::load(&[Folder::built_in()]).0);
    let files = files(&environment);
    let bytes: u64 = files.iter().map(|(_, size)| size).sum();
    println!("{}: {} files, {:.0} MB", environment.prefix.display(), files.len(), megabytes(bytes));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let options = Options { threads, ..Options::default() };
    let sources: Vec<_> = environment.roots.iter().map(Source::Installed).collect();

    let mut first = Vec::new();
    let mut bare = Vec::new();
    let mut kept = None;
    for round in 0..ROUNDS {
        let cache = tempfile::tempdir().expect("a temporary folder");
        let library = Library::open(Some(cache.path()), Arc::clone(&glossary));
        first.push(timed(|| library.index(&sources, &options, &Nobody).expect("a pass")).0);
        if round == 0 {
            println!("peak memory of a first pass on {threads} threads: {}", peak_memory());
        }
        bare.push(timed(|| parse_all(&files, threads)).0);
        kept = Some((cache, library));
    }
    let (first, bare) = (median(first), median(bare));
    println!("bare parse on {threads} threads: {bare:.2?}");
    println!("first pass: {first:.2?}, {:.2} of the bare parse", ratio(first, bare));

    let (cache, library) = kept.expect("a round was run");
    let second = median((0..9).map(|_| timed(|| library.index(&sources, &options, &Nobody)).0).collect());
    println!("second pass, nothing changed: {second:.2?}, {:.1} % of the first", 100.0 * ratio(second, first));
    one_changed_file(&library, &environment, &options, second, cache.path());
    questions(&library, &environment, &glossary);
    let size = std::fs::metadata(library.path().expect("a file")).expect("the index").len();
    println!("index: {:.1} MB, {:.1} % of the sources", megabytes(size), 100.0 * megabytes(size) / megabytes(bytes));
}

/// A file in a root of its own is changed, so that nobody's packages are touched.
fn one_changed_file(
    library: &Library,
    environment: &Environment,
    options: &Options,
    unchanged: Duration,
    cache: &Path,
) {
    std::fs::create_dir(cache.join("workspace")).expect("a folder");
    let folder = cache.join("workspace").canonicalize().expect("the folder");
    let mut sources: Vec<_> = environment.roots.iter().map(Source::Installed).collect();
    sources.push(Source::Workspace(&folder));
    let mut times = Vec::new();
    for round in 0..9 {
        let text = format!("{}\n# {round}\n", include_str!("../../cli/sample.py").repeat(20));
        std::fs::write(folder.join("changed.py"), text).expect("a file");
        times.push(timed(|| library.index(&sources, options, &Nobody)).0);
    }
    let changed = median(times);
    println!("one changed file: {changed:.2?}, {:.2?} more than nothing changed", changed.saturating_sub(unchanged));
}

/// Every concept is asked for, again and again.
fn questions(library: &Library, environment: &Environment, glossary: &Glossary) {
    let folders: Vec<_> = environment.roots.iter().map(|root| root.path.clone()).collect();
    let mut times = Vec::new();
    let mut total = 0;
    for round in 0..11 {
        for concept in glossary.catalog.concepts().iter().filter_map(|concept| glossary.catalog.find(&concept.id)) {
            let query = Query::of(vec![concept], 20);
            let (time, answer) = timed(|| library.usages(&folders, &query).expect("an answer"));
            if round > 0 {
                times.push(time);
            } else {
                total += answer.total;
            }
        }
    }
    times.sort();
    let at = |part: usize| times[times.len() * part / 1000];
    println!("{total} usages; a question: median {:.2?}, p99 {:.2?}, most {:.2?}", at(500), at(990), at(999));
}

fn environment(wanted: Option<&Path>) -> Environment {
    let folder = std::env::temp_dir();
    let search = Search { folder: &folder, configured: wanted, variable: &|name| std::env::var_os(name) };
    find(&search).chosen.expect("an environment")
}

fn files(environment: &Environment) -> Vec<(PathBuf, u64)> {
    let of_root = |root: &Path| {
        let files = walk(root, Territory::Installed).files;
        files.into_iter().map(|file| (root.join(&file.path), file.size)).collect::<Vec<_>>()
    };
    environment.roots.iter().flat_map(|root| of_root(&root.path)).filter(|(_, size)| *size <= MAX_FILE_SIZE).collect()
}

fn parse_all(files: &[(PathBuf, u64)], threads: usize) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((path, _)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(text) = std::fs::read(path).ok().and_then(|bytes| decode(&bytes).ok()) {
                        drop(parse(&text, None));
                    }
                }
            });
        }
    });
}

fn timed<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let result = run();
    (begun.elapsed(), result)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ratio(time: Duration, of: Duration) -> f64 {
    time.as_secs_f64() / of.as_secs_f64()
}

fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1e3
}

/// The most memory that the process ever held, as Linux tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("not known on this system".to_owned(), |peak| peak.trim().to_owned())
}
