use super::line::Line;
use super::number_unit::is_time;
use std::collections::BTreeSet;

/// Words that reckon a time from the day it is said.
const RELATIVE: &[&str] = &["last", "past", "next", "this", "coming", "previous"];

/// Finds the times that a sentence speaks of as reckoned from the day it is said, or by the name of
/// a month, each as its folded words: `last 27 months`, `next year`, `november`.
///
/// What holds of one of them need not hold of another; and `last month` is another month on
/// another day.
///
/// ```
/// let found = onrecord_text::periods("Over the last two years we built more than in May.");
/// assert_eq!(found.into_iter().collect::<Vec<_>>(), ["last two years", "may"]);
/// ```
pub fn periods(text: &str) -> BTreeSet<String> {
    let line = Line::of(text);
    let months = (0..line.len()).filter(|at| line.is_month(*at));
    let mut found: BTreeSet<String> = months.map(|at| line.word(at).to_owned()).collect();
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
