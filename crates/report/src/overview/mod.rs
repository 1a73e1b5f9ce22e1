//! A corpus at a glance: how often each priority was spoken of, when and by whom, with the
//! passages behind each figure.

mod charts;
mod page;
mod terminal;

pub(crate) use charts::grouped;
pub use charts::{OverviewChart, write_overview_svg};
pub use page::write_overview_page;
pub use terminal::write_terminal_overview;

use onrecord_query::{Figure, OverviewPassage, OverviewRow};

/// What there is to look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewPage {
    /// What it is of, in a line.
    pub title: String,
    /// What it is of, below the title: the taxonomy and the query.
    pub lead: String,
    /// Whether copies of one speech were counted once.
    pub folds_duplicates: bool,
    /// What is in the corpus, each by its name: documents, passages, words, the first and last date.
    pub summary: Vec<(String, String)>,
    /// How it was made, each by its name: the command, the query, the taxonomy.
    pub facts: Vec<(String, String)>,
    /// Whether all passages are shown, however large the page becomes.
    pub is_whole: bool,
    /// What is said of figures that are to be doubted, such as `fewer than 30 passages`.
    pub doubt: String,
    /// What is to be minded, a sentence each.
    pub notes: Vec<String>,
    /// The names of the priorities, in the order of the taxonomy.
    pub priorities: Vec<String>,
    /// All that was counted.
    pub total: OverviewRow,
    /// The years from the first to the last, without a break.
    pub years: Vec<OverviewRow>,
    /// What has no date; none where all have one.
    pub undated: Option<OverviewRow>,
    /// Those who said most, the most passages first.
    pub speakers: Vec<OverviewRow>,
    /// How many speakers are not listed.
    pub n_other_speakers: usize,
    /// The passages that figures refer to, each once.
    pub passages: Vec<OverviewPassage>,
}

/// Returns the command that lists all passages of a figure; none where no query can ask for them.
fn command_of(page: &OverviewPage, figure: &Figure) -> Option<String> {
    let query = figure.query.as_ref()?;
    let mut command = format!("onrecord report labels --priority {}", figure.priority_id);
    if !query.is_empty() {
        command.push_str(&format!(" --query '{}'", query.replace('\'', r"'\''")));
    }
    if page.folds_duplicates {
        command.push_str(" --fold-duplicates");
    }
    Some(command)
}

/// Says where a passage stands: its file, and what `onrecord show` finds it by.
fn place_of(passage: &OverviewPassage) -> String {
    let OverviewPassage { path, document_id, passage, .. } = passage;
    format!("{path}; onrecord show {document_id} --passage {passage}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An overview of two priorities with zeros, gaps, doubtful figures, names with markup in
    /// them and from right to left, and passages that many figures share.
    pub(super) fn overview() -> OverviewPage {
        let years: Vec<OverviewRow> =
            (0..12).map(|n| row(&format!("{}", 2000 + n), if n == 5 { 0 } else { 100 })).collect();
        let speakers = ["Vale, Ada <b>", "דובר & Co", "Moss \"Ben\""];
        let mut speakers: Vec<OverviewRow> =
            speakers.into_iter().map(|name| row(name, 400)).collect();
        speakers.push(row("Nobody", 0));
        speakers.push(row("Few", 8));
        let text = "We <b>act</b> & trade http://example.org/ in “free” networks.";
        let trade = text.find("trade").unwrap();
        let passage = |n: usize| OverviewPassage {
            citation: format!("Vale, Ada. “Speech {n} <i>on</i> trade.” 2001."),
            path: format!("speech-{n}.txt"),
            document_id: format!("{n:032x}"),
            passage: n as u32,
            text: text.into(),
            terms: vec![(trade..trade + 5, 0), (3..12, 1)],
        };
        OverviewPage {
            title: "The <b>corpus</b> & more".into(),
            summary: vec![("Documents".into(), "1,024".into())],
            lead: "Priorities <of> test".into(),
            folds_duplicates: true,
            is_whole: false,
            facts: vec![("Command".into(), "onrecord report <overview>".into())],
            doubt: "fewer than 30 passages".into(),
            notes: vec!["Mind <this>.".into()],
            priorities: vec!["Economy <of> trade".into(), "Networks".into()],
            total: row("all", 1240),
            years,
            undated: Some(row("no date", 40)),
            speakers,
            n_other_speakers: 31,
            passages: (0..9).map(passage).collect(),
        }
    }

    /// A group of so many passages, of which a tenth has the first priority and none the second.
    fn row(name: &str, passages: u64) -> OverviewRow {
        let share = |found: u64| (passages > 0).then(|| found as f64 / passages as f64);
        let figure = |found: u64| Figure {
            mentions: found * 2,
            passages: found,
            share: share(found),
            interval: share(found).map(|share| (share * 0.5, share * 1.5 + 0.01)),
            is_doubtful: passages < 30,
            shown: (0..9).take(found.min(5) as usize).collect(),
            priority_id: "trade".into(),
            query: Some(format!("\"a\" <{name}>")),
        };
        let figures = vec![figure(passages.div_ceil(10)), figure(0)];
        OverviewRow { name: name.into(), documents: 1, passages, words: passages * 90, figures }
    }
}
