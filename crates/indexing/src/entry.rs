use crate::analysis::push_form;
use crate::bridge::{bridges, count_spoken};
use crate::condition::Part;
use crate::manifest::Description;
use crate::pair::pairs;
use crate::record::{
    Citation, Derived, DocumentRecord, PackedLabel, PassageRecord, SourceRecord, seal,
};
use crate::schema::{Fields, entry_kind};
use crate::value::Entry;
use onrecord_model::{AnnotatedDocument, Document, Label, Passage, PriorityId, Quote};
use onrecord_text::{Lexicon, Sketch, WordId, Words, fold};
use std::path::PathBuf;
use std::sync::Arc;

/// Makes the entries of a document: its passages in order, the head first.
pub(crate) fn document_entries(
    fields: &Fields,
    description: &Description,
    words: &Words,
    lexicon: &Lexicon,
    annotated: &AnnotatedDocument,
    source: &str,
    digest: &[u8; 16],
) -> Vec<Entry> {
    let AnnotatedDocument { document, passages, labels, quotes } = annotated;
    let citation = Citation::of(&document.metadata);
    let id: Arc<str> = document.id.to_string().into();
    let title = passages.iter().position(|passage| is_title(document, passage));
    let (mut labels, mut quotes) = (labels.as_slice(), quotes.as_slice());
    let mut place = Place::default();
    let mut entries = Vec::with_capacity(passages.len());
    for (ordinal, passage) in passages.iter().enumerate() {
        let n_labels = labels.iter().take_while(|label| label.passage == passage.ordinal).count();
        let own = labels.split_off(..n_labels).unwrap_or_default();
        let n_quotes = quotes.iter().take_while(|quote| quote.passage == passage.ordinal).count();
        let own_quotes = quotes.split_off(..n_quotes).unwrap_or_default();
        let (lead, char_start) = place.advance_to(document.text(), passage);
        let within = words.within(passage.span);
        let is_speech = passage.kind.is_speech();
        let n_words = if is_speech { count_spoken(words, passage.span) } else { 0 };
        let derived = Derived { n_words, labels: own, quotes: own_quotes };
        let record = PassageRecord::new(document, &citation, passage, lead, char_start, &derived);
        let text = document.slice(passage.span);
        let (exact, stem) = joined_forms(lexicon, within.ids, text.len());

        let mut entry = Entry::default();
        entry.add(fields.entry, entry_kind::PASSAGE);
        if let Some(bridges) = bridges(passages, words, lexicon, ordinal) {
            entry.add(fields.bridge, bridges);
        }
        entry.add(fields.exact, exact);
        entry.add(fields.stem, stem);
        entry.add(fields.record, seal(&record, &[text.as_bytes()]));
        entry.add(fields.text, text);
        entry.add(fields.document, Arc::clone(&id));
        entry.add(fields.ordinal, u64::from(record.ordinal));
        if is_speech {
            entry.add(fields.words, u64::from(record.words));
            if description.quotes {
                let stems = words.spoken(passage.span).filter_map(|(_, id)| lexicon.stem_hash(id));
                pairs(stems).for_each(|pair| entry.add(fields.pair, pair));
            }
        }
        entry.add(fields.part, Part::of(passage.kind).name());
        if title == Some(ordinal) {
            entry.add(fields.part, Part::Title.name());
        }
        if let Some(speaker) = &passage.speaker {
            entry.add(fields.speaker, &*speaker.name);
        }
        add_labels(&mut entry, fields, description, own);
        add_quotes(&mut entry, fields, words, lexicon, own_quotes);
        entries.push(entry);
    }
    if let Some(head) = entries.first_mut() {
        add_head(head, fields, annotated, source, digest);
        if let Some(sketch) = Sketch::of(passages, words, lexicon) {
            sketch.pack().for_each(|number| head.add(fields.sketch, number));
        }
    }
    entries
}

/// Lists some words, and their stems, each list with blanks between them.
fn joined_forms(lexicon: &Lexicon, ids: &[WordId], n_bytes: usize) -> (String, String) {
    // They are rarely longer than what they are the forms of.
    let mut exact = String::with_capacity(n_bytes);
    let mut stems = String::with_capacity(n_bytes);
    for &id in ids {
        let word = lexicon.forms(id);
        push_form(&mut exact, word.folded);
        push_form(&mut stems, word.stem);
    }
    (exact, stems)
}

/// Tells whether a passage is a heading that begins with the words of the document's title: lines
/// may go on below it.
fn is_title(document: &Document, passage: &Passage) -> bool {
    let words = |text: &str| -> Vec<String> {
        fold(text).text.split_whitespace().map(str::to_owned).collect()
    };
    let is_heading = Part::of(passage.kind) == Part::Heading;
    let title = document.metadata.title.as_deref().filter(|_| is_heading);
    title.is_some_and(|title| words(document.slice(passage.span)).starts_with(&words(title)))
}

