//! The text of a document as quotes are looked for in it.

use super::word::{Word, words};
use crate::QueryError;
use onrecord_indexing::{Address, PassageRecord, QuoteRecord, Reader, innermost};
use onrecord_model::{DocumentId, Metadata, Span, Speaker};
use onrecord_text::{inline_notes, sentences};
use std::collections::HashMap;

/// The most distinct words that are numbered before the numbering starts anew.
const MAX_FORMS: usize = 400_000;

/// How far into a passage a label of a turn reaches, in bytes.
const MAX_LABEL_BYTES: usize = 80;

/// Numbers the forms of words, so that texts are compared by numbers.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    numbers: HashMap<Box<str>, u32>,
}

impl Forms {
    /// Returns the number of a form; the same form has the same number. 0 is no form's.
    pub(crate) fn number(&mut self, form: &str) -> u32 {
        if let Some(&number) = self.numbers.get(form) {
            return number;
        }
        let number = self.numbers.len() as u32 + 1;
        self.numbers.insert(form.into(), number);
        number
    }

    /// Tells whether there are so many that all should be forgotten, and what was numbered too.
    pub(crate) fn is_full(&self) -> bool {
        self.numbers.len() >= MAX_FORMS
    }
}

/// The number that stands where one stretch of words ends and another begins: at headings, and
/// where another speaks.
pub(crate) const BARRIER: u32 = 0;

/// A document with its words.
#[derive(Debug)]
pub(crate) struct SourceText {
    /// The document.
    pub(crate) id: DocumentId,
    /// Its path below the corpus.
    pub(crate) path: String,
    /// What is known about it.
    pub(crate) metadata: Metadata,
    /// Its canonical text.
    pub(crate) text: String,
    /// The numbers of its words, in order, with barriers.
    pub(crate) numbers: Vec<u32>,
    /// Where each stands; empty at barriers.
    pub(crate) spans: Vec<Span>,
    /// Which passage each belongs to.
    pub(crate) passages: Vec<u32>,
    /// What is known of the passages, by ordinal.
    pub(crate) parts: Vec<SourcePassage>,
    /// Its quotations, in order; none where the index holds none.
    pub(crate) quotes: Vec<QuoteRecord>,
}

/// What is known of a passage of a source.
#[derive(Clone, Debug)]
pub(crate) struct SourcePassage {
    /// Where it stands in the text.
    pub(crate) span: Span,
    /// Whose words they are.
    pub(crate) speaker: Option<Speaker>,
    /// The page that it starts on, where the format has pages.
    pub(crate) page: Option<u32>,
    /// Whether they are speech: no heading, header or note.
    pub(crate) is_speech: bool,
    /// Which turn it belongs to, counted in the order of the text.
    pub(crate) turn: u32,
    /// Whether it begins with the label of a turn.
    pub(crate) has_label: bool,
}

