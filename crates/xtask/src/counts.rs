//! Counting tests in the output of Rust's test harness.

use std::fmt;

/// How many tests or checks passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Those that passed.
    pub(crate) n_passed: u64,
    /// Those that failed, among them test programs that ended without a result.
    pub(crate) n_failed: u64,
    /// Those that were not run.
    pub(crate) n_skipped: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_passed, n_failed, n_skipped } = self;
        write!(formatter, "{n_passed} passed, {n_failed} failed, {n_skipped} skipped")
    }
}

/// Sums up the results of the test programs whose output passes by, line by line.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    counts: Counts,
    /// Whether a test program has begun and not yet told its result.
    open: bool,
}

impl Tally {
    /// Takes the next line of output, with or without terminal colours.
    pub(crate) fn read(&mut self, line: &str) {
        if announces_tests(line) {
            self.close();
            self.open = true;
        } else if let Some(counts) = result(line) {
            self.open = false;
            self.counts.n_passed += counts.n_passed;
            self.counts.n_failed += counts.n_failed;
            self.counts.n_skipped += counts.n_skipped;
        }
    }

    /// Returns the sums, once no more lines come.
    pub(crate) fn finish(mut self) -> Counts {
        self.close();
        self.counts
    }

    /// Counts a program that crashed before its result as one failed test.
    fn close(&mut self) {
        self.counts.n_failed += u64::from(self.open);
        self.open = false;
    }
}

/// Says whether the line is the harness's `running N tests`.
fn announces_tests(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], ["running", n, "test" | "tests"] if n.parse::<u64>().is_ok())
}

/// Reads the harness's `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn result(line: &str) -> Option<Counts> {
    let (before, figures) = line.split_once("test result:")?;
    let at_line_start = before.trim().is_empty();
    let figure = |name: &str| -> Option<u64> {
        let words: Vec<&str> = figures.split_whitespace().collect();
        let place = words.iter().position(|word| word.trim_end_matches(';') == name)?;
        words.get(place.checked_sub(1)?)?.parse().ok()
    };
    at_line_start.then_some(())?;
    Some(Counts {
        n_passed: figure("passed")?,
        n_failed: figure("failed")?,
        n_skipped: figure("ignored")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(output: &str) -> [u64; 3] {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read(line));
        let Counts { n_passed, n_failed, n_skipped } = tally.finish();
        [n_passed, n_failed, n_skipped]
    }

    #[test]
    fn results_are_summed_over_programs() {
        let ok = "running 2 tests\ntest a ... ok\ntest b ... ignored\n\n\
            test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; \
            finished in 0.00s\n";
        let failed = "running 3 tests\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; \
            0 measured; 0 filtered out; finished in 0.01s\n";
        let none = "running 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; \
            0 measured; 0 filtered out; finished in 0.00s\n";
        let coloured = "running 1 test\ntest result: \x1b[32mok\x1b(B\x1b[m. 1 passed; \
            0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        for (output, expected) in [
            (String::new(), [0, 0, 0]),
            (ok.to_owned(), [1, 0, 1]),
            (failed.to_owned(), [2, 1, 0]),
            (coloured.to_owned(), [1, 0, 0]),
            (format!("{ok}{none}{failed}{coloured}"), [4, 1, 1]),
        ] {
            assert_eq!(count(&output), expected, "{output}");
        }
    }

    #[test]
    fn a_program_without_a_result_counts_as_failed() {
        let crashed = "running 5 tests\ntest a ... ok\n";
        let ok = "running 1 test\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; \
            0 filtered out; finished in 0.00s\n";
        assert_eq!(count(crashed), [0, 1, 0]);
        assert_eq!(count(&format!("{crashed}{ok}")), [1, 1, 0]);
        assert_eq!(count(&format!("{ok}{crashed}")), [1, 1, 0]);
    }

    #[test]
    fn only_the_harness_is_counted() {
        for line in [
            "the test result: ok. 7 passed; 0 failed; 0 ignored;",
            "7 passed; 0 failed; 0 ignored;",
            "test result: ok.",
            "running late tests",
            "running 3 tests of ours",
        ] {
            assert_eq!(count(line), [0, 0, 0], "{line}");
        }
    }

    #[test]
    fn counts_are_shown_as_promised() {
        let counts = Counts { n_passed: 12, n_failed: 0, n_skipped: 3 };
        assert_eq!(counts.to_string(), "12 passed, 0 failed, 3 skipped");
    }
}
