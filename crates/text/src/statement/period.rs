use super::line::Line;
use super::read_number::is_time;
use std::collections::BTreeSet;

/// Words that reckon a time from the day it is said.
const RELATIVE: &[&str] = &["last", "past", "next", "this", "coming", "previous"];

/// Finds the lengths of time that a sentence reckons from the day it is said, each as its folded
/// words: `last 27 months`, `next year`.
///
/// What holds of one of them need not hold of another.
///
/// ```
/// let found = onrecord_text::periods("Over the last two years we built more than last year.");
/// assert_eq!(found.into_iter().collect::<Vec<_>>(), ["last two years", "last year"]);
/// ```
pub fn periods(text: &str) -> BTreeSet<String> {
    let line = Line::of(text);
    let mut found = BTreeSet::new();
    for from in (0..line.len()).filter(|at| line.is_any(*at, RELATIVE)) {
        // A number of one or two words may stand between.
        let end = (from + 1..=from + 3).find(|at| is_time(line.word(*at)));
        let Some(end) = end.filter(|end| (from + 1..=*end).all(|at| line.is_joined(at))) else {
            continue;
        };
        let words: Vec<&str> = (from..=end).map(|at| line.word(at)).collect();
        found.insert(words.join(" "));
    }
    found
}
