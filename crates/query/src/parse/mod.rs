//! The query language: what a person writes in, what it means out.
//!
//! `docs/query-syntax.md` is its description for users, and its examples are tests of this
//! module. From the tightest to the loosest: `+` and `-`, `NOT`, `AND`, words side by side, `OR`.
//! Side by side means AND, or what [`Match::Any`] makes of it. Nothing written is ignored: what
//! has no meaning here is a [`ParseError`] that points at it.

mod ast;
mod check;
mod cql;
mod display;
mod error;
mod field;
mod grammar;
mod leaf;
mod range;
mod render;
mod run;
mod suffix;
mod symbol;
#[cfg(test)]
mod tests;
mod value;
mod wildcard;

pub use ast::{
    DateRange, Filter, Form, Node, NodeKind, Part, Query, Sequence, SequenceStep, StepTest, Text,
};
pub use error::{CqlError, ErrorKind, ParseError};

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

/// The most patterns in a query: words with `*`, `?` or `~`, and regular expressions, for each of
/// which the words of the index are looked through.
pub const MAX_PATTERNS: usize = 20;

/// The most words that may stand among words near each other: more than a sentence has.
pub const MAX_AMONG: u32 = 100;

/// The most words near each other.
pub const MAX_NEAR_WORDS: usize = 32;

/// The most that a part of a query may be weighed by `^`.
pub const MAX_WEIGHT: f32 = 100.0;

/// The language that a query is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// That of `docs/query-syntax.md`.
    #[default]
    Onrecord,
    /// The part of the corpus query language that the same page describes.
    Cql,
}

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
    check_length(query)?;
    let root = Parser::new(query, matching).parse_all()?;
    check::check(&root)?;
    Ok(Query { written: query.into(), syntax: Syntax::Onrecord, matching, root })
}

/// Reads a query in the corpus query language.
///
/// # Errors
/// As [`parse`].
pub fn parse_cql(query: &str) -> Result<Query, ParseError> {
    check_length(query)?;
    let root = cql::parse(query)?;
    Ok(Query { written: query.into(), syntax: Syntax::Cql, matching: Match::All, root })
}

fn check_length(query: &str) -> Result<(), ParseError> {
    if query.len() <= MAX_BYTES {
        return Ok(());
    }
    let limit = u32::try_from(query.floor_char_boundary(MAX_BYTES)).unwrap_or(u32::MAX);
    let kind = ErrorKind::TooLong { n_bytes: query.len() };
    Err(ParseError { span: Span::new(limit, limit), kind })
}