impl SourceText {
    /// Reads a document from the index.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub(crate) fn read(
        reader: &Reader,
        head: Address,
        forms: &mut Forms,
    ) -> Result<Self, QueryError> {
        let record = reader.document_at(head)?;
        let id = record.id();
        let path = record.source.split_once('/').map_or(record.source.as_str(), |(_, path)| path);
        let mut source = Self {
            id,
            path: path.to_owned(),
            metadata: record.metadata,
            text: String::with_capacity(record.n_bytes as usize),
            numbers: Vec::new(),
            spans: Vec::new(),
            passages: Vec::new(),
            parts: Vec::new(),
            quotes: Vec::new(),
        };
        for ordinal in 0..record.n_passages {
            let passage = reader.passage(reader.passage_of(head, ordinal))?;
            source.push(&passage.record, &passage.text, forms);
        }
        Ok(source)
    }

    /// Appends a passage.
    pub(crate) fn push(&mut self, record: &PassageRecord, text: &str, forms: &mut Forms) {
        let is_speech = record.kind.is_speech();
        let n_before = words(text).len();
        let spoken = spoken_words(record, text);
        let has_label = is_speech
            && spoken.first().is_some_and(|first| {
                let before = text.get(..first.span.start as usize).unwrap_or_default();
                n_before > spoken.len() && before.trim_end().ends_with([':', '.'])
            });
        self.text.push_str(&record.lead);
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.quotes.extend(record.quotes.iter().cloned());
        let part = SourcePassage {
            span: Span::new(start, self.text.len() as u32),
            speaker: record.speaker.clone(),
            page: record.page,
            is_speech,
            turn: 0,
            has_label,
        };
        self.push_words(part, has_label, spoken, forms);
    }

    fn push_words(
        &mut self,
        mut part: SourcePassage,
        has_label: bool,
        spoken: Vec<Word>,
        forms: &mut Forms,
    ) {
        let is_note = !part.is_speech && spoken.is_empty();
        let before = self.parts.iter().rev().find(|before| before.is_speech);
        let turn = before.map_or(0, |before| before.turn);
        let is_other = before.is_some_and(|before| before.speaker != part.speaker);
        let begins = part.is_speech && (is_other || (has_label && before.is_some()));
        part.turn = turn + u32::from(begins);
        let ordinal = self.parts.len() as u32;
        let start = part.span.start;
        let is_set_off = begins || !part.is_speech;
        self.parts.push(part);
        if is_note {
            return;
        }
        if is_set_off {
            self.push_barrier(start, ordinal);
        }
        for word in spoken {
            self.numbers.push(forms.number(&word.form));
            self.spans.push(word.span.shifted(start));
            self.passages.push(ordinal);
        }
        if let Some(end) =
            self.parts.last().filter(|part| !part.is_speech).map(|part| part.span.end)
        {
            self.push_barrier(end, ordinal);
        }
    }

    fn push_barrier(&mut self, at: u32, ordinal: u32) {
        if self.numbers.last().is_some_and(|&last| last != BARRIER) {
            self.numbers.push(BARRIER);
            self.spans.push(Span::new(at, at));
            self.passages.push(ordinal);
        }
    }

    /// Returns the text of a stretch.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns where words stand, those from `first` up to `end`.
    pub(crate) fn span_of(&self, first: usize, end: usize) -> Span {
        let start = self.spans.get(first).map_or(0, |span| span.start);
        let last = end.checked_sub(1).and_then(|last| self.spans.get(last));
        Span::new(start, last.map_or(start, |span| span.end.max(start)))
    }

    /// Returns the quotation of another's words that a stretch lies in, the innermost.
    pub(crate) fn quotation_of(
        &self,
        stretch: Span,
        speaker: Option<&Speaker>,
    ) -> Option<&QuoteRecord> {
        innermost(&self.quotes, stretch, speaker)
    }

    /// Returns what is known of the passage of a word.
    pub(crate) fn part_of(&self, word: usize) -> Option<&SourcePassage> {
        self.parts.get(*self.passages.get(word)? as usize)
    }

    /// Returns who said a word: the one of its passage, else the one voice of the document where
    /// nobody else speaks in it.
    pub(crate) fn speaker_of(&self, word: usize) -> Option<&Speaker> {
        let part = self.part_of(word)?;
        match &part.speaker {
            Some(speaker) => Some(speaker),
            // Headings and the like are nobody's words, but their document's.
            None if !part.is_speech => self.metadata.speaker.as_ref(),
            None => None,
        }
    }

    /// Tells whether the turn of a word may be someone's whom the document names before it: it
    /// begins with a label, or with what could be one.
    pub(crate) fn is_labelled(&self, word: usize) -> bool {
        let Some(part) = self.part_of(word) else { return true };
        let first = self.parts.iter().find(|one| one.is_speech && one.turn == part.turn);
        first.is_none_or(|first| {
            let text = self.slice(first.span);
            let head = text.get(..text.floor_char_boundary(MAX_LABEL_BYTES)).unwrap_or_default();
            let is_question = head.starts_with("Q ") || head.starts_with("Q.");
            first.has_label || is_question || head.contains([':', '—', '[']) || head.contains("--")
        })
    }

    /// Lists what the passages that begin with the label of a turn begin with: up to its colon,
    /// where it has one.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        let labelled = self.parts.iter().filter(|part| part.has_label);
        labelled.filter_map(|part| {
            let text = self.slice(part.span);
            let head = text.get(..text.floor_char_boundary(MAX_LABEL_BYTES))?;
            head.get(..head.find(':').unwrap_or(head.len()))
        })
    }

    /// Finds the passages that a stretch lies in, with the one before it and the one behind.
    pub(crate) fn paragraph_of(&self, span: Span) -> Option<Span> {
        let first = self.passage_at(span.start)?;
        let last = self.passage_at(span.end.saturating_sub(1))?;
        let turn = self.parts.get(first)?.turn;
        let may_join =
            |at: usize| self.parts.get(at).filter(|part| part.is_speech && part.turn == turn);
        let before = first.checked_sub(1).and_then(may_join);
        let start = before.or(self.parts.get(first))?.span.start;
        let end = may_join(last + 1).or(self.parts.get(last))?.span.end;
        Some(Span::new(start, end))
    }

    fn passage_at(&self, at: u32) -> Option<usize> {
        let behind = self.parts.partition_point(|part| part.span.start <= at);
        behind
            .checked_sub(1)
            .filter(|&place| self.parts.get(place).is_some_and(|p| at < p.span.end))
    }

    /// Finds the sentence that holds a place, inside its passage.
    pub(crate) fn sentence_at(&self, at: u32) -> Option<Span> {
        let all = self.sentences_of_passage(at)?;
        all.into_iter().find(|sentence| sentence.start <= at && at < sentence.end)
    }

    /// Finds the sentences of the passage that holds a place.
    pub(crate) fn sentences_of_passage(&self, at: u32) -> Option<Vec<Span>> {
        let part = self.parts.get(self.passage_at(at)?)?;
        Some(sentences(&self.text, part.span))
    }
}

