//! A corpus at a glance: how often each priority was spoken of, when and by whom, with passages
//! behind each figure.

mod drawing;
mod shown;

use crate::QueryError;
use crate::error::check_labels;
use crate::folding::Folding;
use crate::group_counts::{Groups, count_groupings};
use crate::grouping::{GroupBy, Grouping};
use crate::inventory::{CorpusCounts, count_corpus};
use crate::labels::Labels;
use crate::slices::slices;
use drawing::{Drawing, words_of};
use onrecord_indexing::Reader;
use serde::{Deserialize, Serialize};
use shown::{Of, choose_shown};
use std::collections::HashMap;
use std::ops::Range;

/// A question for a corpus at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OverviewRequest {
    /// A query for the passages to look at.
    #[serde(alias = "filter", skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Whether copies and other transcripts of one speech are counted once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fold_duplicates: bool,
    /// How many speakers are listed, those with the most passages; 0 for all.
    pub speakers: usize,
    /// How many passages are shown for a figure, the strongest labels first; 0 for all.
    pub passages: usize,
}

impl Default for OverviewRequest {
    fn default() -> Self {
        Self { query: None, fold_duplicates: false, speakers: 20, passages: 5 }
    }
}

/// What there is to look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// What was looked at.
    pub corpus: CorpusCounts,
    /// The names of the priorities, in the order of the taxonomy.
    pub priorities: Vec<String>,
    /// All that was counted.
    pub total: OverviewRow,
    /// The years from the first to the last, without a break.
    pub years: Vec<OverviewRow>,
    /// What has no date; none where all have one.
    pub undated: Option<OverviewRow>,
    /// Documents of years that are no rows, since they lie so far from all others.
    pub n_documents_elsewhere: u64,
    /// Those who said most, the most passages first, then the most words, then by name; last what is
    /// nobody's words in particular, if there is any.
    pub speakers: Vec<OverviewRow>,
    /// How many speakers are not listed.
    pub n_other_speakers: usize,
    /// Documents that others stand for.
    pub folded_documents: u64,
    /// The passages that figures refer to, each once.
    pub passages: Vec<OverviewPassage>,
}

/// What was counted in a group: a year, a speaker, or all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewRow {
    /// The name of the group; that of a year is its number.
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
    /// The places in [`Overview::passages`] of those that are shown for it, the strongest first.
    pub shown: Vec<usize>,
    /// The id of the priority.
    pub priority_id: String,
    /// The query that finds the passages of the group, empty for all; none where no query can ask for
    /// it.
    pub query: Option<String>,
}

/// A passage behind a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewPassage {
    /// The source as a note cites it.
    pub citation: String,
    /// The file that it came from.
    pub path: String,
    /// The id of the document.
    pub document_id: String,
    /// The place of the passage in the document, counted from 0.
    pub passage: u32,
    /// Its words.
    pub text: String,
    /// The terms that counted, in bytes of the text, each with the place of its priority; in order.
    pub terms: Vec<(Range<usize>, usize)>,
}

/// Looks at a corpus: all, its years and its speakers.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn look_over(reader: &Reader, request: &OverviewRequest) -> Result<Overview, QueryError> {
    check_labels(reader)?;
    let query = request.query.as_deref();
    let groupings = [
        Grouping::default(),
        Grouping::new(reader, &[GroupBy::Year])?,
        Grouping::new(reader, &[GroupBy::Speaker])?,
    ];
    let mut slice = slices(reader, query, &[])?;
    let Some(slice) = slice.pop() else { return Ok(Overview::default()) };
    let fold = request.fold_duplicates;
    let folding = Folding::if_asked(fold, reader, &slice.condition)?;
    let counted = count_groupings(reader, &groupings, &slice.condition, &folding)?;
    let corpus = count_corpus(reader, &slice.condition, &folding)?;
    let ranked = reader.manifest().description.ranked();
    let [total, years, speakers] = first_three(counted);
    let names = speakers.iter().filter_map(|(key, _)| key.first()?.as_deref());
    let mut drawing = Drawing {
        names: names.map(words_of).collect(),
        ids: ranked.iter().map(|(_, name)| name.id.as_str()).collect(),
        places: ranked.iter().map(|(place, _)| *place).collect(),
        query,
        shown: HashMap::new(),
        passages: Vec::new(),
    };
    let by_both = Grouping::new(reader, &[GroupBy::Year, GroupBy::Speaker])?;
    let labels = Labels::of(reader, vec![slice], by_both, fold)?;
    let chosen = choose_shown(labels, &drawing.ids, request.passages)?;
    let mut overview = Overview {
        corpus,
        priorities: ranked.iter().map(|(_, name)| name.label.clone()).collect(),
        ..Overview::default()
    };
    let all = total.into_iter().next().map(|(_, group)| group).unwrap_or_default();
    overview.folded_documents = all.folded;
    overview.total = drawing.row(Of::All, &all, &chosen);
    let years = drawing.years(&years, &chosen);
    (overview.years, overview.undated) = (years.rows, years.undated);
    overview.n_documents_elsewhere = years.n_documents_elsewhere;
    (overview.speakers, overview.n_other_speakers) =
        drawing.speakers(speakers, request.speakers, &chosen);
    overview.passages = drawing.read_passages(reader)?;
    Ok(overview)
}

/// Takes the counts of the three groupings apart.
fn first_three(counted: Vec<Groups>) -> [Groups; 3] {
    let mut counted = counted.into_iter();
    std::array::from_fn(|_| counted.next().unwrap_or_default())
}
