//! The verdicts of the checks, said as they come and counted.

use crate::counts::Counts;
use std::fmt::Display;

/// Prints one line a check and keeps the counts.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    counts: Counts,
}

impl Ledger {
    /// Records a check that was made, with the figure that decided it.
    pub(crate) fn check(&mut self, name: &str, holds: bool, figure: impl Display) {
        let verdict = if holds { "PASS" } else { "FAIL" };
        self.counts.n_passed += u64::from(holds);
        self.counts.n_failed += u64::from(!holds);
        println!("{verdict} {name}: {figure}");
    }

    /// Records a check that could not be made for want of its texts.
    pub(crate) fn skip(&mut self, name: &str, reason: impl Display) {
        self.counts.n_skipped += 1;
        println!("SKIP {name}: {reason}");
    }

    /// Says something that is not a verdict.
    pub(crate) fn note(&self, text: impl Display) {
        println!("     {text}");
    }

    /// Returns the counts so far.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_is_counted_once() {
        let mut ledger = Ledger::default();
        ledger.check("a", true, "1 of 1");
        ledger.check("b", false, "0 of 1");
        ledger.check("c", true, "2 of 2");
        ledger.skip("d", "no texts");
        ledger.note("nothing");
        assert_eq!(ledger.counts().to_string(), "2 passed, 1 failed, 1 skipped");
    }
}
