//! The query language: what a person writes in, what it means out.
//!
//! `docs/query-syntax.md` is its description for users, and its examples are tests of this
//! module. From the tightest to the loosest: `+` and `-`, `NOT`, `AND`, words side by side, `OR`.
//! Side by side means AND, or what [`Match::Any`] makes of it. Nothing written is ignored: what
//! has no meaning here is a [`ParseError`] that points at it.

mod ast;
mod display;
mod error;
mod field;
mod grammar;
mod leaf;
mod range;
mod render;
mod run;
mod symbol;
#[cfg(test)]
mod tests;
mod value;

pub use ast::{DateRange, Filter, Form, Node, NodeKind, Part, Query, Text};
pub use error::{Construct, ErrorKind, ParseError};

pub(crate) use render::render;

use grammar::Parser;
use onrecord_model::Span;

/// The longest query, in bytes: room for any question, too small for a pasted speech.
pub const MAX_BYTES: usize = 4096;

/// The deepest nesting of groups and negations; it bounds the recursion of every walk over a
/// query.
pub const MAX_DEPTH: usize = 50;

/// The most words, phrases and field values in a query.
pub const MAX_CLAUSES: usize = 200;

/// What it means that words stand side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Match {
    /// All of them must be there: AND.
    #[default]
    All,
    /// Any of them may be there: OR, and the more the better.
    ///
    /// Field values still hold whatever else is written, and what is excluded stays out. Where
    /// some are marked `+`, these must be there and the others only raise the rank.
    Any,
}

/// Reads a query.
///
/// # Errors
/// When the query is empty, too large, or has a part without a meaning; the error's span says
/// where, [`ParseError::render`] shows it.
pub fn parse(query: &str, matching: Match) -> Result<Query, ParseError> {
    if query.len() > MAX_BYTES {
        let limit = u32::try_from(query.floor_char_boundary(MAX_BYTES)).unwrap_or(u32::MAX);
        let kind = ErrorKind::TooLong { n_bytes: query.len() };
        return Err(ParseError { span: Span::new(limit, limit), kind });
    }
    let root = Parser::new(query, matching).parse_all()?;
    Ok(Query { written: query.into(), matching, root })
}
