//! Figures as people read them: `1,204 files`, `48.3 MB`, `21.4 s`.

use std::time::Duration;

pub(crate) use pygloss_library::grouped;

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A size in decimal units, as file managers show it.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", tenths(bytes, 1_000)),
        _ => format!("{} MB", tenths(bytes, 1_000_000)),
    }
}

/// A time in seconds.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn tenths(bytes: u64, unit: u64) -> String {
    let tenths = bytes * 10 / unit;
    format!("{}.{}", grouped((tenths / 10) as usize), tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_follow_their_numbers() {
        assert_eq!((count(1, "file"), count(2_000, "file")), ("1 file".to_owned(), "2,000 files".to_owned()));
    }

    #[test]
    fn sizes_have_the_unit_that_fits() {
        let sizes = [999, 1_000, 1_950, 999_999, 48_300_000, 1_234_500_000].map(size);
        assert_eq!(sizes, ["999 B", "1.0 kB", "1.9 kB", "999.9 kB", "48.3 MB", "1,234.5 MB"]);
    }
}
