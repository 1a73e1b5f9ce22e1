//! Labels passages with the priorities that they speak of, by rules, with the evidence kept.
//!
//! In come a [`Taxonomy`] (the built-in one or a user's TOML file, see `docs/taxonomy.md`) and
//! the passages of a document; out come [`Label`](onrecord_model::Label)s, each with every term
//! that counted for it and where it stands. A [`Classifier`] is a taxonomy made ready to match;
//! it is shared between threads, while each thread brings a lexicon of its own.
//!
//! ```
//! use onrecord_model::{Block, BlockKind, Document, DocumentId, Metadata, Span};
//! use onrecord_priorities::{Classifier, Taxonomy};
//! use onrecord_text::{Words, segment};
//!
//! let text = "We must close the digital divide in poor villages.";
//! let blocks = vec![Block::new(Span::new(0, 50), BlockKind::Paragraph)];
//! let id = DocumentId::new("speeches", "opening.txt", None);
//! let document = Document::new(id, Metadata::default(), text.into(), blocks);
//!
//! let classifier = Classifier::new(&Taxonomy::default_taxonomy());
//! let mut lexicon = classifier.lexicon();
//! let passages = segment(&document);
//! let words = Words::of(&document, &passages, &mut lexicon);
//! let labels = classifier.label(&document, &passages, &words, &lexicon);
//! assert_eq!(labels[0].priority.as_str(), "development");
//! assert_eq!(labels[0].evidence[0].span, Span::new(18, 32));
//! assert_eq!(&*labels[0].evidence[0].rule, "digital divide");
//! ```

pub mod evaluate;

mod classifier;
mod compiled;
mod enumeration;
mod explain;
mod features;
mod linear;
mod lone;
mod matcher;
mod model;
mod name;
mod random;
mod scan;
mod several;
mod taxonomy;
mod train;
mod vocabulary;

pub use classifier::Classifier;
pub use explain::{
    Consequence, Explanation, FeatureShare, GateExplanation, PassedOver, PriorityExplanation,
    TermShare,
};
pub use lone::TextClassifier;
pub use model::{Model, ModelError};
pub use several::{Classifiers, SharedId};
pub use taxonomy::{
    Context, Counting, DictionaryFormat, Finding, FindingKind, Form, Gate, Import, ImportError,
    ImportFormat, ImportOptions, Phrase, PhraseError, PhraseWord, Priority, RdfFormat, Taxonomy,
    TaxonomyError, Term, Unfit,
};
pub use train::{Example, TrainError, Trained, train};
