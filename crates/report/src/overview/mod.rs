//! A corpus at a glance: how often each priority was spoken of, when and by whom, with the
//! passages behind each figure.

use std::ops::Range;

/// What there is to look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// What it is of, in a line.
    pub title: String,
    /// What is in the corpus, each by its name: documents, passages, words, the first and last date.
    pub summary: Vec<(String, String)>,
    /// How it was made, each by its name: the command, the query, the taxonomy.
    pub facts: Vec<(String, String)>,
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
    /// Those who said most, the most words first.
    pub speakers: Vec<OverviewRow>,
    /// How many speakers are not listed.
    pub n_other_speakers: usize,
    /// The passages that figures refer to, each once.
    pub passages: Vec<OverviewPassage>,
}

/// What was counted in a group: a year, a speaker, or all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewRow {
    /// The name of the group.
    pub name: String,
    /// Documents with a passage of speech in it.
    pub documents: u64,
    /// Passages of speech; where there is none, nothing could be found.
    pub passages: u64,
    /// Words of speech.
    pub words: u64,
    /// One for each priority, in their order.
    pub figures: Vec<Figure>,
}

/// How often a priority was spoken of in a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// Occurrences of its terms.
    pub mentions: u64,
    /// Passages with the label.
    pub passages: u64,
    /// The share of the group's passages, 0 to 1; none where the group has none.
    pub share: Option<f64>,
    /// The 95 % interval of the share, its lower end first.
    pub interval: Option<(f64, f64)>,
    /// Whether the group has so few passages that the share says little.
    pub is_doubtful: bool,
    /// The places in [`Overview::passages`] of those that are shown for it.
    pub shown: Vec<usize>,
    /// The command that lists all of them.
    pub command: String,
}

/// A passage behind a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewPassage {
    /// The source as a note cites it.
    pub citation: String,
    /// The file, the document and the passage in it, to look it up by.
    pub place: String,
    /// Its words.
    pub text: String,
    /// The terms that counted, in bytes of the text, each with the place of its priority; in order.
    pub terms: Vec<(Range<usize>, usize)>,
}
