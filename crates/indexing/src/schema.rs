use crate::analysis::{FORMS, WORDS, tokenizers};
use crate::condition::DocumentField;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexBuilder, IndexSettings};

/// The fields of an index. Their order is that of their declaration, in every index alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Every entry: its kinds, see [`entry_kind`].
    pub(crate) entry: Field,

    // Of a passage.
    /// The text, stored.
    pub(crate) text: Field,
    /// The stems of the text.
    pub(crate) stem: Field,
    /// The folded words of the text, with their positions.
    pub(crate) exact: Field,
    /// The words around joints, see [`bridges`](crate::bridge::bridges).
    pub(crate) bridge: Field,
    /// The pairs of its stems, see [`pairs`](crate::pair::pairs).
    pub(crate) pair: Field,
    /// The record that is stored beside the text.
    pub(crate) record: Field,
    /// The document's id, hexadecimal.
    pub(crate) document: Field,
    /// Place among the document's passages; so the head is as many entries before.
    pub(crate) ordinal: Field,
    /// Words of speech; none where the passage is no speech.
    pub(crate) words: Field,
    /// What part of the document it is.
    pub(crate) part: Field,
    /// The folded words of the speaker's name.
    pub(crate) speaker: Field,
    /// The ids of its priorities.
    pub(crate) priority: Field,
    /// Its labels, packed.
    pub(crate) label: Field,
    /// The folded words of the names of those who are quoted in it, as written and in full.
    pub(crate) quoted: Field,
    /// The kinds of the quotations that start in it.
    pub(crate) quote_kind: Field,
    /// The hashes of their words, see [`quote_hash`](crate::entry::quote_hash).
    pub(crate) quote_hash: Field,

    // Of a document, on its head.
    /// The record of the document, stored.
    pub(crate) document_record: Field,
    /// The document's id, as bytes.
    pub(crate) id: Field,
    /// The hash of what the document was made from.
    pub(crate) digest: Field,
    /// How many passages it has.
    pub(crate) n_passages: Field,
    /// Its sketch, packed: a list of numbers, which are read in a row; bytes would be looked up.
    pub(crate) sketch: Field,
    /// The first and the last day of its date, `YYYYMMDD`.
    pub(crate) first_day: Field,
    pub(crate) last_day: Field,
    pub(crate) kind: Field,
    pub(crate) language: Field,
    pub(crate) title: Field,
    pub(crate) issuer: Field,
    pub(crate) place: Field,
    pub(crate) event: Field,
    pub(crate) path: Field,

    /// The key of its source file.
    pub(crate) source: Field,

    // Of a source.
    /// The key of the source file.
    pub(crate) source_key: Field,
    pub(crate) source_record: Field,
}

/// The kinds of entry, as terms of the field `entry`.
pub(crate) mod entry_kind {
    pub(crate) const PASSAGE: &str = "passage";
    /// The first passage of a document.
    pub(crate) const HEAD: &str = "head";
    pub(crate) const SOURCE: &str = "source";
}

impl Fields {
    /// Declares the schema.
    pub(crate) fn declare() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            entry: term(&mut schema, "entry"),
            text: schema.add_text_field("text", STORED),
            stem: schema.add_text_field("stem", forms(IndexRecordOption::WithFreqs)),
            exact: schema.add_text_field("exact", forms(IndexRecordOption::WithFreqsAndPositions)),
            bridge: schema
                .add_text_field("bridge", forms(IndexRecordOption::WithFreqsAndPositions)),
            pair: schema.add_u64_field("pair", NumericOptions::default().set_indexed()),
            record: schema.add_bytes_field("record", STORED),
            document: term(&mut schema, "document"),
            ordinal: schema.add_u64_field("ordinal", FAST),
            words: schema.add_u64_field("words", FAST),
            part: term(&mut schema, "part"),
            speaker: schema.add_text_field("speaker", column_of_words()),
            priority: term(&mut schema, "priority"),
            label: schema.add_u64_field("label", FAST),
            quoted: schema.add_text_field("quoted", words()),
            quote_kind: term(&mut schema, "quote_kind"),
            quote_hash: schema.add_u64_field("quote_hash", INDEXED),
            document_record: schema.add_bytes_field("document_record", STORED),
            id: schema.add_bytes_field("id", FAST),
            digest: schema.add_bytes_field("digest", FAST),
            n_passages: schema.add_u64_field("n_passages", FAST),
            sketch: schema.add_u64_field("sketch", FAST),
            first_day: schema.add_u64_field("first_day", day()),
            last_day: schema.add_u64_field("last_day", day()),
            kind: schema.add_text_field("kind", term_options().set_fast("raw")),
            language: term(&mut schema, "language"),
            title: schema.add_text_field("title", words()),
            issuer: schema.add_text_field("issuer", words()),
            place: schema.add_text_field("place", words()),
            event: schema.add_text_field("event", words()),
            path: schema.add_text_field("path", words()),
            source: term(&mut schema, "source"),
            source_key: term(&mut schema, "source_key"),
            source_record: schema.add_bytes_field("source_record", FAST),
        };
        (schema.build(), fields)
    }

    /// Returns the field that holds words of a document.
    pub(crate) const fn of_document(&self, field: DocumentField) -> Field {
        match field {
            DocumentField::Title => self.title,
            DocumentField::Issuer => self.issuer,
            DocumentField::Place => self.place,
            DocumentField::Event => self.event,
            DocumentField::Path => self.path,
        }
    }
}

/// Prepares to make an index of the schema, with its analyzers.
pub(crate) fn index_builder() -> IndexBuilder {
    let settings = IndexSettings {
        // A sixth smaller than with lz4; unpacked blocks are kept, so that questions in a row do
        // not feel the difference.
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(1) }),
        docstore_compress_dedicated_thread: false,
        // The ten best passages stand in ten blocks, and to unpack them is most of a search.
        docstore_blocksize: 8_192,
        ..IndexSettings::default()
    };
    Index::builder().schema(Fields::declare().0).settings(settings).tokenizers(tokenizers())
}

fn term_options() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

fn term(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_text_field(name, term_options())
}

/// Forms of tokens, put together by [`push_form`](crate::analysis::push_form).
fn forms(option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(FORMS).set_index_option(option);
    TextOptions::default().set_indexing_options(indexing)
}

/// Words that filter and do not rank.
fn words() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

/// Words that filter, and the whole value as a column.
fn column_of_words() -> TextOptions {
    words().set_fast("raw")
}

fn day() -> NumericOptions {
    NumericOptions::default() | FAST | INDEXED
}
