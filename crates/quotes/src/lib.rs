//! Quotations in a document, and who said them.

mod antecedent;
mod attribute;
mod block;
mod cue;
mod extract;
mod judge;
mod lexicon;
mod lone;
mod mark;
mod name;
mod pair;
mod reason;
mod source;
mod words;

pub use extract::{Extraction, extract};
pub use lone::document_of;
pub use name::Resolve;
pub use reason::{NonQuote, Reason};
