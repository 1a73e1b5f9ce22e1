//! Quotations in a document, and who said them.
//!
//! Comes in: a document with its passages, and a function that says for whom a name stands. Goes
//! out: an [`Extraction`], the [`Quote`](onrecord_model::Quote)s with kind, cue and source, and
//! the [`NonQuote`]s, marks that quote nobody, with the [`Reason`].
//!
//! A block is read in four steps: its quotation marks (`mark`), the pairs that they make
//! (`pair`), the words around them (`words`), and what those say (`judge`). The rules know
//! no grammar but closed classes of words (`lexicon`, `cue`); they are described in
//! `docs/methods.md`. What a rule cannot tell stays open: no attribution, rather than a wrong one.
//!
//! ```
//! use onrecord_model::QuoteKind;
//! use onrecord_quotes::{document_of, extract};
//!
//! let text = "Mayor Ada Vale called the plan “a gift to the ports.” The “gift” is small.";
//! let document = document_of(text);
//! let found = extract(&document, &[], &|_, _| None);
//! let quote = &found.quotes[0];
//! assert_eq!(document.slice(quote.content[0]), "a gift to the ports.");
//! assert_eq!(document.slice(quote.source.unwrap()), "Mayor Ada Vale");
//! assert_eq!(quote.kind, QuoteKind::Mixed);
//! assert_eq!(document.slice(found.non_quotes[0].span), "gift");
//! ```

mod after;
mod antecedent;
mod before;
mod block;
mod cue;
mod extract;
mod finding;
mod judge;
mod label;
mod lexicon;
mod lone;
mod mark;
mod name;
mod pair;
mod reason;
mod source;
#[cfg(test)]
mod tests;
mod wording;
mod words;

/// The version of the rules: one more whenever documents may get other quotations by them.
pub const QUOTES_VERSION: u32 = 2;

pub use extract::{Extraction, extract};
pub use lone::document_of;
pub use name::Resolve;
pub use reason::{NonQuote, Reason};
