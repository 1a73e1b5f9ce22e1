use crate::boost::{AskedWord, surprise, text_of};
use crate::error::IndexError;
use crate::reader::{Address, Reader};
use crate::top::Ranked;
use onrecord_text::{Lexicon, is_function_word, tokens};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::{Score, Term};

/// How many of the best passages are read for related words, the usual number of relevance
/// models. Those behind the first few weigh next to nothing; 5 to 20 rank alike.
const N_READ: usize = 10;

/// How many related words count. 20 to 50 rank alike.
const N_RELATED: usize = 30;

/// What all related words together weigh, as a share of the words that were asked for. From 0.25
/// to 0.75 all help.
const RELATED_WEIGHT: f64 = 0.5;

/// A word that the best passages have in common and that was not asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RelatedWord {
    pub(crate) stem: String,
    /// A word of the stem, folded, to be shown.
    pub(crate) word: String,
    /// How much of its BM25 counts.
    pub(crate) weight: Score,
}

/// How much a stem is of what the best passages say.
#[derive(Default)]
struct Share {
    word: String,
    share: f64,
}

impl Reader {
    /// Finds words that are related to those asked for: a relevance model of the best passages,
    /// best first.
    ///
    /// Each passage weighs as likely as it is the one meant, by e to the power of its score, and
    /// a stem has as much of that weight as it has of the passage's words (V. Lavrenko and
    /// W. B. Croft, *Relevance-Based Language Models*, 2001; RM3 of N. Abdul-Jaleel and others,
    /// 2004); times its surprise, so that common words do not count as related.
    ///
    /// # Errors
    /// When a passage is not what was written.
    pub(crate) fn related_words(
        &self,
        best_first: &[Ranked],
        asked: &[AskedWord],
    ) -> Result<Vec<RelatedWord>, IndexError> {
        let asked_stems: BTreeSet<&str> = asked.iter().map(|word| text_of(&word.stem)).collect();
        let n_entries = self.searcher().total_num_docs()?;
        let mut found = Vec::new();
        for (stem, Share { word, share }) in self.shares(best_first, &asked_stems)? {
            let term = Term::from_field_text(self.fields.stem, &stem);
            let n_holding = self.searcher().doc_freq(&term)?;
            found.push((share * f64::from(surprise(n_entries, n_holding)), stem, word));
        }
        // Stems come in order, which the sort keeps where two count alike.
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(N_RELATED);
        let all: f64 = found.iter().map(|(value, ..)| value).sum();
        let weight = |value: f64| RELATED_WEIGHT * asked.len() as f64 * value / all;
        let related = found.into_iter().map(|(value, stem, word)| RelatedWord {
            stem,
            word,
            weight: weight(value) as Score,
        });
        Ok(related.filter(|related| related.weight > 0.0).collect())
    }

    /// Reads the best passages, and weighs the stems of their words; not those asked for, nor
    /// function words and single letters.
    fn shares(
        &self,
        best_first: &[Ranked],
        asked: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Share>, IndexError> {
        let mut lexicon = Lexicon::new();
        let mut shares: BTreeMap<String, Share> = BTreeMap::new();
        let highest = best_first.first().map_or(0.0, |first| first.score);
        for passage in best_first.iter().take(N_READ) {
            let text = self.passage(Address(passage.address))?.text;
            let n_words = tokens(&text).count();
            let likely = f64::from(passage.score - highest).exp() / n_words.max(1) as f64;
            for token in tokens(&text) {
                let word = lexicon.word(text.get(token.range()).unwrap_or_default());
                let says_little = is_function_word(word.folded) || word.stem.chars().count() < 2;
                if says_little || asked.contains(word.stem) {
                    continue;
                }
                if let Some(known) = shares.get_mut(word.stem) {
                    known.share += likely;
                } else {
                    let share = Share { word: word.folded.to_owned(), share: likely };
                    shares.insert(word.stem.to_owned(), share);
                }
            }
        }
        Ok(shares)
    }
}
