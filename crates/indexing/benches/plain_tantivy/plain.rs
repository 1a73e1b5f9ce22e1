use crate::Outcome;
use crate::corpus::Corpus;
use crate::queries::{Answer, Kind, Query, TOP};
use std::fs;
use std::path::Path;
use tantivy::collector::{Count, TopDocs};
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, EmptyQuery, PhraseQuery, Query as PlainQuery, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TEXT, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{TextAnalyzer, TokenStream};
use tantivy::{Index, Searcher, TantivyDocument, Term};

/// The memory for documents that are not yet on disk, in bytes: that of our writer.
const MEMORY: usize = 120_000_000;

/// So much that no segment ends before its commit.
const LARGE_MEMORY: usize = 2_000_000_000;

/// Text that is stemmed, with positions, and stored.
fn stemmed() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default().set_indexing_options(indexing) | STORED
}

/// Builds an index of one field, with the settings that tantivy has of itself, on one thread.
pub fn build(corpus: &Corpus, folder: &Path) -> Outcome {
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", stemmed());
    fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, schema.build())?;
    let mut writer = index.writer_with_num_threads(1, MEMORY)?;
    for (passage, _) in corpus.passages() {
        let mut document = TantivyDocument::default();
        document.add_text(text, passage);
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// Builds an index that answers all kinds of query, of segments with so many passages each.
pub fn build_for_queries(corpus: &Corpus, segments: &[usize], folder: &Path) -> Outcome {
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", stemmed());
    let exact = schema.add_text_field("exact", TEXT);
    let speaker = schema.add_text_field("speaker", STRING);
    fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, schema.build())?;
    let mut writer = index.writer_with_num_threads(1, LARGE_MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let mut passages = corpus.passages();
    for &n_passages in segments {
        for (passage, name) in passages.by_ref().take(n_passages) {
            let mut document = TantivyDocument::default();
            document.add_text(text, passage);
            document.add_text(exact, passage);
            if let Some(name) = name {
                document.add_text(speaker, name);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

/// How the total and the best are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passes {
    /// By one collector of both, as tantivy's examples do.
    One,
    /// One after the other: counting need not score, and ranking may skip what cannot win.
    Two,
}

/// An index of plain tantivy, open to be searched.
pub struct Plain {
    pub searcher: Searcher,
    text: Field,
    exact: Field,
    speaker: Field,
    stemmer: TextAnalyzer,
}

impl Plain {
    pub fn open(folder: &Path) -> Outcome<Self> {
        let index = Index::open_in_dir(folder)?;
        let schema = index.schema();
        let stemmer =
            index.tokenizers().get("en_stem").ok_or("tantivy was built without stemmer")?;
        Ok(Self {
            searcher: index.reader()?.searcher(),
            text: schema.get_field("text")?,
            exact: schema.get_field("exact")?,
            speaker: schema.get_field("speaker")?,
            stemmer,
        })
    }

    /// Makes the query of the same words.
    pub fn query(&self, query: &Query) -> Box<dyn PlainQuery> {
        let mut stems = query.words.iter().map(|word| self.stem_query(word));
        match query.kind {
            Kind::Term => stems.next().unwrap_or_else(|| Box::new(EmptyQuery)),
            Kind::And => Box::new(BooleanQuery::intersection(stems.collect())),
            Kind::Or => Box::new(BooleanQuery::union(stems.collect())),
            Kind::Phrase | Kind::PhraseOfSpeaker => {
                let words = query.words.iter().map(|word| Term::from_field_text(self.exact, word));
                let phrase = Box::new(PhraseQuery::new(words.collect()));
                match &query.speaker {
                    None => phrase,
                    Some(name) => {
                        let name = Term::from_field_text(self.speaker, name);
                        let filter = TermQuery::new(name, IndexRecordOption::Basic);
                        Box::new(BooleanQuery::intersection(vec![phrase, Box::new(filter)]))
                    }
                }
            }
        }
    }

    fn stem_query(&self, word: &str) -> Box<dyn PlainQuery> {
        let mut stem = word.to_owned();
        self.stemmer.clone().token_stream(word).process(&mut |token| stem.clone_from(&token.text));
        let term = Term::from_field_text(self.text, &stem);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    }

    /// Answers a query with the exact count and the best passages.
    pub fn answer(&self, query: &dyn PlainQuery, passes: Passes) -> Outcome<Answer> {
        let top = TopDocs::with_limit(TOP).order_by_score();
        let (count, best) = match passes {
            Passes::One => self.searcher.search(query, &(Count, top))?,
            Passes::Two => (query.count(&self.searcher)?, self.searcher.search(query, &top)?),
        };
        let texts = best.into_iter().map(|(_, address)| {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let text = document.get_first(self.text).and_then(|value| value.as_str());
            Ok(text.unwrap_or_default().to_owned())
        });
        Ok(Answer { count: count as u64, texts: texts.collect::<Outcome<_>>()? })
    }
}
