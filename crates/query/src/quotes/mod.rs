//! Quotations: those of an index, and those of any text.

mod list;

pub use list::{QuoteCaution, QuoteRow, Quotes, QuotesRequest, find_quotes};