/// Cuts the words that were said of a passage: without the label of a turn and stage directions.
fn spoken_words(record: &PassageRecord, text: &str) -> Vec<Word> {
    let spoken = record.spoken(text);
    let first = spoken.first().map_or(u32::MAX, |token| token.start);
    let notes: Vec<Span> = inline_notes(text).collect();
    let mut notes = notes.into_iter().peekable();
    let mut found = words(text);
    let mut at_sign: Option<u32> = None;
    // A sign before the first token, as in `$5 million`, is said too.
    for word in &found {
        let is_sign = !word.form.chars().any(char::is_alphanumeric);
        if word.span.end == first && is_sign {
            at_sign = Some(word.span.start);
        }
    }
    let from = at_sign.unwrap_or(first);
    found.retain(|word| {
        while notes.next_if(|note| note.end <= word.span.start).is_some() {}
        word.span.start >= from && !notes.peek().is_some_and(|note| note.contains(word.span))
    });
    found
}

impl SourceText {
    /// Makes a source of given paragraphs, each with who says it, for tests.
    #[cfg(test)]
    pub(crate) fn of(paragraphs: &[(Option<&str>, &str)], forms: &mut Forms) -> Self {
        let mut source = Self {
            id: DocumentId::new("tests", "one", None),
            path: "one".into(),
            metadata: Metadata::default(),
            text: String::new(),
            numbers: vec![],
            spans: vec![],
            passages: vec![],
            parts: vec![],
            quotes: vec![],
        };
        for (speaker, paragraph) in paragraphs {
            if !source.text.is_empty() {
                source.text.push_str("\n\n");
            }
            let start = source.text.len() as u32;
            source.text.push_str(paragraph);
            let notes: Vec<Span> = inline_notes(paragraph).collect();
            let is_note = notes.iter().any(|note| note.len() as usize == paragraph.len());
            let mut spoken = words(paragraph);
            spoken.retain(|word| !notes.iter().any(|note| note.contains(word.span)));
            let part = SourcePassage {
                span: Span::new(start, source.text.len() as u32),
                speaker: speaker.map(Speaker::from_name),
                page: None,
                is_speech: !is_note,
                turn: 0,
                has_label: false,
            };
            source.push_words(part, false, spoken, forms);
        }
        source
    }
}
