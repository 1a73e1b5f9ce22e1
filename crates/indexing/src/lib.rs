//! Annotated documents to the folder of an index and back.
//!
//! In go [`AnnotatedDocument`](onrecord_model::AnnotatedDocument)s through a [`Writer`]; out come
//! the passages that meet a [`Condition`] through a [`Reader`]. This is the only crate that names
//! tantivy.
//!
//! An index holds two kinds of entry. Each *passage* is one; a document is the run of its
//! passages, one behind the other, and what is known of the whole document stands on the first
//! of them, its *head*. Each *source* file that was read is one more, which remembers the state
//! of the file, so that an unchanged one is not read again. All entries of one commit become
//! visible together.
//!
//! ```
//! use onrecord_indexing::{Condition, Description, Reader, SourceRecord, SourceStatus, Writer};
//! use onrecord_text::{Lexicon, Words, segment};
//! use onrecord_model::{AnnotatedDocument, Block, BlockKind, Document, DocumentId, Metadata, Span};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = "We will act on exports.";
//! let blocks = vec![Block::new(Span::new(0, 23), BlockKind::Paragraph)];
//! let id = DocumentId::new("speeches", "one.txt", None);
//! let document = Document::new(id, Metadata::default(), text.into(), blocks);
//! let passages = segment(&document);
//! let mut lexicon = Lexicon::new();
//! let words = Words::of(&document, &passages, &mut lexicon);
//! let annotated = AnnotatedDocument { document, passages, quotes: vec![], labels: vec![] };
//!
//! let folder = tempfile::tempdir()?;
//! let mut writer = Writer::open(folder.path(), Description::default(), 1)?;
//! writer.replace(&annotated, &words, &lexicon, "speeches/one.txt", [0; 16])?;
//! assert_eq!(writer.commit()?, 1);
//! writer.close()?;
//!
//! let reader = Reader::open(folder.path())?;
//! let found = reader.search(&Condition::Word("exports".into()), 10, 0)?;
//! assert_eq!(found.count, 1);
//! let hit = reader.passage(found.hits[0].address)?;
//! assert_eq!(hit.span, Span::new(0, 23));
//! # Ok(())
//! # }
//! ```

mod analysis;
mod arranged;
mod best;
mod boost;
mod bridge;
mod budget;
mod columns;
mod condition;
mod directory;
mod effort;
mod entry;
mod error;
mod expansion;
mod in_quote;
mod join;
mod manifest;
mod matched;
mod merges;
mod nearest;
mod occurrences;
mod pair;
mod passage_set;
mod reader;
mod record;
mod related;
mod rerank;
mod restore;
mod schema;
mod score_part;
mod stored;
mod sums;
mod top;
mod value;
mod verified;
mod verify;
mod writer;

pub use analysis::ANALYSIS;
pub use columns::{DocumentColumns, LabelColumns, PassageColumns};
pub use condition::{Condition, DocumentCondition, DocumentField, NameField, Part};
pub use entry::quote_hash;
pub use error::IndexError;
pub use expansion::{Expansion, WordField};
pub use manifest::{Description, FileSeal, LabelSource, Manifest, PriorityName};
pub use nearest::{Lists, Nearest};
pub use occurrences::{ListedForm, Occurrences, PassageNumbers};
pub use passage_set::PassageSet;
pub use reader::{Address, Found, Hit, Reader, StoredPassage, hexadecimal};
pub use record::{
    Citation, DocumentRecord, LabelRecord, MentionRecord, PassageRecord, QuoteRecord, SourceRecord,
    SourceStatus, innermost,
};
pub use rerank::Scoring;
pub use score_part::{ScoreKind, ScorePart};
pub use sums::Sums;
pub use verify::{Damage, verify};
pub use writer::Writer;
