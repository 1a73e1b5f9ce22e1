//! The nouns of onrecord: plain data, no files, no text processing.
//!
//! Every other crate speaks in these types. A [`Document`] owns its canonical text; everything
//! derived from it ([`Passage`]s, [`Quote`]s, [`Label`]s) stands beside it and points into the text by
//! [`Span`].
//!
//! ```
//! use onrecord_model::{Block, BlockKind, Document, DocumentId, Metadata, Span};
//!
//! let text = "Opening\n\nWe will act.";
//! let blocks = vec![
//!     Block::new(Span::new(0, 7), BlockKind::Heading(1)),
//!     Block::new(Span::new(9, 21), BlockKind::Paragraph),
//! ];
//! let id = DocumentId::new("speeches", "2011/opening.txt", None);
//! let document = Document::new(id, Metadata::default(), text.into(), blocks);
//! assert_eq!(document.slice(Span::new(9, 21)), "We will act.");
//! ```

mod annotated;
mod block;
mod date;
mod document;
mod id;
mod label;
mod metadata;
mod passage;
mod quote;
mod span;
mod turn;

pub use annotated::AnnotatedDocument;
pub use block::{Block, BlockKind, TurnId};
pub use date::{CivilDate, DateError};
pub use document::Document;
pub use id::{DocumentId, IdError, PriorityId, SpeakerId};
pub use label::{Evidence, Label, Method};
pub use metadata::{DocumentKind, Field, Metadata, Source, Speaker, Version};
pub use passage::Passage;
pub use quote::{Attribution, AttributionRule, Quote, QuoteKind};
pub use span::Span;
pub use turn::Turn;
