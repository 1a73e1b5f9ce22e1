//! Questions to an index of speeches: one module per question.
//!
//! In comes a query as a person writes it; out comes what it means, then what the index answers.
//!
//! ```
//! use onrecord_model::Span;
//! use onrecord_query::parse::{Match, parse};
//!
//! let query = parse("cyber norms OR \"open Internet\"", Match::All).unwrap();
//! assert_eq!(query.to_string(), "cyber AND norms OR \"open Internet\"");
//!
//! let written = "speeker:vale norms";
//! let error = parse(written, Match::All).unwrap_err();
//! assert_eq!(error.span, Span::new(0, 8));
//! assert_eq!(
//!     error.render(written),
//!     "unknown field `speeker:`\n  speeker:vale norms\n  ^^^^^^^^\nhint: did you mean `speaker:`?"
//! );
//! ```

mod asked;
pub mod check;
mod cite;
mod counts;
mod doctor;
mod dump;
mod duplicates;
mod error;
mod explain;
mod find;
mod highlight;
mod labels;
mod lower;
pub mod parse;
mod question;
mod quotes;
mod reuse;
mod sample;
mod search;
mod show;
mod surroundings;
mod taxonomy_diff;

pub use cite::{Citations, CiteRequest, CiteResponse, Locator, TextQuoteSelector, citation, cite};
pub use counts::{GroupBy, PriorityCounts, PriorityRow, count_priorities};
pub use doctor::{Check, DoctorRequest, Finding, Unread, examine};
pub use dump::{DocumentLine, dump};
pub use duplicates::{DuplicateGroups, Member};
pub use error::QueryError;
pub use explain::{ExplainedPassage, OneExplanation, explain, explain_text};
pub use find::{DiffPiece, FindHit, FindRequest, FindResponse, Finder, find};
pub use highlight::Highlight;
pub use labels::{LabelRow, Labels, Mention, find_labels};
pub use quotes::{
    FoundNonQuote, FoundQuote, QuoteRow, Quotes, QuotesOfText, QuotesRequest, find_quotes,
    quotes_of_text,
};
pub use reuse::{
    LineRequest, LineResponse, LineStart, LineUse, ParentLink, PassagesRequest, PassagesSummary,
    ReuseRow, ReusedPassages, ReusedPlace, Reusers, find_reused_passages, trace_line,
};
pub use sample::{Drawn, Sample, SampleRequest, SampledPassage, draw_sample};
pub use search::{
    Facet, Facets, Hits, SearchHit, SearchRequest, SearchResponse, find_hits, search,
};
pub use show::{ShownDocument, ShownPassage, show};
pub use surroundings::{ShownCaution, Surroundings};
pub use taxonomy_diff::{ChangeRow, LabelChange, TaxonomyDiff};
