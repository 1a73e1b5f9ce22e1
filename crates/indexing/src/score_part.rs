use crate::boost::{EXACT_BOOST, ScoredWord, text_of};
use crate::condition::{Compiler, Condition};
use crate::error::IndexError;
use crate::reader::{Hit, Reader};
use crate::rerank::{Scoring, Titles};
use tantivy::Score;

/// The least part of a score that is told, as a share of the whole: less is rounding.
const LEAST_SHARE: Score = 1e-4;

/// A part of the score of a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct ScorePart {
    /// What it is given for.
    pub kind: ScoreKind,
    /// The word, folded; empty for [`ScoreKind::Other`].
    pub word: String,
    /// What it adds to the score, more than 0.
    pub score: f32,
}

/// What a part of a score is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreKind {
    /// A word that was asked for, whatever its ending.
    Word,
    /// The very word that was asked for.
    ExactWord,
    /// A word that was asked for, in the title of the document.
    Title,
    /// A word that was not asked for, and which the best passages have in common.
    Related,
    /// All else: phrases, words asked for as they are written, and parts of the query within
    /// others.
    Other,
}

impl ScoreKind {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::ExactWord => "exact-word",
            Self::Title => "title",
            Self::Related => "related",
            Self::Other => "other",
        }
    }
}

impl Reader {
    /// Takes the score of a hit apart: words as asked, then those of the title, then related ones,
    /// the highest first, then the rest. The parts add up to the score.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn score_parts(
        &self,
        condition: &Condition,
        scoring: &Scoring,
        hit: &Hit,
    ) -> Result<Vec<ScorePart>, IndexError> {
        let ranks_content_only = scoring.ranks_content_only;
        let compiler = Compiler { ranks_content_only, ..self.compiler() };
        let mut parts = Parts { reader: self, hit, parts: Vec::new() };
        for word in compiler.asked_words(condition) {
            let shown = text_of(&word.exact);
            let stem = ScoredWord::find(self.searcher(), &word.stem, 1.0)?;
            parts.add_scored(ScoreKind::Word, shown, stem.map(|(word, _)| word))?;
            let exact = ScoredWord::find(self.searcher(), &word.exact, EXACT_BOOST)?;
            parts.add_scored(ScoreKind::ExactWord, shown, exact.map(|(word, _)| word))?;
        }
        if scoring.window.binary_search(&hit.address.0).is_ok() {
            parts.add_titles(scoring)?;
            let first_related = parts.parts.len();
            for related in &scoring.related {
                let weight = related.weight * related.share_for(hit.address.0);
                let scored = self.scored_stem(&related.stem, weight)?;
                parts.add_scored(ScoreKind::Related, &related.word, scored)?;
            }
            if let Some(related) = parts.parts.get_mut(first_related..) {
                related.sort_by(|a, b| b.score.total_cmp(&a.score));
            }
        }
        Ok(parts.with_the_rest())
    }
}

struct Parts<'a> {
    reader: &'a Reader,
    hit: &'a Hit,
    parts: Vec<ScorePart>,
}

impl Parts<'_> {
    fn add(&mut self, kind: ScoreKind, word: &str, score: Score) {
        let known = self.parts.iter_mut().find(|part| part.kind == kind && part.word == word);
        if let Some(known) = known {
            known.score += score;
        } else if score > 0.0 {
            self.parts.push(ScorePart { kind, word: word.to_owned(), score });
        }
    }

    fn add_scored(
        &mut self,
        kind: ScoreKind,
        word: &str,
        scored: Option<ScoredWord>,
    ) -> Result<(), IndexError> {
        let address = self.hit.address.0;
        let reader = self.reader.searcher().segment_reader(address.segment_ord);
        if let Some(scored) = scored
            && let Some(mut scored) = scored.of_segment(address.segment_ord, reader)?
        {
            self.add(kind, word, scored.score(address.doc_id));
        }
        Ok(())
    }

    fn add_titles(&mut self, scoring: &Scoring) -> Result<(), IndexError> {
        let address = self.hit.address.0;
        let reader = self.reader.searcher().segment_reader(address.segment_ord);
        for (word, weight) in &scoring.title_words {
            let titles = Titles::of(reader, &self.reader.fields, word)?;
            if titles.is_some_and(|mut titles| titles.hold(address.doc_id)) {
                self.add(ScoreKind::Title, word, *weight);
            }
        }
        Ok(())
    }

    fn with_the_rest(mut self) -> Vec<ScorePart> {
        let rest = self.hit.score - self.parts.iter().map(|part| part.score).sum::<Score>();
        if rest > LEAST_SHARE * self.hit.score {
            self.add(ScoreKind::Other, "", rest);
        }
        self.parts
    }
}
