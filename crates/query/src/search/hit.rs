use super::groups::HitGroup;
use crate::found::FoundPassage;
use crate::highlight::Highlight;
use crate::question::SeenPassage;
use onrecord_indexing::ScorePart;
use serde::Serialize;

/// A passage that a query found, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchHit {
    /// The passage.
    #[serde(flatten)]
    pub found: FoundPassage,
    /// What matched, in order and disjoint.
    pub highlights: Vec<Highlight>,
    /// Its rank value, 0 or more, only comparable within one answer; none where nothing was ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// What the score is made of, where that was asked for; the parts add up to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_parts: Option<Vec<ScoreShare>>,
    /// The ids of its priorities, in the order of the taxonomy.
    pub priorities: Vec<String>,
    /// The group of duplicates that its document is of, where duplicates are folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_group: Option<String>,
    /// The documents of the group that have the same words, where duplicates are folded; by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicates: Option<Vec<String>>,
    /// The passages that it is shown for, where they are grouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<HitGroup>,
}

/// A part of the score of a hit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreShare {
    /// What it is given for: word, exact-word, title, related or other.
    pub kind: &'static str,
    /// The word, folded; none where it is for other things than a word.
    pub word: Option<String>,
    /// What it adds to the score.
    pub score: f32,
}

impl From<ScorePart> for ScoreShare {
    fn from(part: ScorePart) -> Self {
        let word = Some(part.word).filter(|word| !word.is_empty());
        Self { kind: part.kind.name(), word, score: part.score }
    }
}

impl SearchHit {
    /// Describes a passage that stands for itself.
    pub(crate) fn of(seen: SeenPassage, score: Option<f32>) -> Self {
        let SeenPassage { passage, highlights } = seen;
        let labels = &passage.record.labels;
        Self {
            priorities: labels.iter().map(|label| label.priority.to_string()).collect(),
            found: passage.into(),
            highlights,
            score,
            score_parts: None,
            duplicate_group: None,
            duplicates: None,
            group: None,
        }
    }
}
