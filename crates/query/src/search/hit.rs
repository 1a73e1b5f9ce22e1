use super::groups::HitGroup;
use crate::highlight::Highlight;
use crate::question::SeenPassage;
use onrecord_indexing::{Citation, ScorePart};
use serde::Serialize;

/// A passage that a query found, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchHit {
    /// The id of the document.
    pub document_id: String,
    /// The file that it came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The title of the document.
    pub title: Option<String>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// The place of the passage in the document, counted from 0.
    pub passage: u32,
    /// The page that its block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// What the passage is: paragraph, list-item, heading, …
    pub block: &'static str,
    /// The headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// The text of the passage.
    pub text: String,
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
    /// Where it stands in the document's text, in bytes.
    pub byte_start: u32,
    /// One past its last byte.
    pub byte_end: u32,
    /// Where it stands in the document's text, in characters.
    pub char_start: u32,
    /// One past its last character.
    pub char_end: u32,
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
        let record = passage.record;
        let document_id = record.document().to_string();
        let Citation { path, record: line, title, date, kind } = record.citation;
        Self {
            document_id,
            path,
            record: line,
            title,
            speaker: record.speaker.map(|speaker| speaker.name.into()),
            date: date.map(|date| date.to_string()),
            kind: kind.name(),
            passage: record.ordinal,
            page: record.page,
            block: record.kind.name(),
            heading_path: record.headings.into_iter().map(String::from).collect(),
            highlights,
            score,
            score_parts: None,
            priorities: record.labels.iter().map(|label| label.priority.to_string()).collect(),
            byte_start: passage.span.start,
            byte_end: passage.span.end,
            char_start: record.char_start,
            char_end: record.char_start + passage.text.chars().count() as u32,
            text: passage.text,
            duplicate_group: None,
            duplicates: None,
            group: None,
        }
    }
}
