use crate::Outcome;
use crate::corpus::Corpus;
use crate::queries::{Answer, Kind, Query, TOP};
use onrecord_indexing::{Condition, Description, Reader, Writer};
use onrecord_text::{Lexicon, Words, tokens};
use std::path::Path;

/// How many documents go into a commit: as many as a run of `onrecord index` puts into one.
const DOCUMENTS_PER_COMMIT: usize = 4_000;

/// Builds an index on one thread.
pub fn build(corpus: &Corpus, folder: &Path) -> Outcome {
    let mut writer = Writer::open(folder, Description::default(), 1)?;
    let mut lexicon = Lexicon::new();
    for documents in corpus.documents.chunks(DOCUMENTS_PER_COMMIT) {
        for annotated in documents {
            let words = Words::of(&annotated.document, &annotated.passages, &mut lexicon);
            writer.replace(annotated, &words, &lexicon, "bench", [0; 16])?;
        }
        writer.commit()?;
    }
    writer.close()?;
    Ok(())
}

/// Says what passages must meet, as the `query` crate says it of the same words.
pub fn condition(query: &Query) -> Condition {
    let mut lexicon = Lexicon::new();
    let mut stems = query.words.iter().map(|word| Condition::Stem {
        stem: lexicon.word(word).stem.to_string(),
        word: word.clone(),
    });
    match query.kind {
        Kind::Term => stems.next().unwrap_or(Condition::All),
        Kind::And => Condition::And(stems.collect()),
        Kind::Or => Condition::Or(stems.collect()),
        Kind::Phrase | Kind::PhraseOfSpeaker => {
            let phrase = Condition::Phrase(query.words.clone());
            match &query.speaker {
                None => phrase,
                Some(name) => Condition::And(vec![phrase, Condition::Speaker(folded_words(name))]),
            }
        }
    }
}

fn folded_words(name: &str) -> Vec<String> {
    let mut lexicon = Lexicon::new();
    tokens(name)
        .filter_map(|token| name.get(token.range()))
        .map(|word| lexicon.word(word).folded.to_string())
        .collect()
}

/// Answers a query with the exact count and the best passages.
pub fn answer(reader: &Reader, condition: &Condition) -> Outcome<Answer> {
    let found = reader.search(condition, TOP, 0)?;
    let texts = found.hits.iter().map(|hit| Ok(reader.passage(hit.address)?.text));
    Ok(Answer { count: found.count, texts: texts.collect::<Outcome<_>>()? })
}