/// Where the last passage ended, in bytes and characters.
#[derive(Default)]
struct Place {
    byte: usize,
    char: u32,
}

impl Place {
    /// Moves to the end of a passage; returns the blanks before it and its first character.
    #[expect(clippy::string_slice, reason = "passages lie on character boundaries, in order")]
    fn advance_to<'a>(&mut self, text: &'a str, passage: &Passage) -> (&'a str, u32) {
        let range = passage.span.range();
        let lead = &text[self.byte..range.start];
        let char_start = self.char + lead.chars().count() as u32;
        self.char = char_start + text[range.clone()].chars().count() as u32;
        self.byte = range.end;
        (lead, char_start)
    }
}

fn add_labels(entry: &mut Entry, fields: &Fields, description: &Description, labels: &[Label]) {
    for label in labels {
        entry.add(fields.priority, label.priority.as_str());
        let packed = PackedLabel {
            priority: priority_place(description, &label.priority),
            n_mentions: label.evidence.len() as u32,
            model_only: label.method == onrecord_model::Method::Model,
        };
        entry.add(fields.label, packed.pack());
    }
}

/// Adds by what quotations are found.
fn add_quotes(
    entry: &mut Entry,
    fields: &Fields,
    words: &Words,
    lexicon: &Lexicon,
    quotes: &[Quote],
) {
    for quote in quotes {
        entry.add(fields.quote_kind, quote.kind.name());
        let folded = quote.content.iter().flat_map(|part| words.within(*part).ids);
        let hash = quote_hash(folded.map(|id| lexicon.forms(*id).folded));
        entry.add(fields.quote_hash, hash);
        let Some(attribution) = &quote.attribution else { continue };
        entry.add(fields.quoted, attribution.named_as.as_str());
        if let Some(speaker) = &attribution.speaker {
            entry.add(fields.quoted, &*speaker.name);
        }
    }
}

/// Hashes the folded words of a quotation, in order: equal words have equal hashes, wherever they
/// are quoted and however they are parted.
pub fn quote_hash<'a>(words: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for word in words {
        hasher.update(word.as_bytes());
        // No word holds a blank.
        hasher.update(b" ");
    }
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

fn priority_place(description: &Description, id: &PriorityId) -> u32 {
    let place = description.priorities.iter().position(|priority| priority.id == id.as_str());
    place.expect("labels are of the taxonomy that the index was opened with") as u32
}

/// Adds what is known of the whole document.
fn add_head(
    entry: &mut Entry,
    fields: &Fields,
    annotated: &AnnotatedDocument,
    source: &str,
    digest: &[u8; 16],
) {
    let document = &annotated.document;
    let record = document_record(annotated, source);
    let metadata = &record.metadata;
    entry.add(fields.entry, entry_kind::HEAD);
    entry.add(fields.document_record, seal(&record, &[]));
    entry.add(fields.id, document.id.as_bytes().to_vec());
    entry.add(fields.digest, digest.to_vec());
    entry.add(fields.n_passages, annotated.passages.len() as u64);
    if let Some(date) = metadata.date {
        entry.add(fields.first_day, u64::from(date.first_day()));
        entry.add(fields.last_day, u64::from(date.last_day()));
    }
    entry.add(fields.kind, metadata.kind.name());
    entry.add(fields.source, source);
    entry.add(fields.path, &*metadata.source.path.to_string_lossy());
    let texts = [
        (fields.language, &metadata.language),
        (fields.title, &metadata.title),
        (fields.issuer, &metadata.issuer),
        (fields.place, &metadata.place),
        (fields.event, &metadata.event),
    ];
    for (field, text) in texts {
        if let Some(text) = text {
            entry.add(field, text.as_str());
        }
    }
}

fn document_record(annotated: &AnnotatedDocument, source: &str) -> DocumentRecord {
    let document = &annotated.document;
    let mut metadata = document.metadata.clone();
    // Paths of other bytes than UTF-8 cannot be stored; they are shown so too.
    metadata.source.path = PathBuf::from(metadata.source.path.to_string_lossy().into_owned());
    // Stands with the source: a file may change in rows that are not this document's.
    metadata.source.blake3 = [0; 32];
    DocumentRecord {
        id: *document.id.as_bytes(),
        metadata,
        source: source.to_owned(),
        n_passages: annotated.passages.len() as u32,
        n_labels: annotated.labels.len() as u32,
        n_bytes: document.text().len() as u32,
        text_blake3: *blake3::hash(document.text().as_bytes()).as_bytes(),
    }
}

/// Makes the entry of a source file.
pub(crate) fn source_entry(fields: &Fields, source: &SourceRecord) -> Entry {
    let mut entry = Entry::default();
    entry.add(fields.entry, entry_kind::SOURCE);
    entry.add(fields.source_key, source.key.as_str());
    entry.add(fields.source_record, seal(source, &[]));
    entry
}
