//! Quotations: those of an index, and those of any text.

mod list;
mod of_text;

pub use list::{QuoteRow, Quotes, QuotesRequest, find_quotes};
pub use of_text::{FoundNonQuote, FoundQuote, QuotesOfText, quotes_of_text};
