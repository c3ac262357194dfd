//! SIGKILL at random moments: the next run completes what is there, with nothing lost and nothing doubled.

use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

use super::{content_of, index_in, with_modules};
use crate::cli::libraries::{aged, command, environment, pygloss};

const ROUNDS: u32 = 20;

#[test]
fn a_killed_run_is_completed_by_the_next() {
    let folder = aged(with_modules(environment(), 120));
    let cache = folder.path().join("cache");
    let begun = Instant::now();
    assert_eq!(pygloss(&folder, "index --threads 2").code, Some(0));
    let undisturbed = begun.elapsed();
    let expected = content_of(&index_in(&cache));
    assert!(expected.len() > 300);

    let mut random = Random::new();
    println!("seed {}", random.0);
    for round in 0..ROUNDS {
        std::fs::remove_dir_all(&cache).unwrap();
        // Now and then the second run is killed, too.
        for _ in 0..=round % 3 {
            let mut running =
                command(&folder, "index --threads 2").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            // Not to wait for something: any moment will do.
            std::thread::sleep(undisturbed * random.below(110) / 100);
            running.kill().unwrap();
            running.wait().unwrap();
        }
        let last = pygloss(&folder, "index --threads 2");
        assert_eq!((last.code, last.err.contains("broken")), (Some(0), false), "round {round}: {}", last.err);
        assert!(content_of(&index_in(&cache)) == expected, "round {round}");
        assert!(pygloss(&folder, "index").out.starts_with("Nothing changed "), "round {round}");
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
