//! SIGKILL at random moments of a pass: the next one completes what is there, with nothing lost and nothing doubled.

use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime};

use super::{concepts_in, content_of, index_in, sizes, with_modules};
use crate::cli::Folder;
use crate::cli::libraries::{aged, command, environment, pygloss};

const ROUNDS: usize = 20;

/// The files of an index are made, grow, shrink and vanish so often in a pass.
const EVENTS: u32 = 8;

#[test]
fn a_killed_run_is_completed_by_the_next() {
    let folder = aged(with_modules(environment(), 150));
    let cache = folder.path().join("cache");
    let finish = |round: usize| {
        let run = pygloss(&folder, "index --threads 2");
        assert_eq!((run.code, run.err.contains("warning")), (Some(0), false), "round {round}: {}", run.err);
        content_of(&index_in(&cache))
    };
    let expected = finish(0);
    assert!(expected.len() > 1000, "{}", expected.len());
    // One concept is asked for in each round, and all of them in turn.
    let answers: Vec<_> = concepts_in(&index_in(&cache)).into_iter().map(|it| (usages(&folder, &it), it)).collect();
    assert!(answers.len() > 3);

    let mut random = Random::new();
    println!("seed {}", random.0);
    for round in 0..ROUNDS {
        std::fs::remove_dir_all(&cache).unwrap();
        // Now and then what was left is killed again.
        for _ in 0..=round % 2 {
            kill_amid(&folder, random.below(EVENTS), random.below(300));
        }
        let content = finish(round);
        let lost: Vec<_> = expected.iter().filter(|row| content.binary_search(row).is_err()).collect();
        let added: Vec<_> = content.iter().filter(|row| expected.binary_search(row).is_err()).collect();
        assert!(content == expected, "round {round}: lost {lost:#?}, added {added:#?}");
        let (answer, concept) = &answers[round % answers.len()];
        assert!(usages(&folder, concept) == *answer, "round {round}: {concept}");
    }
}

/// All usages of a concept, in their order. There are some.
fn usages(folder: &Folder, concept: &str) -> String {
    let run = pygloss(folder, &format!("usages {concept} --format jsonl --limit 10000"));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(!run.out.is_empty(), "{concept}");
    run.out
}

/// Begin to index, and kill it some looks after its files changed so many times, or when it is done before that.
fn kill_amid(folder: &Folder, events: u32, looks: u32) {
    let mut command = command(folder, "index --threads 2");
    let mut running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let cache = folder.path().join("cache");
    for _ in 0..events {
        let before = sizes(&cache);
        look_until(&mut running, || sizes(&cache) != before);
    }
    let mut looked = 0..looks;
    look_until(&mut running, || looked.next().is_none());
    running.kill().unwrap();
    running.wait().unwrap();
}

fn look_until(running: &mut Child, mut is_so: impl FnMut() -> bool) {
    while !is_so() && running.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

/// Numbers that differ from run to run; the seed is printed.
struct Random(u64);

impl Random {
    fn new() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Self(since.as_nanos() as u64 | 1)
    }

    /// A number below `bound`, by xorshift.
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % u64::from(bound)) as u32
    }
}
